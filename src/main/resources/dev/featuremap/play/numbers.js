import { largestOf, paintSigned, palette } from "./colours.js";
import { element } from "./elements.js";
import { figure, say, short } from "./words.js";

/**
 * A grid of numbers, coloured by their sign.
 *
 * @param {string} caption
 * @param {(number|null)[]} values row by row; null lies in the padding
 * @param {number} columns
 * @param {function(HTMLElement, number)} [prepare] may change a cell, which is told by its place
 */
export function numberGrid(caption, values, columns, prepare = () => {}) {
  const largest = largestOf(values.filter((value) => value !== null)) || 1;
  const body = element("tbody");
  for (let first = 0; first < values.length; first += columns) {
    const row = element("tr");
    values.slice(first, first + columns).forEach((value, i) => {
      const cell = element(`td${tone(value)}`, { style: { "--heat": Math.abs(value ?? 0) / largest } }, value === null ? "·" : short(value));
      prepare(cell, first + i);
      row.append(cell);
    });
    body.append(row);
  }
  return element(
    "figure",
    {},
    element("div.scroll", { tabindex: columns > 8 ? "0" : null, role: "group", "aria-label": caption }, element("table.numbers", {}, body)),
    element("figcaption", {}, caption),
  );
}

function tone(value) {
  if (value === null) return ".none";
  return value > 0 ? ".above" : value < 0 ? ".below" : "";
}

/**
 * Numbers that lie on feature maps, as a picture of either sign: the maps side by side, row by row.
 *
 * @param {string} caption
 * @param {ArrayLike<number>} values [maps, height, width]
 * @param {number[]} shape
 */
export function signedPicture(caption, values, [maps, height, width]) {
  const across = Math.ceil(Math.sqrt(maps));
  const down = Math.ceil(maps / across);
  const canvas = element("canvas.picture-of-numbers", { role: "img", "aria-label": caption });
  Object.assign(canvas, { width: across * (width + 1) - 1, height: down * (height + 1) - 1 });
  const pen = canvas.getContext("2d");
  const pixels = new Uint32Array(values.length);
  paintSigned(values, largestOf(values), palette().signed, pixels);
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, maps * height);
  for (let map = 0; map < maps; map++) {
    const [x, y] = [(map % across) * (width + 1), Math.floor(map / across) * (height + 1)];
    pen.putImageData(image, x, y - map * height, 0, map * height, width, height);
  }
  canvas.style.width = `${canvas.width * Math.max(1, Math.round(120 / Math.max(canvas.width, canvas.height)))}px`;
  return element("figure", {}, canvas, element("figcaption", {}, caption));
}

/**
 * Makes an element a weight that is changed by dragging up and down or by arrow keys.
 *
 * @param {HTMLElement} cell
 * @param {string} name what it is a weight of
 * @param {number} place among the network's weights
 * @param {number} value
 * @param {number} scale the largest weight beside it
 * @param {function(number, number)} change told the place and the new value
 */
export function makeWeight(cell, name, place, value, scale, change) {
  const step = (scale || 1) / 10;
  const attributes = {
    tabindex: "0",
    role: "spinbutton",
    "aria-valuenow": value,
    "aria-valuetext": figure(value),
    "aria-label": name,
    "data-key": `weight-${place}`,
    title: say("Drag up or down, or use the arrow keys", "上下拖动，或按方向键"),
  };
  for (const [name, text] of Object.entries(attributes)) cell.setAttribute(name, text);
  cell.classList.add("weight");
  cell.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
    if (by === undefined && event.key !== "0") return;
    event.preventDefault();
    change(place, by === undefined ? 0 : value + by * step);
  });
  cell.addEventListener("pointerdown", (down) => {
    down.preventDefault();
    cell.focus({ preventScroll: true });
    // The cell is made anew with every change, so the page listens in its place.
    const move = (event) => change(place, value + ((down.clientY - event.clientY) / 20) * step * 2);
    const end = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  });
}
