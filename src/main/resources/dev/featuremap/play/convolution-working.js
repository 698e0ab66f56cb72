import { activated, line, sign, windowName } from "./arithmetic.js";
import { convolutionTerms, mapsBetween } from "./convolution.js";
import { element } from "./elements.js";
import { makeWeight, numberGrid } from "./numbers.js";
import { cells } from "./windows.js";
import { figure, say } from "./words.js";

/** How a convolution's number comes about; see {@link work}. */
export function convolutionWorking({ network, layer, input, cell, channel, tell, before }) {
  const terms = convolutionTerms(layer, network.weights, input, cell.map, cell.row, cell.column);
  const strongest = terms.channels.reduce((a, b) => (Math.abs(b.sum) > Math.abs(a.sum) ? b : a));
  const shown = terms.channels.find((part) => part.channel === channel) ?? strongest;
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
      numberGrid(say("filter, can be changed", "卷积核，可修改"), shown.weights, columns, (node, i) =>
        makeWeight(node, weightName(cell.map, shown.channel, Math.floor(i / columns), i % columns), shown.at + i, shown.weights[i], largest, tell.weight),
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
    windows: { maps: layer.groups > 1 ? [shown.channel] : null, cells: cells(layer, cell.row, cell.column) },
    nodes,
  };
}

/** How a separable convolution's number comes about of the maps between its two steps. */
export function separableWorking(given) {
  const { network, layer, input, cell } = given;
  const between = mapsBetween(layer, network.weights, input);
  const worked = convolutionWorking({ ...given, layer: layer.pointwise, input: between, before: layer.depthwise });
  const [height, width] = layer.depthwise.kernel;
  const told = say(
    `First each channel by itself is filtered by ${height}×${width}, into ${layer.depthwise.out[0]} maps; of these, at this pixel:`,
    `先对每个通道单独用 ${height}×${width} 的核滤波，得到 ${layer.depthwise.out[0]} 张图；在此像素处：`,
  );
  return { ...worked, windows: { maps: null, cells: cells(layer.depthwise, cell.row, cell.column) }, nodes: [line(told), ...worked.nodes] };
}

function weightName(filter, channel, row, column) {
  return say(`weight of filter ${filter}, channel ${channel}, row ${row}, column ${column}`, `卷积核 ${filter}，通道 ${channel}，第 ${row} 行，第 ${column} 列的权重`);
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
