import { byId } from "../play/elements.js";
import { ask, escaped, toldOf } from "./asking.js";
import { watchGroup } from "./group.js";
import { watch } from "./training.js";

const { name, run } = byId("name").dataset;

/** The tags and the note, to be read and changed. */
async function showAbout() {
  const told = await ask(`/api/runs/${escaped(name)}`);
  byId("tags").value = told.tags.join(" ");
  byId("note").value = told.note;
}

async function keep(event) {
  event.preventDefault();
  const tags = byId("tags").value.split(/\s+/).filter(Boolean);
  try {
    await ask(toldOf(name, "tags"), { tags, note: byId("note").value });
    byId("kept").textContent = "Kept.";
  } catch (e) {
    byId("kept").textContent = e.message;
  }
}

byId("about").addEventListener("submit", keep);
showAbout().catch((e) => (byId("fault").textContent = e.message));
if (run === "true") watch(name);
else watchGroup(name);
