import { weightsOf } from "./epochs.js";
import { fitted } from "./fitting.js";
import { bytesOf, forward, readNetwork, unpack } from "./network.js";
import { openPage } from "./page.js";
import { serve } from "./worker.js";
import { work } from "./workings.js";

/** What a console, or a test, may compute with the page's numbers. */
export const numbers = { bytesOf, fitted, forward, readNetwork, unpack, weightsOf, work };

/** The page once it is open, where this is its program; nothing where it is the same text in one of its workers. */
export const page = { thought: () => null };

if (typeof document === "undefined") serve(globalThis);
else openPage(document.currentScript.textContent).then((opened) => Object.assign(page, opened));
