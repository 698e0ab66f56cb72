import { say } from "../play/words.js";
import { MOST, MOST_LAYERS, partsOf, readInput, readLayer, Refused, refused } from "./layer-chain.js";
import { arithmetic, fits, positions, skipsPixels, windowsOf } from "./window.js";

/**
 * Each layer's output and parameters with their arithmetic, as Java's ShapeTable.
 *
 * @typedef {object} Row
 * @property {number[]} output [channels, height, width] or [units]
 * @property {string} arithmetic how the shape comes about; may be empty
 * @property {number} parameters
 * @property {string} counted how these come about; empty without any
 *
 * @param {string} text of a chain
 * @returns {{input: number[]|null, rows: Row[], refused: {part: number, message: string}|null}} as far as it can be; refused: which part of
 *   the chain cannot be, and why
 */
export function shapeTable(text) {
  const table = { input: null, rows: [], refused: null };
  const parts = partsOf(text);
  for (const [part, written] of parts.entries()) {
    try {
      if (part > MOST_LAYERS) throw refused(say(`${parts.length - 1} layers`, `${parts.length - 1} 层`), say(`at most ${MOST_LAYERS}`, `最多 ${MOST_LAYERS} 层`));
      if (part === 0) table.input = readInput(written);
      if (parts.length === 1) throw refused(written, say("an input and at least one layer with -> between them", "输入和至少一层，中间写 ->"));
      if (part > 0) table.rows.push(row(readLayer(written), table.rows.at(-1)?.output ?? table.input));
    } catch (e) {
      if (!(e instanceof Refused)) throw e;
      return { ...table, refused: { part, message: e.message } };
    }
  }
  return table;
}

/** A shape as one writes it: 20x24x24 or 500. */
export const shapeText = (shape) => shape.join("x");

function row(layer, from) {
  if (layer.type === "dropout") return { type: layer.type, output: from, arithmetic: "", parameters: 0, counted: "" };
  return { type: layer.type, ...(layer.type === "dense" ? connected(layer, from) : slid(layer, from)) };
}

function connected({ units }, from) {
  const inputs = from.reduce((a, b) => a * b, 1);
  const parameters = product(from, inputs, units) + units;
  const flattened = from.length === 3 ? `${from.join("·")} = ${inputs}` : String(inputs);
  return { output: [units], arithmetic: `${flattened} → ${units}`, parameters, counted: `${inputs}·${units} + ${units}` };
}

function slid(layer, from) {
  if (from.length !== 3) throw new Refused(say(`needs a picture of channels x height x width, but is given ${from[0]} numbers`, `需要 通道x高x宽 的图片，得到的却是 ${from[0]} 个数`));
  const [channels, ...sides] = from;
  const windows = windowsOf(layer);
  const [size, given] = [layer.size.join("x"), shapeText(from)];
  const padding = layer.padding.some((side) => side > 0) ? say(` with padding ${layer.padding.join("x")}`, `（填充 ${layer.padding.join("x")}）`) : "";
  if (layer.type === "subsampling" && windows.some((window) => window.padding >= window.size)) {
    throw new Refused(say(`${padding} a window of ${size} can lie outside the ${given} picture`, `${size} 的窗口${padding}可能落在 ${given} 的图片之外`).trim());
  }
  if (windows.some((window, i) => skipsPixels(window, sides[i]))) {
    throw new Refused(say(`mode same, but windows of ${size} at stride ${layer.stride.join("x")} skip pixels of the ${given} they are given`, `写了 same，但 ${size} 的窗口以步长 ${layer.stride.join("x")} 会跳过 ${given} 中的像素`));
  }
  if (!windows.every((window, i) => fits(window, sides[i]))) {
    throw new Refused(say(`a window of ${size} does not fit the ${given} it is given${padding}`, `${size} 的窗口放不进 ${given}${padding}`));
  }
  const maps = layer.filters ?? channels;
  const output = [maps, ...windows.map((window, i) => positions(window, sides[i]))];
  product(from, ...output);
  const [down, across] = windows.map((window, i) => arithmetic(window, sides[i]));
  const told = { output, arithmetic: down === across ? down : `${down}, ${across}` };
  if (!layer.filters) return { ...told, parameters: 0, counted: "" };
  const weights = product(from, maps, channels, ...layer.size);
  return { ...told, parameters: weights + maps, counted: `${maps}·(${channels}·${layer.size.join("·")}) + ${maps}` };
}

/** The product, which must be the size of an array that can be. */
function product(from, ...factors) {
  const result = factors.reduce((a, b) => a * b, 1);
  if (result > MOST) throw new Refused(say(`given ${shapeText(from)}, would need an array of more than ${MOST} numbers`, `输入 ${shapeText(from)}，需要超过 ${MOST} 个数的数组`));
  return result;
}
