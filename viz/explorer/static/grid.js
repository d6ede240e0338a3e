// Grid: rows and columns with slots, as wide as the window has room. Every thing stands in the cell it belongs to.

const [SLOT_WIDTH, SLOT_HEIGHT, GAP] = data.slot;
const DENSE = 600; // beyond, no name has room at the overview, and things stand closer
const TILE_WIDTH = 58; // room of a cell that is drawn as a count
const LEAST_ROW = 0.6; // height of a row without members, in slots

/**
 * Give each item its place.
 *
 * items: cell "row|column" -> ids in order. The shape of the window decides how many slots a column is wide;
 * what room is left is shared out by stretching.
 */
function layGrid(items, rowKeys, columnKeys) {
  const room = headingRoom();
  const ratio = Math.max(0.2, (stage.clientWidth - room.left - room.right) / Math.max(80, stage.clientHeight - room.top));
  const isTiled = (column) => rowKeys.every((row) => (items.get(`${row}|${column}`) || []).every(isTile));
  const total = [...items.values()].reduce((sum, ids) => sum + ids.length, 0);
  const wide = total > DENSE ? SLOT_WIDTH / 2 : SLOT_WIDTH;
  const slot = new Map(columnKeys.map((key) => [key, isTiled(key) ? TILE_WIDTH : wide]));
  const widths = foldWidths(items, rowKeys, columnKeys, slot, ratio);
  const heights = rowHeights(items, rowKeys, widths).map((height) => height * SLOT_HEIGHT);
  const rows = bandsFrom(rowKeys, heights);
  const columns = bandsFrom(columnKeys, columnKeys.map((key) => widths.get(key) * slot.get(key)));
  const size = { width: columns.length ? columns.at(-1)[2] : 1, height: rows.length ? rows.at(-1)[2] : 1 };
  const wider = ratio / (size.width / size.height);
  const stretch = { x: Math.min(1.9, Math.max(1, wider)), y: Math.min(2.4, Math.max(1, 1 / wider)) };
  const places = new Map();
  rows.forEach(([row, top]) => {
    columns.forEach(([column, left]) => {
      const width = widths.get(column);
      (items.get(`${row}|${column}`) || []).forEach((id, index) => {
        const aside = isTiled(column) ? 0.5 : 0.1;
        const x = left + GAP / 2 + ((index % width) + aside) * slot.get(column);
        const y = top + GAP / 2 + (Math.floor(index / width) + 0.5) * SLOT_HEIGHT;
        places.set(id, { x: x * stretch.x, y: y * stretch.y, row, column });
      });
    });
  });
  const stretched = (bands, factor) => bands.map(([key, start, end]) => [key, start * factor, end * factor]);
  return {
    places,
    rows: stretched(rows, stretch.y),
    columns: stretched(columns, stretch.x),
    size: { width: size.width * stretch.x, height: size.height * stretch.y },
    slotHeight: SLOT_HEIGHT * stretch.y,
    slotWidth: SLOT_WIDTH * stretch.x,
  };
}

function rowHeights(items, rowKeys, widths) {
  return rowKeys.map((row) => {
    let most = LEAST_ROW;
    widths.forEach((width, column) => {
      most = Math.max(most, Math.ceil((items.get(`${row}|${column}`) || []).length / width));
    });
    return most;
  });
}

/** Start narrow and widen the column that saves most height, until the grid has the shape of the window. */
function foldWidths(items, rowKeys, columnKeys, slot, ratio) {
  const counts = columnKeys.map((column) => rowKeys.map((row) => (items.get(`${row}|${column}`) || []).length));
  const widths = columnKeys.map(() => 1);
  const heightWith = (wide, own) =>
    rowKeys.reduce(
      (sum, _, row) =>
        sum +
        counts.reduce(
          (most, column, index) => Math.max(most, Math.ceil(column[row] / (widths[index] + (index === wide ? own : 0)))),
          LEAST_ROW,
        ),
      0,
    );
  const lines = (index) => counts[index].reduce((sum, count) => sum + Math.ceil(count / widths[index]), 0);
  const width = () => widths.reduce((sum, each, index) => sum + each * slot.get(columnKeys[index]), 0);
  let height = heightWith(-1, 0);
  for (let turn = 0; turn < 400 && columnKeys.length && width() < ratio * height * SLOT_HEIGHT; turn += 1) {
    let best = 0;
    let least = Infinity;
    widths.forEach((_, index) => {
      const next = heightWith(index, 1) - lines(index) / 1e6;
      if (next < least) [best, least] = [index, next];
    });
    widths[best] += 1;
    height = heightWith(-1, 0);
  }
  return new Map(columnKeys.map((key, index) => [key, widths[index]]));
}

function bandsFrom(keys, sizes) {
  let start = 0;
  return keys.map((key, index) => {
    const band = [key, start, start + sizes[index] + GAP];
    start = band[2];
    return band;
  });
}

// Tiles: a count that stands for the things of a cell which are not drawn one by one.

const TILE = "cell:";

function isTile(id) {
  return id.startsWith(TILE);
}

const mainPart = document.querySelector("main");
let mainWidth = mainPart.clientWidth; // asking for it makes the browser lay the page out
new ResizeObserver(() => {
  mainWidth = mainPart.clientWidth;
}).observe(mainPart);
addEventListener("resize", () => {
  mainWidth = mainPart.clientWidth;
});

function isNarrow() {
  return mainWidth < 560;
}

function opensAsCounts() {
  return nodes.length > MANY || (isNarrow() && nodes.length > 60 && state.form === "drawing");
}

/** How many things of a cell are drawn one by one. */
function limitOf(cell) {
  return state.cells.get(cell) ?? (opensAsCounts() ? 0 : Infinity);
}

/** Open a cell, show more of it, or close it when all of it is there. */
function toggleCell(cell) {
  const total = cellMembers().get(cell).filter((node) => node.passes).length;
  const limit = limitOf(cell);
  const next = new Map(state.cells);
  next.set(cell, limit >= total ? 0 : Math.min(99999, limit + FIRST));
  change({ cells: next });
}

function setAllCells(isOpen) {
  if (isOpen !== opensAsCounts()) return change({ cells: new Map() });
  const all = [...cellMembers().keys()].map((cell) => [cell, isOpen ? MANY : 0]);
  return change({ cells: new Map(all) });
}

let heldCells = null;

/** Things by cell, in the order of the grid. */
function cellMembers() {
  if (heldCells) return heldCells;
  heldCells = new Map();
  nodes.forEach((node) => {
    const cell = `${node.row}|${node.column}`;
    if (!heldCells.has(cell)) heldCells.set(cell, []);
    heldCells.get(cell).push(node);
  });
  heldCells.forEach((held) => held.sort((one, other) => one.rank - other.rank));
  const place = (cell) => cell.split("|").map((key, index) => [data.rows, data.columns][index].indexOf(key));
  const order = ([one], [other]) => place(one)[0] - place(other)[0] || place(one)[1] - place(other)[1];
  heldCells = new Map([...heldCells].sort(order));
  return heldCells;
}
