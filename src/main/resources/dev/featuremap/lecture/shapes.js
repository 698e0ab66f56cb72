import { element } from "../play/elements.js";
import { say } from "../play/words.js";
import { makeButton, openPlace } from "./interactive.js";
import { MOST_LAYERS, partsOf } from "./layer-chain.js";
import { layerBox, partName, scaleOf } from "./layer-box.js";
import { shapeTable, shapeText } from "./shape-table.js";

/** What a button adds, before the first dense layer where it needs a picture. */
const KINDS = ["conv 16 3", "max 2", "avg 2", "dropout 0.5", "dense 10"];

const { place, data } = openPlace();
let parts = partsOf(data.chain);

const text = element("textarea.chain-text", { rows: 2, spellcheck: "false", autocomplete: "off", input: () => set(partsOf(text.value)) });
const said = element("p.conclusion", { role: "status" });
const boxes = element("ol.chain");

function set(next) {
  parts = next;
  show();
}

function show() {
  const written = parts.join(" -> ");
  if (document.activeElement !== text) text.value = written;
  const table = shapeTable(written);
  const { input, rows, refused } = table;
  const at = refused && [partName(refused.part), parts[refused.part]].filter(Boolean).join(", ");
  const total = rows.reduce((sum, row) => sum + row.parameters, 0);
  said.textContent = refused
    ? say(`${at}: ${refused.message}.`, `${at}：${refused.message}。`).replace(/^./, (first) => first.toUpperCase())
    : say(
        `${shapeText(input)} becomes ${shapeText(rows.at(-1)?.output ?? input)} with ${total.toLocaleString("en")} parameters.`,
        `${shapeText(input)} 变成 ${shapeText(rows.at(-1)?.output ?? input)}，共 ${total.toLocaleString("en")} 个参数。`,
      );
  said.classList.toggle("why", refused !== null);
  const focused = document.activeElement?.dataset?.key;
  boxes.replaceChildren(
    ...parts.slice(0, MOST_LAYERS + 2).map((part, index) => {
      const row = rows[index - 1];
      const lines = row ? [row.arithmetic, row.parameters ? `${row.counted} = ${row.parameters.toLocaleString("en")}` : say("0 parameters", "0 个参数")] : [];
      return layerBox(
        {
          index,
          written: part,
          last: parts.length - 1,
          output: index === 0 ? input : (row?.output ?? null),
          lines: lines.filter(Boolean),
          refused: refused?.part === index ? refused.message : null,
          scale: input ? scaleOf(input) : 1,
        },
        tell,
      );
    }),
  );
  if (focused) boxes.querySelector(`[data-key="${focused}"]`)?.focus();
}

/** The parts with some of them replaced. */
const spliced = (index, count, ...by) => [...parts.slice(0, index), ...by, ...parts.slice(index + count)];

const tell = {
  write: (index, part) => set(partsOf(spliced(index, 1, part).join("->"))),
  remove: (index) => set(spliced(index, 1)),
  move,
};

function move(from, to) {
  const key = document.activeElement?.dataset?.key;
  const others = spliced(from, 1);
  set([...others.slice(0, to), parts[from], ...others.slice(to)]);
  boxes.querySelector(`[data-key="${key?.replace(/\d+$/, to)}"]:not([disabled])`)?.focus();
}

function add(layer) {
  const dense = parts.findIndex((part) => part.startsWith("dense"));
  set(spliced(layer.startsWith("dense") || dense < 0 ? parts.length : dense, 0, layer));
}

// The boxes are made anew with every move, so their list holds the pointer.
let dragged = 0;
const boxUnder = (event) => Number(document.elementFromPoint(event.clientX, event.clientY)?.closest(".box")?.dataset.index ?? 0);
boxes.addEventListener("pointerdown", (event) => {
  if (!event.target.closest(".grip")) return;
  dragged = boxUnder(event);
  if (dragged) boxes.setPointerCapture(event.pointerId);
});
boxes.addEventListener("pointermove", (event) => {
  const over = boxUnder(event);
  if (!dragged || !over || over === dragged) return;
  move(dragged, over);
  dragged = over;
});
for (const end of ["pointerup", "pointercancel"]) boxes.addEventListener(end, () => (dragged = 0));

place.append(
  said,
  element("label.chain-label", {}, element("span", {}, say("The chain: type it, or change a box, drag it by its name, move it by its arrows", "网络：直接输入，或修改方框、拖动方框的名称、用箭头移动")), text),
  element("p.tools", {}, element("span", {}, say("Add:", "添加：")), ...KINDS.map((layer) => makeButton(`+ ${layer}`, () => add(layer)))),
  boxes,
);
show();

/** What a console, or a test, may compute. */
export const tableOf = shapeTable;
