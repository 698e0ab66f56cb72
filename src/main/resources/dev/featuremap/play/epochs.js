/** Arrays of at most so many numbers are told as they are. */
const EXACT = 1024;

/**
 * The weights of another epoch, which are told by how they differ from those at the end: in 255 steps of each array's largest
 * difference.
 *
 * @param {Uint8Array} told array after array: little-endian float32s, or one, the step, and a signed byte a weight
 * @param {{weights: Float32Array, arrays: number[]}} end the network at the end, and how many numbers each of its arrays has
 * @returns {Float32Array}
 */
export function weightsOf(told, { weights: end, arrays }) {
  const view = new DataView(told.buffer, told.byteOffset, told.byteLength);
  const weights = end.slice();
  let [at, place] = [0, 0];
  const float = () => view.getFloat32((at += 4) - 4, true);
  for (const length of arrays) {
    if (length > EXACT) {
      const step = float();
      for (let i = 0; i < length; i++) weights[place++] += step * view.getInt8(at++);
    } else {
      for (let i = 0; i < length; i++) weights[place++] = float();
    }
  }
  return weights;
}
