import { byId, element } from "../play/elements.js";
import { percent } from "../play/words.js";
import { ask, repeat, SOON, sparing, toldOf } from "./asking.js";
import { lineChart } from "./line-chart.js";
import { stopping } from "./stopping.js";
import { count, duration } from "./words.js";

const SPEED_OVER_MILLISECONDS = 10_000;
const GOING_ON = "going on";

/** Shows a run as it goes on, or as it ended. */
export function watch(name) {
  const steps = [];
  const seen = [];
  let there = ""; // the state of which the first layer's weights are
  let shown = "";
  const showStop = stopping(name, "Asked: it ends after its batch, with everything saved, and can be gone on with.");
  const look = async () => {
    const told = await ask(`${toldOf(name, "live")}?after=${steps.at(-1)?.[0] ?? 0}`);
    // Gone on with from an earlier step: what came after it is trained again.
    if (told.trained < (steps.at(-1)?.[0] ?? 0)) steps.length = 0;
    steps.push(...told.steps.map((row) => [row.step, row.loss]));
    noteSpeed(seen, told.trained);
    showFigures(told, seen);
    showCharts(told, steps);
    showStop(told.status === GOING_ON);
    if (told.checkpoint || told.status === "done") there = `${told.checkpoint} ${told.status}`;
    return SOON;
  };
  repeat(look, (fault) => (byId("fault").textContent = fault));
  // By itself: reading a checkpoint takes the server longer than all else, and is done the less often.
  repeat(() => sparing(async () => {
    const now = there;
    if (now !== shown) await showFilters(name);
    shown = now;
  }), (fault) => fault && (byId("filters-note").textContent = fault));
}

function noteSpeed(seen, trained) {
  const now = performance.now();
  if (seen.length && trained < seen.at(-1).trained) seen.length = 0;
  seen.push({ now, trained });
  while (now - seen[0].now > SPEED_OVER_MILLISECONDS) seen.shift();
}

/** Steps a second over the last seconds; 0 while nothing moves. */
function speed(seen) {
  const [first, last] = [seen[0], seen.at(-1)];
  return last.now > first.now ? (1000 * (last.trained - first.trained)) / (last.now - first.now) : 0;
}

function showFigures(told, seen) {
  const total = told.epochs * told.steps_per_epoch;
  const goesOn = told.status === GOING_ON;
  const perSecond = speed(seen);
  const scored = told.metrics.at(-1)?.epoch ?? 0;
  const epoch = told.steps_per_epoch ? Math.min(told.epochs, Math.floor(Math.max(0, told.trained - 1) / told.steps_per_epoch) + 1) : scored;
  show("status", told.status);
  show("epoch", epoch ? `${epoch} of ${told.epochs}` : `of ${told.epochs}`);
  show("step", count(told.trained) + (total ? ` of ${count(total)}` : ""));
  show("speed", goesOn && perSecond ? `${count(perSecond * told.batch_size)}\u00a0examples/s` : "–");
  show("left", goesOn && perSecond && total ? duration((total - told.trained) / perSecond) : "–");
  const watched = told.metrics.filter((row) => row.split !== "TRAIN").at(-1);
  show("score", watched ? score(watched, told.r2) : "–");
  byId("bar").value = total ? told.trained / total : scored / told.epochs;
}

/** @param {number} [r2] of a network of values that has ended */
function score({ accuracy, mae }, r2) {
  if (accuracy !== null) return percent(accuracy, 2);
  return `MAE\u00a0${mae.toFixed(4)}${r2 === undefined ? "" : `, R²\u00a0${r2.toFixed(4)}`}`;
}

function show(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text;
}

function showCharts(told, steps) {
  const lines = (value) =>
    ["TRAIN", "VALIDATION", "TEST"].map((split, i) => ({
      name: split.toLowerCase(),
      token: ["series-2", "series-1", "series-3"][i],
      points: told.metrics.filter((row) => row.split === split && row[value] !== null).map((row) => [row.epoch, row[value]]),
    }));
  const draw = (id, across, series, isShare) => {
    const state = JSON.stringify(series.map(({ points }) => [points.length, points.at(-1)]));
    const place = byId(id);
    if (place.dataset.state === state) return;
    place.dataset.state = state;
    const any = series.some(({ points }) => points.length);
    place.replaceChildren(any ? lineChart(across, series, isShare) : element("p.note", {}, told.status === GOING_ON ? "Nothing yet." : "Not recorded."));
  };
  draw("steps", "step", [{ name: "loss", token: "series-2", points: steps }]);
  draw("losses", "epoch", lines("loss"));
  const ofClasses = !told.metrics.some((row) => row.mae !== null && row.accuracy === null);
  show("score-name", ofClasses ? "Accuracy" : "Mean absolute error");
  draw("scores", "epoch", lines(ofClasses ? "accuracy" : "mae"), ofClasses);
}

async function showFilters(name) {
  const { step, tiles } = await ask(toldOf(name, "filters"));
  byId("filters").hidden = !tiles.length;
  byId("filters-note").textContent = step ? `As of step ${count(step)}, the newest checkpoint's.` : "As the run ended.";
  byId("tiles").replaceChildren(
    ...tiles.map((tile) => {
      const zoom = Math.max(1, Math.floor(56 / Math.max(tile.columns, tile.rows)));
      const picture = { src: tile.png, alt: `weights ${tile.name}`, width: zoom * tile.columns, height: zoom * tile.rows };
      return element("li", {}, element("figure", {}, element("img", picture), element("figcaption", {}, tile.name)));
    }),
  );
}
