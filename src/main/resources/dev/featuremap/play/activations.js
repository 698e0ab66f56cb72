/**
 * The activation functions of experiment files, as DL4J computes them, each of a single number; softmax alone needs its
 * whole row.
 *
 * @type {Object<string, function(number): number>}
 */
export const activations = {
  identity: (z) => z,
  relu: (z) => Math.max(0, z),
  relu6: (z) => Math.min(6, Math.max(0, z)),
  leakyrelu: (z) => (z < 0 ? 0.01 * z : z),
  elu: (z) => (z < 0 ? Math.expm1(z) : z),
  selu: (z) => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * Math.expm1(z)),
  // DL4J's default is this approximation of Hendrycks and Gimpel's.
  gelu: (z) => z * sigmoid(1.702 * z),
  swish: (z) => z * sigmoid(z),
  mish: (z) => z * Math.tanh(softplus(z)),
  softplus,
  softsign: (z) => z / (1 + Math.abs(z)),
  sigmoid,
  hardsigmoid: (z) => Math.min(1, Math.max(0, 0.2 * z + 0.5)),
  tanh: Math.tanh,
  hardtanh: (z) => Math.min(1, Math.max(-1, z)),
  cube: (z) => z * z * z,
};

/** How each is written, with z for the number it is given. */
export const formulas = {
  identity: "z",
  relu: "max(0, z)",
  relu6: "min(6, max(0, z))",
  leakyrelu: "z < 0 ? 0.01 z : z",
  elu: "z < 0 ? e^z − 1 : z",
  selu: "1.0507 · (z > 0 ? z : 1.6733 (e^z − 1))",
  gelu: "z · sigmoid(1.702 z)",
  swish: "z · sigmoid(z)",
  mish: "z · tanh(softplus(z))",
  softplus: "ln(1 + e^z)",
  softsign: "z / (1 + |z|)",
  sigmoid: "1 / (1 + e^−z)",
  hardsigmoid: "min(1, max(0, 0.2 z + 0.5))",
  tanh: "tanh(z)",
  hardtanh: "min(1, max(−1, z))",
  cube: "z³",
  softmax: "e^z / Σ e^z",
};

function sigmoid(z) {
  return 1 / (1 + Math.exp(-z));
}

function softplus(z) {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** The softmax of a row of numbers. */
export function softmax(row) {
  const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Float64Array.from(row, (z) => Math.exp(z - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/**
 * Writes the function of some numbers, softmax row by row.
 *
 * @param {string} name
 * @param {Float64Array|Float32Array} values before the function
 * @param {number} row how many of them softmax takes together
 * @param {Float32Array} to
 * @param {number} at where the first goes
 */
export function activate(name, values, row, to, at) {
  if (name === "softmax") {
    for (let i = 0; i < values.length; i += row) to.set(softmax(values.subarray(i, i + row)), at + i);
    return;
  }
  const activation = activations[name];
  for (let i = 0; i < values.length; i++) to[at + i] = activation(values[i]);
}
