import { byId } from "../play/elements.js";
import { ask, repeat, sparing } from "./asking.js";
import { stopping } from "./stopping.js";
import { fill, grow } from "./table.js";
import { plural } from "./words.js";

/** Shows the runs of a comparison or a search as they come. */
export function watchGroup(name) {
  let version = "";
  const showStop = stopping(name, "Asked: it ends after its batch, with everything saved; the same command goes on with it.");
  const look = async () => {
    const told = await ask(`/api/runs?${new URLSearchParams({ within: name, sort: "-age", limit: 1000, known: version })}`);
    if (!told) {
      grow(byId("rows"));
      return;
    }
    version = told.version;
    const goesOn = told.status === "going on";
    fill(byId("head"), byId("rows"), told, { order: "" });
    byId("found").textContent = `${plural(told.matching, "run")}${goesOn ? " so far" : ""}; ${told.status}`;
    showStop(goesOn);
  };
  repeat(() => sparing(look), (fault) => (byId("fault").textContent = fault));
}
