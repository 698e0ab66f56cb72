import { greys } from "../play/colours.js";
import { byId, element } from "../play/elements.js";
import { signedPicture } from "../play/numbers.js";
import { figure, say } from "../play/words.js";
import { makeDescent } from "./descent.js";
import { makeButton, openPlace } from "./interactive.js";
import { lineChart } from "./line-chart.js";
import { predict } from "./linear-model.js";

const { place, data } = openPlace();
const pictures = data.digits.map((rows) => Float64Array.from(rows.flat()));
const side = data.digits[0].length;
const start = { weights: Float64Array.from(data.start.weights.flat()), bias: data.start.bias };

const ways = [makeWay("mse", "series-1"), makeWay("mae", "series-2")];

/** One way down with its slider, buttons and chart. */
function makeWay(loss, colour) {
  const name = loss.toUpperCase();
  const way = { name, rate: data.learningRate, descent: makeDescent(loss, start, pictures) };
  const rate = element("output", {}, String(way.rate));
  const slider = element("input", {
    type: "range", min: -5, max: 0, step: 0.05, value: Math.log10(way.rate).toFixed(2),
    input: () => {
      way.rate = Number((10 ** slider.value).toPrecision(3));
      rate.textContent = String(way.rate);
      slider.setAttribute("aria-valuetext", rate.textContent);
    },
  });
  slider.setAttribute("aria-valuetext", rate.textContent);
  const said = element("p", { role: "status" });
  const chart = element("div.chart");
  way.restart = () => (way.descent = makeDescent(loss, start, pictures));
  way.node = element(
    "div",
    {},
    element("h3", {}, say(`Down ${name}`, `沿 ${name} 下降`)),
    element("label.slider", {}, element("span", {}, say("learning rate Lr", "学习率 Lr")), slider, rate),
    buttons([way]),
    said,
    chart,
  );
  way.show = () => {
    const { course, diverged } = way.descent;
    const last = course[course.length - 1];
    said.textContent = say(`step ${course.length - 1}: ${name} = ${figure(last)}`, `第 ${course.length - 1} 步：${name} = ${figure(last)}`) + verdict(loss, course, diverged);
    chart.replaceChildren(lineChart(say(`${name} of each step`, `每一步的 ${name}`), course, colour));
  };
  return way;
}

function verdict(loss, course, diverged) {
  if (diverged) {
    return say(
      ". Here it stopped: the next loss would be too large for a number. Lower the learning rate and begin again.",
      "。到此为止：下一步的损失大得无法表示。降低学习率，重新开始。",
    );
  }
  if (course[course.length - 1] > 10 * course[0]) {
    return say(". It diverges: each step ends further away. Lower the learning rate and begin again.", "。发散了：每一步都离得更远。降低学习率，重新开始。");
  }
  const lowest = course.reduce((a, b) => Math.min(a, b));
  const since = course.length - 1 - course.indexOf(lowest);
  // So near to Y, only the rounding of numbers is left.
  if (since === 0 || lowest < 1e-12 * course[0]) return "";
  const isPast = say(
    `. For ${since} step${since === 1 ? "" : "s"} it has come no nearer: the steps are longer than the way to Y and lead past it.`,
    `。已有 ${since} 步没有更近：步子比到 Y 的距离还长，越过了 Y。`,
  );
  return isPast + (loss === "mae" ? say(" Down MAE a step is as long near Y as far from it: lower the learning rate.", "沿 MAE 时，步长在 Y 附近也不变短：请降低学习率。") : "");
}

function buttons(of) {
  const walk = (steps) =>
    makeButton(say(steps === 1 ? "1 step" : `${steps} steps`, `${steps} 步`), () => {
      for (const way of of) way.descent.walk(steps, way.rate);
      show();
    });
  const restart = makeButton(say("Begin again", "重新开始"), () => {
    for (const way of of) way.restart();
    show();
  });
  return element("p.tools", {}, ...(of.length > 1 ? [element("span", {}, say("Both:", "两者："))] : []), walk(1), walk(10), walk(100), restart);
}

/** A digit as a small picture. */
function digit(picture, name) {
  const canvas = element("canvas.digit", { width: side, height: side, role: "img", "aria-label": name });
  const pixels = Uint32Array.from(picture, (level) => greys[Math.round(255 * level)]);
  canvas.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), side, side), 0, 0);
  return canvas;
}

const predictions = pictures.map(() => ways.map(() => element("td.n")));
const head = ["", "Y", ...ways.map(({ name }) => `Yp (${name})`)];
const table = element(
  "table",
  {},
  element("thead", {}, element("tr", {}, ...head.map((text) => element(text ? "th.n" : "td", text ? { scope: "col" } : {}, text)))),
  element(
    "tbody",
    {},
    ...pictures.map((picture, label) => element("tr", {}, element("td", {}, digit(picture, say(`a ${label}`, `数字 ${label}`))), element("th.n", { scope: "row" }, String(label)), ...predictions[label])),
  ),
);
const weights = element("div.row");

function show() {
  for (const way of ways) way.show();
  predictions.forEach((cells, label) => cells.forEach((cell, i) => (cell.textContent = figure(predict(ways[i].descent.model, pictures[label])))));
  weights.replaceChildren(...ways.map(({ name, descent }) => signedPicture(`W (${name})`, descent.model.weights, [1, side, side])));
}

place.append(
  element("p.conclusion", {}, say(
    "Ten digits, the same first W, two losses. Set each learning rate, and step down.",
    "十个数字，同一个最初的 W，两种损失。设定各自的学习率，一步步下降。",
  )),
  buttons(ways),
  element("div.side-by-side", {}, ...ways.map(({ node }) => node)),
  element("div.row", {}, table, weights),
);
byId("theme").addEventListener("click", show);
show();

/** What a console, or a test, may look at. */
export const descents = () => ways.map(({ descent }) => descent);
