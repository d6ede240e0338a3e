// Neighbours drawn: names stand outside, relations inside, so that neither crosses the other.

import { touches } from "../data/graph.js";
import { isFree, noteText, placeBox, placed } from "./boxes.js";
import { paintMarks } from "./labels.js";
import { lines, network, symbolRadius, toScreen } from "./network.js";
import { breakLines, breakName, LEADING, RIM, setFont, WIDE_RIM, widestOf, writeLines } from "./text.js";
import { hiddenNeighbours, scene, shownEdges, shownNodes } from "../layout/scene.js";
import { isDenied, marksOf, passingClaims } from "../state/filtering.js";
import { state } from "../state/state.js";
import { edgeLabel } from "../wording/statements.js";
import { drawnName, name } from "../wording/words.js";

const MOST_LINES = 3; // of the words of a relation

export function paintNear(ctx) {
  const radius = symbolRadius(network.getScale());
  shownNodes.forEach((node) => paintNearName(ctx, node, radius));
  paintNearRelations(ctx, radius);
}

/** How names are written on the left, in the middle and on the right. */
const NAME_STYLES = {
  "-1": { align: "right", size: 13, weight: 400, rim: RIM },
  0: { align: "center", size: 14, weight: 700, rim: WIDE_RIM },
  1: { align: "left", size: 13, weight: 400, rim: RIM },
};

function paintNearName(ctx, node, radius) {
  const { x, y } = toScreen(node.x, node.y);
  const style = NAME_STYLES[node.side];
  setFont(ctx, style.size, style.weight);
  const texts = nearNameLines(ctx, node);
  const [width, height] = [widestOf(ctx, texts), texts.length * LEADING];
  const left = { right: x - radius - 6 - width, center: x - width / 2, left: x + radius + 6 }[style.align];
  const top = node.side ? y - height / 2 : y + radius + 9;
  const box = { left, top, right: left + width, bottom: top + height, id: node.id, lines: texts, ...style };
  if (node.side && !isFree({ ...box, top: top + 2, bottom: top + height - 2 })) return;
  placeBox(box);
  writeLines(ctx, texts, { x: { right: left + width, left, center: x }[style.align], top, ...style });
}

/** The name of an entity in lines, with the number of its neighbours that are not drawn. */
function nearNameLines(ctx, node) {
  const { step, names } = scene.measures;
  const scale = network.getScale();
  if (!node.side) return breakLines(ctx, name(node), Math.min(200, names * 1.2), 4);
  const hidden = hiddenNeighbours(node);
  const words = drawnName(node) + (hidden ? ` +${hidden}` : "");
  const lineLimit = Math.max(1, Math.floor((step * scale) / LEADING));
  return breakName(ctx, words, Math.max(60, names * Math.min(1, scale)), Math.min(2, lineLimit));
}

/** Words of the relations, from the top; of what repeats the line above it only the marks stand. */
function paintNearRelations(ctx, radius) {
  const around = shownNodes.filter((node) => Math.abs(node.ring) === 1).sort((a, b) => a.y - b.y);
  const lastWords = {};
  around.forEach((node) => {
    const joining = shownEdges.filter((edge) => touches(edge, node.id) && touches(edge, state.node));
    const words = joining.map(edgeLabel).join(" · ");
    const property = joining.some(isDenied) ? "--denied" : "--muted";
    const isRepeated = words === lastWords[node.side];
    const shown = isRepeated ? joining.map((edge) => marksOf(passingClaims(edge))).join("") : words;
    if (shown) paintNearRelation(ctx, node, { words: shown, radius, property });
    lastWords[node.side] = words;
  });
  const isApart = (edge) => !touches(edge, state.node) || edge.from === edge.to;
  lines.filter(isApart).forEach((edge) => paintMarks(ctx, edge));
}

function paintNearRelation(ctx, node, { words, radius, property }) {
  const { x, y } = toScreen(node.x, node.y);
  setFont(ctx, 12);
  const scale = network.getScale();
  const middle = placed.find(({ id }) => id === state.node); // of what is in the middle
  const isBeside = middle && y > middle.top && y - 2 * LEADING < middle.bottom;
  const half = isBeside ? (middle.right - middle.left) / 2 : 0;
  const lineLimit = Math.min(MOST_LINES, Math.max(1, Math.floor((scene.measures.step * scale - 6) / LEADING)));
  const texts = breakLines(ctx, words, Math.abs(node.x) * scale - 26 - half, lineLimit);
  const align = node.side > 0 ? "right" : "left";
  const [end, top, width] = [x - node.side * (radius + 14), y - texts.length * LEADING, widestOf(ctx, texts)];
  const left = node.side > 0 ? end - width : end;
  noteText({ left, top, right: left + width, bottom: y, lines: texts, align, property, size: 12 });
  writeLines(ctx, texts, { x: end, top, align, property });
}
