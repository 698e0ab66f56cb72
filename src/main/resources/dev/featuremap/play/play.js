import { bytesOf, forward, readNetwork } from "./network.js";
import { openPage } from "./page.js";
import { serve } from "./worker.js";
import { work } from "./workings.js";

/** What a console, or a test, may compute with the page's numbers. */
export const numbers = { bytesOf, forward, readNetwork, work };

/** The page, where this is its program, and nothing where it is the same text in one of its workers. */
export const page = typeof document === "undefined" ? serve(globalThis) : openPage(document.currentScript.textContent);
