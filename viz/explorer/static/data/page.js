// Page: the data of this page and the graph built from it. All other modules read them from here.

import { useFolding } from "../../../static/folding.js";
import { buildGraph, fullId } from "./graph.js";
import { listProvinces } from "./provinces.js";
import { yearsOf } from "./times.js";

export let page = null;
export let nodes = [];
export let edges = [];
export let statements = [];
export let sentences = [];
export let byWeight = []; // nodes, those with most neighbours first
export let nodeById = new Map();
export let edgeById = new Map();
export let provinces = []; // of today: { node, former, keys }
export let years = []; // every year from the first to the last that is stated
export let dependencies = new Set(); // relations that say that one thing depends on another
let systemKinds = new Set();
export let filterKeys = {}; // group of filters -> its keys in the order of the legend

/** Take over the data that the page carries. */
export function openPage(carried) {
  page = carried;
  useFolding(page.folding);
  ({ nodes, edges, statements, sentences, byWeight, nodeById, edgeById } = buildGraph(page));
  provinces = listProvinces(nodes, nodeById, page.languages[0]);
  years = yearsOf(statements);
  dependencies = new Set(page.depends);
  systemKinds = new Set(page.systemKinds);
  page.joins.forEach((id) => (edgeById.get(id).joins = true)); // the object depends on the subject, which joins it
  filterKeys = listFilterKeys();
}

function listFilterKeys() {
  const used = new Set(statements.map((statement) => statement.mode));
  const surenesses = new Set(statements.map((statement) => statement.sureness));
  const extents = new Set(statements.map((statement) => statement.extent));
  return {
    families: page.families.map((family) => family.id),
    columns: page.columns,
    modes: Object.keys(page.modes).filter((mode) => used.has(mode)),
    certainties: Object.keys(page.certainties).filter((key) => key === page.sure || surenesses.has(key)),
    extents: Object.keys(page.extents).filter((key) => extents.has(key)),
    rows: page.rows,
    articles: page.articles.map((article) => article.id),
    bases: page.references.length ? [STATED, REFERENCE] : [],
  };
}

export const STATED = "stated"; // the bases of a relation
export const REFERENCE = "reference";

export function familyOf(node) {
  return page.families[node.family];
}

/** Tell whether an entity is a system or a service, by its class. */
export function isSystemOrService(node) {
  return systemKinds.has(node.kind);
}

/** How a status, or the lack of one, is drawn: line, rank, and what it means for the graph. */
export function modeOf(mode) {
  return page.modes[mode];
}

/** The article of a statement; undefined when the page does not hold it. */
export function articleOf(statement) {
  return page.articles[statement.article];
}

export function fullIdOf(statement, text = statement.id) {
  return fullId(text, articleOf(statement)?.id);
}
