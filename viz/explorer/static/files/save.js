// Save: what is shown, as CSV, picture or RDF.

import { make } from "../drawing/elements.js";
import { nodeColumns } from "../drawing/fates.js";
import { announce, showMessage } from "../drawing/messages.js";
import { citation } from "./caption.js";
import { csvText } from "./csv.js";
import { svgText } from "./svg.js";
import { turtleText } from "./turtle.js";
import { shownEdges, shownNodes } from "../layout/scene.js";
import { toHash } from "../state/address.js";
import { reachOfLink, viewText } from "../state/saved.js";
import { columnHeads, EDGE_COLUMNS } from "../wording/columns.js";
import { t } from "../wording/words.js";

const PIXELS = 2; // points to a CSS pixel in a saved picture
const KEPT = 1000; // ms after which the browser has taken over a file

/** Entities and relations that are shown, as two CSV texts. */
export function shownCsv() {
  return [csvOf(nodeColumns(), shownNodes), csvOf(EDGE_COLUMNS, shownEdges)];
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

/** Save the picture with its title, legend and sources, as the vectors of it are painted. */
export async function savePng() {
  const picture = make("img");
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText())}`;
  await picture.decode();
  const copy = make("canvas", { width: picture.width * PIXELS, height: picture.height * PIXELS });
  copy.getContext("2d").drawImage(picture, 0, 0, copy.width, copy.height);
  copy.toBlob((blob) => save(blob, `${t("file.picture")}.png`));
}

/** Copy the address of a view; where that is not allowed, show it. */
export async function copyAddress(address) {
  const reach = reachOfLink(location.href);
  const link = reach === "nowhere" ? address : `${location.href.split("#")[0]}${address}`;
  await copyText(link, t(`copied.${reach}`));
}

/** Copy a sentence that cites what is shown. */
export async function copyCitation() {
  await copyText(citation(), t("citationCopied"));
}

async function copyText(text, message) {
  try {
    await navigator.clipboard.writeText(text);
    showMessage(message);
  } catch {
    showMessage(`${t("copyByHand")} ${text}`, false); // the address itself is not read out
    announce(t("copyByHand"));
  }
}

export function copyLink() {
  return copyAddress(toHash());
}

export function saveViewFile(view) {
  saveText(viewText(view), "application/json", `${view.name.replace(/[^\p{L}\p{N}]+/gu, "-")}.json`);
}
