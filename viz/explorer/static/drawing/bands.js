// Bands as arcs: at an overview, the relations between two layers are one arc at the right border; the more they are,
// the wider it is.

import { page } from "../data/page.js";
import { pointer, stage, toScreen } from "./network.js";
import { breakLines, setFont } from "./text.js";
import { colour } from "./theme.js";
import { bandName, bandWords, paintTip } from "./tips.js";
import { bandSizes } from "../layout/bands.js";
import { headingRoom, showsBands } from "../layout/frame.js";
import { scene } from "../layout/scene.js";
import { state } from "../state/state.js";
import { t } from "../wording/words.js";

const BULGE = 1.33; // of a Bézier curve: how far its handles stand out beyond the arc
const NEAR_ENOUGH = 6; // px

/** Arcs from the middle of one row to that of another: { band, count, top, bottom, reach, width }. */
export function bandArcs() {
  const middle = new Map(scene.rows.map(([key, start, end]) => [key, toScreen(0, (start + end) / 2).y]));
  const sizes = [...bandSizes()].filter(([band]) => band.split("|").every((row) => middle.has(row)));
  const greatest = Math.max(1, ...sizes.map(([, count]) => count));
  const farthest = Math.max(1, scene.rows.length - 1);
  return sizes.map(([band, count]) => {
    const [upper, lower] = band.split("|");
    const distance = Math.abs(page.rows.indexOf(lower) - page.rows.indexOf(upper));
    const reach = distance ? 6 + 56 * (distance / farthest) : 5;
    const loop = distance ? 0 : 6;
    const [top, bottom] = [middle.get(upper) - loop, middle.get(lower) + loop];
    return { band, count, top, bottom, reach, width: 0.8 + 5.2 * Math.sqrt(count / greatest) };
  });
}

export function paintBands(ctx) {
  const room = headingRoom();
  const left = stage.clientWidth - room.right;
  ctx.fillStyle = colour("--surface");
  ctx.fillRect(left, room.top, stage.clientWidth - left, stage.clientHeight);
  ctx.fillStyle = colour("--border");
  ctx.fillRect(left, 0, 1, stage.clientHeight);
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, room.top, stage.clientWidth - left, stage.clientHeight);
  ctx.clip();
  const arcs = bandArcs();
  arcs.forEach((arc) => paintArc(ctx, arc, left + 2));
  ctx.restore();
  paintBandsHeading(ctx, left, room);
  const hit = arcs.find((arc) => arc.band === pointer.band);
  if (!hit) return;
  const words = [bandName(hit.band), bandWords(hit.band, hit.count)];
  paintTip(ctx, words, left - 10, (hit.top + hit.bottom) / 2);
}

function paintBandsHeading(ctx, left, room) {
  setFont(ctx, 11, 600);
  ctx.fillStyle = colour("--text");
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  breakLines(ctx, t("bands"), room.right - 6, 2).forEach((line, index, all) =>
    ctx.fillText(line, left + room.right / 2, room.top / 2 + (index - (all.length - 1) / 2) * 13),
  );
}

function paintArc(ctx, arc, left) {
  const isOn = arc.band === state.band || arc.band === pointer.band;
  ctx.lineWidth = arc.width;
  ctx.strokeStyle = colour(isOn ? "--accent" : "--edge");
  ctx.globalAlpha = isOn ? 1 : state.band ? 0.18 : 0.42;
  ctx.stroke(new Path2D(arcPath(arc, left)));
  ctx.globalAlpha = 1;
}

export function arcPath({ top, bottom, reach }, left) {
  const handle = left + reach * BULGE;
  return `M${left} ${top}C${handle} ${top} ${handle} ${bottom} ${left} ${bottom}`;
}

/** The band nearest to a point at the right border. */
export function bandAt(x, y) {
  if (!showsBands()) return null;
  const left = stage.clientWidth - headingRoom().right + 2;
  if (x < left || y < headingRoom().top) return null;
  const nearest = bandArcs()
    .map((arc) => ({ band: arc.band, distance: distanceTo(arc, x - left, y) - arc.width / 2 }))
    .sort((a, b) => a.distance - b.distance)[0];
  return nearest && nearest.distance < NEAR_ENOUGH ? nearest.band : null;
}

function distanceTo({ top, bottom, reach }, x, y) {
  let least = Infinity;
  for (let part = 0; part <= 1; part += 0.05) {
    const back = 1 - part;
    const across = 3 * part * back * reach * BULGE;
    const down = top * back * back * (back + 3 * part) + bottom * part * part * (part + 3 * back);
    least = Math.min(least, Math.hypot(across - x, down - y));
  }
  return least;
}
