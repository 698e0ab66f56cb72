/**
 * A digit's value from its pixels, Yp = X·W + b, as Java's LinearModel computes it, sum by sum in the same order.
 *
 * @typedef {{weights: Float64Array, bias: number}} Model
 */

/** X·W + b. */
export function predict({ weights, bias }, picture) {
  let sum = bias;
  for (let i = 0; i < picture.length; i++) sum += picture[i] * weights[i];
  return sum;
}

/** The losses of one prediction, and their slopes ∂loss/∂Yp, by the distance Yp − Y. */
export const losses = {
  mse: { of: (residual) => residual * residual, slope: (residual) => 2 * residual },
  mae: { of: Math.abs, slope: Math.sign },
};

/** C: the mean over the pictures of ∂loss/∂Yp · ∂Yp/∂W, where ∂Yp/∂W = X, and of ∂loss/∂Yp · ∂Yp/∂b, where ∂Yp/∂b = 1. */
export function gradient(model, loss, pictures) {
  const weights = new Float64Array(model.weights.length);
  let bias = 0;
  pictures.forEach((picture, label) => {
    const slope = losses[loss].slope(predict(model, picture) - label) / pictures.length;
    for (let i = 0; i < weights.length; i++) weights[i] += slope * picture[i];
    bias += slope;
  });
  return { weights, bias };
}

/** W − Lr·C and b − Lr·C. */
export function step(model, c, learningRate) {
  return { weights: model.weights.map((weight, i) => weight - learningRate * c.weights[i]), bias: model.bias - learningRate * c.bias };
}

/** The mean of a loss over the pictures, whose labels are their places. */
export function meanLoss(model, loss, pictures) {
  let sum = 0;
  pictures.forEach((picture, label) => (sum += losses[loss].of(predict(model, picture) - label)));
  return sum / pictures.length;
}
