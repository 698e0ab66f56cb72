import { forward, largestAt, scoresFrom, sizeOf } from "./network.js";

/** So many multiplications for a layer's maps, and they are not tried one by one. */
const MOST_MULTIPLICATIONS = 2e9;

/** How much a network's scores speak for an answer: its score against the mean of the others', or the one value. */
export function contrast(scores, answer) {
  if (scores.length === 1) return scores[0];
  let others = 0;
  for (let i = 0; i < scores.length; i++) if (i !== answer) others += scores[i];
  return scores[answer] - others / (scores.length - 1);
}

/** Multiplications of a layer for one picture. */
function multiplications(layer) {
  if (layer.kind === "convolution") return (sizeOf(layer.out) * layer.in[0] * sizeOf(layer.kernel)) / layer.groups;
  if (layer.kind === "separableConvolution") return multiplications(layer.depthwise) + multiplications(layer.pointwise);
  return layer.kind === "dense" || layer.kind === "output" ? sizeOf(layer.in) * sizeOf(layer.out) : sizeOf(layer.out);
}

/**
 * By how much the answer's score falls without each map or unit (Zeiler and Fergus 2014, of the maps instead of the picture), and what
 * would be answered instead.
 *
 * @yields {undefined} after each map, so that others may have a turn
 * @returns {{falls: (Float32Array|null)[], says: (Int32Array|null)[]}} by layer; null where there are too many to try
 */
export function* importance(network, picture, off) {
  const activations = forward(network, picture, off);
  const last = network.layers.length - 1;
  const whole = scoresFrom(network, last, activations[last], off);
  const answer = largestAt(whole);
  const falls = [];
  const says = [];
  let after = network.layers.reduce((sum, layer) => sum + multiplications(layer), 0);
  for (let i = 0; i < last; i++) {
    const layer = network.layers[i];
    after -= multiplications(layer);
    falls.push(null);
    says.push(null);
    if (layer.out[0] * after > MOST_MULTIPLICATIONS) continue;
    falls[i] = new Float32Array(layer.out[0]);
    says[i] = new Int32Array(layer.out[0]);
    const given = activations[i + 1];
    const size = given.length / layer.out[0];
    for (let map = 0; map < layer.out[0]; map++) {
      const own = given.slice(map * size, (map + 1) * size);
      given.fill(0, map * size, (map + 1) * size);
      const scores = scoresFrom(network, i + 1, given, off);
      given.set(own, map * size);
      falls[i][map] = contrast(whole, answer) - contrast(scores, answer);
      says[i][map] = largestAt(scores);
      yield;
    }
  }
  return { falls, says };
}

/**
 * By how much the answer's score falls where a patch of the picture, a seventh of its shorter side, is covered with what lies at
 * its border (Zeiler and Fergus 2014).
 *
 * @returns {Float32Array} [height, width]; neighbours share a value where the picture is large
 */
export function* occlusion(network, picture, off) {
  const [channels, height, width] = network.input;
  const patch = Math.max(1, Math.round(Math.min(height, width) / 7));
  const before = Math.floor((patch - 1) / 2);
  const step = Math.max(1, Math.round(Math.max(height, width) / 16));
  const whole = scoresFrom(network, 0, picture, off);
  const answer = largestAt(whole);
  const paper = borderMean(picture, network.input);
  const falls = new Float32Array(height * width);
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const covered = picture.slice();
      const middle = [y, x].map((at) => at + Math.floor((step - 1) / 2));
      for (let c = 0; c < channels; c++) {
        for (let row = Math.max(0, middle[0] - before); row < Math.min(height, middle[0] - before + patch); row++) {
          const from = (c * height + row) * width;
          covered.fill(
            paper,
            from + Math.max(0, middle[1] - before),
            from + Math.max(0, Math.min(width, middle[1] - before + patch)),
          );
        }
      }
      const fall = contrast(whole, answer) - contrast(scoresFrom(network, 0, covered, off), answer);
      for (let row = y; row < Math.min(height, y + step); row++) {
        falls.fill(fall, row * width + x, row * width + Math.min(width, x + step));
      }
      yield;
    }
  }
  return falls;
}

function borderMean(picture, [channels, height, width]) {
  let [sum, count] = [0, 0];
  for (let i = 0; i < channels * height * width; i++) {
    const x = i % width;
    const y = Math.floor(i / width) % height;
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) {
      sum += picture[i];
      count++;
    }
  }
  return sum / count;
}
