import { element } from "./elements.js";
import { say } from "./words.js";

/**
 * What is drawn on, by mouse, finger, pen or keys: arrows move the pen, space puts it down and lifts it, E changes pen and rubber.
 *
 * @param {HTMLCanvasElement} canvas shows the paper
 * @param {number} step a pixel of the network's, as a share of the paper's width
 * @param {function(): import("./paper.js").Stroke[]} strokes those there are
 * @param {function(import("./paper.js").Stroke[], boolean)} drawn told the strokes, and whether a new one has begun
 */
export function makePad(canvas, step, strokes, drawn) {
  let rubber = false;
  let current = null;
  const pen = { x: 0.5, y: 0.5, down: false };
  const mark = element("i.pen", { hidden: true });
  const node = element("div.paper", { "data-hint": say("Draw here", "在此绘画") }, canvas, mark);
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", say("drawing pad", "画板"));
  canvas.setAttribute(
    "aria-label",
    say(
      "Draw here. Arrow keys move the pen, space puts it down or lifts it, E changes pen and rubber.",
      "在此绘画。方向键移动画笔，空格键落笔或提笔，E 键切换画笔和橡皮。",
    ),
  );

  function begin(x, y) {
    current = { rubber, points: [x, y] };
    drawn([...strokes(), current], true);
  }

  function go(x, y) {
    current.points.push(x, y);
    drawn([...strokes().slice(0, -1), current], false);
  }

  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    begin(...placeOf(event));
    event.preventDefault();
    canvas.focus({ focusVisible: false, preventScroll: true });
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId) || !current) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const move of moves.length ? moves : [event]) current.points.push(...placeOf(move));
    drawn([...strokes().slice(0, -1), current], false);
  });
  const lift = () => (current = null);
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);

  canvas.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (move) {
      const rows = canvas.width / canvas.height;
      pen.x = Math.max(0, Math.min(1, pen.x + move[0] * step));
      pen.y = Math.max(0, Math.min(1, pen.y + move[1] * step * rows));
      if (pen.down) go(pen.x, pen.y);
    } else if (event.key === " ") {
      pen.down = !pen.down;
      if (pen.down) begin(pen.x, pen.y);
      else lift();
    } else if (event.key.toLowerCase() === "e" && !event.ctrlKey && !event.metaKey) {
      canvas.dispatchEvent(new CustomEvent("rubber", { bubbles: true }));
    } else return;
    event.preventDefault();
    showPen(true);
  });
  canvas.addEventListener("blur", () => {
    pen.down = false;
    lift();
    showPen(false);
  });
  canvas.addEventListener("focus", () => showPen(canvas.matches(":focus-visible")));

  function showPen(shown) {
    mark.hidden = !shown;
    mark.classList.toggle("down", pen.down);
    mark.style.left = `${100 * pen.x}%`;
    mark.style.top = `${100 * pen.y}%`;
  }

  return { node, useRubber: (on) => (rubber = on) };
}
