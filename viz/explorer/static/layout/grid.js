// Grid: rows and columns with slots, as wide as the window has room. Every item stands in the cell it belongs to.

import { page } from "../data/page.js";
import { isTile } from "./cells.js";
import { frameSize, headingRoom } from "./frame.js";

const DENSE = 600; // with more items, no name has room at the overview, and they stand closer
export const TILE_WIDTH = 58; // room of a cell that is drawn as a count
const LEAST_ROW = 0.6; // height of a row without members, in slots
const MOST_STRETCH = { x: 1.9, y: 2.4 };
const MOST_TURNS = 400;
const SYMBOL_SHARE = { entity: 0.1, tile: 0.5 }; // where in the width of a slot the symbol stands

/**
 * Give each item its place.
 *
 * items: cell "row|column" -> ids in order. The shape of the window decides how many slots a column is wide;
 * what room is left is shared out by stretching. Bands are lists [key, start, end].
 */
export function layGrid(items, rowKeys, columnKeys) {
  const [slotWidth, slotHeight] = page.slot;
  const table = { rowKeys, columnKeys, idsIn: (row, column) => items.get(`${row}|${column}`) || [] };
  const ratio = windowRatio();
  const slots = slotWidths(table, items, slotWidth);
  const widths = foldWidths(table, slots, ratio);
  const heights = rowHeights(table, widths).map((height) => height * slotHeight);
  const rows = bandsFrom(rowKeys, heights);
  const columns = bandsFrom(columnKeys, columnKeys.map((key) => widths.get(key) * slots.get(key)));
  const size = { width: columns.length ? columns.at(-1)[2] : 1, height: rows.length ? rows.at(-1)[2] : 1 };
  const wider = ratio / (size.width / size.height);
  const stretch = {
    x: Math.min(MOST_STRETCH.x, Math.max(1, wider)),
    y: Math.min(MOST_STRETCH.y, Math.max(1, 1 / wider)),
  };
  return {
    places: placeItems(table, { rows, columns, widths, slots, stretch }),
    rows: stretched(rows, stretch.y),
    columns: stretched(columns, stretch.x),
    size: { width: size.width * stretch.x, height: size.height * stretch.y },
    slotHeight: slotHeight * stretch.y,
    slotWidth: slotWidth * stretch.x,
  };
}

/** Width to height of the room for the scene. */
function windowRatio() {
  const room = headingRoom();
  const { width, height } = frameSize();
  return Math.max(0.2, (width - room.left - room.right) / Math.max(80, height - room.top));
}

function isTiled({ rowKeys, idsIn }, column) {
  return rowKeys.every((row) => idsIn(row, column).every(isTile));
}

/** How wide a slot of each column is. */
function slotWidths(table, items, slotWidth) {
  const total = [...items.values()].reduce((sum, ids) => sum + ids.length, 0);
  const width = total > DENSE ? slotWidth / 2 : slotWidth;
  return new Map(table.columnKeys.map((key) => [key, isTiled(table, key) ? TILE_WIDTH : width]));
}

function placeItems(table, { rows, columns, widths, slots, stretch }) {
  const [, slotHeight, gap] = page.slot;
  const places = new Map();
  rows.forEach(([row, top]) => {
    columns.forEach(([column, left]) => {
      const width = widths.get(column);
      const share = isTiled(table, column) ? SYMBOL_SHARE.tile : SYMBOL_SHARE.entity;
      table.idsIn(row, column).forEach((id, index) => {
        const x = left + gap / 2 + ((index % width) + share) * slots.get(column);
        const y = top + gap / 2 + (Math.floor(index / width) + 0.5) * slotHeight;
        places.set(id, { x: x * stretch.x, y: y * stretch.y, row, column });
      });
    });
  });
  return places;
}

function rowHeights({ rowKeys, columnKeys, idsIn }, widths) {
  return rowKeys.map((row) => {
    const heights = columnKeys.map((column) => Math.ceil(idsIn(row, column).length / widths.get(column)));
    return Math.max(LEAST_ROW, ...heights);
  });
}

/** Start narrow and widen the column that saves most height, until the grid has the shape of the window. */
function foldWidths({ rowKeys, columnKeys, idsIn }, slots, ratio) {
  const slotHeight = page.slot[1];
  const counts = columnKeys.map((column) => rowKeys.map((row) => idsIn(row, column).length));
  const widths = columnKeys.map(() => 1);
  const widthOf = (index, widened) => widths[index] + (index === widened ? 1 : 0);
  const rowHeight = (row, widened) =>
    counts.reduce(
      (height, column, index) => Math.max(height, Math.ceil(column[row] / widthOf(index, widened))),
      LEAST_ROW,
    );
  const heightWith = (widened) => rowKeys.reduce((sum, _, row) => sum + rowHeight(row, widened), 0);
  const lines = (index) => counts[index].reduce((sum, count) => sum + Math.ceil(count / widths[index]), 0);
  const totalWidth = () => widths.reduce((sum, width, index) => sum + width * slots.get(columnKeys[index]), 0);
  let height = heightWith(-1);
  const isFlat = () => counts.every((column, index) => column.every((count) => count <= widths[index]));
  const isNarrow = () => totalWidth() < ratio * height * slotHeight;
  for (let turn = 0; turn < MOST_TURNS && widths.length && !isFlat() && isNarrow(); turn += 1) {
    let best = 0;
    let least = Infinity;
    widths.forEach((_, index) => {
      const cost = heightWith(index) - lines(index) / 1e6; // of equal ones the column with most lines
      if (cost < least) [best, least] = [index, cost];
    });
    widths[best] += 1;
    height = heightWith(-1);
  }
  return new Map(columnKeys.map((key, index) => [key, widths[index]]));
}

function bandsFrom(keys, sizes) {
  const gap = page.slot[2];
  let start = 0;
  return keys.map((key, index) => {
    const band = [key, start, start + sizes[index] + gap];
    start = band[2];
    return band;
  });
}

function stretched(bands, factor) {
  return bands.map(([key, start, end]) => [key, start * factor, end * factor]);
}
