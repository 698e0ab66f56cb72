import { activated, line, windowName } from "./arithmetic.js";
import { convolutionWorking, separableWorking } from "./convolution-working.js";
import { denseWorking } from "./dense-working.js";
import { element } from "./elements.js";
import { localTerms, normalizationTerms } from "./normalization.js";
import { numberGrid } from "./numbers.js";
import { pixelWithin } from "./padding.js";
import { globalWindow, subsamplingTerms } from "./subsampling.js";
import { cells } from "./windows.js";
import { figure, percent, say } from "./words.js";

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
  separableConvolution: separableWorking,
  subsampling: subsamplingWorking,
  globalPooling: (given) => subsamplingWorking({ ...given, layer: globalWindow(given.layer) }),
  zeroPadding: paddingWorking,
  dense: denseWorking,
  output: denseWorking,
  batchNormalization: normalizationWorking,
  localResponseNormalization: localWorking,
  prelu: preluWorking,
  activation: activationWorking,
  dropout: dropoutWorking,
};

function subsamplingWorking({ layer, input, cell, before }) {
  const terms = subsamplingTerms(layer, input, cell.map, cell.row, cell.column);
  const window = cells(layer, cell.row, cell.column);
  const winner = window[terms.winner];
  const isLevel = terms.inputs.every((input) => input === null || input === terms.inputs[terms.winner]);
  const nodes = [
    element(
      "div.row.working",
      {},
      numberGrid(windowName(before, cell.map), terms.inputs, layer.kernel[1], (node, i) => {
        if (layer.pooling === "max" && !isLevel && i === terms.winner) node.classList.add("marked");
      }),
    ),
  ];
  let value;
  if (layer.pooling === "max") {
    value = terms.inputs[terms.winner];
    nodes.push(
      line(isLevel ? say(`All are equal: ${figure(value)}`, `各数相等：${figure(value)}`) : say(`The largest wins: row ${winner.row}, column ${winner.column} with ${figure(value)}`, `最大者胜出：第 ${winner.row} 行第 ${winner.column} 列，${figure(value)}`)),
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

function paddingWorking({ layer, input, cell }) {
  const pixel = pixelWithin(layer, cell);
  const value = pixel ? valueAt(input, layer.in, pixel) : 0;
  const told = pixel
    ? say(`Row ${pixel.row}, column ${pixel.column} of what lies before: ${figure(value)}`, `前一层第 ${pixel.row} 行第 ${pixel.column} 列：${figure(value)}`)
    : say("In the padding: 0", "在填充中：0");
  return { z: value, value, windows: pixel ? itself(pixel) : null, nodes: [line(told)] };
}

function localWorking({ layer, input, cell }) {
  const x = valueAt(input, layer.in, cell);
  const { sum, divisor } = localTerms(layer, input, cell.map, cell.row * layer.in[2] + cell.column);
  const value = x / divisor;
  const maps = Array.from({ length: 2 * layer.neighbours + 1 }, (_, i) => cell.map - layer.neighbours + i).filter((map) => map >= 0 && map < layer.in[0]);
  const squares = say(`squares of maps ${maps[0]} to ${maps.at(-1)}`, `第 ${maps[0]} 至 ${maps.at(-1)} 张图的平方和`);
  const nodes = [line(`${figure(x)} / (${layer.k} + ${layer.alpha} · ${squares} ${figure(sum)})^${layer.beta} = ${figure(value)}`)];
  return { z: value, value, windows: { maps, cells: [cell] }, nodes };
}

function preluWorking({ network, layer, input, cell }) {
  const x = valueAt(input, layer.in, cell);
  const slope = network.weights[layer.weights + cell.map];
  const value = x < 0 ? slope * x : x;
  const nodes = [line(x < 0 ? `${say("below 0: slope", "小于 0：斜率")} ${figure(slope)} · ${figure(x)} = ${figure(value)}` : say(`Not below 0, so it passes ${figure(x)} on.`, `不小于 0，原样传递 ${figure(x)}。`))];
  return { z: x, value, windows: itself(cell), nodes };
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

function valueAt(values, [, height = 1, width = 1], { map, row, column }) {
  return values[(map * height + row) * width + column];
}

const itself = (cell) => ({ maps: [cell.map], cells: [cell] });
