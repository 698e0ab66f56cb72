import { element } from "../play/elements.js";
import { figure, say } from "../play/words.js";
import { sum } from "./feature-map.js";
import { makeChoice, openPlace } from "./interactive.js";
import { losses } from "./linear-model.js";
import { makeNumberField } from "./number-field.js";

const { place, data } = openPlace();
const names = data.map(({ letter }) => letter);

/** label is the class's place, outputs what a network says for each class. */
const state = { label: 0, outputs: [...data[0].outputs] };

const conclusion = element("p.conclusion", { role: "status" });
const working = element("div", { role: "status" });
const fields = names.map((name, i) =>
  makeNumberField({ least: -99, most: 99, step: 0.1 }, (value) => {
    state.outputs[i] = value;
    show();
  }),
);
const cells = names.map(() => [element("td.n"), element("td.n"), element("td.n")]);

function set(parts) {
  Object.assign(state, parts);
  show();
}

/** A number with up to six decimals. */
const written = (value) => String(Number(value.toFixed(6)));

/** Such as MSE = ((0.9 - 1)² + (0.1 - 0)²) / 2 = 0.010. */
function line(loss, before, after) {
  const label = oneHot();
  const parts = state.outputs.map((output, i) => `${before}${written(output)} - ${label[i]}${after}`);
  return element("p.arithmetic", {}, `${loss.toUpperCase()} = (${parts.join(" + ")}) / ${names.length} = ${figure(mean(loss))}`);
}

const oneHot = () => names.map((_, i) => (i === state.label ? 1 : 0));
const residuals = () => oneHot().map((y, i) => state.outputs[i] - y);
const mean = (loss) => sum(residuals().map(losses[loss].of)) / names.length;

function show() {
  const [label, far] = [oneHot(), residuals()];
  const most = Math.max(...state.outputs);
  const answers = names.filter((_, i) => state.outputs[i] === most);
  conclusion.textContent = say(
    `The label ${names[state.label]} is (${label.join(", ")}); the largest output is that of ${answers.join(" and ")}.`,
    `标签 ${names[state.label]} 是 (${label.join(", ")})；输出最大的是 ${answers.join(" 和 ")}。`,
  );
  cells.forEach(([y, square, distance], i) => {
    fields[i].show(state.outputs[i]);
    y.textContent = label[i];
    square.textContent = figure(losses.mse.of(far[i]));
    distance.textContent = figure(losses.mae.of(far[i]));
  });
  working.replaceChildren(line("mse", "(", ")²"), line("mae", "|", "|"));
}

const options = names.map((text, i) => ({ value: String(i), text }));
fields.forEach(({ input }, i) => input.setAttribute("aria-label", say(`output for ${names[i]}`, `${names[i]} 的输出`)));
const heads = [say("class", "类别"), say("label Y", "标签 Y"), say("output Yp", "输出 Yp"), "(Yp - Y)²", "|Yp - Y|"];

place.append(
  conclusion,
  element("p.note", {}, say(
    "Choose the label, and change the outputs: the further from the label, the larger both losses; the square makes a large distance count more.",
    "选择标签，更改输出：离标签越远，两种损失都越大；平方使大的距离更重要。",
  )),
  makeChoice(say("Label", "标签"), options, (i) => set({ label: Number(i) })),
  makeChoice(say("Outputs of the network below for the letter", "下面的网络对这个字母的输出"), options, (i) => set({ outputs: [...data[i].outputs] })),
  element(
    "div.scroll",
    {},
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...heads.map((text, i) => element(i ? "th.n" : "th", { scope: "col" }, text)))),
      element(
        "tbody",
        {},
        ...names.map((name, i) => element("tr", {}, element("th", { scope: "row" }, name), cells[i][0], element("td.n", {}, fields[i].input), cells[i][1], cells[i][2])),
      ),
    ),
  ),
  working,
);
show();

/** What a console, or a test, may look at. */
export const onehot = { state, mean };
