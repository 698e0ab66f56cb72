/**
 * An element with attributes, listeners and content. Texts become text, never markup.
 *
 * @param {string} name with classes after dots, such as td.above
 * @param {object} [attributes] a function listens to the event of its name, true stands alone, false, null and undefined leave out
 * @param {...(Node|string)} content
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...content) {
  const [tag, ...classes] = name.split(".");
  const made = document.createElement(tag);
  made.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (key === "style") for (const [name, of] of Object.entries(value)) made.style.setProperty(name, of);
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...content);
  return made;
}

/** The element of an id, which the page's template has. */
export const byId = (id) => document.getElementById(id);
