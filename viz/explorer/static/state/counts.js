// Counts: how many entities, statements or relations each filter would show, with all the other filters as they are.

import { edges, familyOf, filterKeys, nodes, page, REFERENCE, STATED, statements } from "../data/page.js";
import { filterTurn, passesPlace, passesQualities, passesTimes } from "./filtering.js";

let liveCounts = { turn: -1, groups: {} };
let totalCounts = { of: null, groups: {} };

const FILTER_KEY_OF = {
  families: (node) => familyOf(node).id,
  columns: (node) => node.column,
  rows: (node) => node.row,
  modes: (claim) => claim.mode,
  certainties: (claim) => claim.sureness,
  extents: (claim) => claim.extent,
  articles: (claim) => filterKeys.articles[claim.article],
};
const PLACE_FILTERS = ["families", "columns", "rows"];

/** Counts of a group by key; all there is when `isTotal`, else what passes the filters of the other groups. */
export function countsOf(group, isTotal = false) {
  if (isTotal) {
    if (totalCounts.of !== nodes) totalCounts = { of: nodes, groups: {} };
    totalCounts.groups[group] ??= countBy(group, () => true);
    return totalCounts.groups[group];
  }
  if (liveCounts.turn !== filterTurn) liveCounts = { turn: filterTurn, groups: {} };
  liveCounts.groups[group] ??= countBy(group, passerOf(group));
  return liveCounts.groups[group];
}

/** What passes all filters but those of one group. */
function passerOf(group) {
  if (PLACE_FILTERS.includes(group)) return (node) => passesPlace(node, group) && node.isStated;
  return (claim) => passesQualities(claim, group) && passesTimes(claim);
}

function countBy(group, passes) {
  const byKey = new Map();
  const add = (key) => byKey.set(key, (byKey.get(key) || 0) + 1);
  const items = PLACE_FILTERS.includes(group) ? nodes : statements;
  if (group === "bases") countBases(add);
  else items.filter(passes).forEach((item) => add(FILTER_KEY_OF[group](item)));
  return byKey;
}

function countBases(add) {
  edges.forEach((edge) => {
    if (edge.claims.length) add(STATED);
    if (edge.references.length) add(REFERENCE);
  });
}

/** The articles that state something of entities or relations, or that mention an entity of which nothing is stated. */
export function articlesOf(items) {
  const numbers = new Set();
  items.forEach((item) => {
    item.claims.filter((claim) => claim.passes).forEach((claim) => numbers.add(claim.article));
    if (!item.claims.length) (item.articles || []).forEach((number) => numbers.add(number));
  });
  return page.articles.filter((_, number) => numbers.has(number));
}
