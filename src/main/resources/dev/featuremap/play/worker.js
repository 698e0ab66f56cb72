import { changed } from "./changes.js";
import { forward, isAnswer, largestAt, sizeOf } from "./network.js";
import { importance, occlusion } from "./why.js";

/** How long a worker computes before it looks whether something newer is asked for, in milliseconds. */
const TURN = 15;

/**
 * What a worker of the page does. It is given {networks, tests} and {changes} of each network, as they are now, and {task, id, …} to answer; a task is
 * given up when a newer one of its kind comes.
 *
 * - think: {picture, shown} → {activations of the network shown, answers of all, picture, shown}
 * - score: → {answers: of each network to each test picture, its class or value; NaN where it gives none}
 * - why: {picture, shown} → {falls, says, covered}
 */
export function serve(scope) {
  let [originals, networks, off, tests] = [[], [], [], new Float32Array()];
  const newest = {};
  const tasks = { think, score, why };

  scope.onmessage = async ({ data }) => {
    if (data.networks) {
      [originals, tests] = [data.networks, data.tests];
      networks = originals;
      off = networks.map(() => ({}));
    } else if (data.changes) {
      networks = originals.map((network, i) => changed(network, data.changes[i]));
      off = data.changes.map((changes) => changes.off);
    } else {
      newest[data.task] = data.id;
      const result = await inTurns(tasks[data.task](data), () => newest[data.task] === data.id);
      if (result) scope.postMessage({ id: data.id, task: data.task, ...result });
    }
  };

  function* think({ picture, shown }) {
    const activations = networks.map((network, i) => forward(network, picture, off[i]));
    return { activations: activations[shown], answers: activations.map((layers) => layers[layers.length - 1]), picture, shown };
  }

  function* score() {
    const size = sizeOf(networks[0].input);
    const answers = networks.map(() => new Float32Array(tests.length / size));
    for (let i = 0; i < answers[0].length; i++) {
      for (let k = 0; k < networks.length; k++) {
        const output = forward(networks[k], tests.subarray(i * size, (i + 1) * size), off[k]).pop();
        answers[k][i] = !isAnswer(output) ? NaN : output.length === 1 ? output[0] : largestAt(output);
        yield;
      }
    }
    return { answers };
  }

  function* why({ picture, shown }) {
    const { falls, says } = yield* importance(networks[shown], picture, off[shown]);
    return { falls, says, covered: yield* occlusion(networks[shown], picture, off[shown]) };
  }
}

/** What a generator returns, letting messages in between; nothing when it is not wanted any more. */
async function inTurns(steps, wanted) {
  let until = performance.now() + TURN;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (performance.now() > until) {
      await new Promise((resume) => setTimeout(resume));
      if (!wanted()) return null;
      until = performance.now() + TURN;
    }
  }
}

/**
 * Starts a worker of the page's own text.
 *
 * @param {string} text of the page's program
 * @param {function(object)} answered is called with each result
 * @returns {function(object)} sends a message
 */
export function startWorker(text, answered) {
  const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  worker.onmessage = ({ data }) => answered(data);
  return (message) => worker.postMessage(message);
}
