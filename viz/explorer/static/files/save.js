// Save: what is shown, as CSV, picture or RDF.

import { make } from "../drawing/elements.js";
import { showMessage } from "../drawing/messages.js";
import { network, stage } from "../drawing/network.js";
import { colour } from "../drawing/theme.js";
import { csvText } from "./csv.js";
import { svgText } from "./svg.js";
import { turtleText } from "./turtle.js";
import { shownEdges, shownNodes } from "../layout/scene.js";
import { toHash } from "../state/address.js";
import { reachOfLink, viewText } from "../state/saved.js";
import { columnHeads, EDGE_COLUMNS, NODE_COLUMNS } from "../wording/columns.js";
import { t } from "../wording/words.js";

const PIXELS = 2; // points to a CSS pixel in a saved picture
const KEPT = 1000; // ms after which the browser has taken over a file

/** Entities and relations that are shown, as two CSV texts. */
export function shownCsv() {
  return [csvOf(NODE_COLUMNS, shownNodes), csvOf(EDGE_COLUMNS, shownEdges)];
}

function csvOf(columns, rows) {
  return csvText(columnHeads(columns), rows.map((row) => columns.map(([, value]) => value(row))));
}

export function shownTurtle() {
  return turtleText(shownNodes, shownEdges);
}

function save(blob, file) {
  const link = make("a", { href: URL.createObjectURL(blob), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

function saveText(text, mediaType, file) {
  save(new Blob([text], { type: `${mediaType};charset=utf-8` }), file);
}

export function saveNodes() {
  saveText(shownCsv()[0], "text/csv", `${t("file.nodes")}.csv`);
}

export function saveEdges() {
  saveText(shownCsv()[1], "text/csv", `${t("file.edges")}.csv`);
}

export function saveSvg() {
  saveText(svgText(), "image/svg+xml", `${t("file.picture")}.svg`);
}

export function saveTurtle() {
  saveText(shownTurtle(), "text/turtle", `${t("file.graph")}.ttl`);
}

/** Save the picture as it stands in the window. */
export function savePng() {
  const [width, height] = [stage.clientWidth * PIXELS, stage.clientHeight * PIXELS];
  const copy = make("canvas", { width, height });
  const canvas = stage.querySelector("canvas");
  const before = { width: canvas.width, height: canvas.height };
  sizeCanvas(canvas, { width, height }, PIXELS);
  network.renderer._redraw();
  const ctx = copy.getContext("2d");
  ctx.fillStyle = colour("--ground");
  ctx.fillRect(0, 0, width, height);
  ctx.drawImage(canvas, 0, 0);
  sizeCanvas(canvas, before, before.width / stage.clientWidth);
  network.redraw();
  copy.toBlob((blob) => save(blob, `${t("file.picture")}.png`));
}

function sizeCanvas(canvas, size, pixelRatio) {
  network.canvas.pixelRatio = pixelRatio;
  Object.assign(canvas, size);
  network.canvas.setTransform();
}

/** Copy the address of a view; where that is not allowed, show it. */
export async function copyAddress(address) {
  const reach = reachOfLink(location.href);
  const link = reach === "nowhere" ? address : `${location.href.split("#")[0]}${address}`;
  try {
    await navigator.clipboard.writeText(link);
    showMessage(t(`copied.${reach}`));
  } catch {
    showMessage(link, false);
  }
}

export function copyLink() {
  return copyAddress(toHash());
}

export function saveViewFile(view) {
  saveText(viewText(view), "application/json", `${view.name.replace(/[^\p{L}\p{N}]+/gu, "-")}.json`);
}
