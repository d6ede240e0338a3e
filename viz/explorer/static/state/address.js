// Address: the state written behind the # of the page's address, so that a view can be kept and sent.

import { edgeById, filterKeys, nodeById, page, provinces, years } from "../data/page.js";
import { provinceWith } from "./comparison.js";
import { componentCodes, FIRST_MEASURE, measureKeys } from "./measures.js";
import { cameraPlace, FIRST, state } from "./state.js";
import { lookOf } from "./tours.js";

const FILTER_LETTERS = {
  k: "families", p: "columns", s: "modes", u: "certainties", h: "extents", r: "rows", q: "articles", b: "bases",
};
const NEAR = "near";
const MOST_NEIGHBOURS = 1e4;

/** Write the state as an address; what is as it was at the start is left out. */
export function toHash() {
  const parts = new URLSearchParams();
  const put = (key, value) => value && parts.set(key, value);
  put("n", state.node);
  put("e", state.edge);
  put("g", state.band);
  put("l", unless(page.lang, state.lang));
  put("t", unless("auto", state.theme));
  put("v", unless("drawing", state.form));
  put("w", unless(usualView(state.node, state.edge), state.view));
  Object.entries(FILTER_LETTERS).forEach(([key, group]) => put(key, [...state.off[group]].sort().join(",")));
  put("y", unless("-", `${state.since || ""}-${state.until || ""}`));
  put("o", state.asOf);
  put("c", [...state.cells].map(([cell, count]) => `${cell}~${count}`).sort().join(","));
  put("x", [...state.grown].join(","));
  put("m", unless(FIRST, state.limit));
  put("f", state.start);
  put("a", state.versus);
  put("i", state.tour && `${state.tour}~${state.step + 1}`);
  put("d", unless(FIRST_MEASURE, state.measure));
  put("j", state.component);
  put("z", cameraPlace?.join(","));
  const text = parts.toString();
  return text ? `#${text}` : "";
}

/** The view of an address that names none: on a map of the country, what is looked at is drawn with its neighbours. */
function usualView(node, edge) {
  const isOnMap = !edge && (!node || provinces.some((province) => province.node.id === node));
  return page.views[0] !== page.view || isOnMap ? page.view : NEAR;
}

/** A value, or null where it is the usual one. */
function unless(usual, value) {
  return value === usual ? null : value;
}

function partsOf(address) {
  return new URLSearchParams(address.replace(/^#/, ""));
}

/** The entity or relation that an address names and this page does not have. */
export function unknownIn(address) {
  const parts = partsOf(address);
  const [node, edge] = [parts.get("n"), parts.get("e")];
  if (node && !nodeById.has(node)) return node;
  return edge && !edgeById.has(edge) ? edge : null;
}

/** Read an address; what this page does not know is left out, and `unknownIn` names it. */
export function fromHash(address) {
  const parts = partsOf(address);
  const list = (key) => (parts.get(key) || "").split(",").filter(Boolean);
  const choice = (key, allowed, otherwise) => (allowed.includes(parts.get(key)) ? parts.get(key) : otherwise);
  const year = (text) => (years.includes(Number(text)) ? Number(text) : null);
  const [since, until] = (parts.get("y") || "-").split("-").map(year);
  const off = Object.entries(FILTER_LETTERS).map(([key, group]) => [
    group,
    new Set(list(key).filter((text) => filterKeys[group].includes(text))),
  ]);
  const cells = list("c").map((text) => text.split("~")).filter(isCell);
  return {
    ...lookIn(parts, choice),
    lang: choice("l", page.languages, page.lang),
    theme: choice("t", ["light", "dark"], "auto"),
    form: choice("v", ["table"], "drawing"),
    start: nodeById.get(parts.get("f"))?.id ?? null,
    versus: provinceWith(parts.get("a"))?.node.id ?? null,
    ...tourIn(parts.get("i") || ""),
    measure: choice("d", measureKeys(), FIRST_MEASURE),
    component: choice("j", componentCodes(), null),
    band: isBand(parts.get("g")) ? parts.get("g") : null,
    cells: new Map(cells.map(([cell, count]) => [cell, Number(count)])),
    grown: new Set(list("x").filter((id) => nodeById.has(id))),
    limit: Math.min(MOST_NEIGHBOURS, Math.max(FIRST, Number(parts.get("m")) || FIRST)),
    since,
    until: until ?? null,
    asOf: year(parts.get("o")),
    off: Object.fromEntries(off),
  };
}

/** The step of a tour that an address names; undefined for one that the page does not have. */
function stepIn(text) {
  const [name, number] = text.split("~");
  return page.tours.find((tour) => tour.name === name)?.steps[Number(number) - 1];
}

function tourIn(text) {
  const [name, number] = text.split("~");
  return stepIn(text) ? { tour: name, step: Number(number) - 1 } : { tour: null, step: 0 };
}

/** What an address looks at; one that names only the step of a tour looks at what the step does. */
function lookIn(parts, choice) {
  const step = ["n", "e", "w"].some((key) => parts.has(key)) ? null : stepIn(parts.get("i") || "");
  return step ? lookOf(step) : ownLook(parts, choice);
}

/** The view of an address and what is looked at; a view that stands on an entity stands on the start of a relation. */
function ownLook(parts, choice) {
  const edge = edgeById.get(parts.get("e")) ?? null;
  const node = nodeById.get(parts.get("n"))?.id ?? null;
  const view = choice("w", page.views, usualView(node, edge));
  return { view, node: node ?? (edge && view === NEAR ? edge.from : null), edge: edge?.id ?? null };
}

/** The place of the camera in an address; null when it names none. */
export function cameraIn(address) {
  const numbers = (partsOf(address).get("z") || "").split(",").map(Number);
  return numbers.length === 3 && numbers.every(Number.isFinite) ? numbers : null;
}

function isBand(text) {
  const ends = (text || "").split("|");
  return ends.length === 2 && ends.every((row) => page.rows.includes(row));
}

function isCell([cell, count]) {
  const [row, column] = cell.split("|");
  return page.rows.includes(row) && page.columns.includes(column) && /^\d{1,5}$/.test(count);
}
