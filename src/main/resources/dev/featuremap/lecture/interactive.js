import { element } from "../play/elements.js";
import { say } from "../play/words.js";

/**
 * The page's place for what can be changed, and what Java has written there for it. The sections after it, which say the same, are
 * folded away: they stay what the page shows without JavaScript, and what is printed.
 */
export function openPlace() {
  const place = document.querySelector(".interactive");
  const data = JSON.parse(place.textContent);
  place.replaceChildren();
  place.hidden = false;
  foldSections(place);
  return { place, data };
}

function foldSections(place) {
  const folded = element("details.print.folded", {}, element("summary", {}, say("The same, worked out on paper", "同样的内容，写在纸上")));
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
