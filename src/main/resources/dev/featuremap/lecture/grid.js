import { element } from "../play/elements.js";

/**
 * A grid of numbers over its caption, coloured by their sign.
 *
 * @param {string} caption
 * @param {number} rows
 * @param {number} columns
 */
export function makeGrid(caption, rows, columns) {
  const cells = Array.from({ length: rows * columns }, () => element("td"));
  const lines = Array.from({ length: rows }, (_, row) => element("tr", {}, ...cells.slice(row * columns, (row + 1) * columns)));
  const table = element("table.numbers", { "aria-label": caption }, element("tbody", {}, ...lines));
  const title = element("figcaption", {}, caption);
  const node = element("figure", {}, element("div.scroll", {}, table), title);

  /**
   * @param {number[]} values row by row
   * @param {number} range the largest magnitude that has a colour of its own
   * @param {function(number): string} text
   * @param {function(number): string} [look] further classes of the cell at a place
   */
  function show(values, range, text, look = () => "") {
    cells.forEach((cell, i) => {
      const written = text(values[i]);
      if (cell.textContent !== written) cell.textContent = written;
      cell.className = `${values[i] > 0 ? "above" : values[i] < 0 ? "below" : ""} ${look(i)}`.trim();
      cell.style.setProperty("--heat", Math.min(1, Math.abs(values[i]) / range));
    });
  }

  function entitle(text) {
    title.textContent = text;
    table.setAttribute("aria-label", text);
  }

  return { node, table, cells, rows, columns, show, entitle };
}

/** Whether a place lies in the window of some side that begins at a row and a column. */
export function inWindow(place, columns, row, column, side) {
  const [down, across] = [Math.floor(place / columns) - row, (place % columns) - column];
  return down >= 0 && down < side && across >= 0 && across < side;
}
