import { activated, line } from "./arithmetic.js";
import { denseTerms, preActivations } from "./dense.js";
import { element } from "./elements.js";
import { makeWeight, signedPicture } from "./numbers.js";
import { figure, mapName, say } from "./words.js";

/** So many of a unit's inputs are told one by one. */
const STRONGEST = 8;

/** How a unit's number comes about; see {@link work}. */
export function denseWorking({ network, layer, input, cell, before, tell }) {
  const terms = denseTerms(layer, network.weights, input, cell.map);
  const order = Array.from(terms.products, (_, i) => i).sort((a, b) => Math.abs(terms.products[b]) - Math.abs(terms.products[a]));
  const strongest = order.slice(0, STRONGEST);
  const rest = order.slice(STRONGEST).reduce((sum, i) => sum + terms.products[i], 0);
  const largest = strongest.reduce((a, i) => Math.max(a, Math.abs(network.weights[terms.at + i])), 0);
  const shape = before ? before.out : network.input;
  const body = element("tbody");
  for (const i of strongest) {
    const weight = network.weights[terms.at + i];
    const name = inputName(before, shape, i);
    const cellOfWeight = element("td.n", {}, figure(weight));
    makeWeight(cellOfWeight, say(`weight from ${name}`, `${name}的权重`), terms.at + i, weight, largest, tell.weight);
    body.append(
      element("tr", {}, element("th", { scope: "row" }, name), element("td.n", {}, figure(input[i])), cellOfWeight, element("td.n", {}, figure(terms.products[i]))),
    );
  }
  const more = order.length - strongest.length;
  const head = [say("strongest inputs", "最强的输入"), say("value", "值"), say("weight", "权重"), say("product", "乘积")];
  const table = element(
    "div.scroll",
    { tabindex: "0", role: "group", "aria-label": head[0] },
    element("table", {}, element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))), body),
  );
  const onMaps = shape.length === 3 && shape[1] * shape[2] > 1;
  const weights = network.weights.subarray(terms.at, terms.at + input.length);
  const pictures = onMaps
    ? [signedPicture(say("weights", "权重"), weights, shape), signedPicture(say("products", "乘积"), terms.products, shape)]
    : [];
  const nodes = [
    element("div.row", {}, table, ...pictures),
    line(
      `${say("these", "以上")} ${figure(terms.z - rest - terms.bias)}` +
        (more > 0 ? ` + ${say(`the ${more} others`, `其余 ${more} 个`)} ${figure(rest)}` : "") +
        ` + ${say("bias", "偏置")} ${figure(terms.bias)} = ${figure(terms.z)}`,
    ),
  ];
  const value = activated(layer, terms.z, nodes, () => preActivations(layer, network.weights, input), cell.map);
  return { z: terms.z, value, windows: inputWindows(shape, strongest), nodes };
}

function inputName(before, shape, i) {
  if (shape.length === 1) return say(`unit ${i}`, `单元 ${i}`);
  const [, height, width] = shape;
  const map = Math.floor(i / (height * width));
  const [row, column] = [Math.floor(i / width) % height, i % width];
  const name = before ? mapName(before, map) : say("pixel", "像素") + (shape[0] > 1 ? ` ${map}` : "");
  return say(`${name}, row ${row}, column ${column}`, `${name}，第 ${row} 行，第 ${column} 列`);
}

/** Each of some inputs as a window of its own. */
function inputWindows(shape, inputs) {
  const [, height = 1, width = 1] = shape;
  return {
    single: inputs.map((i) => ({ map: Math.floor(i / (height * width)), row: Math.floor(i / width) % height, column: i % width })),
  };
}
