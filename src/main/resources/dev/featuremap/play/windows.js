/** @typedef {{kernel: number[], stride: number[], before: number[], dilation: number[]}} Windows down and across; before: padding above and left of the picture */

/**
 * The windows whose cell lies inside the picture, as [first, end).
 *
 * @param {number} offset the pixel that the first window's cell lies on, below 0 in the padding
 * @param {number} stride pixels from one window to the next
 * @param {number} size pixels of the picture's side
 * @param {number} windows how many there are
 */
export function inside(offset, stride, size, windows) {
  const first = Math.max(0, Math.ceil(-offset / stride));
  return [first, Math.max(first, Math.min(windows, Math.floor((size - 1 - offset) / stride) + 1))];
}

/**
 * The cells of one window: what each lies on, row by row; a place of −1 is in the padding.
 *
 * @param {Windows & {in: number[]}} layer in: [channels, height, width]
 * @param {number} row of the output
 * @param {number} column of the output
 * @returns {{row: number, column: number, at: number}[]} at: the place within a channel
 */
export function cells(layer, row, column) {
  const [, height, width] = layer.in;
  const all = [];
  for (let down = 0; down < layer.kernel[0]; down++) {
    for (let across = 0; across < layer.kernel[1]; across++) {
      const y = row * layer.stride[0] - layer.before[0] + down * layer.dilation[0];
      const x = column * layer.stride[1] - layer.before[1] + across * layer.dilation[1];
      const within = y >= 0 && y < height && x >= 0 && x < width;
      all.push({ row: y, column: x, at: within ? y * width + x : -1 });
    }
  }
  return all;
}
