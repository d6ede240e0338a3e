// Headings: rows and columns are named at a constant size, over what slides below them.

import { page } from "../data/page.js";
import { isFree } from "./boxes.js";
import { stage, toScreen } from "./network.js";
import { breakLines, LEADING, setFont } from "./text.js";
import { colour } from "./theme.js";
import { cellMembers, toggleCells } from "../layout/cells.js";
import { narrowTo } from "../layout/gathering.js";
import { narrowToYears } from "../layout/timeline.js";
import { hasHeadings, hasUprightNames, headingRoom } from "../layout/frame.js";
import { scene } from "../layout/scene.js";
import { state } from "../state/state.js";
import { columnName, rowName, t } from "../wording/words.js";

const TOOTH = 6; // px, of the line where a scale is broken
const WIDE_COLUMN = 64; // px that a name beside others needs

export function columnTitle(key) {
  if (state.view === "time") return key.replace("..", "–");
  if (state.view !== "deps") return columnName(key);
  const [step, fate] = key.split(" ");
  if (!Number(step)) return t("level.self");
  return t(`level.${fate ?? "needs"}`, { n: Math.abs(step) });
}

export function rowTitle(key) {
  return state.view === "time" ? t(`lane.${key}`) : rowName(key);
}

/** Before the lines: stripes for the columns, lines between the rows. */
export function paintGround(ctx) {
  const from = toScreen(0, 0);
  const to = toScreen(scene.size.width, scene.size.height);
  scene.columns.forEach(([, start, end], index) => {
    if (index % 2) return;
    ctx.fillStyle = colour("--stripe");
    const left = toScreen(start, 0).x;
    ctx.fillRect(left, from.y, toScreen(end, 0).x - left, to.y - from.y);
  });
  ctx.fillStyle = colour("--line");
  scene.rows.forEach(([, , end]) => ctx.fillRect(from.x, Math.round(toScreen(0, end).y), to.x - from.x, 1));
  ctx.strokeStyle = colour("--control");
  ctx.lineWidth = 1;
  ctx.stroke(new Path2D(breakMarks()));
}

/** Timeline: zigzag lines where the scale is broken, as a path. */
export function breakMarks() {
  const [top, bottom] = [headingRoom().top, toScreen(0, scene.size.height).y];
  const teeth = Math.max(0, Math.floor((bottom - top) / (2 * TOOTH)));
  const borders = (scene.stretches || []).filter(({ isBroken }) => isBroken).flatMap(({ key }) => {
    const [, start, end] = scene.columns.find(([column]) => column === key);
    return [start, end].filter((place) => place > scene.columns[0][1]); // nothing is broken off before the first year
  });
  const zigzag = (x) => `M${x} ${top}${`l${TOOTH / 2} ${TOOTH}l${-TOOTH / 2} ${TOOTH}`.repeat(teeth)}`;
  return [...new Set(borders)].map((place) => zigzag(toScreen(place, 0).x)).join("");
}

/** The cells of architecture layers and provinces of which nothing is stated, with their borders on the screen. */
function gapBoxes() {
  const rows = scene.rows.filter(([row]) => page.layers.includes(row));
  const columns = scene.columns.filter(([column]) => column !== page.shared);
  return rows.flatMap(([row, top, bottom]) =>
    columns
      .filter(([column]) => !scene.filled.has(`${row}|${column}`))
      .map(([, left, right]) => ({ start: toScreen(left, top), end: toScreen(right, bottom) })),
  );
}

/** A word in each empty cell of an architecture layer. */
export function paintGaps(ctx) {
  setFont(ctx, 11);
  ctx.fillStyle = colour("--muted");
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  gapBoxes().forEach(({ start, end }) => {
    const [x, y] = [(start.x + end.x) / 2, (start.y + end.y) / 2];
    const words = [t("gap"), "–"].find((text) => ctx.measureText(text).width + 6 < end.x - start.x);
    if (!words || end.y - start.y < 13) return;
    const half = ctx.measureText(words).width / 2 + 3;
    const box = { left: x - half, right: x + half, top: y - 7, bottom: y + 7 };
    if (box.left > headingRoom().left && isFree(box)) ctx.fillText(words, x, y);
  });
}

export function paintHeadings(ctx) {
  const room = headingRoom();
  ctx.fillStyle = colour("--heading");
  ctx.fillRect(0, 0, stage.clientWidth, room.top);
  ctx.fillRect(0, 0, room.left, stage.clientHeight);
  ctx.fillStyle = colour("--border");
  ctx.fillRect(0, room.top - 1, stage.clientWidth, 1);
  ctx.fillRect(room.left - 1, 0, 1, stage.clientHeight);
  ctx.textBaseline = "middle";
  if (state.view === "time") paintYears(ctx, room);
  else scene.columns.forEach((band) => paintColumnHeading(ctx, band, room));
  scene.rows.forEach((band) => paintRowHeading(ctx, band, room));
}

function paintColumnHeading(ctx, [key, start, end], room) {
  const left = Math.max(room.left, toScreen(start, 0).x);
  const right = Math.min(stage.clientWidth - room.right, toScreen(end, 0).x);
  if (hasUprightNames() && right - left < WIDE_COLUMN) {
    paintUprightName(ctx, [key, left, right], room);
    return;
  }
  if (right - left < 22) return;
  ctx.textAlign = "center";
  ctx.fillStyle = state.off.columns.has(key) ? colour("--muted") : colour("--text");
  setFont(ctx, 13, 600);
  const words = columnTitle(key);
  const isShort = ctx.measureText(words).width <= right - left - 6;
  if (!isShort) setFont(ctx, 11, 600);
  const texts = isShort ? [words] : breakLines(ctx, words, right - left - 4, 2);
  const first = room.top / 2 - (texts.length - 1) * 6.5;
  texts.forEach((line, index) => ctx.fillText(line, (left + right) / 2, first + index * 13));
  if (left > room.left) {
    ctx.fillStyle = colour("--border");
    ctx.fillRect(left, 6, 1, room.top - 12);
  }
}

/** Years above their columns; where columns are narrow, as many of them as have room. */
function paintYears(ctx, room) {
  setFont(ctx, 12, 600);
  ctx.textAlign = "center";
  ctx.fillStyle = colour("--text");
  yearTitles(ctx, room).forEach(({ words, x }) => ctx.fillText(words, x, room.top / 2));
}

/** The titles of years that have room, each with the middle of its place: { words, x }. */
export function yearTitles(ctx, room) {
  let free = room.left;
  return scene.columns.flatMap(([key, start, end]) => {
    const [left, right] = [Math.max(room.left, toScreen(start, 0).x), toScreen(end, 0).x];
    const words = fittingYear(ctx, key, right - left - 4);
    const [x, half] = [(left + right) / 2, ctx.measureText(words).width / 2];
    if (right < room.left || x - half < free || x + half > stage.clientWidth) return [];
    free = x + half + 4;
    return [{ words, x }];
  });
}

/** A year that has no room is written with its last two digits. */
function fittingYear(ctx, key, width) {
  const [first, last] = key.split("..");
  const [short, end] = [`’${first.slice(-2)}`, last && last.slice(-2)];
  const shorter = last ? [`${first}–${end}`, `${short}–${end}`] : [short];
  return [columnTitle(key), ...shorter].find((words) => ctx.measureText(words).width <= width) ?? shorter.at(-1);
}

/** Write the name of a narrow column upwards, in one line that ends where its room ends. */
function paintUprightName(ctx, [key, left, right], room) {
  if (right - left < 10) return;
  setFont(ctx, 11, 600);
  ctx.save();
  ctx.translate((left + right) / 2, room.top - 6);
  ctx.rotate(-Math.PI / 2);
  ctx.textAlign = "left";
  ctx.fillStyle = state.off.columns.has(key) ? colour("--muted") : colour("--text");
  ctx.fillText(breakLines(ctx, columnTitle(key), room.top - 10, 1)[0], 0, 0);
  ctx.restore();
}

function paintRowHeading(ctx, [key, start, end], room) {
  const top = Math.max(room.top, toScreen(0, start).y);
  const bottom = Math.min(stage.clientHeight, toScreen(0, end).y);
  if (bottom - top < 13) return;
  setFont(ctx, 12, 600);
  ctx.textAlign = "left";
  ctx.fillStyle = colour("--text");
  const lineLimit = Math.max(1, Math.floor((bottom - top) / LEADING));
  const texts = breakLines(ctx, rowTitle(key), room.left - 16, lineLimit);
  const first = (top + bottom) / 2 - (texts.length * LEADING) / 2;
  texts.forEach((line, index) => ctx.fillText(line, 10, first + LEADING * (index + 0.5)));
  if (top > room.top) {
    ctx.fillStyle = colour("--border");
    ctx.fillRect(8, Math.round(top), room.left - 16, 1);
  }
}

/** Tell whether a point lies on a heading. */
export function isOnHeading(x, y) {
  const room = headingRoom();
  return hasHeadings() && (x < room.left || y < room.top);
}

/** A click on a heading shows its row or column alone; where all stand in slots, it closes its cells or opens them. */
export function toggleHeading(x, y) {
  const room = headingRoom();
  const isColumn = y < room.top;
  if (x < room.left && isColumn) return;
  const [axis, point, bands] = isColumn ? ["x", x, scene.columns] : ["y", y, scene.rows];
  const place = (border) => toScreen(border, border)[axis];
  const hit = bands.find(([, start, end]) => place(start) <= point && point <= place(end));
  if (hit) openHeading(hit[0], isColumn);
}

function openHeading(key, isColumn) {
  if (state.view === "time" && isColumn) narrowToYears(key);
  if (state.view !== "grid") return;
  if (scene.isFitted) narrowTo(...(isColumn ? [null, key] : [key, null]));
  else toggleCells([...cellMembers().keys()].filter((cell) => cell.split("|")[isColumn ? 1 : 0] === key));
}
