import { element } from "../play/elements.js";

/** The page's place for what can be changed, and what Java has written there for it. */
export function openPlace() {
  const place = document.querySelector(".interactive");
  const data = JSON.parse(place.textContent);
  place.replaceChildren();
  place.hidden = false;
  return { place, data };
}

/** Folds away the sections after a place: they stay what the page shows without JavaScript, and what is printed. */
export function foldSections(place, summary) {
  const folded = element("details.print.folded", {}, element("summary", {}, summary));
  while (place.nextElementSibling?.matches("section")) folded.append(place.nextElementSibling);
  place.after(folded);
}

/**
 * A choice of one of some things.
 *
 * @param {string} legend
 * @param {{value: string, text: string}[]} options
 * @param {function(string)} chosen
 * @param {number} [first] the place of the one that is chosen at first
 */
export function makeChoice(legend, options, chosen, first = 0) {
  const name = `choice-${++choices}`;
  const inputs = options.map(({ value }, i) => element("input", { type: "radio", name, value, checked: i === first, change: () => chosen(value) }));
  const labels = options.map(({ text }, i) => element("label", {}, inputs[i], ` ${text}`));
  return element("fieldset.choice", {}, element("legend", {}, legend), ...labels);
}

let choices = 0;

/** A button. */
export const makeButton = (text, click, attributes = {}) => element("button", { type: "button", click, ...attributes }, text);

/** A sign of arithmetic between two grids. */
export const makeSign = (text) => element("span.sign", { "aria-hidden": "true" }, text);
