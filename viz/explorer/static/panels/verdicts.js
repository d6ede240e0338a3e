// Verdicts: what provinces have of a framework. Each verdict has a colour, a pattern and a sign.

import { page, statements } from "../data/page.js";
import { make } from "../drawing/elements.js";
import { verdictPattern } from "../drawing/patterns.js";
import { group } from "./lists.js";
import { statementButton } from "./statements.js";
import { standingOf } from "../state/measures.js";
import { number, pick, t } from "../wording/words.js";

const FEW_COMPONENTS = 8;

export function componentName(code) {
  const [, labels] = page.verdicts.components.find(([key]) => key === code);
  return pick(labels);
}

/** How a province stands in words: the verdict on a component, or how many of all are met. */
export function verdictWords({ verdict, counts }) {
  if (!counts) return signed(page.verdicts.verdicts[verdict]);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return `${number(counts[0])}/${number(all)}`;
}

function signed(verdict) {
  return `${verdict.symbol} ${pick(verdict.label)}`;
}

function verdictSample(verdict) {
  return verdictPattern(verdict.tone);
}

/** A bar with a part for each verdict, as long as it is frequent. */
export function countsBar({ verdict, counts }) {
  const parts = page.verdicts.verdicts.map((each, place) => [each, counts ? counts[place] : Number(place === verdict)]);
  const pieces = parts.filter(([, count]) => count).map(([each, count]) => {
    const piece = verdictSample(each);
    piece.style.flexGrow = String(count);
    return piece;
  });
  return make("span", { class: "bar" }, pieces);
}

/** What the numbers in the tiles count, where all components are looked at. */
export function countedWords() {
  return t("verdictCount", { verdict: signed(page.verdicts.verdicts[0]) });
}

/** What the colours and patterns mean. */
export function verdictKey() {
  return page.verdicts.verdicts.map((verdict) => {
    return make("li", { title: pick(verdict.meaning) }, verdictSample(verdict), signed(verdict));
  });
}

/** The verdicts on a province, component by component, each with the statements on which it rests. */
export function verdictParts(node) {
  const standing = standingOf(node.id, null);
  if (!standing) return [];
  const cells = page.verdicts.provinces[node.id].cells.map(([verdict, , claims], place) => [verdict, claims, place]);
  const judged = cells.filter(([verdict]) => verdict !== null).sort(([a], [b]) => a - b);
  return [
    group(t("verdictsOf", { framework: pick(page.verdicts.framework) }), judged, verdictRow, FEW_COMPONENTS),
  ];
}

function verdictRow([verdict, claims, place]) {
  const [code] = page.verdicts.components[place];
  const words = signed(page.verdicts.verdicts[verdict]);
  const head = [make("span", { class: "target" }, componentName(code)), make("span", { class: "relation" }, words)];
  if (!claims.length) return make("li", {}, make("div", { class: "row" }, head));
  const rows = claims.map((position) => make("li", {}, statementButton(statements[position])));
  const summary = make("summary", { class: "row" }, head);
  return make("li", {}, make("details", {}, summary, make("ul", { class: "rows" }, rows)));
}
