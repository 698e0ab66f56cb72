/**
 * Batch normalisation with the running mean and variance of training. Weights: of each channel or unit gamma, then beta, mean and
 * variance.
 */
export function normalize(layer, weights, input, output) {
  const channels = layer.out[0];
  const size = input.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    const { gamma, beta, mean, variance } = normalizationTerms(layer, weights, channel);
    const scale = gamma / Math.sqrt(variance + layer.epsilon);
    for (let i = channel * size; i < (channel + 1) * size; i++) output[i] = (input[i] - mean) * scale + beta;
  }
}

/** Local response normalisation: each number by its square and those of its neighbours across channels. */
export function normalizeLocally(layer, weights, input, output) {
  const size = input.length / layer.out[0];
  for (let i = 0; i < input.length; i++) output[i] = input[i] / localTerms(layer, input, Math.floor(i / size), i % size).divisor;
}

/** The sum of the squares at a pixel of a map and its neighbours, and what the number there is divided by. */
export function localTerms({ in: [channels], neighbours, k, alpha, beta }, input, channel, pixel) {
  const size = input.length / channels;
  let sum = 0;
  for (let c = Math.max(0, channel - neighbours); c <= Math.min(channels - 1, channel + neighbours); c++) sum += input[c * size + pixel] ** 2;
  return { sum, divisor: (k + alpha * sum) ** beta };
}

/** What a channel's or unit's numbers are normalised by. */
export function normalizationTerms(layer, weights, channel) {
  const [gamma, beta, mean, variance] = [0, 1, 2, 3].map((i) => weights[layer.weights + i * layer.out[0] + channel]);
  return { gamma, beta, mean, variance };
}
