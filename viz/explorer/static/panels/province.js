// Province: what the sources say of a province and of those that have become part of it, at one look.

import { familyOf, isSystemOrService, nodes, page } from "../data/page.js";
import { make, nodeLink, symbol } from "../drawing/elements.js";
import { articleLine } from "./evidence.js";
import { group } from "./lists.js";
import { verdictParts } from "./verdicts.js";
import { provinceOfColumn } from "../layout/country.js";
import { capital, familyName, label, number, t } from "../wording/words.js";

const FEW = 5;

/** Former provinces, named systems and services by layer, and sources; nothing for other entities. */
export function provinceParts(node) {
  const province = provinceOfColumn(node.id);
  if (!province) return [];
  const keys = province.node === node ? province.keys : new Set([node.id]);
  const own = nodes.filter((other) => keys.has(other.column) && other.passes && !keys.has(other.id));
  const articles = page.articles.filter((article) => keys.has(article.province)).sort(byDay);
  const former = province.node === node ? province.former : [];
  return [
    former.length ? group(t("former"), former, linkRow) : null,
    systemCount(own),
    ...page.families.map((family) =>
      group(familyTitle(family), own.filter((other) => familyOf(other) === family), linkRow, FEW),
    ),
    ...verdictParts(node),
    group(t("sources"), articles, sourceRow, FEW),
  ];
}

/** How many systems and services the groups below hold together: the number in the tile of the province. */
function systemCount(own) {
  const count = make("span", { class: "count" }, number(own.filter(isSystemOrService).length));
  return make("section", { class: "group" }, make("h3", {}, t("measure.systems"), " ", count));
}

/** The newest first. */
export function byDay(a, b) {
  return a.published < b.published ? 1 : a.published > b.published ? -1 : 0;
}

function familyTitle(family) {
  return make("span", { class: "family" }, symbol(family), " ", familyName(family.id));
}

export function sourceRow(article) {
  return make("li", { class: "source-row" }, ...articleLine(article));
}

function linkRow(node) {
  const kind = make("span", { class: "meta" }, capital(label("kinds", node.kind)));
  return make("li", { class: "link-row" }, nodeLink(node), kind);
}
