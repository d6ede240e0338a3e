// Network: the live vis-network. It holds what was drawn at least once; the rest is never handed to it.

import { bendOf, touches } from "../data/graph.js";
import { familyOf, nodes, page } from "../data/page.js";
import { colour, familyColour, lineColour } from "./theme.js";
import { frameSize, hasHeadings } from "../layout/frame.js";
import { isNear } from "../layout/neighbours.js";
import { arrangeScene, isLitEdge, linesNow, litNodes, scene, shownIds, shownNodes, tiles } from "../layout/scene.js";
import { dashOf, leadMode } from "../state/filtering.js";
import { state } from "../state/state.js";

export const stage = document.getElementById("stage");
// what the arrow keys point at (candidate), and what the mouse is on
export const pointer = { candidate: null, node: null, edge: null, band: null };
export let network = null;
export let lines = []; // relations that are lines now
let styledScale = 0;
let laidOutFor = ""; // width and height of the stage
const FITTED_RADIUS = 7.5; // px, where every symbol has its name beside it
const MOST_RADIUS = 14;

/** Make the live network: `drawItem` draws an item, `events` maps events of vis-network to what they do. */
export function createNetwork(drawItem, events) {
  network = new vis.Network(stage, { nodes: [], edges: [] }, networkOptions(drawItem));
  const frame = stage.querySelector(".vis-network");
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  Object.entries(events).forEach(([event, action]) => network.on(event, action));
}

function networkOptions(drawItem) {
  const { options } = page;
  const isLarge = nodes.length > 1000;
  const quick = { dragNodes: false, hoverConnectedEdges: false, hideEdgesOnDrag: isLarge, hideEdgesOnZoom: isLarge };
  return {
    ...options,
    nodes: { shape: "custom", ctxRenderer: drawItem, chosen: false },
    edges: { ...options.edges, chosen: false, color: { inherit: false }, selfReference: { size: 18 } },
    interaction: { ...options.interaction, ...quick },
  };
}

export function networkScale() {
  return network ? network.getScale() : 1;
}

export function toScreen(x, y) {
  const { x: left, y: top } = network.getViewPosition();
  const scale = network.getScale();
  return { x: (x - left) * scale + stage.clientWidth / 2, y: (y - top) * scale + stage.clientHeight / 2 };
}

/** A point on the line of a relation, from 0 at its start to 1 at its end, in px of the stage. */
export function pointOnLine(edge, part) {
  const { x, y } = network.body.edges[edge.id].edgeType.getPoint(part);
  return toScreen(x, y);
}

/** Radius of a symbol in px on the screen: it never gets too small to be told from others. */
export function symbolRadius(scale) {
  if (scene.isFitted) return Math.max(4.5, Math.min(MOST_RADIUS, FITTED_RADIUS * scale));
  const room = hasHeadings() ? 0.46 * (scene.slotHeight || page.slot[1]) * scale : MOST_RADIUS;
  const least = shownNodes.length > 600 ? 3 : 4.5;
  return Math.max(least, Math.min(MOST_RADIUS, room, Math.max(5.5, 8 * scale)));
}

function styleNode(item) {
  const fill = item.cell ? colour("--badge") : familyColour(familyOf(item));
  return { id: item.id, x: item.x, y: item.y, color: { background: fill, border: fill } };
}

function styleEdge(edge) {
  const bend = bendOf(edge) || (isUpright(edge) ? 0.7 : 0);
  const smooth = bend ? { enabled: true, type: "curvedCW", roundness: 0.16 * bend } : false;
  return { id: edge.id, from: edge.from, to: edge.to, smooth };
}

/** Tell whether a straight line would run through what stands between the two. */
function isUpright(edge) {
  return hasHeadings() && Math.abs(edge.ends[0].x - edge.ends[1].x) < 1;
}

/** The styles that differ from the last time; updating all costs far more. */
function changedStyles(list, style) {
  const styles = [];
  list.forEach((item) => {
    const next = style(item);
    const mark = next.color ? `${next.x} ${next.y} ${next.color.background}` : `${next.smooth?.roundness}`;
    if (item.drawnMark !== mark) styles.push(next);
    item.drawnMark = mark;
  });
  return styles;
}

/**
 * Make what the live network does not have yet; move and colour the rest. A data update would prepare a simulation each
 * time, and cost ten times as much.
 */
function placeBodies(styles) {
  const { nodes: bodies } = network.body;
  styles.forEach((style) => {
    const { id, x, y, color } = style;
    bodies[id] ??= network.nodesHandler.create(style);
    Object.assign(bodies[id], { x, y });
    bodies[id].options.color = { ...bodies[id].options.color, ...color };
  });
}

/** The same for lines: what is not there yet is made, the rest is bent anew. */
function bendLines(styles) {
  const { edges: bodies } = network.body;
  styles.forEach((style) => {
    if (bodies[style.id]) bodies[style.id].setOptions(style);
    else bodies[style.id] = network.edgesHandler.create(style);
  });
}

function hideAllBut(bodies, ids) {
  Object.values(bodies).forEach((body) => {
    body.options.hidden = !ids.has(body.id);
  });
}

function sizeOfStage() {
  const { width, height } = frameSize();
  return `${width} ${height}`;
}

/** Let the canvas fill a stage that may have been hidden: the camera aims by the size of the canvas. */
export function fillStage() {
  if (stage.clientWidth) network.canvas.setSize();
}

/** Tell whether the scene was laid out for the present size of the stage. */
export function isLaidOutForStage() {
  return laidOutFor === sizeOfStage();
}

/** Bring the live network in line with the state: places, what is hidden, colours. */
export function refreshScene() {
  laidOutFor = sizeOfStage();
  arrangeScene();
  placeBodies(changedStyles([...shownNodes, ...tiles], styleNode));
  hideAllBut(network.body.nodes, new Set([...shownIds, ...tiles.map((tile) => tile.id)]));
  refreshLines();
}

/** Bring the lines in line with what is looked at. */
export function refreshLines() {
  lines = linesNow();
  bendLines(changedStyles(lines, styleEdge));
  hideAllBut(network.body.edges, new Set(lines.map((edge) => edge.id)));
  network._updateVisibleIndices(); // a data update would do the same ten times slower
  restyle();
}

/** Set colour, width and pattern of the lines on the live network, without the cost of a data update. */
export function styleLines() {
  const scale = network.getScale();
  styledScale = scale;
  const dim = { near: 0.85, deps: 0.85, force: 0.35 }[state.view] || 0.5;
  lines.forEach((edge) => {
    const { options } = network.body.edges[edge.id];
    const isLit = standsOut(edge);
    const mode = leadMode(edge);
    const pattern = dashOf(mode);
    const arrow = { ...options.arrows.to, enabled: hasArrow(edge), scaleFactor: 0.55 / scale };
    options.color = { color: lineColour(mode), opacity: isLit ? 0.9 : dim, inherit: false };
    options.width = (edge.id === state.edge ? 2.6 : isLit ? 1.5 : 1) / scale;
    options.dashes = pattern.length ? pattern.map((part) => part / scale) : false;
    options.arrows = { ...options.arrows, to: arrow };
  });
}

function standsOut(edge) {
  const isLit = litNodes() !== null && isLitEdge(edge);
  return isLit || edge.id === pointer.edge || (isNear() && touches(edge, state.node));
}

export function hasArrow(edge) {
  return standsOut(edge) || state.view === "deps";
}

/** Style the lines again when the zoom has changed. */
export function styleLinesForZoom() {
  if (network.getScale() !== styledScale) styleLines();
}

export function restyle() {
  styleLines();
  repaint();
}

/** Paint once in the next frame, however often it is asked for. */
export function repaint() {
  network.body.emitter.emit("_requestRedraw");
}
