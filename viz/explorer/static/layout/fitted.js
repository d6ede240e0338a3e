// Fitted: a grid that fills the window at full size, so that every name has room. Of each cell the first ones are
// drawn; the rest are gathered in a tile that opens.

import { LINE, nameCapacity } from "./capacity.js";
import { MANY, TILE } from "./cells.js";
import { freeRoom } from "./frame.js";
import { FIRST, state } from "../state/state.js";

const EMPTY_LINE = 0.6; // height of a row without members, in lines
const ROW_PADDING = 4; // px
const SYMBOL_ROOM = 10; // px left of the middle of a symbol
const NAME_STARTS = 20; // px right of the left border of a slot
const TILE_ROOM = 38; // px
const LEAST_SLOT = 92; // px: rather than that, the scene is wider than the window
const WIDE_SLOT = 108; // px, in which a tile has room beside a name
const DAMPED = 0.5; // power of the need of a row, so that a row with hundreds leaves room for the others
const HIGHEST_STRETCH = 2;

/**
 * Share out units one by one: each gets one, then always the one with most need for each unit it has, until nobody
 * needs more. A `power` below 1 keeps great needs from taking nearly all.
 */
export function shareOut(needs, total, power = 1) {
  const shares = needs.map(() => 1);
  for (let left = total - needs.length; left > 0; left -= 1) {
    const ratios = needs.map((need, index) => (need > shares[index] ? need ** power / shares[index] : 0));
    const neediest = ratios.indexOf(Math.max(...ratios));
    if (!ratios[neediest]) break;
    shares[neediest] += 1;
  }
  return shares;
}

/**
 * Give each item that has room its place, and each cell a tile for the rest.
 *
 * items: cell "row|column" -> ids, the most important first. Returns a scene without its nodes: `places` with the
 * room for each name in px, `tiles`, and bands [key, start, end] of rows and columns. Where asked, members of a cell
 * stand below each other as long as the window is high enough.
 */
export function layFitted(items, rowKeys, columnKeys, isTall = false) {
  const room = freeRoom();
  const counts = rowKeys.map((row) => columnKeys.map((column) => items.get(`${row}|${column}`)?.length ?? 0));
  const { slots, lines } = sharesOf(counts, columnKeys.length, isTall);
  const slotWidth = Math.max(LEAST_SLOT, room.width / slots.reduce((sum, share) => sum + share, 0));
  const columns = bandsOf(columnKeys, slots.map((share) => share * slotWidth));
  const linesOf = (row) => (Math.max(...counts[row]) ? lines[row] : EMPTY_LINE);
  const heights = rowKeys.map((_, row) => linesOf(row) * LINE + ROW_PADDING);
  const height = heights.reduce((sum, each) => sum + each, 0);
  const stretch = Math.min(HIGHEST_STRETCH, Math.max(1, room.height / height));
  const rows = bandsOf(rowKeys, heights.map((each) => each * stretch));
  const scene = { places: new Map(), tiles: [], rows, columns, isFitted: true, slotHeight: LINE };
  rows.forEach(([row, top], rowIndex) => {
    columns.forEach(([column, left, right], columnIndex) => {
      const cell = { key: `${row}|${column}`, row, column, left, right, slotWidth, width: slots[columnIndex] };
      Object.assign(cell, { top: top + (ROW_PADDING / 2) * stretch, lines: lines[rowIndex], line: LINE * stretch });
      fillCell(scene, cell, items.get(cell.key) || []);
    });
  });
  const width = columns.at(-1)?.[2] ?? room.width;
  return { ...scene, size: { width, height: Math.max(room.height, height * stretch) } };
}

/** How many slots each column is wide, and how many lines each row is high. */
function sharesOf(counts, columnCount, isTall) {
  const capacity = nameCapacity();
  const most = (column) => Math.max(0, ...counts.map((row) => row[column]));
  const highest = counts.reduce((sum, row) => sum + Math.max(1, ...row), 0);
  const isHighEnough = isTall && highest <= capacity.lines;
  const widths = Array.from({ length: columnCount }, (_, column) => (isHighEnough ? 1 : most(column)));
  const slots = shareOut(widths, capacity.slots);
  const needs = counts.map((row) => Math.max(...row.map((count, column) => count / slots[column]), 0));
  const height = freeRoom().height - counts.length * ROW_PADDING;
  const total = Math.floor(((height / LINE) * state.limit) / FIRST);
  const needed = needs.reduce((sum, need) => sum + Math.max(1, Math.ceil(need)), 0);
  const isEnough = needed <= total || isWhole(counts.flat());
  const lines = isEnough ? needs.map((need) => Math.max(1, Math.ceil(need))) : shareOut(needs, total, DAMPED);
  return { slots, lines: lines.map((share, row) => Math.min(share, Math.max(1, Math.ceil(needs[row])))) };
}

/** Tables list all, as far as they can. */
export function isWhole(counts) {
  return state.form === "table" && counts.reduce((sum, count) => sum + count, 0) <= MANY;
}

/** Place what has room in a cell; the last name gives way to the tile. */
function fillCell(scene, cell, ids) {
  const { row, column } = cell;
  const capacity = cell.lines * cell.width;
  const isCut = capacity < ids.length;
  const isBeside = cell.slotWidth >= WIDE_SLOT || capacity === 1; // else the tile has the last slot
  const shown = ids.slice(0, isCut && !isBeside ? capacity - 1 : capacity);
  shown.forEach((id, index) => {
    const x = cell.left + (index % cell.width) * cell.slotWidth + SYMBOL_ROOM;
    const y = cell.top + (Math.floor(index / cell.width) + 0.5) * cell.line;
    const isLast = isCut && isBeside && index === shown.length - 1;
    const room = cell.slotWidth - NAME_STARTS - 4 - (isLast ? TILE_ROOM : 0);
    scene.places.set(id, { x, y, row, column, room });
  });
  if (!isCut) return;
  const tile = { id: TILE + cell.key, cell: cell.key, count: ids.length - shown.length, total: ids.length };
  scene.tiles.push(tile);
  const place = { x: cell.right - TILE_ROOM / 2, y: cell.top + (cell.lines - 0.5) * cell.line };
  scene.places.set(tile.id, { ...place, row, column });
}

function bandsOf(keys, widths) {
  let start = 0;
  return keys.map((key, index) => [key, start, (start += widths[index])]);
}
