import { byId } from "../play/elements.js";
import { ask, escaped, toldOf } from "./asking.js";
import { watchGroup } from "./group.js";
import { watch } from "./training.js";

const { name, run } = byId("name").dataset;

/** What was read last: only what its reader changes of it is sent, others may have changed the rest. */
let known = { tags: [], note: "" };

/** The tags and the note, to be read and changed. */
function showAbout({ tags = [], note = "" }) {
  known = { tags, note };
  byId("tags").value = tags.join(" ");
  byId("note").value = note;
}

async function keep(event) {
  event.preventDefault();
  const tags = byId("tags").value.split(/\s+/).filter(Boolean);
  const note = byId("note").value;
  const change = {
    add: tags.filter((tag) => !known.tags.includes(tag)),
    remove: known.tags.filter((tag) => !tags.includes(tag)),
    ...(note !== known.note && { note }),
  };
  try {
    showAbout(await ask(toldOf(name, "tags"), change));
    byId("kept").textContent = "Kept.";
  } catch (e) {
    byId("kept").textContent = e.message;
  }
}

byId("all-runs").search = sessionStorage.getItem("asked") ?? "";
byId("about").addEventListener("submit", keep);
ask(`/api/runs/${escaped(name)}`).then(showAbout).catch((e) => (byId("fault").textContent = e.message));
if (run === "true") watch(name);
else watchGroup(name);
