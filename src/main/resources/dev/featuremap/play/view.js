import { palette } from "./colours.js";
import { byId } from "./elements.js";
import { makeColumn } from "./layers.js";
import { makeTiles } from "./tiles.js";
import { say } from "./words.js";

/** How large the network's picture is shown, in CSS pixels. */
const SEEN = 112;
/** How far the strip's edge fades, in CSS pixels. */
const FADE = 48;

/**
 * The picture as the network sees it, and a column for each layer of a run.
 *
 * @param {{data: object}} given
 * @param {object} microscope
 * @param {function(object|null, boolean)} pointed told the cell that is pointed at, and whether it is held on to
 */
export function makeView({ data }, microscope, pointed) {
  const [, height, width] = data.shape;
  const grey = { low: data.scaling.offset, high: 255 / data.scaling.divisor + data.scaling.offset };
  const on = (layer) => (cell, held) => pointed(cell && { layer, ...cell }, held);
  const seen = makeTiles(data.shape, say("The picture as the network sees it", "网络看到的图片"), Math.max(1, Math.round(SEEN / Math.max(height, width))), on(-1));
  byId("seen").prepend(seen.canvas);
  const strip = byId("columns");
  let columns = [];

  /** Lets the strip's edge fade where more layers can be scrolled to. */
  const showMore = () => strip.classList.toggle("more", strip.scrollLeft + strip.clientWidth < strip.scrollWidth - 8);
  strip.addEventListener("scroll", showMore);
  addEventListener("resize", showMore);

  /** Makes the columns of these layers. */
  function makeColumns(layers) {
    columns = layers.map((layer, i) => makeColumn(layer, i, on(i)));
    strip.replaceChildren(...columns.map((column) => column.node));
    showMore();
  }

  /**
   * Paints everything.
   *
   * @param {object} network as it is changed
   * @param {Float32Array[]} activations the picture, then each layer's numbers
   * @param {{cell: object|null, held: object|null, changes: object, falls: (Float32Array|null)[]|null, overlay: Float32Array|null}} shown
   *   cell: whose number is worked out; held: where keys walk on; falls: by which maps are ordered
   */
  function paint(network, activations, { cell, held, changes, falls, overlay }) {
    const colours = palette();
    const windows = microscope.show(network, activations, cell, changes);
    const marks = (layer) => ({
      cell: cell?.layer === layer ? cell : null,
      windows: cell?.layer === layer + 1 ? windows : null,
      off: changes.off[layer] ?? [],
      order: falls?.[layer] ? [...falls[layer].keys()].sort((a, b) => falls[layer][b] - falls[layer][a]) : null,
    });
    seen.paint(activations[0], colours, { ...marks(-1), grey, overlay });
    columns.forEach((column, i) => column.paint(activations[i + 1], colours, marks(i)));
    if (held) (columns[held.layer] ?? seen).place(held);
  }

  /** Scrolls the strip so far that a layer's column is in sight. */
  function reveal(layer) {
    const [column, sight] = [columns[layer]?.node, strip].map((node) => node?.getBoundingClientRect());
    if (column) strip.scrollLeft += Math.min(column.left - sight.left, Math.max(0, column.right - sight.right + FADE));
  }

  return { makeColumns, paint, reveal };
}
