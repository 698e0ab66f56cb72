import { byId } from "../play/elements.js";
import { ask, repeat, toldOf } from "./asking.js";
import { fill } from "./table.js";
import { plural } from "./words.js";

const [SOON, LATER] = [1000, 3000];

/** Shows the runs of a comparison or a search as they come. */
export function watchGroup(name) {
  let version = "";
  let pause = SOON;
  repeat(async () => {
    const told = await ask(`/api/runs?${new URLSearchParams({ within: name, sort: "-age", limit: 1000, known: version })}`);
    if (told) {
      version = told.version;
      fill(byId("head"), byId("rows"), told, { order: "" });
      byId("found").textContent = `${plural(told.matching, "run")} so far; ${told.status}`;
      byId("stop").hidden = told.status !== "going on";
      pause = told.status === "going on" ? SOON : LATER;
    }
    return pause;
  }, (fault) => (byId("fault").textContent = fault));
  byId("stop").addEventListener("click", () => stop(name));
}

async function stop(name) {
  byId("stop").disabled = true;
  try {
    await ask(toldOf(name, "stop"), {});
    byId("stopping").textContent = "Asked: it ends after its batch, with everything saved; the same command goes on with it.";
  } catch (e) {
    byId("stopping").textContent = e.message;
    byId("stop").disabled = false;
  }
}
