import { element } from "../play/elements.js";
import { say } from "../play/words.js";
import { makeButton } from "./interactive.js";
import { shapeText } from "./shape-table.js";

/** The largest side of what is drawn of the input, in pixels. */
const SIDE = 56;

/**
 * A part of a chain as a box: how it is written, what it gives, how that comes about.
 *
 * @param {object} part
 * @param {number} part.index 0 is the input
 * @param {string} part.written
 * @param {number} part.last the last part's index
 * @param {number[]|null} part.output null where the chain was refused before or here
 * @param {string[]} part.lines of arithmetic
 * @param {string|null} part.refused why it cannot be
 * @param {number} part.scale pixels of the drawing for one of the picture
 * @param {{write: function(number, string), move: function(number, number), remove: function(number)}} tell
 */
export function layerBox({ index, written, last, output, lines, refused, scale }, tell) {
  const name = partName(index);
  const text = element("input", { type: "text", value: written, "aria-label": name, "data-key": `text-${index}`, spellcheck: "false", autocomplete: "off", change: () => tell.write(index, text.value) });
  const tool = (sign, what, key, click, isOff) => makeButton(sign, click, { "aria-label": `${name}: ${what}`, "data-key": `${key}-${index}`, disabled: isOff });
  const tools = [
    tool("←", say("move forward", "前移"), "left", () => tell.move(index, index - 1), index === 1),
    tool("→", say("move back", "后移"), "right", () => tell.move(index, index + 1), index === last),
    tool("×", say("remove", "删除"), "remove", () => tell.remove(index), last === 1),
  ];
  return element(
    `li.box${refused ? ".refused" : ""}`,
    { "data-index": index },
    element("p.grip", {}, element("span", {}, name)),
    text,
    ...(output ? [drawing(output, scale), element("strong", {}, shapeText(output))] : []),
    ...lines.map((line) => element("span.arithmetic", {}, line)),
    ...(refused ? [element("p.why", {}, refused)] : []),
    ...(index > 0 ? [element("p.tools", {}, ...tools)] : []),
  );
}

/** What a part of a chain is called, by its index. */
export const partName = (index) => (index === 0 ? say("input", "输入") : say(`layer ${index - 1}`, `第 ${index - 1} 层`));

/** What flows: a stack of maps, or a column of units. */
function drawing(shape, scale) {
  const [maps, height = 1, width = 1] = shape;
  if (shape.length === 1) return element("div.flow", { "aria-hidden": "true" }, element("i", { style: { width: "8px", height: `${Math.min(SIDE, 6 + 7 * Math.log2(maps))}px` } }));
  const sheets = Array.from({ length: Math.min(4, maps) }, (_, i) =>
    element("i", { style: { width: `${Math.max(2, scale * width)}px`, height: `${Math.max(2, scale * height)}px`, translate: `${3 * i}px ${3 * i}px` } }),
  );
  return element("div.flow", { "aria-hidden": "true" }, ...sheets);
}

/** Pixels of the drawing for one of the input's. */
export const scaleOf = ([, height, width]) => SIDE / Math.max(height, width);
