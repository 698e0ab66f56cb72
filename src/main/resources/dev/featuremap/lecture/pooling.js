import { element } from "../play/elements.js";
import { say } from "../play/words.js";
import { inWindow, makeGrid } from "./grid.js";
import { makeButton, openPlace } from "./interactive.js";
import { makeNumberField } from "./number-field.js";
import { pooled } from "./pooled.js";
import { makeWalkable } from "./walk.js";

/** The largest magnitude that has a colour of its own, as on the still page: ninths of a whole. */
const FULL = 9;
const { place, data } = openPlace();
const side = data.map.length;
const start = () => data.map.flat();
const state = { map: start(), at: 0, window: data.window };

const map = makeGrid("", side, side);
const result = element("div.row");
const working = element("p.arithmetic", { role: "status" });
const number = makeNumberField({ least: -99, most: 99, step: 1 }, (value) => {
  state.map[state.at] = value;
  show();
});
const size = element("select", { change: () => set({ window: Number(size.value) }) }, ...Array.from({ length: side - 1 }, (_, i) => element("option", { value: i + 2, selected: i + 2 === state.window }, `${i + 2}x${i + 2}`)));

function set(parts) {
  Object.assign(state, parts);
  show();
}

/** A mean with up to two decimals. */
const mean = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(2));

function show() {
  const { window, at } = state;
  const [row, column] = [Math.floor(at / side), at % side];
  const cells = Math.floor(side / window);
  const [down, across] = [Math.floor(row / window), Math.floor(column / window)];
  const isIn = down < cells && across < cells;
  map.entitle(say("map: what can be changed; the frame is the window", "特征图，可更改；框出的是窗口"));
  map.show(state.map, FULL, String, (i) => `${isIn && inWindow(i, side, down * window, across * window, window) ? "marked" : ""} ${i === at ? "cursor" : ""}`);
  number.show(state.map[at]);
  const grids = [
    [say("max", "最大"), pooled(state.map, side, window, "max")],
    [say("average", "平均"), pooled(state.map, side, window, "avg")],
  ].map(([caption, values]) => {
    const grid = makeGrid(caption, cells, cells);
    grid.show(values, FULL, mean, (i) => (isIn && i === down * cells + across ? "marked" : ""));
    return grid.node;
  });
  result.replaceChildren(...grids);
  const inside = state.map.filter((_, i) => inWindow(i, side, down * window, across * window, window));
  const sum = inside.reduce((a, b) => a + b, 0);
  working.textContent = isIn
    ? `max(${inside.join(", ")}) = ${Math.max(...inside)};  ${sum} / ${inside.length} = ${mean(sum / inside.length)}`
    : say("This row or column is left over: no whole window holds it, and it is dropped.", "这一行或列剩在边上：没有完整的窗口包含它，舍去。");
}

makeWalkable(map, {
  at: () => state.at,
  go: (at) => set({ at }),
  act: () => number.input.focus(),
});
number.listen(map.table);

place.append(
  element("p.conclusion", {}, say("Change a number, and see which window keeps it.", "改变一个数，看哪个窗口把它留下。")),
  element("p.note", {}, say("Press a number, or walk by the arrow keys; + and - change it, or type it here.", "点按一个数，或用方向键移动；用 + 和 - 更改，或在此输入。")),
  element(
    "p.tools",
    {},
    element("label", {}, say("Number ", "数值 "), number.input),
    element("label", {}, say("Window ", "窗口 "), size),
    makeButton(say("Undo all changes", "撤销所有更改"), () => set({ map: start() })),
  ),
  element("div.row", {}, map.node, result),
  working,
);
show();
