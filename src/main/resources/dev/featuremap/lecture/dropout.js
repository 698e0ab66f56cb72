import { element } from "../play/elements.js";
import { say } from "../play/words.js";
import { sum } from "./feature-map.js";
import { makeGrid } from "./grid.js";
import { makeButton, openPlace } from "./interactive.js";
import { makeRandom } from "./java-random.js";
import { makeNumberField } from "./number-field.js";

const { place, data } = openPlace();
const units = data.map.flat();
const [rows, columns] = [data.map.length, data.map[0].length];

/** Each draw has one random number for each unit, which is forgotten where that lies below the rate. */
const state = { rate: data.rate, seed: 1, random: null, draws: [] };

const conclusion = element("p.conclusion", { role: "status" });
const working = element("p.arithmetic", { role: "status" });
const [input, mask, output, mean] = [
  say("input, in ninths", "输入（单位 1/9）"),
  say("mask: 1 kept, 0 forgotten", "掩码：1 保留，0 遗忘"),
  say("output, training", "训练时的输出"),
  "",
].map((caption) => makeGrid(caption, rows, columns));
const rate = element("output");
const slider = element("input", { type: "range", min: 0, max: 0.95, step: 0.01, value: state.rate, input: follow });
const seed = makeNumberField({ least: 0, most: Number.MAX_SAFE_INTEGER, step: 1 }, begin);

function follow() {
  state.rate = Number(slider.value);
  show();
}

function begin(from) {
  Object.assign(state, { seed: from, random: makeRandom(from), draws: [] });
  draw(1);
}

function draw(times) {
  for (let i = 0; i < times; i++) state.draws.push(units.map(() => state.random()));
  show();
}

const kept = (numbers) => numbers.map((number) => (number < state.rate ? 0 : 1));
const short = (value) => String(Number(value.toFixed(2)));
const average = (values) => (sum(values) / values.length).toFixed(4);

function show() {
  const scale = 1 / (1 - state.rate);
  const count = state.draws.length;
  const masks = state.draws.map(kept);
  const last = masks[count - 1];
  const out = units.map((unit, i) => unit * last[i] * scale);
  const means = units.map((unit, i) => (unit * scale * sum(masks.map((of) => of[i]))) / count);
  const range = scale * Math.max(...units.map(Math.abs));
  const look = (i) => (last[i] ? "" : "none");
  input.show(units, range, short, look);
  mask.show(last, 1, String, look);
  output.show(out, range, short, look);
  mean.entitle(say(`mean of ${count} draw${count === 1 ? "" : "s"}`, `${count} 次的平均`));
  mean.show(means, range, short);
  rate.textContent = String(state.rate);
  seed.show(state.seed);
  const forgotten = units.length - sum(last);
  conclusion.textContent = say(
    `${forgotten} of ${units.length} units are forgotten; the others are multiplied by ${short(scale)}.`,
    `${units.length} 个单元中遗忘了 ${forgotten} 个；其余的乘以 ${short(scale)}。`,
  );
  working.textContent =
    `1 / (1 - ${state.rate}) = ${scale.toFixed(3)};  ` +
    say(`mean of all units: input ${average(units)}, output ${average(out)}, all draws ${average(means)}`, `所有单元的平均：输入 ${average(units)}，输出 ${average(out)}，各次 ${average(means)}`);
}

place.append(
  conclusion,
  element("p.note", {}, say(
    "Set the rate, and draw again: each unit is forgotten by chance, and the mean of many draws comes near the input. The same seed draws the same.",
    "设定比例，再抽一次：每个单元随机被遗忘；抽很多次，平均值就接近输入。种子相同，抽得也相同。",
  )),
  element("label.slider", {}, element("span", {}, say("rate, the share forgotten", "遗忘的比例")), slider, rate),
  element(
    "p.tools",
    {},
    makeButton(say("Draw again", "再抽一次"), () => draw(1)),
    makeButton(say("Draw 100 times", "抽 100 次"), () => draw(100)),
    element("label", {}, say("Begin at seed ", "从种子开始 "), seed.input),
  ),
  working,
  element("div.row", {}, input.node, mask.node, output.node, mean.node),
);
state.rate = Number(slider.value);
begin(state.seed);
