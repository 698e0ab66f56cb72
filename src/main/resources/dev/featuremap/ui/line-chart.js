import { figure, percent } from "../play/words.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, ABOVE, BELOW] = [480, 220, 52, 116, 10, 24];
const MOST_PLACES = 240;
const MOST_TICKS = 5;

/**
 * Lines over what is counted, each with its last value at its end; of many points neighbours are drawn as their mean, in a band from
 * their least to their greatest.
 *
 * @param {string} across what is counted
 * @param {{name: string, token: string, points: number[][]}[]} series points are place and value, ascending; one of them has some
 * @param {boolean} isShare of values from 0 to 1, shown as percentages over the range they take; others are shown from 0
 */
export function lineChart(across, series, isShare = false) {
  const drawn = series.filter(({ points }) => points.length).map((one) => ({ ...one, first: one.points[0][0], points: thinned(one.points) }));
  const all = drawn.flatMap(({ points }) => points);
  const [first, last] = [Math.min(...drawn.map((one) => one.first)), Math.max(...all.map(([x]) => x))];
  const [least, most] = [Math.min(...all.map((point) => point[2])), Math.max(...all.map((point) => point[3]))];
  const ticks = isShare ? round(least, most) : round(Math.min(0, least), Math.max(1e-12, most));
  const [low, high] = [Math.min(ticks[0], least), Math.max(ticks.at(-1), most)];
  const shown = isShare ? (value) => percent(value, 2) : figure;
  const x = (at) => LEFT + (WIDTH - LEFT - RIGHT) * (last > first ? (at - first) / (last - first) : 0.5);
  const y = (at) => HEIGHT - BELOW - (HEIGHT - BELOW - ABOVE) * ((at - low) / (high - low));
  const ends = drawn.map(({ name, points }) => `${name} ${shown(points.at(-1)[1])}`);
  const chart = make("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "font-size": 11 },
    make("title", {}, `${ends.join(", ")}, after ${across} ${last}`),
    make("path", { d: `M${LEFT} ${ABOVE}V${HEIGHT - BELOW}H${WIDTH - RIGHT}`, fill: "none", stroke: "var(--faint)" }),
    ...ticks.flatMap((tick) => [
      make("path", { d: `M${LEFT} ${y(tick)}H${WIDTH - RIGHT}`, stroke: "var(--line)" }),
      text(LEFT - 6, y(tick) + 4, "end", isShare ? percent(tick, Math.max(0, Math.ceil(-Math.log10(100 * (ticks[1] - ticks[0])) - 1e-9))) : figure(tick)),
    ]),
    text(LEFT, HEIGHT - 6, "start", first < last ? String(first) : ""), text(WIDTH - RIGHT, HEIGHT - 6, "end", `${across} ${last}`));
  const places = apart(drawn.map(({ points }) => y(points.at(-1)[1])));
  drawn.forEach(({ name, token, points }, i) => {
    const colour = `var(--${token})`;
    const line = (of) => points.map((point, at) => `${at ? "L" : "M"}${x(point[0]).toFixed(1)} ${y(point[of]).toFixed(1)}`).join("");
    const back = points.toReversed().map((point) => `L${x(point[0]).toFixed(1)} ${y(point[2]).toFixed(1)}`).join("");
    chart.append(
      make("path", { d: `${line(3)}${back}Z`, fill: colour, "fill-opacity": 0.16 }),
      make("path", { d: line(1), fill: "none", stroke: colour, "stroke-width": 1.8, "stroke-linejoin": "round" }),
      make("circle", { cx: x(points.at(-1)[0]), cy: y(points.at(-1)[1]), r: 3, fill: colour }),
      text(WIDTH - RIGHT + 8, places[i] + 4, "start", `${name} ${shown(points.at(-1)[1])}`, "var(--ink)"));
  });
  return chart;
}

/** A few round numbers across a range, the one below it first. */
function round(least, most) {
  const rough = (most - least || Math.abs(most) || 1) / (MOST_TICKS - 1);
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * [1, 2, 5, 10].find((times) => times * unit >= rough * (1 - 1e-9));
  const from = Math.floor(least / step + 1e-9);
  return Array.from({ length: Math.max(1, Math.floor(most / step + 1e-9) - from) + 1 }, (_, i) => (from + i) * step);
}

/** Points with place, mean, least and greatest, no more than can be told apart. */
function thinned(points) {
  const size = Math.max(1, Math.ceil(points.length / MOST_PLACES));
  return Array.from({ length: Math.ceil(points.length / size) }, (_, i) => {
    const near = points.slice(i * size, (i + 1) * size);
    const values = near.map(([, value]) => value);
    return [near.at(-1)[0], values.reduce((a, b) => a + b) / values.length, Math.min(...values), Math.max(...values)];
  });
}

/** Places from top to bottom so far apart that what is written there can be read. */
function apart(places) {
  const order = places.map((_, i) => i).sort((a, b) => places[a] - places[b]);
  const moved = [...places];
  order.forEach((at, i) => {
    if (i) moved[at] = Math.max(moved[at], moved[order[i - 1]] + 13);
  });
  return moved;
}

const text = (x, y, anchor, of, fill = "var(--soft)") => make("text", { x, y, "text-anchor": anchor, fill }, of);

function make(name, attributes, ...content) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}
