import { byId } from "../play/elements.js";
import { ask, toldOf } from "./asking.js";

/**
 * The button that stops what goes on: once pressed it waits until that has ended.
 *
 * @param {string} name of a run, a comparison or a search
 * @param {string} asked what is told when it was asked to end
 * @returns {function(boolean)} takes whether it goes on
 */
export function stopping(name, asked) {
  const [button, note] = [byId("stop"), byId("stopping")];
  const offer = () => {
    button.disabled = false;
    note.textContent = "";
  };
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await ask(toldOf(name, "stop"), {});
      note.textContent = asked;
    } catch (e) {
      note.textContent = e.message;
      button.disabled = false;
    }
  });
  // What goes on may be another process now, begun while nobody looked.
  document.addEventListener("visibilitychange", () => document.hidden || offer());
  return (goesOn) => {
    if (!goesOn && !button.hidden) offer();
    button.hidden = !goesOn;
  };
}
