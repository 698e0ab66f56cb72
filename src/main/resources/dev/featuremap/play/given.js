import { byId } from "./elements.js";
import { weightsOf } from "./epochs.js";
import { readNetwork, sizeOf, unpack } from "./network.js";
import { makePaper } from "./paper.js";
import { makePictures } from "./pictures.js";

/**
 * What the page was given.
 *
 * @returns {Promise<object>} data: its JSON; names of the runs; pictures; paper; tests: the test pictures as the networks take them;
 *   epochs: all that any run has; networksAt(epoch): each run's network at an epoch, at its end where it has no such
 */
export async function readGiven() {
  const data = JSON.parse(byId("data").textContent);
  const levels = await unpack(data.pictures.levels);
  const networks = await Promise.all(data.runs.map((run) => readNetwork(run.network)));
  const others = await Promise.all(
    data.runs.map(async ({ epochs }) => new Map(await Promise.all(epochs.map(async (each) => [each.epoch, await unpack(each.weights)])))),
  );
  const paper = makePaper(data);
  const all = [...data.runs.map((run) => run.epoch), ...others.flatMap((own) => [...own.keys()])];

  function networksAt(epoch) {
    return networks.map((network, i) => (others[i].has(epoch) ? { ...network, weights: weightsOf(others[i].get(epoch), network) } : network));
  }

  return {
    data,
    names: data.runs.map((run) => run.name),
    pictures: makePictures(data.pictures, levels, data.shape),
    paper,
    tests: paper.scaled(levels.subarray(0, data.tests * sizeOf(data.shape))),
    epochs: [...new Set(all)].sort((a, b) => a - b),
    networksAt,
  };
}
