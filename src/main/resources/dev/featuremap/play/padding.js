/** Zeros around the picture. */
export function pad(layer, weights, input, output) {
  const [channels, height, width] = layer.in;
  const [, rows, columns] = layer.out;
  const [top, left] = layer.before;
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < height; row++) {
      const from = (channel * height + row) * width;
      output.set(input.subarray(from, from + width), (channel * rows + row + top) * columns + left);
    }
  }
}

/** The pixel of the picture that a cell of the padded one is, or null in the padding. */
export function pixelWithin({ in: [, height, width], before: [top, left] }, { map, row, column }) {
  const pixel = { map, row: row - top, column: column - left };
  const within = pixel.row >= 0 && pixel.row < height && pixel.column >= 0 && pixel.column < width;
  return within ? pixel : null;
}
