import { element } from "../play/elements.js";
import { say } from "../play/words.js";
import { best, conclusion, distinctions } from "./distinction.js";
import { cut, exact, ninthsOf, productsAt, SIDE, sum, windowAt, written } from "./feature-map.js";
import { inWindow, makeGrid } from "./grid.js";
import { makeButton, makeChoice, makeSign, openPlace } from "./interactive.js";
import { makeWalkable } from "./walk.js";

/** How the map's numbers are written: {@link FeatureMap}'s ways, and as colours alone. */
const WRITINGS = {
  ninths: { text: say("ninths", "九分之一"), of: String },
  decimals: { text: say("decimals", "小数"), of: exact },
  cut: { text: say("cut to two decimals", "截取两位"), of: cut },
  colours: { text: say("colours", "颜色"), of: String },
};

const { place, data } = openPlace();
const { size } = data;
const cells = size - SIDE + 1;
const names = data.letters.map((letter) => letter.name);

/** What a reader has changed: pixel is where one stands in the picture, filter and letter which are shown. */
const state = { ...start(), letter: 0, writing: "ninths", pixel: (data.row + 1) * size + data.column + 1, ink: false };
state.filter = best(distinctions(state.pictures, size, state.filters));

function start() {
  return { pictures: data.letters.map(({ picture }) => picture.flat()), filters: data.filters.map(({ shape, weights }) => ({ shape, weights: weights.flat() })) };
}

const said = element("p.conclusion", { role: "status" });
const letter = makeGrid(names[0], size, size);
const filter = makeGrid("", SIDE, SIDE);
const map = makeGrid("", cells, cells);
const [window, products] = [makeGrid(say("window", "窗口"), SIDE, SIDE), makeGrid(say("products", "乘积"), SIDE, SIDE)];
const working = element("p.arithmetic", { role: "status" });

/** The corner of the window around where one stands, which never leaves the picture. */
function corner() {
  const within = (at) => Math.max(0, Math.min(cells - 1, at - 1));
  return { row: within(Math.floor(state.pixel / size)), column: within(state.pixel % size) };
}

/** Makes ink of paper, or paper of ink. */
function turn(numbers, i, to = -numbers[i]) {
  numbers[i] = to;
  show();
}

function show() {
  const picture = state.pictures[state.letter];
  const { shape, weights } = state.filters[state.filter];
  const { row, column } = corner();
  said.textContent = conclusion(distinctions(state.pictures, size, state.filters), ...names);
  letter.entitle(say(`${names[state.letter]}: the frame is the window`, `${names[state.letter]}：框出的是窗口`));
  letter.show(picture, 1, String, (i) => `${inWindow(i, size, row, column, SIDE) ? "marked" : ""} ${i === state.pixel ? "cursor" : ""}`);
  filter.entitle(say(`filter ${shape}`, `卷积核 ${shape}`));
  filter.show(weights, 1, String);
  const ninths = ninthsOf(picture, size, weights);
  map.entitle(say(`map of ${shape}`, `${shape} 的特征图`));
  map.show(ninths, SIDE * SIDE, WRITINGS[state.writing].of, (i) => (i === row * cells + column ? "marked" : ""));
  map.table.classList.toggle("colours", state.writing === "colours");
  const nine = productsAt(picture, size, weights, row, column);
  window.show(windowAt(picture, size, row, column), 1, String);
  products.show(nine, 1, String);
  const cell = say(`cell (${row + 1}, ${column + 1})`, `格子 (${row + 1}, ${column + 1})`);
  working.textContent = `${cell}: ${written(nine)} = ${sum(nine)};  ${sum(nine)} / 9 = ${exact(sum(nine))}`;
}

const set = (parts) => {
  Object.assign(state, parts);
  show();
};

makeWalkable(letter, {
  at: () => state.pixel,
  go: (pixel) => set({ pixel }),
  press: (pixel, isFirst) => {
    const picture = state.pictures[state.letter];
    if (isFirst) state.drawn = -picture[pixel];
    if (state.ink) turn(picture, pixel, state.drawn);
  },
  act: (pixel) => turn(state.pictures[state.letter], pixel),
});
let weight = 0;
makeWalkable(filter, {
  at: () => weight,
  go: (i) => (weight = i),
  press: (i, isFirst) => isFirst && turn(state.filters[state.filter].weights, i),
  act: (i) => turn(state.filters[state.filter].weights, i),
});
makeWalkable(map, {
  at: () => corner().row * cells + corner().column,
  go: (i) => set({ pixel: (Math.floor(i / cells) + 1) * size + (i % cells) + 1 }),
});

const options = (texts) => texts.map((text, i) => ({ value: String(i), text }));
const ink = makeButton(say("Change pixels", "更改像素"), () => {
  state.ink = !state.ink;
  ink.setAttribute("aria-pressed", String(state.ink));
}, { "aria-pressed": "false" });

place.append(
  said,
  element("p", {}, say(
    "Each cell of a map is the sum of nine products, pixel times weight, divided by nine: 9/9 where all nine pixels in the frame are as the filter wants them, −9/9 where none is.",
    "特征图的每个格子是九个乘积（像素乘权重）之和除以九：方框里的九个像素全部符合卷积核时为 9/9，全都不符时为 −9/9。",
  )),
  element("p.note", {}, say(
    "Drag the frame over the letter, or walk it by the arrow keys; space, or “Change pixels” and a press, turns ink into paper and back. Press a number of the filter to turn its sign.",
    "在字母上拖动方框，或用方向键移动；空格键，或“更改像素”后点按，可在墨与纸之间切换。点按卷积核的数字，可改变它的正负号。",
  )),
  element(
    "div.row",
    {},
    element("div", {}, makeChoice(say("Letter", "字母"), options(names), (i) => set({ letter: Number(i) })), letter.node,
      element("p.tools", {}, ink, makeButton(say("Undo all changes", "撤销所有更改"), () => set(start())))),
    element(
      "div",
      {},
      makeChoice(say("Map of the filter", "卷积核的特征图"), options(data.filters.map(({ shape }) => shape)), (i) => set({ filter: Number(i) }), state.filter),
      map.node,
      makeChoice(say("Written as", "写法"), Object.entries(WRITINGS).map(([value, { text }]) => ({ value, text })), (writing) => set({ writing })),
    ),
  ),
  element("div.row.working", {}, window.node, makeSign("×"), filter.node, makeSign("="), products.node),
  working,
);
show();

/** What a console, or a test, may look at. */
export const homework = { state, corner, ninths: () => ninthsOf(state.pictures[state.letter], size, state.filters[state.filter].weights) };
