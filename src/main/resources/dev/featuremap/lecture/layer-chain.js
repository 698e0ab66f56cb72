import { say } from "../play/words.js";

/**
 * Layers as one writes them on a board, as Java's LayerChain reads them.
 *
 * @typedef {object} ChainLayer
 * @property {string} type convolution, subsampling, dense or dropout
 * @property {number} [filters]
 * @property {number} [units]
 * @property {number[]} [size] [height, width] of the window
 * @property {number[]} [stride]
 * @property {number[]} [padding]
 * @property {boolean} [same]
 * @property {number} [rate]
 */

const WINDOW = /^(?:conv (\d+) (\d+(?:x\d+)?)|(max|avg) (\d+(?:x\d+)?))((?: .*)?)$/;
const MORE = / (?:(stride|pad) (\d+(?:x\d+)?)|(same))(?= |$)/y;
const LARGEST_SIDE = 100_000;
/** More layers no board holds, and computing them anew at each key would be slow. */
export const MOST_LAYERS = 100;
/** So many numbers an array of ND4J's can hold. */
export const MOST = 2 ** 31 - 1;

/** What cannot be read, or cannot be: told to the reader. */
export const Refused = class extends Error {};

/** The parts of a chain: the input and each layer, with single spaces, in small letters, and sizes with an x between their numbers. */
export const partsOf = (text) =>
  text
    .toLowerCase()
    .replaceAll("→", "->")
    .split("->")
    .map((part) => part.trim().replace(/\s+/g, " ").replace(/(?<=\d) ?[x×] ?(?=\d)/g, "x"));

/** The input [channels, height, width]. */
export function readInput(text) {
  const sizes = /^(\d+)x(\d+)x(\d+)$/.exec(text)?.slice(1).map(Number);
  if (!sizes) throw refused(text, say("the input as CHANNELSxHEIGHTxWIDTH, such as 1x28x28", "写成 通道x高x宽 的输入，如 1x28x28"));
  const numbers = sizes.reduce((a, b) => a * b);
  if (numbers === 0 || numbers > MOST) throw refused(text, say(`an input of 1 to ${MOST} numbers`, `含 1 至 ${MOST} 个数的输入`));
  return sizes;
}

/** @returns {ChainLayer} */
export function readLayer(text) {
  const units = /^dense (\d+)$/.exec(text)?.[1];
  if (units) return { type: "dense", units: within(text, "units", Number(units), 1_000_000) };
  const rate = /^dropout (\d*\.?\d+)$/.exec(text)?.[1];
  if (rate) return { type: "dropout", rate: belowOne(text, "rate", Number(rate)) };
  const window = WINDOW.exec(text);
  if (!window) throw refused(text, say("conv FILTERS KERNEL, max SIZE, avg SIZE, dense UNITS or dropout RATE, from 0 to below 1", "conv 个数 核大小、max 大小、avg 大小、dense 单元数 或 dropout 比例（从 0 到小于 1）"));
  const [, filters, kernel, pooling, pool, more] = window;
  const size = extent(text, kernel ?? pool);
  const layer = { type: pooling ? "subsampling" : "convolution", size, stride: pooling ? size : [1, 1], padding: [0, 0], same: false };
  if (!pooling) layer.filters = within(text, "filters", Number(filters), 65_536);
  MORE.lastIndex = 0;
  let end = 0;
  for (let option = MORE.exec(more); option; option = MORE.exec(more)) {
    end = MORE.lastIndex;
    if (option[3]) layer.same = true;
    else layer[option[1] === "pad" ? "padding" : "stride"] = extent(text, option[2]);
  }
  if (end !== more.length) throw refused(more.slice(end).trim(), say("stride N, pad N or same", "stride N、pad N 或 same"));
  atLeastOne(text, pooling ? "size" : "kernel", size);
  atLeastOne(text, "stride", layer.stride);
  if (layer.same && layer.padding.some((side) => side > 0)) throw refused(text, `padding: ${say("0 when mode is same, which pads by itself", "写 same 时为 0，它自己会填充")}`);
  return layer;
}

function extent(text, size) {
  const sides = size.split("x").map(Number);
  if (sides.some((side) => side > LARGEST_SIDE)) throw refused(text, say(`sizes up to ${LARGEST_SIDE}`, `不超过 ${LARGEST_SIDE} 的大小`));
  return [sides[0], sides[sides.length - 1]];
}

function within(text, key, value, most) {
  if (value < 1 || value > most) throw refused(text, `${key}: ${say(`a number in [1, ${most}]`, `[1, ${most}] 中的数`)}`);
  return value;
}

function belowOne(text, key, value) {
  if (value >= 1) throw refused(text, `${key}: ${say("a number in [0, 1)", "[0, 1) 中的数")}`);
  return value;
}

function atLeastOne(text, key, sides) {
  if (sides.some((side) => side < 1)) throw refused(text, `${key}: ${say("at least 1", "至少 1")}`);
}

/** A part that is none. */
export function refused(found, expected) {
  return new Refused(found ? say(`found "${found}", expected ${expected}`, `读到“${found}”，应为${expected}`) : say(`found nothing, expected ${expected}`, `这里是空的，应为${expected}`));
}
