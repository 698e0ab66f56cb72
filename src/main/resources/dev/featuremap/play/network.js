import { activate } from "./activations.js";
import { convolve, convolveSeparably } from "./convolution.js";
import { connect, preActivations } from "./dense.js";
import { normalize, normalizeLocally } from "./normalization.js";
import { pad } from "./padding.js";
import { globalWindow, subsample } from "./subsampling.js";

/**
 * @typedef {object} Layer one layer, as the page's JSON has it
 * @property {string} kind as in experiment files
 * @property {number[]} in what it is given: [channels, height, width], or [units]
 * @property {number[]} out what it gives
 *
 * @typedef {object} Network
 * @property {number[]} input [channels, height, width]
 * @property {Layer[]} layers
 * @property {Float32Array} weights of all layers, each at the places its layer tells
 */

const kinds = {
  convolution: convolve,
  separableConvolution: convolveSeparably,
  subsampling: subsample,
  globalPooling: (layer, weights, input, output) => subsample(globalWindow(layer), weights, input, output),
  zeroPadding: pad,
  dense: connect,
  output: connect,
  batchNormalization: normalize,
  localResponseNormalization: normalizeLocally,
  prelu: (layer, weights, input, output) => {
    const size = input.length / layer.out[0];
    for (let i = 0; i < input.length; i++) output[i] = input[i] < 0 ? weights[layer.weights + Math.floor(i / size)] * input[i] : input[i];
  },
  // Works only while training.
  dropout: (layer, weights, input, output) => output.set(input),
  activation: (layer, weights, input, output) =>
    activate(layer.activation, input, layer.out[layer.out.length - 1], output, 0),
};

/** How many numbers a shape holds. */
export const sizeOf = (shape) => shape.reduce((a, b) => a * b, 1);

/**
 * A network from the page's JSON.
 *
 * @returns {Promise<Network>}
 */
export async function readNetwork(json) {
  return { ...json, weights: new Float32Array((await unpack(json.weights)).buffer) };
}

/** The bytes that a text holds in Base64, of which gzip made less. */
export async function unpack(base64) {
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The bytes that a text in Base64 holds. */
export function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/**
 * What each layer makes of a picture.
 *
 * @param {Network} network
 * @param {Float32Array} picture as the network takes it
 * @param {Object<string, number[]>} [off] of a layer's index the maps or units that count as 0
 * @returns {Float32Array[]} the picture, then each layer's numbers
 */
export function forward(network, picture, off = {}) {
  const activations = [picture];
  network.layers.forEach((layer, i) => activations.push(step(network, i, activations[i], off[i])));
  return activations;
}

/**
 * The output layer's sums before its activation function, for what one of the layers is given.
 *
 * @param {Network} network
 * @param {number} first the layer's index
 * @param {Float32Array} given what comes into it
 * @param {Object<string, number[]>} [off] as {@link forward} takes it
 * @returns {Float64Array} the scores
 */
export function scoresFrom(network, first, given, off = {}) {
  const last = network.layers.length - 1;
  let activation = given;
  for (let i = first; i < last; i++) activation = step(network, i, activation, off[i]);
  return preActivations(network.layers[last], network.weights, activation);
}

/** Whether a network answers at all: numbers too large for float32 end as infinities, and these as none. */
export const isAnswer = (output) => output.every(Number.isFinite);

/** The place of the largest of some numbers, the first of equals. */
export function largestAt(numbers) {
  let best = 0;
  for (let i = 1; i < numbers.length; i++) if (numbers[i] > numbers[best]) best = i;
  return best;
}

function step(network, index, input, off = []) {
  const layer = network.layers[index];
  const output = new Float32Array(sizeOf(layer.out));
  kinds[layer.kind](layer, network.weights, input, output);
  const size = output.length / layer.out[0];
  for (const map of off) output.fill(0, map * size, (map + 1) * size);
  return output;
}
