import { element } from "../play/elements.js";
import { percent } from "../play/words.js";
import { pageOf } from "./asking.js";
import { age, duration } from "./words.js";

const number = (value) => (value === undefined || value === null ? "" : value.toPrecision(4));
const share = (value) => (value === undefined || value === null ? "" : percent(value, 2));
// What is none of ours has no page.
const name = (row) => (row.kind === "other" ? element("span", {}, row.name) : element("a", { href: pageOf(row.name), "data-key": `page ${row.name}` }, row.name));

/** What a row shows, each with the key that orders by it; n: a number. */
const RUNS = [
  { title: "Name", key: "name", shows: name },
  { title: "Age", key: "age", shows: (row) => element("time", { datetime: row.created }, age(row.created)), n: true },
  { title: "Status", key: "status", shows: (row) => row.status },
  { title: "Seed", key: "seed", shows: (row) => row.seed ?? "", n: true },
  { title: "Epochs", key: "epochs", shows: (row) => row.epochs ?? "", n: true },
  { title: "Accuracy", key: "accuracy", shows: (row) => share(row.metrics.accuracy), n: true },
  { title: "Loss", key: "loss", shows: (row) => number(row.metrics.loss), n: true },
  { title: "MSE", key: "mse", shows: (row) => number(row.metrics.mse), n: true },
  { title: "MAE", key: "mae", shows: (row) => number(row.metrics.mae), n: true },
  { title: "R²", key: "r2", shows: (row) => number(row.metrics.r2), n: true },
  { title: "Time", key: "time", shows: (row) => (row.seconds ? duration(row.seconds) : ""), n: true },
  { title: "Engine", key: "engine", shows: (row) => row.engine ?? "" },
  { title: "Tags", key: "tags", shows: (row) => row.tags.join(" ") },
];

const mean = (metric, form) => (group) => {
  const of = group.summary[metric];
  return of ? `${form(of.mean)}${of.ci95 ? ` (${form(of.ci95[0])} to ${form(of.ci95[1])})` : ""}` : "";
};

const GROUPS = [
  { title: "Experiment", shows: (group) => element("span", {}, group.experiment) },
  { title: "Runs", shows: (group) => group.runs.length, n: true },
  { title: "Accuracy, 95 % interval", shows: mean("accuracy", share), n: true },
  { title: "Loss", shows: mean("loss", number), n: true },
  { title: "MSE", shows: mean("mse", number), n: true },
  { title: "R²", shows: mean("r2", number), n: true },
  { title: "Differs in", shows: (group) => Object.entries(group.changed).map(([key, value]) => `${key} = ${value}`).join(", ") },
  { title: "Seeds", shows: (group) => group.seeds.join(" ") },
];

/** Brings the ages up to now. */
export function grow(body) {
  for (const time of body.querySelectorAll("time")) time.textContent = age(time.dateTime);
}

/**
 * The rows of a table, and its head; what has the focus keeps it.
 *
 * @param {{order: string, sorted?: function(string), chosen?: Set<string>, choose?: function(string, boolean)}} use by what it is ordered,
 *     and what its reader may do
 */
export function fill(head, body, { rows, groups }, use) {
  const columns = groups ? GROUPS : RUNS;
  const focused = document.activeElement?.dataset.key;
  head.replaceChildren(element("tr", {}, ...columns.map((column) => title(column, use)), ...(use.choose && !groups ? [element("th", {}, "Choose")] : [])));
  body.replaceChildren(...(groups ?? rows).map((row) => line(row, columns, groups ? {} : use)));
  if (focused) [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused)?.focus();
}

function title({ title, key, n }, { order, sorted }) {
  const direction = order === key ? "ascending" : order === `-${key}` ? "descending" : null;
  const content = key && sorted ? element("button", { type: "button", "data-key": `order ${key}`, click: () => sorted(direction === "descending" ? key : `-${key}`) }, `${title}${direction ? (direction === "ascending" ? " ↑" : " ↓") : ""}`) : title;
  return element(n ? "th.n" : "th", { scope: "col", "aria-sort": direction }, content);
}

function line(row, columns, { chosen, choose }) {
  const cells = columns.map(({ title, shows, n }, i) =>
    element(i ? `td${n ? ".n" : ""}${title === "Tags" ? ".tags" : ""}` : "th", i ? {} : { scope: "row" }, shows(row)),
  );
  if (choose) {
    const box = element("input", { type: "checkbox", "data-key": `choose ${row.name}`, "aria-label": `Choose ${row.name}`, change: () => choose(row.name, box.checked) });
    box.checked = chosen.has(row.name);
    cells.push(element("td", {}, box));
  }
  const look = { "going on": ".on", damaged: ".bad", failed: ".bad", diverged: ".bad" }[row.status] ?? "";
  return element(`tr${look}`, { title: row.fault ?? row.note }, ...cells);
}
