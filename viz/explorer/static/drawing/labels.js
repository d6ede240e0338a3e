// Labels: at a constant size, and only where they touch neither a symbol nor another label.

import { byWeight, nodeById, page } from "../data/page.js";
import { blockBoxes, BoxIndex, isFree, noteText, placeBox } from "./boxes.js";
import { lines, network, pointer, pointOnLine, stage, symbolRadius, toScreen } from "./network.js";
import { tileSize } from "./symbols.js";
import { breakLines, breakName, LEADING, RIM, setFont, WIDE_RIM, widestOf, writeLines } from "./text.js";
import { isTile } from "../layout/cells.js";
import { hasHeadings, headingRoom } from "../layout/frame.js";
import {
  hiddenNeighbours, isLitEdge, litNodes, scene, sceneTurn, shownIds, shownNodes, tiles,
} from "../layout/scene.js";
import { isDenied, marksOf, passingClaims } from "../state/filtering.js";
import { state } from "../state/state.js";
import { edgeLabel } from "../wording/statements.js";
import { drawnName, name } from "../wording/words.js";

const LABEL_LINES = 2;
const MOST_RELATIONS = 14; // words on lines; an entity with more relations cannot be read there
const ARROW_ROOM = 8; // px between symbol and name, where arrows end from the right
const MOST_BLOCKED = 300;
// where a relation is written, the best place first
const PARTS_OF_A_LINE = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.15, 0.85];
let roomy = { key: "", nodes: [] };

/** While something is looked at, its symbol and those of its neighbours stay free of labels. */
function blockLit(lit) {
  const radius = symbolRadius(network.getScale());
  const half = tileSize(network.getScale());
  const standing = state.view === "deps" ? shownIds : lit || [];
  const ids = [...standing].filter((id) => shownIds.has(id)).slice(0, MOST_BLOCKED);
  const symbols = ids.map((id) => screenBox(nodeById.get(id), { x: radius, y: radius }));
  blockBoxes([...symbols, ...tiles.map((tile) => screenBox(tile, half))]);
}

function screenBox(item, half) {
  const { x, y } = toScreen(item.x, item.y);
  return { left: x - half.x, top: y - half.y, right: x + half.x, bottom: y + half.y };
}

/** Lines and size of a label in px; measured once for each language, view and room. */
function labelOf(ctx, node) {
  const room = node.room ?? page.slot[0] - 30;
  const hidden = state.view === "force" ? hiddenNeighbours(node) : 0;
  const key = [state.lang, state.view, room, node.isUnderProvince, hidden].join("|");
  node.labels = node.labels || {};
  if (!node.labels[key]) {
    setFont(ctx, 12);
    const words = drawnName(node) + (hidden ? ` +${hidden}` : "");
    const texts = breakName(ctx, words, room, scene.labelLines ?? LABEL_LINES);
    node.labels[key] = { lines: texts, width: widestOf(ctx, texts), height: texts.length * LEADING };
  }
  return node.labels[key];
}

export function paintLabels(ctx) {
  const lit = litNodes();
  blockLit(lit);
  if (lit) {
    const first = [state.node, pointer.candidate].filter((id) => id && nodeById.has(id));
    [...new Set([...first, ...lit])]
      .filter((id) => shownIds.has(id))
      .forEach((id) => paintLabel(ctx, nodeById.get(id), { isCareful: true }));
  }
  roomyNodes(ctx).forEach((node) => {
    if (!lit || !lit.has(node.id)) paintLabel(ctx, node, { isDim: Boolean(lit), isCareful: Boolean(lit) });
  });
}

/** The nodes whose labels have room at this zoom, those with most neighbours first; panning changes nothing. */
function roomyNodes(ctx) {
  const key = [network.getScale(), state.lang, state.view, state.node, sceneTurn].join("|");
  if (key !== roomy.key) roomy = { key, nodes: findRoomyNodes(ctx, network.getScale()) };
  return roomy.nodes;
}

function findRoomyNodes(ctx, scale) {
  const radius = symbolRadius(scale) + 1;
  const taken = symbolBoxes(scale, radius);
  const [start, end] = hasHeadings() ? [0, scene.size.width] : [scene.box?.left ?? -Infinity, Infinity];
  const looked = shownIds.has(state.node) ? [nodeById.get(state.node)] : [];
  return [...looked, ...byWeight].filter((node, index) => {
    if (!shownIds.has(node.id) || (index && node === looked[0])) return false;
    const spots = spotsAround({ x: node.x * scale, y: node.y * scale }, labelOf(ctx, node), radius + 3 + arrowRoom());
    const fits = (spot) => spot.left >= start * scale && spot.right <= end * scale + 4 && taken.isFree(spot);
    const spot = scene.isFitted ? spots[node.spot] : (state.view === "force" ? spots : [spots[0]]).find(fits);
    if (!spot || (scene.isFitted && !fits(spot))) return false;
    taken.add({ ...spot, right: spot.right + 3 });
    node.spot = spots.indexOf(spot);
    return true;
  });
}

/** How much farther from their symbols names stand where arrows end between the two. */
function arrowRoom() {
  return state.view === "deps" ? ARROW_ROOM : 0;
}

/** The rim of names: a wide one where many lines run behind them. */
function nameRim() {
  return state.view === "deps" || state.view === "time" ? WIDE_RIM : RIM;
}

/** Where a label can stand: right of the symbol, left of it, below, above. */
function spotsAround({ x, y }, { width, height }, gap) {
  return [
    { left: x + gap, top: y - height / 2 },
    { left: x - gap - width, top: y - height / 2 },
    { left: x - width / 2, top: y + gap },
    { left: x - width / 2, top: y - gap - height },
  ].map((spot) => ({ ...spot, right: spot.left + width, bottom: spot.top + height }));
}

function symbolBoxes(scale, radius) {
  const boxes = new BoxIndex();
  [...shownNodes, ...tiles].forEach(({ id, x, y }) => {
    const half = isTile(id) ? tileSize(scale) : { x: radius, y: radius };
    const [middle, level] = [x * scale, y * scale];
    boxes.add({ left: middle - half.x, top: level - half.y, right: middle + half.x, bottom: level + half.y });
  });
  return boxes;
}

function isOffStage({ x, y }) {
  return x < -40 || y < -20 || x > stage.clientWidth + 20 || y > stage.clientHeight + 20;
}

/** Draw the label of a node beside its symbol; a careful one looks for a place that is still free. */
function paintLabel(ctx, node, options) {
  if (!isOffStage(toScreen(node.x, node.y))) paintName(ctx, node, options);
}

function paintName(ctx, node, { isDim = false, isCareful }) {
  const isStrong = node.id === state.node;
  const weight = isStrong ? 700 : 400;
  const measured = isStrong && isCareful ? null : labelOf(ctx, node).lines;
  setFont(ctx, 12, weight);
  const texts = measured || breakLines(ctx, name(node), 190, 3);
  const spots = labelSpots(ctx, node, texts);
  const spot = isCareful ? freeSpot(spots, isStrong) : spots[node.spot];
  if (!spot) return;
  const style = { property: isDim ? "--control" : "--text", rim: nameRim(), weight };
  placeBox({ ...spot, ...style });
  writeLines(ctx, texts, { x: spot.left, top: spot.top, align: "left", ...style });
}

function labelSpots(ctx, node, texts) {
  const size = { width: widestOf(ctx, texts), height: texts.length * LEADING };
  const gap = symbolRadius(network.getScale()) + (node.id === state.node ? 9 : 4 + arrowRoom());
  return spotsAround(toScreen(node.x, node.y), size, gap).map((spot) => ({ ...spot, id: node.id, lines: texts }));
}

/** The first free spot; where there is none, a strong label is pushed inside the stage below its symbol. */
function freeSpot(spots, isStrong) {
  const room = headingRoom();
  const isInside = ({ left, right }) => left > room.left && right < stage.clientWidth - room.right;
  return spots.find((spot) => isInside(spot) && isFree(spot)) || (isStrong && pushedInside(spots[2]));
}

function pushedInside(box) {
  const width = box.right - box.left;
  const left = Math.min(stage.clientWidth - width - 4, Math.max(headingRoom().left + 4, box.left));
  return { ...box, left, right: left + width };
}

/**
 * The relations of what is looked at, in words, each where it is free on its line. Where no words stand on a line, its
 * marks do.
 */
export function paintEdgeLabels(ctx) {
  const telling = lines.filter(
    (edge) => (litNodes() && isLitEdge(edge)) || edge.id === pointer.edge || state.view === "deps",
  );
  const readable = telling.length <= MOST_RELATIONS ? telling : telling.filter((edge) => edge.id === pointer.edge);
  const worded = new Set(readable.filter((edge) => paintEdgeLabel(ctx, edge)));
  lines.filter((edge) => !worded.has(edge)).forEach((edge) => paintMarks(ctx, edge));
}

/** What is denied, unsure or true of a part only is marked on its line, as near to its middle as it is free. */
export function paintMarks(ctx, edge) {
  const marks = marksOf(passingClaims(edge));
  if (!marks) return;
  const { spot, isFound } = spotOnLine(ctx, edge, marks);
  const box = { ...spot, ...edgeStyle(edge, "--text"), edge: edge.id, lines: [marks] };
  if (isFound) placeBox(box);
  else noteText(box);
  writeBox(ctx, box);
}

function edgeStyle(edge, property) {
  return { property: isDenied(edge) ? "--denied" : property, size: 12, align: "center" };
}

/** Write the relation on its line; returns whether there is room. */
function paintEdgeLabel(ctx, edge) {
  const words = edgeLabel(edge);
  const { spot, isFound } = spotOnLine(ctx, edge, words);
  if (!isFound) return false;
  const box = { ...spot, ...edgeStyle(edge, "--muted"), edge: edge.id, lines: [words] };
  placeBox(box);
  writeBox(ctx, box);
  return true;
}

/** The first free box of a text on a line; its middle where nothing is free. */
function spotOnLine(ctx, edge, text) {
  setFont(ctx, 12);
  const half = ctx.measureText(text).width / 2;
  const spots = PARTS_OF_A_LINE.map((part) => pointOnLine(edge, part)).map(({ x, y }) => {
    return { left: x - half, top: y - 8, right: x + half, bottom: y + 8 };
  });
  const spot = spots.find((box) => box.left > headingRoom().left && isFree(box));
  return { spot: spot ?? spots[0], isFound: Boolean(spot) };
}

function writeBox(ctx, { left, right, top, lines: texts, property }) {
  writeLines(ctx, texts, { x: (left + right) / 2, top: top + 1, align: "center", property });
}
