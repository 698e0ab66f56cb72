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

/** What a channel's or unit's numbers are normalised by. */
export function normalizationTerms(layer, weights, channel) {
  const [gamma, beta, mean, variance] = [0, 1, 2, 3].map((i) => weights[layer.weights + i * layer.out[0] + channel]);
  return { gamma, beta, mean, variance };
}
