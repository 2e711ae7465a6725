// Keys in a table[data-cells]: arrows go from cell to cell, Enter answers or opens one, Escape leaves it.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const MARKED = "td.cell-rejected, td.cell-guessed";
const CONTROLS = "button:not([hidden]), select, input:not([type=hidden]), summary, a[href]";
const table = document.querySelector("table[data-cells]");

function rows() {
  return [...table.tBodies[0].rows].map((row) => [...row.cells].filter((cell) => cell.tagName === "TD"));
}

function at(cell) {
  const grid = rows();
  const row = grid.findIndex((cells) => cells.includes(cell));
  return [grid, row, row < 0 ? -1 : grid[row].indexOf(cell)];
}

// Only one cell at a time is reached by Tab; the controls inside cells stay reachable as ever.
function go(cell) {
  for (const other of table.querySelectorAll("td[tabindex='0']")) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest" });
}

function step(cell, [down, right]) {
  const [grid, row, column] = at(cell);
  for (let r = row + down, c = column + right; grid[r]?.[c]; r += down, c += right) {
    if (grid[r][c].offsetParent) return go(grid[r][c]);
  }
}

function enter(cell) {
  const control = [...cell.querySelectorAll(CONTROLS)].find((one) => one.offsetParent);
  if (control) control.focus();
  else cell.parentElement.querySelector("[data-edit]")?.click();
}

function press(event) {
  const cell = event.target.closest?.("td");
  if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const inside = event.target !== cell;
  if (inside) {
    if (event.key === "Escape") go(cell);
    else return;
  } else if (STEPS[event.key]) step(cell, STEPS[event.key]);
  else if (event.key === "Enter") enter(cell);
  else return;
  event.preventDefault();
}

// After an answer the page comes back with the row in its address: go on to what is marked next.
function resume() {
  const row = location.hash.startsWith("#r") && document.getElementById(location.hash.slice(1));
  const marked = [...table.querySelectorAll("td.cell-rejected")];
  const field = row && row.querySelector(".fix input.input, .fix select");
  if (row && row.querySelector("[data-edit]") === null && field) return field.focus();
  const after = (cell) => !row || row.contains(cell) || row.compareDocumentPosition(cell) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = marked.find(after) ?? marked[0];
  if (next) go(next);
  else document.querySelector("form[data-busy-line=taking] button")?.focus();
}

if (table) {
  for (const cell of table.querySelectorAll("tbody td")) cell.tabIndex = -1;
  const first = table.querySelector(MARKED) ?? table.querySelector("tbody td");
  if (first) first.tabIndex = 0;
  table.addEventListener("keydown", press);
  if (location.hash) resume();
}
