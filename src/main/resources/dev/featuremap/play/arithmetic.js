import { activations, formulas, softmax } from "./activations.js";
import { element } from "./elements.js";
import { figure, say } from "./words.js";

/** A line of arithmetic. */
export const line = (text) => element("p.arithmetic", {}, text);

/** A sign between two grids. */
export const sign = (text) => element("span.sign", { "aria-hidden": "true" }, text);

/** The activation function of a sum, told in a line; softmax needs the sums beside it, of which it takes one. */
export function activated(layer, z, nodes, row, at) {
  const name = layer.activation;
  if (name === "identity") return z;
  if (name === "softmax") return softmaxShare(Float64Array.from(row()), at, nodes);
  const value = activations[name](z);
  nodes.push(line(`z = ${figure(z)}, ${name}(z) = ${formulas[name]} = ${figure(value)}`));
  return value;
}

/** The share of one of some sums, with its power and the sum of all where numbers can hold them. */
function softmaxShare(sums, at, nodes) {
  const value = softmax(sums)[at];
  const powers = sums.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b, 0);
  const fraction = sum > 0 && sum < Infinity ? ` = ${figure(powers[at])} / ${figure(sum)}` : "";
  nodes.push(line(`z = ${figure(sums[at])}, softmax(z) = ${formulas.softmax}${fraction} = ${figure(value)}`));
  return value;
}

/** What a window lies on. */
export function windowName(before, map) {
  return before ? say(`window of map ${map}`, `特征图 ${map} 的窗口`) : say("window of the picture", "图片的窗口");
}
