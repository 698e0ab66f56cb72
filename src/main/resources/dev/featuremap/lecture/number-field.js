import { element } from "../play/elements.js";

/**
 * A field for a number; on a grid the keys + and − change it as well.
 *
 * @param {{least: number, most: number, step: number}} range step: of one key; whole numbers are asked for where it is whole
 * @param {function(number)} changed is told a number of the range
 */
export function makeNumberField({ least, most, step }, changed) {
  let shown = 0;
  const set = (value) => Number.isFinite(value) && changed(Math.max(least, Math.min(most, Number.isInteger(step) ? Math.round(value) : value)));
  const write = () => (input.value = Number(shown.toFixed(6)));
  const input = element("input", { type: "number", min: least, max: most, step: Number.isInteger(step) ? step : "any", input: () => set(input.valueAsNumber), change: write });

  /** Writes a number, but not under the hands of who is typing it. */
  function show(value) {
    shown = value;
    if (document.activeElement !== input) write();
  }

  function listen(table) {
    table.addEventListener("keydown", ({ key }) => {
      const by = { "+": step, "-": -step }[key];
      if (by) set(shown + by);
    });
  }

  return { input, show, listen };
}
