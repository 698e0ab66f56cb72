import { activate } from "./activations.js";

/**
 * A fully connected layer, the output among them: each unit weighs all inputs. Weights [units, inputs]; sums are made in
 * float64.
 */
export function connect(layer, weights, input, output) {
  const sums = preActivations(layer, weights, input);
  activate(layer.activation, sums, sums.length, output, 0);
}

/** Each unit's sum before the activation function. */
export function preActivations(layer, weights, input) {
  const sums = new Float64Array(layer.out[0]);
  let at = layer.weights;
  for (let unit = 0; unit < sums.length; unit++) {
    let sum = layer.bias < 0 ? 0 : weights[layer.bias + unit];
    for (let i = 0; i < input.length; i++) sum += weights[at++] * input[i];
    sums[unit] = sum;
  }
  return sums;
}

/**
 * How one unit's number comes about.
 *
 * @returns {{products: Float64Array, at: number, bias: number, z: number}} the product of each input with its weight, where the
 *   weights begin, and the sum before the activation function
 */
export function denseTerms(layer, weights, input, unit) {
  const at = layer.weights + unit * input.length;
  const products = Float64Array.from(input, (value, i) => value * weights[at + i]);
  const bias = layer.bias < 0 ? 0 : weights[layer.bias + unit];
  return { products, at, bias, z: products.reduce((a, b) => a + b, bias) };
}
