/**
 * Asks the server.
 *
 * @param {string} address
 * @param {object} [body] what is posted; without it nothing is changed
 * @returns {Promise<object|null>} what it answers; null where nothing is new
 * @throws {Error} with what is wrong and what to do, in one line
 */
export async function ask(address, body) {
  const options = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(address, options).catch(() => null);
  if (!answer) throw new Error("The server does not answer: has featuremap ui ended?");
  if (answer.status === 204) return null;
  const said = await answer.json();
  if (!answer.ok) throw new Error(`${said.error.cause} – ${said.error.remedy}`);
  return said;
}

/** A run's name, its folders between slashes, as a part of an address. */
export const escaped = (name) => name.split("/").map(encodeURIComponent).join("/");

/** The address of a run's page. */
export const pageOf = (name) => `/runs/${escaped(name)}`;

/** The address of what is told of a run. */
export const toldOf = (name, what) => `/api/runs/${escaped(name)}/${what}`;

/** Milliseconds until what may be new is asked for again. */
export const SOON = 500;

const SPARED = 20;

/** Does something that costs the server more the more runs there are; how long to wait, so that little of its time goes into it. */
export async function sparing(act) {
  const start = performance.now();
  await act();
  return Math.max(SOON, SPARED * (performance.now() - start));
}

/**
 * Does something again and again, as long as the page is looked at; what fails is told, and tried again.
 *
 * @param {function(): Promise<number>} act gives the milliseconds until the next time
 * @param {function(string)} tell an empty text when all is well again
 */
export async function repeat(act, tell) {
  for (;;) {
    let pause = 1000;
    if (!document.hidden) {
      try {
        pause = await act();
        tell("");
      } catch (e) {
        tell(e.message);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
