import { isWeight, noChanges } from "./changes.js";

/** Sliders at rest. */
export const atRest = { shift: 0, drop: 0, turn: 0, size: 1, thickness: 0, noise: 0 };

const ranges = { shift: [-8, 8], drop: [-8, 8], turn: [-90, 90], size: [0.4, 1.8], thickness: [-1, 1], noise: [0, 1] };
const MOST_POINTS = 20000;

/**
 * Everything a reader can change on the page.
 *
 * @typedef {object} State
 * @property {number} run whose layers are shown
 * @property {number|null} picture below the strokes, by its place among the page's pictures
 * @property {import("./paper.js").Stroke[]} strokes
 * @property {import("./paper.js").Sliders} sliders
 * @property {boolean} fit whether drawings are fitted as MNIST's were
 * @property {"index"|"importance"} order of maps
 * @property {number|null} epoch whose weights are used; null for those at the end
 * @property {{layer: number, map: number, row: number, column: number}|null} cell the microscope holds on to; layer −1 is the picture
 * @property {import("./changes.js").Changes[]} changes of each run's network
 *
 * @returns {State}
 */
export function firstState(runs, fit) {
  return {
    run: 0,
    picture: null,
    strokes: [],
    sliders: { ...atRest },
    fit,
    order: "index",
    epoch: null,
    cell: null,
    changes: Array.from({ length: runs }, noChanges),
  };
}

/** The state as a part of an address. A picture from a file is not told. */
export function toFragment(state) {
  const strokes = state.strokes.map(({ rubber, points }) => [rubber ? 1 : 0, ...points.map((p) => Math.round(1000 * p))]);
  const cell = state.cell && [state.cell.layer, state.cell.map, state.cell.row, state.cell.column];
  const { run, picture, sliders, fit, order, epoch, changes } = state;
  return btoa(JSON.stringify({ run, picture, strokes, sliders, fit, order, epoch, cell, changes }))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/**
 * The state that an address tells, as far as it makes sense for these networks: whoever wrote it, nothing else can come of it.
 *
 * @param {string} fragment
 * @param {State} otherwise
 * @param {import("./network.js").Network[]} networks
 * @param {number} pictures how many there are
 * @param {number[]} epochs that there are
 * @returns {State}
 */
export function fromFragment(fragment, otherwise, networks, pictures, epochs) {
  let told;
  try {
    told = JSON.parse(atob(fragment.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return otherwise;
  }
  if (told === null || typeof told !== "object") return otherwise;
  const run = isIndex(told.run, networks.length) ? told.run : 0;
  const strokes = list(told.strokes).map(strokeOf).filter(Boolean);
  const points = strokes.reduce((sum, stroke) => sum + stroke.points.length, 0);
  return {
    run,
    picture: isIndex(told.picture, pictures) ? told.picture : null,
    strokes: points > MOST_POINTS ? [] : strokes,
    sliders: Object.fromEntries(Object.entries(ranges).map(([name, range]) => [name, slider(told.sliders?.[name], range, atRest[name])])),
    fit: typeof told.fit === "boolean" ? told.fit : otherwise.fit,
    order: told.order === "importance" ? "importance" : "index",
    epoch: epochs.includes(told.epoch) ? told.epoch : null,
    cell: cellOf(list(told.cell), networks[run]),
    changes: networks.map((network, i) => changesOf(list(told.changes)[i], network)),
  };
}

const list = (value) => (Array.isArray(value) ? value : []);
const isIndex = (value, below) => Number.isInteger(value) && value >= 0 && value < below;
const slider = (value, [low, high], rest) => (Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : rest);

function strokeOf(told) {
  const [rubber, ...points] = list(told);
  const sound = points.length >= 2 && points.length % 2 === 0 && points.every((p) => Number.isFinite(p) && Math.abs(p) <= 3000);
  return sound ? { rubber: rubber === 1, points: points.map((p) => p / 1000) } : null;
}

function cellOf([layer, map, row, column], network) {
  if (layer !== -1 && !isIndex(layer, network.layers.length)) return null;
  const [maps, height = 1, width = 1] = layer === -1 ? network.input : network.layers[layer].out;
  return isIndex(map, maps) && isIndex(row, height) && isIndex(column, width) ? { layer, map, row, column } : null;
}

function changesOf(told, network) {
  const changes = noChanges();
  for (const [layer, maps] of placesIn(told?.off, network.layers.length)) {
    changes.off[layer] = [...new Set(list(maps).filter((map) => isIndex(map, network.layers[layer].out[0])))];
  }
  for (const [place, value] of placesIn(told?.weights, network.weights.length)) {
    if (isWeight(value)) changes.weights[place] = value;
  }
  return changes;
}

/** What is told of places below a number, as one writes them: "1", but neither "01" nor "". */
function placesIn(told, below) {
  return Object.entries(told ?? {}).filter(([place]) => isIndex(Number(place), below) && String(Number(place)) === place);
}
