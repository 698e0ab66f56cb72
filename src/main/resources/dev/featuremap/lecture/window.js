/**
 * A window along one side of a picture, as Java's Window: how many places it finds, and how that comes about.
 *
 * @typedef {{size: number, stride: number, padding: number, same: boolean}} Window
 */

/** A layer's windows, down and across the picture. */
export const windowsOf = ({ size, stride, padding, same }) => [0, 1].map((i) => ({ size: size[i], stride: stride[i], padding: padding[i], same }));

/** How many windows find room on a side of so many pixels. */
export function positions(window, side) {
  return window.same ? Math.ceil(side / window.stride) : Math.floor((padded(window, side) - window.size) / window.stride) + 1;
}

/** Whether windows in mode same lie so far apart that some pixels are in none. */
export const skipsPixels = (window, side) => window.same && (positions(window, side) - 1) * window.stride + window.size - side <= -2;

/** Whether there is room for one window at least. */
export const fits = (window, side) => window.same || window.size <= padded(window, side);

/** Such as 28 - 5 + 1 = 24, (28 + 2·1 - 5)/2 + 1 = 13 or, with same, ⌈28/2⌉ = 14. */
export function arithmetic(window, side) {
  const { size, stride, padding, same } = window;
  const result = positions(window, side);
  if (same) return `⌈${side}/${stride}⌉ = ${result}`;
  const room = `${side}${padding ? ` + 2·${padding}` : ""} - ${size}`;
  if (stride === 1) return `${room} + 1 = ${result}`;
  const quotient = `(${room})/${stride}`;
  return `${(padded(window, side) - size) % stride === 0 ? quotient : `⌊${quotient}⌋`} + 1 = ${result}`;
}

const padded = (window, side) => side + 2 * window.padding;
