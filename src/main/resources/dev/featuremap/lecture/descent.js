import { gradient, meanLoss, step } from "./linear-model.js";

/**
 * One way down a loss, step by step.
 *
 * @param {string} loss mse or mae
 * @param {import("./linear-model.js").Model} start
 * @param {Float64Array[]} pictures the digits 0, 1, …
 */
export function makeDescent(loss, start, pictures) {
  const way = { loss, model: start, course: [meanLoss(start, loss, pictures)], diverged: false };

  /** Makes so many steps, fewer where the loss is no number any more. */
  way.walk = (steps, learningRate) => {
    for (let i = 0; i < steps && !way.diverged; i++) {
      const next = step(way.model, gradient(way.model, loss, pictures), learningRate);
      const mean = meanLoss(next, loss, pictures);
      way.diverged = !Number.isFinite(mean);
      if (way.diverged) return;
      way.model = next;
      way.course.push(mean);
    }
  };
  return way;
}
