// News: the sources that the filters leave, by province of today, each with what it says.

import { articleOf, page, provinces, statements } from "../data/page.js";
import { state } from "./state.js";

/** Whether the reader has chosen some sources out of many. */
export function choosesSources() {
  const left = page.articles.length - state.off.articles.size;
  return left > 0 && left <= page.articles.length / 2;
}

/**
 * The sources chosen: { node, sources } a province, then those of no province, without a node. A source is
 * { article, claims }.
 */
export function chosenSources() {
  const claimsOf = new Map();
  statements.filter((claim) => claim.passes && articleOf(claim)).forEach((claim) => {
    const article = articleOf(claim);
    claimsOf.set(article, [...(claimsOf.get(article) ?? []), claim]);
  });
  const newest = [...claimsOf.keys()].sort((a, b) => (a.published < b.published ? 1 : -1));
  const sourcesWhere = (isHere) => newest.filter(isHere).map((article) => ({ article, claims: claimsOf.get(article) }));
  return [
    ...provinces.map(({ node, keys }) => ({ node, sources: sourcesWhere(({ province }) => keys.has(province)) })),
    { node: null, sources: sourcesWhere(({ province }) => !provinces.some(({ keys }) => keys.has(province))) },
  ].filter(({ sources }) => sources.length);
}
