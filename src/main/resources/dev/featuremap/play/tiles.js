import { greys, largestOf, paintSigned } from "./colours.js";
import { say } from "./words.js";
import { element } from "./elements.js";

/** Between tiles, in CSS pixels; the outer one on each side is the tile's edge. */
const GAP = 3;

/**
 * A layer's numbers as a picture: one tile a map, or one cell a unit. By pointer and keys one of its cells is pointed at: arrows walk
 * the cells, Page Up and Page Down the maps, Enter holds on to the cell.
 *
 * @param {number[]} shape [maps, height, width] or [units]
 * @param {string} label what it is called for who does not see it
 * @param {number} zoom CSS pixels of a cell; 0 for one that suits
 * @param {function({map: number, row: number, column: number}|null, boolean)} pointed told the cell, and whether it is held on to
 */
export function makeTiles(shape, label, zoom, pointed) {
  const [maps, height, width] = shape.length === 3 ? shape : [shape[0], 1, 1];
  const cell = zoom || zoomFor(maps, Math.max(height, width));
  const [stepX, stepY] = [width * cell + GAP, height * cell + GAP];
  const across = maps <= 12 && width === 1 ? 1 : Math.max(1, Math.ceil(Math.sqrt((maps * stepY) / stepX / 3)));
  const canvas = element("canvas.tiles-of-maps", {
    tabindex: "0",
    role: "application",
    "aria-roledescription": say("feature maps", "特征图"),
    "aria-label": label,
  });
  canvas.width = across * stepX;
  canvas.height = Math.ceil(maps / across) * stepY;
  const pen = canvas.getContext("2d");
  const pixels = new Uint32Array(maps * height * width);
  const small = new OffscreenCanvas(width, maps * height);
  let order = Array.from({ length: maps }, (_, i) => i);
  let at = { map: 0, row: 0, column: 0 };

  const cornerOf = (tile) => [1 + (tile % across) * stepX, 1 + Math.floor(tile / across) * stepY];

  /** The cell below a pointer. */
  function cellAt(event) {
    const box = canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) * canvas.width) / box.width;
    const y = ((event.clientY - box.top) * canvas.height) / box.height;
    const [column, row] = [Math.floor(x / stepX), Math.floor(y / stepY)];
    const tile = row * across + column;
    if (column < 0 || column >= across || tile < 0 || tile >= maps) return null;
    const limit = (value, most) => Math.max(0, Math.min(most - 1, Math.floor(value)));
    return { map: order[tile], row: limit((y - 1 - row * stepY) / cell, height), column: limit((x - 1 - column * stepX) / cell, width) };
  }

  canvas.addEventListener("pointermove", (event) => {
    const cell = event.pointerType === "mouse" && cellAt(event);
    if (cell) pointed(cell, false);
  });
  canvas.addEventListener("pointerleave", () => pointed(null, false));
  // Not at a click: of the first tap after a finger's stroke Chrome makes none, now and then.
  canvas.addEventListener("pointerdown", (event) => event.button === 0 && canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener("pointerup", (event) => {
    const cell = canvas.hasPointerCapture(event.pointerId) && cellAt(event);
    if (cell) pointed((at = cell), true);
  });
  canvas.addEventListener("focus", () => canvas.matches(":focus-visible") && pointed(at, true));
  canvas.addEventListener("keydown", (event) => {
    const tile = order.indexOf(at.map);
    const walk = {
      ArrowLeft: () => (width === 1 ? { map: order[tile - 1] } : { column: at.column - 1 }),
      ArrowRight: () => (width === 1 ? { map: order[tile + 1] } : { column: at.column + 1 }),
      ArrowUp: () => (height === 1 ? { map: order[tile - across] } : { row: at.row - 1 }),
      ArrowDown: () => (height === 1 ? { map: order[tile + across] } : { row: at.row + 1 }),
      PageUp: () => ({ map: order[tile - 1] }),
      PageDown: () => ({ map: order[tile + 1] }),
      Home: () => ({ map: order[0] }),
      End: () => ({ map: order[maps - 1] }),
      Enter: () => ({}),
    }[event.key];
    if (!walk) return;
    event.preventDefault();
    const to = { ...at, ...walk() };
    if (to.map !== undefined && to.row >= 0 && to.row < height && to.column >= 0 && to.column < width) at = to;
    pointed(at, true);
  });

  /**
   * Paints numbers.
   *
   * @param {Float32Array} values
   * @param {object} colours the palette of the theme
   * @param {object} marks {grey: {low, high}|undefined, off: number[], order: number[]|null, cell: object|null,
   *   windows: {maps: number[]|null, cells: {row, column}[]}|null} what is lit up
   */
  function paint(values, colours, { grey, off = [], order: wanted = null, cell: marked = null, windows = null, overlay = null }) {
    order = wanted ?? order.map((_, i) => i);
    if (grey) for (let i = 0; i < values.length; i++) pixels[i] = greys[Math.max(0, Math.min(255, Math.round((255 * (values[i] - grey.low)) / (grey.high - grey.low))))];
    else paintSigned(values, largestOf(values), colours.signed, pixels);
    small.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), width, maps * height), 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.imageSmoothingEnabled = false;
    order.forEach((map, tile) => {
      const [x, y] = cornerOf(tile);
      pen.fillStyle = colours.line;
      pen.fillRect(x - 1, y - 1, width * cell + 2, height * cell + 2);
      pen.drawImage(small, 0, map * height, width, height, x, y, width * cell, height * cell);
      if (off.includes(map)) cross(x, y);
      if (overlay) lay(overlay, colours, x, y);
      for (const single of windows?.single ?? []) if (single.map === map) outline([single], x, y, colours.mark);
      if (windows?.cells && (!windows.maps || windows.maps.includes(map))) outline(windows.cells, x, y, colours.mark);
      if (marked && marked.map === map) outline([marked], x, y, colours.ink);
    });

    function cross(x, y) {
      pen.strokeStyle = colours.soft;
      pen.lineWidth = 1;
      pen.strokeRect(x + 0.5, y + 0.5, width * cell - 1, height * cell - 1);
      pen.beginPath();
      pen.moveTo(x, y);
      pen.lineTo(x + width * cell, y + height * cell);
      pen.moveTo(x + width * cell, y);
      pen.lineTo(x, y + height * cell);
      pen.stroke();
    }
  }

  /** A frame around cells, those outside of the picture left out. */
  function outline(cells, x, y, colour) {
    const rows = cells.map((one) => one.row);
    const columns = cells.map((one) => one.column);
    const top = Math.max(0, Math.min(...rows));
    const left = Math.max(0, Math.min(...columns));
    const bottom = Math.min(height - 1, Math.max(...rows));
    const right = Math.min(width - 1, Math.max(...columns));
    pen.strokeStyle = colour;
    pen.lineWidth = cell > 3 ? 2 : 1.5;
    const w = (right - left + 1) * cell;
    const h = (bottom - top + 1) * cell;
    if (w > 0 && h > 0) pen.strokeRect(x + left * cell + 0.5, y + top * cell + 0.5, w - 1, h - 1);
  }

  /** Numbers of either sign over a tile, the stronger the less is seen through. */
  function lay(overlay, colours, x, y) {
    const largest = largestOf(overlay);
    overlay.forEach((value, i) => {
      const share = largest > 0 ? value / largest : 0;
      pen.globalAlpha = 0.75 * Math.abs(share);
      pen.fillStyle = share > 0 ? colours.above : colours.below;
      pen.fillRect(x + (i % width) * cell, y + Math.floor(i / width) * cell, cell, cell);
    });
    pen.globalAlpha = 1;
  }

  /** Makes this the cell from which keys walk on. */
  const place = (to) => (at = { map: to.map, row: to.row, column: to.column });

  return { canvas, paint, place };
}

/** Cells so large that a layer's tiles together take about the same room in each column. */
function zoomFor(maps, side) {
  const tile = Math.max(8, Math.min(48, Math.sqrt(36000 / maps)));
  return side === 1 ? Math.max(3, Math.min(14, Math.round(tile * 0.7))) : Math.max(1, Math.floor(tile / side + 0.35));
}
