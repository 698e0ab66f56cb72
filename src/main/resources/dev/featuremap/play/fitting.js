/** What is weaker than this share of the strongest ink is paper. */
const PAPER = 0.1;
/** Levels between ground and strongest ink: less is an empty paper. */
const LEAST_CONTRAST = 32;

/**
 * A drawing fitted as MNIST's digits were (LeCun, Cortes, Burges): its ink is cut out, made as large as 20 of 28 pixels allow without
 * changing the ratio of its sides, and moved by whole pixels so that its centre of mass lies in the pixel right below the picture's
 * middle. A new pixel is the mean over the area it covers or, where that is less than an old pixel, linear between the nearest; the
 * strongest becomes 255. MnistFitting.java does the same by the same numbers.
 *
 * @param {Uint8Array} levels of the drawing, [height, width], ink light on dark
 * @param {number[]} size of the drawing: [height, width]
 * @param {number[]} to of the picture
 * @returns {Uint8Array|null} the picture's levels; null without ink
 */
export function fitted(levels, [height, width], to) {
  const amounts = amountsOf(levels, height, width);
  let [left, right, top, bottom] = [width, -1, height, -1];
  let [mass, acrossMass, downMass] = [0, 0, 0];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (amounts[i] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
      mass += amounts[i];
      acrossMass += amounts[i] * (x + 0.5);
      downMass += amounts[i] * (y + 0.5);
    }
  }
  if (mass === 0) return null;
  const step = Math.max(right - left + 1, bottom - top + 1) / ((20 * Math.min(...to)) / 28);
  const across = startOf(to[1], step, left, acrossMass / mass);
  const down = startOf(to[0], step, top, downMass / mass);
  const rows = new Float64Array(height * to[1]);
  for (let i = 0; i < rows.length; i++) {
    const row = Math.floor(i / to[1]);
    rows[i] = mean(amounts.subarray(row * width, (row + 1) * width), 1, across, step, i % to[1]);
  }
  const means = new Float64Array(to[0] * to[1]).map((_, i) =>
    mean(rows.subarray(i % to[1]), to[1], down, step, Math.floor(i / to[1])),
  );
  const strongest = means.reduce((a, b) => Math.max(a, b));
  return Uint8Array.from(means, (amount) => Math.round((255 * amount) / strongest));
}

/** How much lighter than the ground, the border's median, each pixel is; 0 for paper. */
function amountsOf(levels, height, width) {
  const border = levels.filter((_, i) => i < width || i >= width * (height - 1) || i % width === 0 || i % width === width - 1);
  const ground = border.sort()[(border.length - 1) >> 1];
  const most = levels.reduce((a, b) => Math.max(a, b)) - ground;
  const amounts = new Float64Array(levels.length);
  for (let i = 0; i < levels.length; i++) {
    if (most >= LEAST_CONTRAST && levels[i] - ground > PAPER * most) amounts[i] = levels[i] - ground;
  }
  return amounts;
}

/** The old place where the new pixels of an axis begin. */
function startOf(to, step, firstInk, centreOfMass) {
  return firstInk - Math.ceil(Math.floor(to / 2) - (centreOfMass - firstInk) / step) * step;
}

/** The mean of a new pixel over a line of old ones, outside of which is 0. */
function mean(line, stride, start, step, pixel) {
  const middle = start + (pixel + 0.5) * step;
  const half = Math.max(1, step) / 2;
  const end = Math.min(Math.ceil(line.length / stride), Math.ceil(middle + half));
  let sum = 0;
  for (let i = Math.max(0, Math.floor(middle - half)); i < end; i++) {
    sum += line[i * stride] * (Math.min(i + 1, middle + half) - Math.max(i, middle - half));
  }
  return sum / (2 * half);
}
