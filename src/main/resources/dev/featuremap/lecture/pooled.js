/**
 * What is kept of each window of a map, windows side by side; rows and columns that are left over are dropped.
 *
 * @param {number[]} map [side, side]
 * @param {number} side
 * @param {number} window rows and columns of a window
 * @param {"max"|"avg"} kept
 * @returns {number[]}
 */
export function pooled(map, side, window, kept) {
  const cells = Math.floor(side / window);
  return Array.from({ length: cells * cells }, (_, cell) => {
    const [row, column] = [window * Math.floor(cell / cells), window * (cell % cells)];
    const values = Array.from({ length: window * window }, (_, i) => map[(row + Math.floor(i / window)) * side + column + (i % window)]);
    return kept === "max" ? Math.max(...values) : values.reduce((a, b) => a + b, 0) / values.length;
  });
}
