import { activations, formulas, softmax } from "./activations.js";
import { convolutionTerms } from "./convolution.js";
import { denseTerms, preActivations } from "./dense.js";
import { element } from "./elements.js";
import { normalizationTerms } from "./normalization.js";
import { makeWeight, numberGrid } from "./numbers.js";
import { subsamplingTerms } from "./subsampling.js";
import { figure, mapName, percent, say } from "./words.js";
import { cells } from "./windows.js";

/** So many of a unit's inputs are told one by one. */
const STRONGEST = 8;

/**
 * How a number comes about, worked out as it is computed.
 *
 * @param {import("./network.js").Network} network
 * @param {Float32Array[]} all the picture, then each layer's numbers
 * @param {{layer: number, map: number, row: number, column: number}} cell
 * @param {number|null} channel the one shown of a convolution's; null for the strongest
 * @param {{weight: function(number, number), channel: function(number)}} tell of a changed weight, of a channel that is wanted
 * @returns {{z: number, value: number, windows: object|null, nodes: Node[]}} value: what the layer gives; windows: what is lit up in
 *   what lies before
 */
export function work(network, all, cell, channel, tell) {
  const layer = network.layers[cell.layer];
  const given = { network, layer, input: all[cell.layer], cell, channel, tell, before: network.layers[cell.layer - 1] };
  return workings[layer.kind](given);
}

const workings = {
  convolution: convolutionWorking,
  subsampling: subsamplingWorking,
  dense: denseWorking,
  output: denseWorking,
  batchNormalization: normalizationWorking,
  activation: activationWorking,
  dropout: dropoutWorking,
};

function convolutionWorking({ network, layer, input, cell, channel, tell, before }) {
  const terms = convolutionTerms(layer, network.weights, input, cell.map, cell.row, cell.column);
  const strongest = terms.channels.reduce((a, b) => (Math.abs(b.sum) > Math.abs(a.sum) ? b : a));
  const shown = terms.channels[channel] ?? strongest;
  const columns = layer.kernel[1];
  const largest = shown.weights.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const nodes = [];
  if (terms.channels.length > 1) nodes.push(channelList(terms.channels, shown, tell.channel));
  const products = shown.inputs.map((value, i) => value * shown.weights[i]);
  nodes.push(
    element(
      "div.row.working",
      {},
      numberGrid(windowName(before, shown.channel), shown.inputs, columns),
      sign("×"),
      numberGrid(say("filter, can be changed", "滤波器，可修改"), shown.weights, columns, (node, i) =>
        makeWeight(node, shown.at + i, shown.weights[i], largest, tell.weight),
      ),
      sign("="),
      numberGrid(say(`products, together ${figure(shown.sum)}`, `乘积之和 ${figure(shown.sum)}`), products, columns),
    ),
  );
  const sum = terms.channels.reduce((total, part) => total + part.sum, 0);
  const all = terms.channels.length > 1 ? say(`all ${terms.channels.length} channels`, `全部 ${terms.channels.length} 个通道`) : say("products", "乘积");
  nodes.push(line(`${all} ${figure(sum)} + ${say("bias", "偏置")} ${figure(terms.bias)} = ${figure(terms.z)}`));
  const value = activated(layer, terms.z, nodes, () => rowOf(network, layer, input, cell), cell.column);
  return {
    z: terms.z,
    value,
    windows: { maps: null, cells: cells(layer, cell.row, cell.column) },
    nodes,
  };
}

/** The sums of a cell's row, which softmax of maps takes together. */
function rowOf(network, layer, input, cell) {
  const columns = Array.from({ length: layer.out[2] }, (_, i) => i);
  return columns.map((column) => convolutionTerms(layer, network.weights, input, cell.map, cell.row, column).z);
}

function channelList(channels, shown, tell) {
  const list = element("ul.channels", { "aria-label": say("Channels, the strongest first", "通道，最强的在前") });
  const sorted = [...channels].sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
  for (const part of sorted) {
    list.append(
      element(
        "li",
        {},
        element(
          `button.${part.sum < 0 ? "below" : "above"}`,
          {
            type: "button",
            "aria-pressed": part === shown ? "true" : "false",
            "data-key": `channel-${part.channel}`,
            click: () => tell(part.channel),
          },
          `${part.channel}: ${figure(part.sum)}`,
        ),
      ),
    );
  }
  return list;
}

/** What a window lies on. */
function windowName(before, map) {
  return before ? say(`window of map ${map}`, `特征图 ${map} 的窗口`) : say("window of the picture", "图片的窗口");
}

function subsamplingWorking({ layer, input, cell, before }) {
  const terms = subsamplingTerms(layer, input, cell.map, cell.row, cell.column);
  const window = cells(layer, cell.row, cell.column);
  const winner = window[terms.winner];
  const nodes = [
    element(
      "div.row.working",
      {},
      numberGrid(windowName(before, cell.map), terms.inputs, layer.kernel[1], (node, i) => {
        if (layer.pooling === "max" && i === terms.winner) node.classList.add("marked");
      }),
    ),
  ];
  let value;
  if (layer.pooling === "max") {
    value = terms.inputs[terms.winner];
    nodes.push(
      line(say(`The largest wins: row ${winner.row}, column ${winner.column} with ${figure(value)}`, `最大者胜出：第 ${winner.row} 行第 ${winner.column} 列，${figure(value)}`)),
    );
  } else if (layer.pooling === "pnorm") {
    value = terms.inputs.reduce((sum, x) => sum + Math.abs(x ?? 0) ** layer.pnorm, 0) ** (1 / layer.pnorm);
    nodes.push(line(`(Σ |x|^${layer.pnorm})^(1/${layer.pnorm}) = ${figure(value)}`));
  } else {
    value = terms.sum / terms.count;
    nodes.push(line(say(`The mean: ${figure(terms.sum)} / ${terms.count} = ${figure(value)}`, `平均值：${figure(terms.sum)} / ${terms.count} = ${figure(value)}`)));
  }
  return { z: value, value, windows: { maps: [cell.map], cells: window }, nodes };
}

function denseWorking({ network, layer, input, cell, before, tell }) {
  const terms = denseTerms(layer, network.weights, input, cell.map);
  const order = Array.from(terms.products, (_, i) => i).sort((a, b) => Math.abs(terms.products[b]) - Math.abs(terms.products[a]));
  const strongest = order.slice(0, STRONGEST);
  const rest = order.slice(STRONGEST).reduce((sum, i) => sum + terms.products[i], 0);
  const largest = strongest.reduce((a, i) => Math.max(a, Math.abs(network.weights[terms.at + i])), 0);
  const shape = before ? before.out : network.input;
  const body = element("tbody");
  for (const i of strongest) {
    const weight = network.weights[terms.at + i];
    const cellOfWeight = element("td.n", {}, figure(weight));
    makeWeight(cellOfWeight, terms.at + i, weight, largest, tell.weight);
    body.append(
      element("tr", {}, element("th", { scope: "row" }, inputName(before, shape, i)), element("td.n", {}, figure(input[i])), cellOfWeight, element("td.n", {}, figure(terms.products[i]))),
    );
  }
  const more = order.length - strongest.length;
  const head = [say("strongest inputs", "最强的输入"), say("value", "值"), say("weight", "权重"), say("product", "乘积")];
  const nodes = [
    element(
      "div.scroll",
      { tabindex: "0", role: "group", "aria-label": head[0] },
      element("table", {}, element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))), body),
    ),
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

function normalizationWorking({ network, layer, input, cell }) {
  const { gamma, beta, mean, variance } = normalizationTerms(layer, network.weights, cell.map);
  const x = valueAt(input, layer.in, cell);
  const value = ((x - mean) * gamma) / Math.sqrt(variance + layer.epsilon) + beta;
  const nodes = [
    line(
      `(${figure(x)} − ${say("mean", "均值")} ${figure(mean)}) / √(${say("variance", "方差")} ${figure(variance)} + ${layer.epsilon}) · γ ${figure(gamma)} + β ${figure(beta)} = ${figure(value)}`,
    ),
  ];
  return { z: value, value, windows: itself(cell), nodes };
}

function activationWorking({ layer, input, cell }) {
  const x = valueAt(input, layer.in, cell);
  const nodes = [];
  const width = layer.in[layer.in.length - 1];
  const first = layer.in.length === 3 ? (cell.map * layer.in[1] + cell.row) * width : 0;
  const value = activated(layer, x, nodes, () => input.subarray(first, first + width), layer.in.length === 3 ? cell.column : cell.map);
  return { z: x, value, windows: itself(cell), nodes };
}

function dropoutWorking({ layer, input, cell }) {
  const value = valueAt(input, layer.in, cell);
  const nodes = [
    line(say(`It passes ${figure(value)} on as it is.`, `原样传递 ${figure(value)}。`)),
    line(
      say(
        `While training, each step it makes this 0 with a probability of ${percent(layer.rate, 0)}, or else ${figure(value)} / ${figure(1 - layer.rate)} = ${figure(value / (1 - layer.rate))}, so that the mean stays.`,
        `训练时，每一步它以 ${percent(layer.rate, 0)} 的概率变为 0，否则变为 ${figure(value)} / ${figure(1 - layer.rate)} = ${figure(value / (1 - layer.rate))}，使平均值不变。`,
      ),
    ),
  ];
  return { z: value, value, windows: itself(cell), nodes };
}

/** The activation function of a sum, told in a line; softmax needs the sums beside it, of which it takes one. */
function activated(layer, z, nodes, row, at) {
  const name = layer.activation;
  if (name === "identity") return z;
  const value = name === "softmax" ? softmax(Float64Array.from(row()))[at] : activations[name](z);
  nodes.push(line(`${name}: ${formulas[name]}, z = ${figure(z)}, → ${figure(value)}`));
  return value;
}

function valueAt(values, [, height = 1, width = 1], { map, row, column }) {
  return values[(map * height + row) * width + column];
}

const itself = (cell) => ({ maps: [cell.map], cells: [cell] });
const line = (text) => element("p.arithmetic", {}, text);
const sign = (text) => element("span.sign", { "aria-hidden": "true" }, text);
