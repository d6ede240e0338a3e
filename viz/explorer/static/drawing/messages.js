// Messages: what is told in the line below the drawing, and to screen readers.

import { edges, nodes, page, provinces } from "../data/page.js";
import { tipOf } from "./tips.js";
import { countryRows } from "../layout/country.js";
import { isProposed } from "../layout/dependencies.js";
import { isLookedAtElsewhere, scene, shownEdges, shownNodes, tiles } from "../layout/scene.js";
import { countStopping } from "../layout/stopping.js";
import { state } from "../state/state.js";
import { label, name, number, t } from "../wording/words.js";

const live = document.getElementById("live");
export const shownLine = document.getElementById("shown");
const messageLine = document.getElementById("said");
let missing = null; // { id, chosen }: what a link named in vain, and what was chosen then

export function announce(text) {
  live.textContent = text;
}

/** Show a message below the drawing; it is read out unless it is a mere address. */
export function showMessage(text, isReadOut = true) {
  writeMessage(text);
  if (isReadOut) announce(text);
}

/** Write a message behind what a link named in vain. */
function writeMessage(text) {
  messageLine.textContent = [missingText(), text].filter(Boolean).join(" ");
}

/** Say that a link names what this graph does not have, until something else is chosen; null when it names nothing. */
export function tellMissing(id) {
  missing = id ? { id, chosen: chosenNow() } : null;
  writeMessage("");
  if (id) announce(missingText());
}

/** What the reader or a link has chosen, not what the page has proposed. */
function chosenNow() {
  return [isProposed() ? null : state.node, state.edge, state.band].join(" ");
}

/** What a link named that is not here; empty once something else is chosen. */
function missingText() {
  if (missing && missing.chosen !== chosenNow()) missing = null;
  return missing ? t("linkUnknown", { id: missing.id }) : "";
}

/** What stops with an entity, in words; empty when there is nothing. */
export function dependantsText(id) {
  const { systems, services, foreseen, isCut } = countStopping(id);
  const counted = (key, n) => (n ? t(key, { n: `${isCut ? "≥ " : ""}${number(n)}` }) : null);
  const both = (sizes) => [counted("stops.systems", sizes.systems), counted("stops.services", sizes.services)];
  const [now, later] = [{ systems, services }, foreseen].map((sizes) => both(sizes).filter(Boolean).join(t("and")));
  const what = [now || (later && t("stops.now")), later && t("stops.foreseen", { what: later })];
  return now || later ? t("stops.with", { what: what.filter(Boolean).join("; ") }) : "";
}

/**
 * Tell what is drawn, out of what there is. A line that `keepsHeight` gets no lower: it would give the drawing room
 * for more, say so, need that room again, and so on.
 */
export function renderShown(keepsHeight = false) {
  shownLine.style.minHeight = keepsHeight ? `${shownLine.offsetHeight}px` : "";
  shownLine.textContent = nodes.length ? partsOfView(state.view).join(" · ") : t("empty");
  writeMessage("");
}

/** What the map of the country stands for. */
function countryParts() {
  const rows = countryRows();
  const articles = new Set(rows.flatMap(({ sums }) => [...sums.articles]));
  const counts = {
    provinces: rows.filter(({ node, sums }) => node && sums.claims).length,
    allProvinces: provinces.length,
    articles: articles.size,
    allArticles: page.articles.length,
    nodes: nodes.filter(passes).length,
    allNodes: nodes.length,
  };
  Object.keys(counts).forEach((key) => (counts[key] = number(counts[key])));
  return [t("shownCountry", counts)];
}

function passes(item) {
  return item.passes;
}

function partsOfView(view) {
  return view === "country" ? countryParts() : shownParts();
}

function shownParts() {
  const counts = { nodes: shownNodes.length, allNodes: nodes.length, edges: shownEdges.length, allEdges: edges.length };
  Object.keys(counts).forEach((key) => (counts[key] = number(counts[key])));
  const inTiles = tiles.reduce((sum, tile) => sum + tile.count, 0);
  const parts = [shownNodes.length || inTiles ? t("shown", counts) : t("nothing")];
  if (inTiles) parts.push(t("inTiles", { n: number(inTiles), cells: tiles.length }));
  if (scene.hidden) parts.push(t("notShown", { n: number(scene.hidden) }));
  if (state.view === "time") parts.push(t("undated"));
  if (isProposed()) parts.push(t("proposed"));
  if (isLookedAtElsewhere()) parts.push(t("lookedElsewhere"));
  if (state.view === "deps" && state.node) parts.push(...fateParts());
  return parts;
}

/** What stops with the entity looked at, and how many go on that depend on it. */
function fateParts() {
  const goOn = [...scene.fates.values()].filter((fate) => fate === "goesOn").length;
  const stopping = dependantsText(state.node) || t("stops.nothing");
  return goOn ? [stopping, t("stops.goOn", { n: number(goOn) })] : [stopping];
}

/** An item in words, for screen readers. */
export function described(item) {
  if (item.cell) return tipOf(item).join(", ");
  return t("described", { name: name(item), kind: label("kinds", item.kind), n: item.neighbours.length });
}
