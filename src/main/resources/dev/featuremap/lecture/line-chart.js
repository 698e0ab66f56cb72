import { figure } from "../play/words.js";

const [WIDTH, HEIGHT, LEFT, BELOW] = [320, 150, 72, 20];

/**
 * A line over the steps 0, 1, …, from 0 up to its largest value.
 *
 * @param {string} name what it shows, for who does not see it
 * @param {number[]} values
 * @param {string} colour a token of the page, such as series-1
 */
export function lineChart(name, values, colour) {
  const top = values.reduce((a, b) => Math.max(a, b), 1e-12);
  const last = Math.max(1, values.length - 1);
  const x = (step) => LEFT + ((WIDTH - LEFT - 8) * step) / last;
  const y = (value) => 8 + (HEIGHT - BELOW - 8) * (1 - value / top);
  const path = values.map((value, step) => `${step ? "L" : "M"}${x(step).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const text = (at, down, anchor, of) => make("text", { x: at, y: down, "text-anchor": anchor, fill: "var(--soft)" }, of);
  const ends = make("circle", { cx: x(values.length - 1), cy: y(values[values.length - 1]), r: 3, fill: `var(--${colour})` });
  const chart = make(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${name}: ${figure(values[0])} → ${figure(values[values.length - 1])}`, "font-size": 11 },
    make("path", { d: `M${LEFT} 8V${HEIGHT - BELOW}H${WIDTH - 8}`, fill: "none", stroke: "var(--faint)" }),
    make("path", { d: path, fill: "none", stroke: `var(--${colour})`, "stroke-width": 2, "stroke-linejoin": "round" }),
    ends,
    text(LEFT - 6, 16, "end", figure(top)),
    text(LEFT - 6, HEIGHT - BELOW, "end", "0"),
    text(LEFT, HEIGHT - 4, "start", "0"),
    text(WIDTH - 8, HEIGHT - 4, "end", String(last)),
  );
  return chart;
}

function make(name, attributes, ...content) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}
