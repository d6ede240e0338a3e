// Symbols: how entities and tiles are drawn, and the rings around what is looked at.

import { nodeById, page } from "../data/page.js";
import { lines, network, networkScale, pointer, symbolRadius, toScreen } from "./network.js";
import { setFont } from "./text.js";
import { colour } from "./theme.js";
import { cellOf, isTile } from "../layout/cells.js";
import { TILE_WIDTH } from "../layout/grid.js";
import { isDimmed, itemOf, litNodes, scene, shownIds, shownNodes, tileById, tiles } from "../layout/scene.js";
import { LINE_PATTERNS } from "../state/filtering.js";
import { state } from "../state/state.js";
import { marksNow } from "../state/tours.js";

const TILE_SHARE = 0.42; // half the size of a tile, as a share of its slot
let familyPaths = null;

function pathOf(node) {
  familyPaths ??= page.families.map((family) => new Path2D(family.path));
  return familyPaths[node.family];
}

/** Draw one item; vis-network calls this for each that is not hidden. */
export function drawItem({ ctx, id, x, y, style }) {
  if (isTile(id)) return drawTile(ctx, id, x, y);
  const scale = networkScale();
  const radius = symbolRadius(scale) / scale;
  const reach = 2 * Math.max(radius, Math.min(9 / scale, 16));
  return {
    drawNode() {
      ctx.translate(x, y);
      ctx.scale(radius, radius);
      if (isDimmed(id)) return strokeDimmed(ctx, pathOf(nodeById.get(id)), radius * scale);
      ctx.fillStyle = style.color;
      return ctx.fill(pathOf(nodeById.get(id)));
    },
    nodeDimensions: { width: reach, height: reach },
  };
}

/** What is set back is an outline, so that it can still be seen (contrast 3:1 and more). */
function strokeDimmed(ctx, path, radius) {
  ctx.strokeStyle = colour("--control");
  ctx.lineWidth = 1 / radius;
  ctx.stroke(path);
}

/** Half the size of a tile, in px on the screen. */
export function tileSize(scale) {
  if (scene.isFitted) return { x: 16, y: 8 };
  const high = Math.min(13, Math.max(7, TILE_SHARE * (scene.slotHeight || page.slot[1]) * scale));
  return { x: Math.min(24, Math.max(high, TILE_SHARE * TILE_WIDTH * scale)), y: high };
}

function drawTile(ctx, id, x, y) {
  const scale = networkScale();
  const half = tileSize(scale);
  return {
    drawNode() {
      ctx.translate(x, y);
      ctx.scale(1 / scale, 1 / scale);
      paintTile(ctx, tileById.get(id), half);
    },
    nodeDimensions: { width: (2 * half.x) / scale, height: (2 * half.y) / scale },
  };
}

function paintTile(ctx, tile, half) {
  ctx.globalAlpha = litNodes() ? 0.7 : 1;
  ctx.fillStyle = colour("--badge");
  ctx.strokeStyle = colour("--control");
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.roundRect(-half.x, -half.y, 2 * half.x, 2 * half.y, 4);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = colour("--text");
  setFont(ctx, Math.min(12, Math.max(11, half.y)), 600);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(tileWords(tile), 0, 0.5, 2 * half.x - 2);
}

/** What a tile says: how many more it holds, or how many at all where nothing else of its cell is drawn. */
export function tileWords({ count, total }) {
  return `${count === total && !scene.isFitted ? "" : "+"}${count}`;
}

/** At an overview without lines: those of what the pointer is on. */
export function paintHoverLines(ctx) {
  if (!pointer.node || isTile(pointer.node) || litNodes() || lines.length) return;
  const node = nodeById.get(pointer.node);
  const from = toScreen(node.x, node.y);
  ctx.strokeStyle = colour("--edge");
  ctx.lineWidth = 1.2;
  node.neighbours.filter((id) => shownIds.has(id)).forEach((id) => {
    const to = toScreen(nodeById.get(id).x, nodeById.get(id).y);
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
  });
}

/** Timeline: where a dashed line leads from an entity, behind its name, to the year in which it is due. */
export function planLines() {
  return shownNodes
    .filter((node) => node.due && (!state.node || state.node === node.id))
    .map((node) => ({ from: toScreen(Math.min(node.dueFrom, node.due), node.y), to: toScreen(node.due, node.y) }));
}

export function paintPlans(ctx) {
  ctx.strokeStyle = colour("--control");
  ctx.lineWidth = 1;
  planLines().forEach(({ from, to }) => {
    ctx.setLineDash(LINE_PATTERNS.dashed[0]);
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x - 4, to.y);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.strokeRect(to.x - 4, to.y - 4, 8, 8);
  });
}

/** A wide ring around what the step of a tour speaks of, or around the closed cell that holds it. */
function paintTourMarks(ctx, scale) {
  const marks = [...marksNow()].filter((id) => nodeById.has(id));
  const inCell = scene.cellKeyOf ?? cellOf;
  const cells = new Set(marks.filter((id) => !shownIds.has(id)).map((id) => inCell(nodeById.get(id))));
  const items = [...marks.filter((id) => shownIds.has(id)).map(itemOf), ...tiles.filter(({ cell }) => cells.has(cell))];
  ctx.strokeStyle = colour("--mark");
  ctx.lineWidth = 3;
  items.forEach((item) => {
    const { x, y } = toScreen(item.x, item.y);
    ctx.beginPath();
    const apart = item.id === state.node ? 9 : 5; // a ring of its own is around what is looked at
    ctx.arc(x, y, (item.cell ? tileSize(scale).x : symbolRadius(scale)) + apart, 0, 2 * Math.PI);
    ctx.stroke();
  });
}

/** A ring around what is looked at, a dashed one around what the arrow keys point at. */
export function paintRings(ctx) {
  const scale = network.getScale();
  paintTourMarks(ctx, scale);
  [state.node, pointer.candidate].forEach((id, index) => {
    const item = id && itemOf(id);
    if (!item || item.x === undefined || (index === 0 && !shownIds.has(id))) return;
    const { x, y } = toScreen(item.x, item.y);
    ctx.beginPath();
    ctx.arc(x, y, (isTile(id) ? tileSize(scale).x : symbolRadius(scale)) + 5, 0, 2 * Math.PI);
    ctx.lineWidth = 2.5;
    ctx.setLineDash(index ? [4, 3] : []);
    ctx.strokeStyle = colour("--accent");
    ctx.stroke();
    ctx.setLineDash([]);
  });
}
