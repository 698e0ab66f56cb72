import { element } from "../play/elements.js";
import { say } from "../play/words.js";
import { makeButton, openPlace } from "./interactive.js";
import { partsOf } from "./layer-chain.js";
import { layerBox, scaleOf } from "./layer-box.js";
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
  const at = refused && [refused.part + 1, parts[refused.part]].filter(Boolean);
  const total = rows.reduce((sum, row) => sum + row.parameters, 0);
  said.textContent = refused
    ? say(`Part ${at.join(", ")}: ${refused.message}.`, `第 ${at.join(" 段 ")}：${refused.message}。`)
    : say(
        `${shapeText(input)} becomes ${shapeText(rows.at(-1)?.output ?? input)} with ${total.toLocaleString("en")} parameters.`,
        `${shapeText(input)} 变成 ${shapeText(rows.at(-1)?.output ?? input)}，共 ${total.toLocaleString("en")} 个参数。`,
      );
  said.classList.toggle("why", refused !== null);
  const focused = document.activeElement?.dataset?.key;
  boxes.replaceChildren(
    ...parts.map((part, index) => {
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

const tell = {
  write: (index, part) => set(partsOf(parts.with(index, part).join("->"))),
  remove: (index) => set(parts.toSpliced(index, 1)),
  move,
};

function move(from, to) {
  const key = document.activeElement?.dataset?.key;
  set(parts.toSpliced(from, 1).toSpliced(to, 0, parts[from]));
  boxes.querySelector(`[data-key="${key?.replace(/\d+$/, to)}"]:not([disabled])`)?.focus();
}

function add(layer) {
  const dense = parts.findIndex((part) => part.startsWith("dense"));
  set(parts.toSpliced(layer.startsWith("dense") || dense < 0 ? parts.length : dense, 0, layer));
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
