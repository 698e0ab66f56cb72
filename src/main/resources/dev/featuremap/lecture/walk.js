const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

let grids = 0;

/**
 * Makes a grid one control, whose cells are walked by the arrow keys and pointed at by mouse, pen or finger.
 *
 * @param {object} grid what makeGrid returns
 * @param {object} tell
 * @param {function(): number} tell.at where one stands
 * @param {function(number)} tell.go is called with the place one comes to
 * @param {function(number, boolean)} [tell.press] is called where a cell is pressed, and where it is dragged over
 * @param {function(number)} [tell.act] is called with the place where space or enter is pressed
 */
export function makeWalkable(grid, tell) {
  const { table, cells, columns } = grid;
  const id = `grid-${++grids}`;
  cells.forEach((cell, i) => (cell.id = `${id}-${i}`));
  table.setAttribute("role", "grid");
  table.tabIndex = 0;
  table.classList.add("walkable");

  function go(place) {
    tell.go(place);
    table.setAttribute("aria-activedescendant", cells[place].id);
    cells[place].scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  table.addEventListener("keydown", (event) => {
    const at = tell.at();
    if ((event.key === " " || event.key === "Enter") && tell.act) {
      event.preventDefault();
      tell.act(at);
    }
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const row = Math.max(0, Math.min(grid.rows - 1, Math.floor(at / columns) + step[0]));
    const column = Math.max(0, Math.min(columns - 1, (at % columns) + step[1]));
    go(row * columns + column);
  });

  const placeOf = (event) => cells.indexOf(document.elementFromPoint(event.clientX, event.clientY)?.closest("td"));
  let last = -1;
  function point(event, isFirst) {
    const place = placeOf(event);
    if (place < 0 || (place === last && !isFirst)) return;
    last = place;
    go(place);
    tell.press?.(place, isFirst);
  }
  table.addEventListener("pointerdown", (event) => {
    table.setPointerCapture(event.pointerId);
    point(event, true);
  });
  table.addEventListener("pointermove", (event) => {
    if (table.hasPointerCapture(event.pointerId)) point(event, false);
  });
}
