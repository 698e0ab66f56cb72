import { activate } from "./activations.js";
import { cells, inside } from "./windows.js";

/**
 * A convolution: each filter slides over all channels of its group. Weights [filters, channels of a group, height, width]; sums
 * are made in float64.
 *
 * @param {object} layer of the kind convolution
 * @param {Float32Array} weights of the whole network
 * @param {Float32Array} input [channels, height, width]
 * @param {Float32Array} output [filters, height, width]
 */
export function convolve(layer, weights, input, output) {
  const [filters, rows, columns] = layer.out;
  const area = rows * columns;
  const windows = unrolled(layer, input);
  const length = windows.length / area / layer.groups;
  const sums = new Float64Array(area);
  for (let filter = 0; filter < filters; filter++) {
    sums.fill(layer.bias < 0 ? 0 : weights[layer.bias + filter]);
    const own = layer.weights + filter * length;
    const seen = windows.subarray(firstChannel(layer, filter) * layer.kernel[0] * layer.kernel[1] * area);
    let cell = 0;
    // Four at a time: each sum is loaded and stored a quarter as often.
    for (; cell + 4 <= length; cell += 4) {
      const [a, b, c, d] = weights.subarray(own + cell, own + cell + 4);
      const [p, q, r, s] = [cell * area, (cell + 1) * area, (cell + 2) * area, (cell + 3) * area];
      for (let i = 0; i < area; i++) {
        sums[i] += a * seen[p + i] + b * seen[q + i] + c * seen[r + i] + d * seen[s + i];
      }
    }
    for (; cell < length; cell++) {
      const weight = weights[own + cell];
      for (let i = 0; i < area; i++) sums[i] += weight * seen[cell * area + i];
    }
    activate(layer.activation, sums, columns, output, filter * area);
  }
}

/** A depthwise convolution, then one of single pixels over all that it gives. */
export function convolveSeparably(layer, weights, input, output) {
  convolve(layer.pointwise, weights, mapsBetween(layer, weights, input), output);
}

/** What a separable convolution's filters over single channels give. */
export function mapsBetween({ depthwise }, weights, input) {
  const maps = new Float32Array(depthwise.out.reduce((a, b) => a * b));
  convolve(depthwise, weights, input, maps);
  return maps;
}

/** The first of the channels that a filter sees. */
function firstChannel({ in: [channels], out: [filters], groups }, filter) {
  return Math.floor((filter * groups) / filters) * (channels / groups);
}

/** What each cell of the filter lies on in all windows, [channels, kernel height, kernel width, rows, columns]; 0 in the padding. */
function unrolled(layer, input) {
  const [channels, height, width] = layer.in;
  const [, rows, columns] = layer.out;
  const [strideDown, strideAcross] = layer.stride;
  const windows = new Float32Array(channels * layer.kernel[0] * layer.kernel[1] * rows * columns);
  let first = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let down = 0; down < layer.kernel[0]; down++) {
      const y = down * layer.dilation[0] - layer.before[0];
      const [top, bottom] = inside(y, strideDown, height, rows);
      for (let across = 0; across < layer.kernel[1]; across++) {
        const x = across * layer.dilation[1] - layer.before[1];
        const [left, right] = inside(x, strideAcross, width, columns);
        for (let row = top; row < bottom; row++) {
          let from = (channel * height + y + row * strideDown) * width + x + left * strideAcross;
          const end = first + row * columns + right;
          for (let to = first + row * columns + left; to < end; to++, from += strideAcross) windows[to] = input[from];
        }
        first += rows * columns;
      }
    }
  }
  return windows;
}

/**
 * How one number of a map comes about.
 *
 * @returns {{channels: {channel: number, inputs: number[], weights: number[], at: number, sum: number}[], bias: number, z: number}}
 *   per channel its window, the filter's weights and where these begin; z is the sum before the activation function
 */
export function convolutionTerms(layer, weights, input, filter, row, column) {
  const [channels, height, width] = layer.in;
  const window = cells(layer, row, column);
  const parts = [];
  const bias = layer.bias < 0 ? 0 : weights[layer.bias + filter];
  let z = bias;
  const [first, count] = [firstChannel(layer, filter), channels / layer.groups];
  for (let channel = first; channel < first + count; channel++) {
    const at = layer.weights + (filter * count + channel - first) * window.length;
    const inputs = window.map((cell) => (cell.at < 0 ? 0 : input[channel * height * width + cell.at]));
    const own = inputs.map((value, i) => weights[at + i]);
    const sum = inputs.reduce((total, value, i) => total + value * own[i], 0);
    parts.push({ channel, inputs, weights: own, at, sum });
    z += sum;
  }
  return { channels: parts, bias, z };
}
