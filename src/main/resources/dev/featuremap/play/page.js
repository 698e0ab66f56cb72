import { makeAnswer } from "./answer.js";
import { alone, changed, hasChanges, isWeight, noChanges, switched } from "./changes.js";
import { makeControls } from "./controls.js";
import { byId } from "./elements.js";
import { readGiven } from "./given.js";
import { makeMicroscope } from "./microscope.js";
import { makePad } from "./pad.js";
import { readPicture } from "./pictures.js";
import { makeScores } from "./scores.js";
import { firstState, fromFragment, toFragment } from "./state.js";
import { makeThinking } from "./thinking.js";
import { makeView } from "./view.js";
import { say } from "./words.js";

/** So many pictures and strokes can be taken back. */
const MOST_PAST = 200;

/** What makes another picture of the state, or another answer to it. */
const THOUGHT_ABOUT = ["strokes", "picture", "sliders", "fit", "run", "epoch", "changes"];

/**
 * The page: one state, and what shows it. Whatever is changed goes through {@link change}, which lets be computed what depends on it.
 *
 * @param {string} text of the page's program, for its workers
 */
export async function openPage(text) {
  const given = await readGiven();
  const { data, names, pictures, paper, tests, epochs } = given;
  const first = () => firstState(names.length, data.fitting);

  /** As play.css has it. */
  const phone = matchMedia("(max-width: 36rem)");

  let state = first();
  let networks = given.networksAt(null);
  /** A picture from a file, which no address can tell. */
  let dropped = null;
  const past = [];
  let [thought, whyFound, falls, hovered] = [null, null, null, null];

  const answer = makeAnswer(data.classes, names);
  const thinking = makeThinking(text, { thought: answered, quiet: askWhy, why: told, scored: ({ answers }) => scores.show(answers, state.changes.some(hasChanges)) });
  const scores = makeScores(given, choose);
  const changeNetwork = (make) => change({ changes: state.changes.map((own, i) => (i === state.run ? make(own) : own)) });
  const microscope = makeMicroscope({
    weight: (place, value) => isWeight(value) && changeNetwork((own) => ({ ...own, weights: { ...own.weights, [place]: value } })),
    switchOff: (layer, map) => changeNetwork((own) => switched(own, layer, map)),
    keepOnly: (layer, map, maps) => changeNetwork((own) => alone(own, layer, map, maps)),
  });
  const view = makeView(given, microscope, (cell, held) => {
    hovered = held ? null : cell;
    if (held) change({ cell });
    else show();
  });
  const pad = makePad(paper.canvas, 1 / data.shape[2], () => state.strokes, (strokes, isNew) => {
    if (isNew) remember();
    change({ strokes });
  });
  byId("paper").append(pad.node);

  /** Changes the state, and has computed and shown what depends on it. */
  function change(parts) {
    const before = state;
    state = { ...state, ...parts };
    if (state.run !== before.run) makeColumns();
    if (state.epoch !== before.epoch) takeNetworks();
    else if (state.changes !== before.changes) tellChanges();
    if (THOUGHT_ABOUT.some((part) => state[part] !== before[part])) think();
    else show();
    thinking.afterQuiet("address", tellAddress);
  }

  function takeNetworks() {
    networks = given.networksAt(state.epoch);
    scores.forget();
    thinking.tell({ networks, tests });
    tellChanges();
  }

  function tellChanges() {
    thinking.tell({ changes: state.changes });
    if (!data.tests) return;
    scores.wait();
    thinking.score();
  }

  /** Has the picture thought about. */
  function think() {
    whyFound = null;
    byId("why").textContent = "";
    const base = dropped ?? (state.picture === null ? null : pictures.levelsOf(state.picture));
    paper.draw(base, state.strokes);
    thinking.think(() => {
      const isUntouched = base !== null && !state.strokes.length;
      // The page's pictures were fitted by whoever made them.
      const fit = state.fit && state.picture === null;
      return { picture: paper.scaled(paper.levels(isUntouched ? base : null, fit, state.sliders)), shown: state.run };
    });
  }

  function answered(result) {
    if (result.shown !== state.run) return;
    thought = result;
    show();
  }

  function askWhy() {
    if (!isBlank()) thinking.why({ picture: thought.picture, shown: state.run });
  }

  function told(result) {
    whyFound = result;
    // The order stays while the next drawing is not yet judged.
    falls = result.falls;
    byId("why").textContent = (names.length > 1 ? `${names[state.run]}: ` : "") + answer.sentence(thought.answers[state.run], result, networks[state.run].layers);
    show();
  }

  const tellAddress = () => {
    // Inside another page, such as a notebook, it has no address of its own.
    if (location.protocol !== "about:") history.replaceState(null, "", `#${toFragment(state)}`);
  };
  /** On a phone, where the microscope covers the rest, it holds the picture and the verdict too. */
  function arrange() {
    const sheet = phone.matches && state.cell ? byId("microscope") : null;
    move(byId("seen"), sheet ?? byId("picture"), "prepend");
    move(byId("verdict"), sheet ?? byId("beyond"), sheet ? "append" : "prepend");
  }

  const isBlank = () => !state.strokes.length && state.picture === null && !dropped;

  function makeColumns() {
    view.makeColumns(networks[state.run].layers);
    [thought, falls] = [null, null];
  }

  /** Shows the state and the last answer. */
  function show() {
    if (!thought) return;
    const cell = hovered ?? state.cell;
    const network = networks[state.run];
    view.paint(changed(network, state.changes[state.run]), thought.activations, {
      cell: cell && cell.layer < network.layers.length ? cell : null,
      held: state.cell,
      changes: state.changes[state.run],
      falls: state.order === "importance" ? falls : null,
      overlay: whyFound && byId("occlusion").checked ? whyFound.covered : null,
    });
    answer.show(thought.answers, isBlank());
    pad.node.classList.toggle("blank", isBlank());
    byId("reset").hidden = !state.changes.some(hasChanges);
    document.body.classList.toggle("looking", Boolean(state.cell));
    if (cell) document.body.classList.add("has-looked");
    arrange();
    showControls();
  }

  function remember() {
    past.push({ picture: state.picture, strokes: state.strokes, dropped });
    if (past.length > MOST_PAST) past.shift();
  }

  /** Puts another picture on the pad. */
  function put({ picture, strokes, dropped: levels }) {
    dropped = levels;
    tell("");
    change({ picture, strokes });
  }

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

  const tell = (text) => (byId("chosen").textContent = text);

  function showPictures() {
    const fill = (id, indices) => byId(id)?.replaceChildren(...indices.map((i) => pictures.thumbnail(i, pictures.labelOf(i), choose)));
    fill("tests", Array.from({ length: Math.min(20, data.tests) }, (_, i) => i));
    data.runs.forEach((run, i) => fill(`mistakes-${i}`, run.mistakes));
  }

  /** Takes the state of the page's address. */
  function restore() {
    state = fromFragment(location.hash.slice(1), first(), networks, pictures.count, epochs);
    dropped = null;
    makeColumns();
    if (state.cell) view.reveal(state.cell.layer);
    takeNetworks();
    think();
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
    epochs,
    epochAtEnd: () => data.runs[state.run].epoch,
  };
  const showControls = makeControls(page);
  phone.addEventListener("change", show);
  restore();
  showPictures();
  return page;
}

/** Puts an element first or last in another, if it is not in it, and keeps the focus. */
function move(node, parent, how) {
  if (node.parentNode === parent) return;
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  parent[how](node);
  focused?.focus({ preventScroll: true });
}
