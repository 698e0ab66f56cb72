import { makeAnswer } from "./answer.js";
import { alone, changed, hasChanges, noChanges, switched } from "./changes.js";
import { palette } from "./colours.js";
import { byId } from "./elements.js";
import { makeColumn } from "./layers.js";
import { makeMicroscope } from "./microscope.js";
import { bytesOf, readNetwork } from "./network.js";
import { makePad } from "./pad.js";
import { makePaper } from "./paper.js";
import { makePictures, readPicture } from "./pictures.js";
import { makeControls } from "./controls.js";
import { disagreements, scoreLines } from "./scores.js";
import { firstState, fromFragment, toFragment } from "./state.js";
import { makeTiles } from "./tiles.js";
import { say } from "./words.js";
import { startWorker } from "./worker.js";

/** How long nothing may have changed before what takes longer is computed anew, in milliseconds. */
const QUIET = 250;

/**
 * The page: one state, and what shows it. Whatever is changed goes through {@link change}, which lets be computed what depends on it.
 *
 * @param {string} text of the page's program, for its workers
 */
export function openPage(text) {
  const data = JSON.parse(byId("data").textContent);
  const networks = data.runs.map((run) => readNetwork(run.network));
  const names = data.runs.map((run) => run.name);
  const pictures = makePictures(data.pictures, bytesOf(data.pictures.levels), data.shape);
  const paper = makePaper(data);
  const grey = { low: data.scaling.offset, high: 255 / data.scaling.divisor + data.scaling.offset };

  let state = firstState(networks.length, data.fitting);
  /** A picture from a file, which no address can tell. */
  let dropped = null;
  const past = [];
  let [thought, whyFound, falls, scored, unchangedScores, hovered] = [null, null, null, null, null, null];
  let [asked, waiting, whyAsked, scoreAsked, columns] = [false, false, 0, 0, []];

  const tests = paper.scaled(bytesOf(data.pictures.levels).subarray(0, data.tests * networks[0].input.reduce((a, b) => a * b)));
  const answer = makeAnswer(data.classes, names);
  const given = { networks, tests };
  const live = startWorker(text, given, receive);
  const patient = startWorker(text, given, receive);
  const changeNetwork = (make) => change({ changes: state.changes.map((own, i) => (i === state.run ? make(own) : own)) });
  const microscope = makeMicroscope({
    weight: (place, value) => changeNetwork((own) => ({ ...own, weights: { ...own.weights, [place]: value } })),
    switchOff: (layer, map) => changeNetwork((own) => switched(own, layer, map)),
    keepOnly: (layer, map, maps) => changeNetwork((own) => alone(own, layer, map, maps)),
  });
  const network = () => changed(networks[state.run], state.changes[state.run]);

  /** The pad and what lies beside it. */
  const pad = makePad(paper.canvas, 1 / data.shape[2], () => state.strokes, (strokes, isNew) => {
    if (isNew) remember();
    change({ strokes });
  });
  byId("paper").append(pad.node);
  const seen = makeTiles(data.shape, say("The picture as the network sees it", "网络看到的图片"), Math.max(1, Math.round(112 / Math.max(data.shape[1], data.shape[2]))), pointed(-1));
  byId("seen").prepend(seen.canvas);

  function pointed(layer) {
    return (cell, held) => {
      hovered = cell && !held ? { layer, ...cell } : null;
      if (held) change({ cell: { layer, ...cell } });
      else show();
    };
  }

  function remember() {
    past.push({ picture: state.picture, strokes: state.strokes, dropped });
    if (past.length > 200) past.shift();
  }

  /** Changes the state, and has computed and shown what depends on it. */
  function change(parts) {
    const before = state;
    state = { ...state, ...parts };
    if (state.run !== before.run) makeColumns();
    if (state.changes !== before.changes) {
      for (const send of [live, patient]) send({ changes: state.changes });
      score();
    }
    const isPicture = ["strokes", "picture", "sliders", "fit", "run", "changes"].some((part) => state[part] !== before[part]);
    if (isPicture) think();
    else show();
    afterQuiet("address", tellAddress);
  }

  /** Has the picture thought about; while an answer is on its way only the newest picture waits. */
  function think() {
    whyFound = null;
    whyAsked++;
    byId("why").textContent = "";
    const base = dropped ?? (state.picture === null ? null : pictures.levelsOf(state.picture));
    paper.draw(base, state.strokes);
    waiting = asked;
    if (asked) return;
    asked = true;
    const isUntouched = base !== null && !state.strokes.length;
    // The page's pictures were fitted by whoever made them.
    const fit = state.fit && state.picture === null;
    const levels = paper.levels(isUntouched ? base : null, fit, state.sliders);
    live({ task: "think", id: 0, picture: paper.scaled(levels), shown: state.run });
  }

  function receive(result) {
    if (result.task === "think") {
      asked = false;
      if (result.shown === state.run) {
        thought = result;
        show();
      }
      if (waiting) think();
      else afterQuiet("why", askWhy);
    } else if (result.task === "score") {
      scored = result.answers;
      unchangedScores ??= state.changes.some(hasChanges) ? null : scored;
      showScores();
    } else if (result.id === whyAsked) {
      whyFound = result;
      // The order stays while the next drawing is not yet judged.
      falls = result.falls;
      byId("why").textContent = answer.sentence(thought.answers[state.run], result, networks[state.run].layers);
      show();
    }
  }

  const timers = {};
  /** Does what takes longer when nothing has asked for it again for a moment. */
  function afterQuiet(what, act) {
    clearTimeout(timers[what]);
    timers[what] = setTimeout(act, QUIET);
  }

  function askWhy() {
    if (!asked && !isBlank()) patient({ task: "why", id: whyAsked, picture: thought.picture, shown: state.run });
  }

  const tellAddress = () => {
    // Inside another page, such as a notebook, it has no address of its own.
    if (location.protocol !== "about:") history.replaceState(null, "", `#${toFragment(state)}`);
  };

  function score() {
    if (data.tests) patient({ task: "score", id: ++scoreAsked });
  }

  function showScores() {
    byId("scores").replaceChildren(...scoreLines(scored, data.pictures.labels, data.classes, unchangedScores, names));
    if (networks.length < 2 || !data.classes.length) return;
    const different = disagreements(scored);
    byId("disagreements").replaceChildren(
      ...different.map((i) => pictures.thumbnail(i, scored.map((own) => data.classes[own[i]]).join(" / "), choose)),
    );
    byId("disagreement-count").textContent = different.length
      ? say("They disagree on these test pictures", "它们在这些测试图片上答案不同")
      : say("They agree on all test pictures here", "它们在这里的所有测试图片上答案相同");
  }

  const isBlank = () => !state.strokes.length && state.picture === null && !dropped;

  function makeColumns() {
    columns = networks[state.run].layers.map((layer, i) => makeColumn(layer, i, pointed(i)));
    byId("columns").replaceChildren(...columns.map((column) => column.node));
    [thought, falls] = [null, null];
  }

  /** Paints everything from the state and the last answer. */
  function show() {
    if (!thought) return;
    const colours = palette();
    const cell = hovered ?? state.cell;
    const layers = networks[state.run].layers;
    const held = cell && cell.layer < layers.length ? cell : null;
    const windows = microscope.show(network(), thought.activations, held, state.changes[state.run]);
    const marks = (layer) => ({
      cell: held?.layer === layer ? held : null,
      windows: held?.layer === layer + 1 ? windows : null,
      off: state.changes[state.run].off[layer] ?? [],
      order: layer >= 0 && state.order === "importance" ? orderOf(falls?.[layer]) : null,
    });
    const overlay = whyFound && byId("occlusion").checked ? whyFound.covered : null;
    seen.paint(thought.activations[0], colours, { ...marks(-1), grey, overlay });
    columns.forEach((column, i) => column.paint(thought.activations[i + 1], colours, marks(i)));
    if (state.cell) (columns[state.cell.layer] ?? seen).place(state.cell);
    answer.show(thought.answers, isBlank());
    pad.node.classList.toggle("blank", isBlank());
    byId("reset").hidden = !state.changes.some(hasChanges);
    document.body.classList.toggle("looking", Boolean(state.cell));
    showControls();
  }

  const orderOf = (own) => own && [...own.keys()].sort((a, b) => own[b] - own[a]);

  function choose(index) {
    remember();
    put({ picture: index, strokes: [], dropped: null });
    tell(say(`Test picture ${pictures.nameOf(index)}: ${pictures.labelOf(index)}`, `测试图片 ${pictures.nameOf(index)}：${pictures.labelOf(index)}`));
  }

  async function open(file) {
    try {
      const levels = await readPicture(file, data);
      remember();
      put({ picture: null, strokes: [], dropped: levels });
      tell(file.name);
    } catch {
      tell(say(`${file.name} is no picture that this browser reads`, `浏览器无法读取图片 ${file.name}`));
    }
  }

  /** Puts another picture on the pad. */
  function put({ picture, strokes, dropped: levels }) {
    dropped = levels;
    tell("");
    change({ picture, strokes });
  }

  const tell = (text) => (byId("chosen").textContent = text);

  function showPictures() {
    const fill = (id, indices) => {
      const list = byId(id);
      if (list) list.replaceChildren(...indices.map((i) => pictures.thumbnail(i, pictures.labelOf(i), choose)));
    };
    fill("tests", Array.from({ length: Math.min(20, data.tests) }, (_, i) => i));
    data.runs.forEach((run, i) => fill(`mistakes-${i}`, run.mistakes));
  }

  /** Takes the state of the page's address. */
  function restore() {
    state = fromFragment(location.hash.slice(1), firstState(networks.length, data.fitting), networks, pictures.count);
    dropped = null;
    makeColumns();
    for (const send of [live, patient]) send({ changes: state.changes });
    think();
    score();
  }

  const page = {
    state: () => state,
    change,
    choose,
    open,
    useRubber: pad.useRubber,
    link: () => {
      tellAddress();
      return location.href;
    },
    clear: () => {
      remember();
      put({ picture: null, strokes: [], dropped: null });
    },
    undo: () => past.length && put(past.pop()),
    unchange: () => change({ changes: networks.map(noChanges) }),
    show,
    restore,
    thought: () => thought,
    networks,
  };
  const showControls = makeControls(page);
  restore();
  showPictures();
  return page;
}
