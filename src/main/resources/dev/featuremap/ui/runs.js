import { byId } from "../play/elements.js";
import { ask, repeat, sparing, toldOf } from "./asking.js";
import { fill, grow } from "./table.js";
import { plural } from "./words.js";

const ROWS = 100;

/** What a reader asked for. It stands in the address too, so that a page can be kept. */
const asked = { where: "", sort: "", all: "", by: "", offset: 0 };
const chosen = new Set();
let version = "";
let shown = { rows: [] };

/** How long the last change of the table took, in milliseconds, for whoever measures. */
export const times = { filled: 0 };

function start() {
  for (const [key, value] of new URLSearchParams(location.search)) if (key in asked) asked[key] = key === "offset" ? Number(value) || 0 : value;
  keepAsked();
  byId("where").value = asked.where;
  byId("inner").checked = Boolean(asked.all);
  byId("by-seed").checked = Boolean(asked.by);
  byId("question").addEventListener("submit", (event) => change(event, { where: byId("where").value.trim() }));
  byId("inner").addEventListener("change", (event) => change(event, { all: byId("inner").checked ? "1" : "" }));
  byId("by-seed").addEventListener("change", (event) => change(event, { by: byId("by-seed").checked ? "seed" : "" }));
  byId("before").addEventListener("click", (event) => change(event, { offset: Math.max(0, asked.offset - ROWS) }));
  byId("after").addEventListener("click", (event) => change(event, { offset: asked.offset + ROWS }));
  byId("chosen").addEventListener("submit", tag);
  repeat(() => sparing(look), tell);
}

/** Where the way back from a run leads. */
const keepAsked = () => sessionStorage.setItem("asked", location.search);

const tell = (fault) => {
  if (byId("fault").textContent !== fault) byId("fault").textContent = fault;
};

async function change(event, { offset = 0, ...what }) {
  event.preventDefault();
  Object.assign(asked, what, { offset });
  version = "";
  const kept = Object.entries(asked).filter(([, value]) => value);
  history.replaceState(null, "", kept.length ? `?${new URLSearchParams(kept)}` : "/");
  keepAsked();
  await look().then(() => tell(""), (e) => tell(e.message));
}

async function look() {
  const question = new URLSearchParams({ ...asked, limit: ROWS, known: version });
  const told = await ask(`/api/runs?${question}`);
  if (!told) {
    grow(byId("rows"));
    return;
  }
  version = told.version;
  shown = told;
  show();
}

function show() {
  const start = performance.now();
  fill(byId("head"), byId("rows"), shown, { order: asked.sort, sorted: (sort) => change(new Event("sort"), { sort }), chosen, choose });
  const many = shown.groups ? plural(shown.groups.length, "group") : plural(shown.matching, "run");
  byId("found").textContent = shown.groups ? `${many} of runs that are equal but for the seed` : `${many}${asked.where ? ` of ${shown.total}` : ""}, comparisons and searches among them`;
  byId("places").hidden = Boolean(shown.groups) || shown.matching <= ROWS;
  byId("place").textContent = `${asked.offset + 1} to ${Math.min(asked.offset + ROWS, shown.matching)} of ${shown.matching}`;
  byId("before").disabled = asked.offset === 0;
  byId("after").disabled = asked.offset + ROWS >= shown.matching;
  showChosen();
  times.filled = performance.now() - start;
}

function choose(name, isChosen) {
  if (isChosen) chosen.add(name);
  else chosen.delete(name);
  showChosen();
}

function showChosen() {
  byId("count").textContent = chosen.size ? `${chosen.size} chosen` : "None chosen";
  byId("beside").hidden = chosen.size < 2;
  byId("beside").href = `/runs/side-by-side.html?${new URLSearchParams([...chosen].map((name) => ["run", name]))}`;
  byId("put").disabled = !chosen.size;
}

async function tag(event) {
  event.preventDefault();
  const add = byId("tag").value.split(/\s+/).filter(Boolean);
  try {
    for (const name of chosen) await ask(toldOf(name, "tags"), { add });
    byId("tag").value = "";
    byId("put-fault").textContent = "";
    version = "";
    await look();
  } catch (e) {
    byId("put-fault").textContent = e.message;
  }
}

start();
