/** Rows and columns of a filter. */
export const SIDE = 3;

/**
 * What a filter finds in a picture: at each place the sum of the nine products, the mean in ninths.
 *
 * @param {number[]} picture [size, size] of −1 and +1
 * @param {number} size
 * @param {number[]} weights [3, 3]
 * @returns {number[]} [size − 2, size − 2]
 */
export function ninthsOf(picture, size, weights) {
  const cells = size - SIDE + 1;
  return Array.from({ length: cells * cells }, (_, i) => sum(productsAt(picture, size, weights, Math.floor(i / cells), i % cells)));
}

/** The pixels of the window that begins at a row and a column. */
export function windowAt(picture, size, row, column) {
  return Array.from({ length: SIDE * SIDE }, (_, i) => picture[(row + Math.floor(i / SIDE)) * size + column + (i % SIDE)]);
}

/** The nine products of a window and a filter. */
export function productsAt(picture, size, weights, row, column) {
  return windowAt(picture, size, row, column).map((pixel, i) => pixel * weights[i]);
}

/** The sum of some numbers. */
export const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** A number of ninths with all its decimals, such as 0.777… */
export function exact(ninths) {
  const size = Math.abs(ninths);
  return `${ninths < 0 ? "-" : ""}${Math.floor(size / 9)}${size % 9 === 0 ? "" : `.${String(size % 9).repeat(3)}…`}`;
}

/** The same cut to two decimals, towards 0, as the slides write it. */
export const cut = (ninths) => (Math.trunc((100 * ninths) / 9) / 100).toFixed(2).replace("-0.00", "0.00");

/** Nine products as a sum, each with its sign. */
export function written(products) {
  return products.map((product, i) => (i === 0 ? String(product) : product < 0 ? `- ${-product}` : `+ ${product}`)).join(" ");
}
