import { cells } from "./windows.js";

/**
 * A pool: of each channel's window the largest, the mean or the p-norm. What lies in the padding is left out; only a mean with
 * padding divides by the whole window.
 */
export function subsample(layer, weights, input, output) {
  const [channels, height, width] = layer.in;
  const [, rows, columns] = layer.out;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const window = cells(layer, row, column);
      const places = window.filter((cell) => cell.at >= 0).map((cell) => cell.at);
      const count = layer.pooling === "meanWithPadding" ? window.length : places.length;
      for (let channel = 0; channel < channels; channel++) {
        const first = channel * height * width;
        output[(channel * rows + row) * columns + column] = pooled(layer, input, first, places, count);
      }
    }
  }
}

/** A pool whose window is the whole picture. */
export const globalWindow = (layer) => ({
  ...layer,
  out: [layer.out[0], 1, 1],
  kernel: layer.in.slice(1),
  stride: [1, 1],
  before: [0, 0],
  dilation: [1, 1],
});

function pooled(layer, input, first, places, count) {
  if (layer.pooling === "max") {
    let largest = -Infinity;
    for (const place of places) largest = Math.max(largest, input[first + place]);
    return largest;
  }
  let sum = 0;
  if (layer.pooling === "pnorm") {
    for (const place of places) sum += Math.abs(input[first + place]) ** layer.pnorm;
    return sum ** (1 / layer.pnorm);
  }
  for (const place of places) sum += input[first + place];
  return sum / count;
}

/**
 * How one number of a pool's map comes about.
 *
 * @returns {{inputs: (number|null)[], winner: number, sum: number, count: number}} inputs: null in the padding; winner: the place in
 *   the window of the largest; count: what the sum is divided by
 */
export function subsamplingTerms(layer, input, channel, row, column) {
  const [, height, width] = layer.in;
  const inputs = cells(layer, row, column).map((c) => (c.at < 0 ? null : input[channel * height * width + c.at]));
  const there = inputs.filter((value) => value !== null);
  // No number, too, where one is none.
  const largest = there.reduce((a, b) => Math.max(a, b), -Infinity);
  return {
    inputs,
    winner: inputs.findIndex((value) => Object.is(value, largest)),
    sum: there.reduce((a, b) => a + b, 0),
    count: layer.pooling === "meanWithPadding" ? inputs.length : there.length,
  };
}
