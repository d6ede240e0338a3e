// Questions: those to start from, each with what answers it; the panel lists them, and the search finds them typed.

import {
  byWeight, dependencies, edges, familyOf, filterKeys, modeOf, nodeById, page, provinces,
} from "../data/page.js";
import { countryRows, provinceOfColumn } from "../layout/country.js";
import { openView } from "../layout/dependencies.js";
import { countStopping } from "../layout/stopping.js";
import { bestCompared } from "../state/comparison.js";
import { modesOf } from "../state/filtering.js";
import { questionIn } from "../state/questions.js";
import { find } from "../state/search.js";
import { change, lookAt, openEdge, state } from "../state/state.js";
import { name, t } from "../wording/words.js";

const MOST_NAMED = 3; // entities that a typed question is asked of

/** Questions to start from: { words, open }; those that this graph cannot answer are left out. */
export function startQuestions() {
  const hub = byWeight.find((node) => familyOf(node).isSuggested && countStopping(node.id).systems) ?? null;
  const richest = provinces.length ? richestProvince() : null;
  const compared = bestCompared();
  const disputed = edges.find((edge) => {
    const modes = modesOf(edge.claims);
    return modes.length > 1 && modes.some((mode) => modeOf(mode).crossed);
  });
  return [
    richest && ofProvince(richest),
    hub && ofStopping(hub),
    ofSaying(),
    ofNews(),
    compared && { words: t("start.compare", comparedNames(compared)), open: () => compare(compared) },
    disputed && { words: t("start.disputed"), open: () => openEdge(disputed.id) },
  ].filter(Boolean);
}

/** The start questions that a query asks: of what it names, or without a name. */
export function typedQuestions(query) {
  const asked = questionIn(query);
  if (!asked) return [];
  const named = find(asked.about);
  const present = [...named].sort((a, b) => isOfToday(b) - isOfToday(a));
  const ask = {
    province: () => present.slice(0, MOST_NAMED).map(ofProvince),
    stops: () => named.filter((node) => familyOf(node).isSuggested).slice(0, MOST_NAMED).map(ofStopping),
    says: () => (asked.about ? [] : [ofSaying()]),
    newest: () => [ofNews()],
  };
  return ask[asked.question]().filter(Boolean);
}

function isOfToday(node) {
  return provinceOfColumn(node.id)?.node === node;
}

function ofProvince(node) {
  return { words: t("start.province", { name: name(node) }), open: () => lookAt(node.id) };
}

function ofStopping(node) {
  return { words: t("start.stops", { name: name(node) }), open: () => openView("deps", node.id) };
}

function ofSaying() {
  const stated = mostStated();
  if (!stated) return null;
  const [from, to] = stated.ends.map(name);
  return { words: t("start.says", { from, to }), open: () => openEdge(stated.id) };
}

/** What is new in the quarter of which the page knows the days. */
function ofNews() {
  const newest = new Set(page.news?.articles);
  return newest.size ? { words: t("start.newest"), open: () => keepArticles(newest) } : null;
}

function comparedNames(ids) {
  const [left, right] = ids.map((id) => nodeById.get(id).label);
  return { left, right };
}

function compare([left, right]) {
  lookAt(left);
  change({ versus: right });
}

/** The province of today that most sources are about. */
function richestProvince() {
  const rows = countryRows().filter(({ node }) => node);
  return rows.reduce((best, row) => (row.sums.articles.size > best.sums.articles.size ? row : best)).node;
}

function keepArticles(ids) {
  const articles = new Set(filterKeys.articles.filter((id) => !ids.has(id)));
  change({ off: { ...state.off, articles }, node: null, edge: null, band: null });
}

/** The relation that is stated most often, a dependency before others. */
function mostStated() {
  const candidates = edges.filter((edge) => dependencies.has(edge.relation) && edge.claims.length > 1);
  const more = (best, edge) => (edge.claims.length > (best?.claims.length ?? 1) ? edge : best);
  return (candidates.length ? candidates : edges).reduce(more, null);
}
