// SVG: the drawing as vectors, at the size of the window, written anew from the places; vis-network has no such output.

import { svgCountry, countrySize } from "./svg_country.js";
import { svgFoot, svgHead } from "./svg_frame.js";
import { MIDDLE, svgLines, svgWords } from "./svg_words.js";
import { familyOf } from "../data/page.js";
import { arcPath, bandArcs } from "../drawing/bands.js";
import { placed, written } from "../drawing/boxes.js";
import { makeSvg, SVG } from "../drawing/elements.js";
import { breakMarks, columnTitle, rowTitle, yearTitles } from "../drawing/headings.js";
import { shownLine } from "../drawing/messages.js";
import { hasArrow, lines, network, pointOnLine, stage, symbolRadius, toScreen } from "../drawing/network.js";
import { planLines, tileSize, tileWords } from "../drawing/symbols.js";
import { breakLines, FONT, LEADING, RIM, setFont } from "../drawing/text.js";
import { colour, familyColour, lineColour } from "../drawing/theme.js";
import { cellName } from "../drawing/tips.js";
import { hasHeadings, hasUprightNames, headingRoom, showsBands } from "../layout/frame.js";
import { isDimmed, scene, sceneBox, shownNodes, tiles } from "../layout/scene.js";
import { dashOf, LINE_PATTERNS, leadMode } from "../state/filtering.js";
import { state } from "../state/state.js";
import { edgeLabel } from "../wording/statements.js";
import { name } from "../wording/words.js";

const EMPTY_RIM = 8; // px, above and below what is drawn
const LEAST_HEIGHT = 120; // px

/** The drawing as a text. */
export function svgText() {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svgPicture())}\n`;
}

/** Draw the drawing with its title, legend and sources: every shown item, every line, labels and headings. */
export function svgPicture() {
  const ctx = document.createElement("canvas").getContext("2d");
  const isCountry = state.view === "country";
  if (!isCountry) network.redraw();
  const [width, height, start = 0] = isCountry ? countrySize() : [stage.clientWidth, ...usedHeight()];
  const head = svgHead(ctx, width);
  const foot = svgFoot(ctx, width, head.height + height);
  const all = { width, height: head.height + height + foot.height };
  const viewBox = `0 0 ${all.width} ${all.height}`;
  const root = makeSvg("svg", { xmlns: SVG, ...all, viewBox, "font-family": FONT.replaceAll('"', "'") });
  const drawing = makeSvg("svg", { y: head.height, width, height, viewBox: `0 ${start} ${width} ${height}` });
  drawing.append(...(isCountry ? svgCountry(ctx) : svgDrawing(ctx)));
  root.append(
    svgWords("title", {}, document.title),
    svgWords("desc", {}, shownLine.textContent),
    makeSvg("rect", { ...all, fill: colour("--ground") }),
    ...head.elements,
    drawing,
    ...foot.elements,
  );
  return root;
}

/** How high the drawn part of the stage is, and where it starts: what is empty above and below is left out. */
function usedHeight() {
  const box = sceneBox();
  const top = hasHeadings() ? 0 : Math.max(0, toScreen(0, box.top).y - EMPTY_RIM);
  const end = scene.rows.length ? scene.rows.at(-1)[2] : box.bottom;
  const bottom = Math.min(stage.clientHeight, toScreen(0, end).y + EMPTY_RIM);
  return [Math.max(LEAST_HEIGHT, bottom - top), top];
}

function svgDrawing(ctx) {
  return [
    ...(hasHeadings() ? svgGround() : []),
    ...lines.map(svgLine),
    ...lines.filter(hasArrow).map(svgArrow),
    ...(state.view === "time" ? planLines().map(svgPlan) : []),
    ...shownNodes.map(svgNode),
    ...tiles.map(svgTile),
    ...[...placed, ...written].filter((box) => box.lines).flatMap(svgLabel),
    ...(hasHeadings() ? svgHeadings(ctx) : []),
    ...(showsBands() ? svgBands() : []),
  ];
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
  const breaks = makeSvg("path", { class: "break", d: breakMarks(), fill: "none", stroke: colour("--control") });
  return [...stripes, ...rules, breaks];
}

function svgPlan({ from, to }) {
  const dash = LINE_PATTERNS.dashed[0].join(" ");
  const style = { stroke: colour("--control"), fill: "none", "stroke-dasharray": dash };
  return makeSvg("path", { class: "plan", d: `M${from.x} ${from.y}L${to.x} ${to.y}`, ...style });
}

function svgBands() {
  const left = stage.clientWidth - headingRoom().right;
  const { top, right: width } = headingRoom();
  const ground = makeSvg("rect", { x: left, y: top, width, height: stage.clientHeight, fill: colour("--surface") });
  const style = { fill: "none", stroke: colour("--edge"), opacity: 0.42 };
  const arcs = bandArcs().map((arc) => [arcPath(arc, left + 2), arc.width]);
  return [ground, ...arcs.map(([d, strokeWidth]) => makeSvg("path", { d, "stroke-width": strokeWidth, ...style }))];
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

function svgArrow(edge) {
  return makeSvg("path", { class: "arrow", d: arrowPath(edge), fill: lineColour(leadMode(edge)) });
}

/** A triangle whose tip touches the symbol at the end of a line. */
function arrowPath(edge) {
  const [before, end] = [0.97, 1].map((part) => pointOnLine(edge, part));
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const at = (back, aside) => {
    const [x, y] = [end.x - back * Math.cos(angle), end.y - back * Math.sin(angle)];
    return `${(x + aside * Math.sin(angle)).toFixed(1)} ${(y - aside * Math.cos(angle)).toFixed(1)}`;
  };
  const tip = symbolRadius(network.getScale()) + 1;
  return `M${at(tip, 0)}L${at(tip + 9, 4)}L${at(tip + 9, -4)}Z`;
}

/** A group around the place of an item. */
function svgItem(item, kind, scale = "") {
  const { x, y } = toScreen(item.x, item.y);
  return makeSvg("g", { class: kind, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})${scale}` });
}

function svgNode(node) {
  const radius = symbolRadius(network.getScale());
  const item = svgItem(node, "node", ` scale(${radius.toFixed(2)})`);
  const family = familyOf(node);
  const outline = { fill: "none", stroke: colour("--control"), "stroke-width": 1 / radius };
  const style = isDimmed(node.id) ? outline : { fill: familyColour(family) };
  item.append(svgWords("title", {}, name(node)), makeSvg("path", { d: family.path, ...style }));
  return item;
}

function svgTile(tile) {
  const half = tileSize(network.getScale());
  const item = svgItem(tile, "tile");
  const box = { x: -half.x, y: -half.y, width: 2 * half.x, height: 2 * half.y, rx: 4 };
  const frame = makeSvg("rect", { ...box, fill: colour("--badge"), stroke: colour("--control") });
  const style = { "text-anchor": "middle", ...MIDDLE, "font-size": 11, fill: colour("--text") };
  item.append(svgWords("title", {}, cellName(tile.cell)), frame, svgWords("text", style, tileWords(tile)));
  return item;
}

/** Texts as they were painted: names, words of relations and marks. */
function svgLabel({ lines: texts, left, right, top, ...style }) {
  const { align = "left", property = "--text", size = 12, weight = 400, rim = RIM } = style;
  const [x, anchor] = { left: [left, "start"], center: [(left + right) / 2, "middle"], right: [right, "end"] }[align];
  const round = { "stroke-linejoin": "round", "paint-order": "stroke" };
  const ground = { stroke: colour("--ground"), "stroke-width": rim, ...round };
  const place = { x, top, leading: LEADING, size, weight, "text-anchor": anchor };
  return svgLines(texts, { ...place, fill: colour(property), ...ground });
}

function svgHeadings(ctx) {
  const room = headingRoom();
  const bars = [
    makeSvg("rect", { width: stage.clientWidth, height: room.top, fill: colour("--heading") }),
    makeSvg("rect", { width: room.left, height: stage.clientHeight, fill: colour("--heading") }),
  ];
  setFont(ctx, 12, 600);
  const isTime = state.view === "time";
  const columns = isTime ? svgYears(ctx, room) : scene.columns.flatMap((band) => svgColumn(ctx, band, room));
  return [...bars, ...columns, ...scene.rows.flatMap((band) => svgRow(ctx, band, room))];
}

function svgColumn(ctx, [key, start, end], room) {
  const left = Math.max(room.left, toScreen(start, 0).x);
  const right = Math.min(stage.clientWidth - room.right, toScreen(end, 0).x);
  const style = { class: "column", size: 12, weight: 600, fill: colour("--text") };
  const x = (left + right) / 2;
  if (hasUprightNames()) {
    const turned = { transform: `translate(${x} ${room.top - 6}) rotate(-90)` };
    return svgLines([columnTitle(key)], { ...style, ...turned, x: 0, top: -7, leading: 14 });
  }
  if (right - left < 22) return [];
  const texts = breakLines(ctx, columnTitle(key), right - left - 4, 2);
  return svgLines(texts, { ...style, "text-anchor": "middle", x, top: room.top / 2 - texts.length * 6.5, leading: 13 });
}

function svgYears(ctx, room) {
  const style = { size: 12, weight: 600, fill: colour("--text"), "text-anchor": "middle", leading: 14 };
  const place = { class: "column", top: room.top / 2 - 7 };
  return yearTitles(ctx, room).flatMap(({ words, x }) => svgLines([words], { ...style, ...place, x }));
}

function svgRow(ctx, [key, start, end], room) {
  const texts = breakLines(ctx, rowTitle(key), room.left - 16, 3);
  const top = toScreen(0, (start + end) / 2).y - texts.length * 7;
  return svgLines(texts, { class: "row", size: 12, weight: 600, fill: colour("--text"), x: 10, top, leading: LEADING });
}
