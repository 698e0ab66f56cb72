import { startWorker } from "./worker.js";

/** How long nothing may have changed before what takes longer is computed, in milliseconds. */
const QUIET = 250;

/**
 * What workers compute for the page. While a picture's answer is on its way, only the newest picture waits.
 *
 * @param {string} text of the page's program
 * @param {{thought: function(object), quiet: function(), why: function(object), scored: function(object)}} told of what came; quiet:
 *   nothing newer is waiting
 */
export function makeThinking(text, told) {
  let [asked, waiting, whyAsked, scoreAsked] = [false, null, 0, 0];
  const live = startWorker(text, receive);
  const patient = startWorker(text, receive);

  function receive(result) {
    if (result.task === "think") {
      asked = false;
      told.thought(result);
      if (waiting) think(waiting);
      else afterQuiet("why", told.quiet);
    } else if (result.task === "score") {
      if (result.id === scoreAsked) told.scored(result);
    } else if (result.id === whyAsked) {
      told.why(result);
    }
  }

  /** @param {function(): {picture: Float32Array, shown: number}} task made when its turn has come */
  function think(task) {
    whyAsked++;
    waiting = asked ? task : null;
    if (asked) return;
    asked = true;
    live({ task: "think", id: 0, ...task() });
  }

  const timers = {};
  /** Does what takes longer when nothing has asked for it again for a moment. */
  function afterQuiet(what, act) {
    clearTimeout(timers[what]);
    timers[what] = setTimeout(act, QUIET);
  }

  return {
    think,
    afterQuiet,
    /** Asks why of a picture that was thought about, unless another is by now. */
    why: (task) => asked || patient({ task: "why", id: whyAsked, ...task }),
    score: () => patient({ task: "score", id: ++scoreAsked }),
    /** Tells both workers of other networks, or of changes. */
    tell: (message) => [live, patient].forEach((send) => send(message)),
  };
}
