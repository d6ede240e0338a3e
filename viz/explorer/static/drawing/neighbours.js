// Neighbours drawn: names stand outside, relations inside, so that neither crosses the other.

import { touches } from "../data/graph.js";
import { isFree, placeBox, placed } from "./boxes.js";
import { network, symbolRadius, toScreen } from "./network.js";
import { breakLines, breakName, LEADING, setFont, widestOf, writeLines } from "./text.js";
import { hiddenNeighbours, scene, shownEdges, shownNodes } from "../layout/scene.js";
import { isDenied } from "../state/filtering.js";
import { state } from "../state/state.js";
import { edgeLabel } from "../wording/statements.js";
import { name, shortName } from "../wording/words.js";

export function paintNear(ctx) {
  const radius = symbolRadius(network.getScale());
  shownNodes.forEach((node) => paintNearName(ctx, node, radius));
  paintNearRelations(ctx, radius);
}

function paintNearName(ctx, node, radius) {
  const { x, y } = toScreen(node.x, node.y);
  setFont(ctx, node.side ? 13 : 14, node.side ? 400 : 700);
  const lines = nearNameLines(ctx, node);
  const width = widestOf(ctx, lines);
  const height = lines.length * LEADING;
  const left = node.side < 0 ? x - radius - 6 - width : node.side ? x + radius + 6 : x - width / 2;
  const top = node.side ? y - height / 2 : y + radius + 9;
  const box = { left, top, right: left + width, bottom: top + height, id: node.id, lines };
  if (node.side && !isFree({ ...box, top: top + 2, bottom: top + height - 2 })) return;
  placeBox(box);
  if (node.side < 0) writeLines(ctx, lines, { x: left + width, top, align: "right" });
  else writeLines(ctx, lines, node.side ? { x: left, top, align: "left" } : { x, top, align: "center" });
}

/** The name of an entity in lines, with the number of its neighbours that are not drawn. */
function nearNameLines(ctx, node) {
  const { step, names } = scene.measures;
  const scale = network.getScale();
  if (!node.side) return breakLines(ctx, name(node), Math.min(200, names * 1.2), 4);
  const hidden = hiddenNeighbours(node);
  const words = shortName(node) + (hidden ? ` +${hidden}` : "");
  const lineLimit = Math.max(1, Math.floor((step * scale) / LEADING));
  return breakName(ctx, words, Math.max(60, names * Math.min(1, scale)), Math.min(2, lineLimit));
}

/** Words of the relations, from the top; what repeats the line above it is left out. */
function paintNearRelations(ctx, radius) {
  const around = shownNodes.filter((node) => Math.abs(node.ring) === 1).sort((a, b) => a.y - b.y);
  const lastWords = {};
  around.forEach((node) => {
    const joining = shownEdges.filter((edge) => touches(edge, node.id) && touches(edge, state.node));
    const words = joining.map(edgeLabel).join(" · ");
    const property = joining.some(isDenied) ? "--denied" : "--muted";
    if (words !== lastWords[node.side]) paintNearRelation(ctx, node, { words, radius, property });
    lastWords[node.side] = words;
  });
}

function paintNearRelation(ctx, node, { words, radius, property }) {
  const { x, y } = toScreen(node.x, node.y);
  setFont(ctx, 12);
  const scale = network.getScale();
  const middle = placed.find(({ id }) => id === state.node); // of what is in the middle
  const isBeside = middle && y > middle.top && y - 2 * LEADING < middle.bottom;
  const half = isBeside ? (middle.right - middle.left) / 2 : 0;
  const lineLimit = scene.measures.step * scale > 2 * LEADING + 6 ? 2 : 1;
  const texts = breakLines(ctx, words, Math.abs(node.x) * scale - 26 - half, lineLimit);
  const align = node.side > 0 ? "right" : "left";
  writeLines(ctx, texts, { x: x - node.side * (radius + 14), top: y - texts.length * LEADING, align, property });
}
