// Tips: the full name of what the pointer is on.

import { page } from "../data/page.js";
import { pointer, stage, toScreen } from "./network.js";
import { columnTitle, rowTitle } from "./headings.js";
import { fateWords } from "./fates.js";
import { setFont, widestOf } from "./text.js";
import { colour } from "./theme.js";
import { countMarked } from "../layout/bands.js";
import { itemOf } from "../layout/scene.js";
import { label, name, number, rowName, t } from "../wording/words.js";

export function cellName(cell) {
  const [row, column] = cell.split("|");
  return `${rowTitle(row)} · ${columnTitle(column)}`;
}

export function bandName(band) {
  const [upper, lower] = band.split("|");
  return upper === lower ? rowName(upper) : `${rowName(upper)} – ${rowName(lower)}`;
}

/** How many relations an arc stands for, and how many of them bear a mark. */
export function bandWords(band, count) {
  const marked = countMarked(band);
  const all = t("bandCount", { n: number(count) });
  return marked ? `${all} · ${t("bandMarked", { ...page.marks, n: number(marked) })}` : all;
}

/** An item in two lines: its name, and what it is. */
export function tipOf(item) {
  if (item.cell) return [cellName(item.cell), t("tileHint", { n: number(item.count) })];
  return [name(item), [label("kinds", item.kind), fateWords(item.id)].filter(Boolean).join(" · ")];
}

export function paintHover(ctx) {
  const item = pointer.node && itemOf(pointer.node);
  if (!item) return;
  const { x, y } = toScreen(item.x, item.y);
  paintTip(ctx, tipOf(item), x, y);
}

export function paintTip(ctx, [title, below], x, y) {
  setFont(ctx, 13, 600);
  const width = Math.min(420, widestOf(ctx, [title, below]) + 20);
  const left = Math.max(4, Math.min(x + 14, stage.clientWidth - width - 4));
  const top = Math.max(36, Math.min(stage.clientHeight - 46, y - 52));
  ctx.fillStyle = colour("--surface");
  ctx.strokeStyle = colour("--border");
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.roundRect(left, top, width, 42, 6);
  ctx.fill();
  ctx.stroke();
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colour("--text");
  ctx.fillText(title, left + 10, top + 14, width - 20);
  setFont(ctx, 12);
  ctx.fillStyle = colour("--muted");
  ctx.fillText(below, left + 10, top + 31, width - 20);
}
