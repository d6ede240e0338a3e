// SVG: the scene as vectors, at the size of the window, written anew from the places; vis-network has no such output.

import { familyOf } from "../data/page.js";
import { placed } from "../drawing/boxes.js";
import { makeSvg, SVG } from "../drawing/elements.js";
import { columnTitle, rowTitle } from "../drawing/headings.js";
import { shownLine } from "../drawing/messages.js";
import { lines, network, pointOnLine, stage, symbolRadius, toScreen } from "../drawing/network.js";
import { tileSize } from "../drawing/symbols.js";
import { FONT, LEADING } from "../drawing/text.js";
import { colour, familyColour, lineColour } from "../drawing/theme.js";
import { cellName } from "../drawing/tips.js";
import { hasHeadings, headingRoom } from "../layout/frame.js";
import { isDimmed, scene, shownNodes, tiles } from "../layout/scene.js";
import { dashOf, leadMode } from "../state/filtering.js";
import { state } from "../state/state.js";
import { edgeLabel } from "../wording/statements.js";
import { name } from "../wording/words.js";

/** Write the drawing: every shown item, every line, the labels and headings that stand in the window. */
export function svgText() {
  network.redraw();
  const [width, height] = [stage.clientWidth, stage.clientHeight];
  const viewBox = `0 0 ${width} ${height}`;
  const root = makeSvg("svg", { xmlns: SVG, width, height, viewBox, "font-family": FONT.replaceAll('"', "'") });
  root.append(
    svgWords("title", {}, document.title),
    svgWords("desc", {}, shownLine.textContent),
    makeSvg("rect", { width, height, fill: colour("--ground") }),
    ...(hasHeadings() ? svgGround() : []),
    ...lines.map(svgLine),
    ...shownNodes.map(svgNode),
    ...tiles.map(svgTile),
    ...placed.filter((box) => box.lines).flatMap(svgLabel),
    ...(hasHeadings() ? svgHeadings() : []),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

/** An element with a text; signs that XML does not allow are replaced. */
function svgWords(tag, properties, text) {
  const element = makeSvg(tag, properties);
  element.textContent = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
  return element;
}

function svgGround() {
  const from = toScreen(0, 0);
  const to = toScreen(scene.size.width, scene.size.height);
  const stripes = scene.columns.filter((_, index) => index % 2 === 0).map(([, start, end]) => {
    const [x, width] = [toScreen(start, 0).x, toScreen(end, 0).x - toScreen(start, 0).x];
    return makeSvg("rect", { x, y: from.y, width, height: to.y - from.y, fill: colour("--stripe") });
  });
  const rules = scene.rows.map(([, , end]) => {
    const { y } = toScreen(0, end);
    return makeSvg("line", { x1: from.x, x2: to.x, y1: y, y2: y, stroke: colour("--line") });
  });
  return [...stripes, ...rules];
}

function svgLine(edge) {
  const path = [0, 0.25, 0.5, 0.75, 1].map((part, index) => {
    const { x, y } = pointOnLine(edge, part);
    return `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  const mode = leadMode(edge);
  const line = makeSvg("path", {
    class: "edge",
    d: path.join(""),
    fill: "none",
    stroke: lineColour(mode),
    "stroke-width": edge.id === state.edge ? 2.6 : 1.2,
    "stroke-dasharray": dashOf(mode).join(" ") || "none",
  });
  const [from, to] = edge.ends.map(name);
  line.append(svgWords("title", {}, `${from} – ${edgeLabel(edge)} – ${to}`));
  return line;
}

/** A group around the place of an item. */
function svgItem(item, kind, scale = "") {
  const { x, y } = toScreen(item.x, item.y);
  return makeSvg("g", { class: kind, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})${scale}` });
}

function svgNode(node) {
  const item = svgItem(node, "node", ` scale(${symbolRadius(network.getScale()).toFixed(2)})`);
  item.setAttribute("opacity", isDimmed(node.id) ? 0.2 : 1);
  const family = familyOf(node);
  item.append(svgWords("title", {}, name(node)), makeSvg("path", { d: family.path, fill: familyColour(family) }));
  return item;
}

function svgTile(tile) {
  const half = tileSize(network.getScale());
  const item = svgItem(tile, "tile");
  const box = { x: -half.x, y: -half.y, width: 2 * half.x, height: 2 * half.y, rx: 4 };
  const frame = makeSvg("rect", { ...box, fill: colour("--badge"), stroke: colour("--control") });
  const style = { "text-anchor": "middle", "dominant-baseline": "central", "font-size": 11, fill: colour("--text") };
  item.append(svgWords("title", {}, cellName(tile.cell)), frame, svgWords("text", style, String(tile.count)));
  return item;
}

function svgLabel(box) {
  const rim = { stroke: colour("--ground"), "stroke-width": 3, "paint-order": "stroke" };
  const style = { "dominant-baseline": "central", "font-size": 12, fill: colour("--text"), ...rim };
  return box.lines.map((line, index) =>
    svgWords("text", { x: box.left, y: box.top + LEADING * (index + 0.5), ...style }, line),
  );
}

function svgHeadings() {
  const room = headingRoom();
  const style = { "font-size": 12, "font-weight": 600, fill: colour("--text"), "dominant-baseline": "central" };
  const bars = [
    makeSvg("rect", { width: stage.clientWidth, height: room.top, fill: colour("--heading") }),
    makeSvg("rect", { width: room.left, height: stage.clientHeight, fill: colour("--heading") }),
  ];
  const columns = scene.columns.map(([key, start, end]) => {
    const x = (Math.max(room.left, toScreen(start, 0).x) + Math.min(stage.clientWidth, toScreen(end, 0).x)) / 2;
    const place = { x, y: room.top / 2, "text-anchor": "middle" };
    return svgWords("text", { ...style, ...place, class: "column" }, columnTitle(key));
  });
  const rows = scene.rows.map(([key, start, end]) => {
    const { y } = toScreen(0, (start + end) / 2);
    return svgWords("text", { ...style, class: "row", x: 10, y }, rowTitle(key));
  });
  return [...bars, ...columns, ...rows];
}
