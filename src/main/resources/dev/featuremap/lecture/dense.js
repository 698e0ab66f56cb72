import { element } from "../play/elements.js";
import { say } from "../play/words.js";
import { sum } from "./feature-map.js";
import { makeGrid } from "./grid.js";
import { makeButton, makeSign, openPlace } from "./interactive.js";
import { makeNumberField } from "./number-field.js";
import { makeWalkable } from "./walk.js";

/** Numbers that can be set. */
const RANGE = { least: -99, most: 99, step: 0.1 };
/** Columns of the grid of outputs. */
const ACROSS = 6;

const { place, data } = openPlace();
const start = () => ({ x: [...data.x], weights: data.weights.map((row) => [...row]), bias: [...data.bias] });

/** What a reader has changed: unit is the output that is worked out, at the input one stands on, in x or in the weights. */
const state = { ...start(), unit: 0, at: 0, isInX: true };

const products = (unit) => state.x.map((value, i) => value * state.weights[i][unit]);
/** X·W + b, sum by sum in Java's order. */
export const outputs = () => state.bias.map((b, unit) => sum(products(unit)) + b);

const x = makeGrid("", data.x.length, 1);
const weights = makeGrid("", data.x.length, 1);
const multiplied = makeGrid(say("products", "乘积"), data.x.length, 1);
const y = makeGrid(say("y = X·W + b: press one to work it out", "y = X·W + b：点按一个，看它怎么算"), Math.ceil(data.bias.length / ACROSS), ACROSS);
const working = element("p.arithmetic", { role: "status" });
const named = element("span");
const number = makeNumberField(RANGE, (value) => {
  if (state.isInX) state.x[state.at] = value;
  else state.weights[state.at][state.unit] = value;
  show();
});
const bias = makeNumberField(RANGE, (value) => {
  state.bias[state.unit] = value;
  show();
});

function set(parts) {
  Object.assign(state, parts);
  show();
}

const four = (value) => value.toFixed(4).replace(/^-(?=0\.0000$)/, "");
const six = (value) => value.toFixed(6).replace(/^-(?=0\.000000$)/, "");
const largest = (values) => Math.max(...values.map(Math.abs)) || 1;

function show() {
  const { unit, at, isInX } = state;
  const column = state.weights.map((row) => row[unit]);
  const [here, all] = [products(unit), outputs()];
  const fill = (grid, values, look) => grid.show(values, largest(values), four, look);
  x.entitle(say("X: one example", "X：一个样本"));
  fill(x, state.x, (i) => (isInX && i === at ? "cursor" : ""));
  weights.entitle(say(`W: its column ${unit + 1}`, `W：第 ${unit + 1} 列`));
  fill(weights, column, (i) => (!isInX && i === at ? "cursor" : ""));
  fill(multiplied, here, (i) => (i === at ? "marked" : ""));
  fill(y, all, (i) => (i === unit ? "marked" : ""));
  named.textContent = isInX ? `X[1,${at + 1}] ` : `W[${at + 1},${unit + 1}] `;
  number.show(isInX ? state.x[at] : column[at]);
  bias.show(state.bias[unit]);
  working.textContent = `y[1,${unit + 1}] = ${six(sum(here))} + b ${six(state.bias[unit])} = ${six(all[unit])}`;
}

for (const [grid, isInX] of [[x, true], [weights, false]]) {
  makeWalkable(grid, { at: () => state.at, go: (at) => set({ at, isInX }), act: () => number.input.focus() });
  grid.table.addEventListener("focus", () => set({ isInX }));
  number.listen(grid.table);
}
makeWalkable(y, { at: () => state.unit, go: (i) => set({ unit: Math.min(i, data.bias.length - 1) }) });

place.append(
  element("p.conclusion", {}, say(
    `Change a number of X, and all ${data.bias.length} outputs follow; change one of W or b, and only one does.`,
    `改变 X 中的一个数，${data.bias.length} 个输出全都跟着变；改变 W 或 b 中的一个数，只有一个输出变。`,
  )),
  element("p.note", {}, say("Press a number of X or W, or walk by the arrow keys; + and - change it, or type it here.", "点按 X 或 W 中的数，或用方向键移动；用 + 和 - 更改，或在此输入。")),
  element(
    "p.tools",
    {},
    element("label", {}, named, number.input),
    element("label", {}, "b ", bias.input),
    makeButton(say("Undo all changes", "撤销所有更改"), () => set(start())),
  ),
  working,
  element("div.row.working.from-top", {}, x.node, makeSign("×"), weights.node, makeSign("="), multiplied.node, y.node),
);
show();
