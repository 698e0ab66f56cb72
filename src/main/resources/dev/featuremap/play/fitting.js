/**
 * How MNIST's digits were fitted into their pictures (LeCun, Cortes, Burges): the ink is cut out, made as large as 20 of 28 pixels
 * allow, and put so that its centre of mass is the picture's middle.
 *
 * @param {Float32Array} ink 0..1, rows of the paper
 * @param {number} width of the paper, in its pixels
 * @param {number} height
 * @returns {{scale: number, x: number, y: number}|null} the paper's pixel (px, py) goes to scale · p + (x, y); null without ink
 */
export function fitted(ink, width, height) {
  let [left, right, top, bottom] = [width, -1, height, -1];
  let [mass, acrossMass, downMass] = [0, 0, 0];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const amount = ink[i];
      if (amount <= 0.05) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      mass += amount;
      acrossMass += amount * (x + 0.5);
      downMass += amount * (y + 0.5);
    }
  }
  if (mass === 0) return null;
  const scale = ((20 / 28) * Math.min(width, height)) / Math.max(right - left + 1, bottom - top + 1);
  return { scale, x: width / 2 - (scale * acrossMass) / mass, y: height / 2 - (scale * downMass) / mass };
}
