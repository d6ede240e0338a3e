// Cells: the entities of a row and a column of the architecture. A cell can be closed to a tile with a count.

import { nodes, page } from "../data/page.js";
import { areTooMany } from "./capacity.js";
import { change, FIRST, state } from "../state/state.js";

export const MANY = 2000; // more entities are never drawn one by one
const MOST_SHOWN = 99999;
export const TILE = "cell:"; // what the ids of tiles begin with
let members = { of: null, byCell: new Map() };
let columnSizes = { of: null, byColumn: new Map() };

export function isTile(id) {
  return id.startsWith(TILE);
}

export function cellOf(item) {
  return `${item.row}|${item.column}`;
}

/** Tell whether the columns hold more than can be named: then cells open with their first entities and a count. */
export function opensAsCounts() {
  return areTooMany(columnsSize(), page.columns.length - state.off.columns.size);
}

/** How many entities the columns hold that are shown. */
function columnsSize() {
  if (columnSizes.of !== nodes) columnSizes = { of: nodes, byColumn: countColumns() };
  let size = 0;
  columnSizes.byColumn.forEach((count, column) => {
    if (!state.off.columns.has(column)) size += count;
  });
  return size;
}

function countColumns() {
  const byColumn = new Map();
  nodes.forEach(({ column }) => byColumn.set(column, (byColumn.get(column) || 0) + 1));
  return byColumn;
}

/** How many entities of a cell are drawn one by one. */
export function limitOf(cell, isClosed = opensAsCounts()) {
  return state.cells.get(cell) ?? (isClosed ? 0 : Infinity);
}

/** Open a cell, show more of it, or close it when all of it is shown. */
export function toggleCell(cell) {
  const total = cellMembers().get(cell).filter((node) => node.passes).length;
  const limit = limitOf(cell);
  const cells = new Map(state.cells);
  cells.set(cell, limit >= total ? 0 : Math.min(MOST_SHOWN, limit + FIRST));
  change({ cells });
}

export function setAllCells(isOpen) {
  if (isOpen !== opensAsCounts()) return change({ cells: new Map() });
  return change({ cells: new Map([...cellMembers().keys()].map((cell) => [cell, isOpen ? MANY : 0])) });
}

/** Close the cells of a row or column, or open them when all are closed. */
export function toggleCells(cells) {
  const isOpen = cells.some((cell) => limitOf(cell) > 0);
  const limits = new Map(state.cells);
  cells.forEach((cell) => limits.set(cell, isOpen ? 0 : FIRST));
  if (!isOpen && !opensAsCounts()) cells.forEach((cell) => limits.delete(cell));
  change({ cells: limits });
}

/** Entities by cell, in the order of the grid. */
export function cellMembers() {
  if (members.of !== nodes) members = { of: nodes, byCell: groupByCell() };
  return members.byCell;
}

function groupByCell() {
  const byCell = new Map();
  nodes.forEach((node) => {
    if (!byCell.has(cellOf(node))) byCell.set(cellOf(node), []);
    byCell.get(cellOf(node)).push(node);
  });
  byCell.forEach((group) => group.sort((a, b) => a.rank - b.rank));
  const place = ([cell]) => {
    const [row, column] = cell.split("|");
    return page.rows.indexOf(row) * page.columns.length + page.columns.indexOf(column);
  };
  return new Map([...byCell].sort((a, b) => place(a) - place(b)));
}
