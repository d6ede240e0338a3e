// Measures: by what the tiles of the country are coloured. Verdicts arrive with the page, which does not judge.

import { page } from "../data/page.js";

/** A number for a row of the country, null where nothing is stated. */
export const MEASURES = {
  sources: ({ sums }) => sums.articles.size || null,
  newest: ({ sums }) => sums.newest || null,
  systems: ({ sums }) => sums.systems || null,
  claims: ({ sums }) => sums.claims || null,
  ahead: ({ sums }) => (sums.claims ? Math.round((100 * sums.ahead) / sums.claims) : null),
  verdicts: ({ standing }) => standing && (standing.verdict ?? standing.counts[0]),
  age: ({ standing }) => standing?.age ?? null,
};
const OF_VERDICTS = ["verdicts", "age"];
export const FIRST_MEASURE = Object.keys(MEASURES)[0];

/** The measures that this page can show: those of verdicts only where it has any. */
export function measureKeys() {
  return Object.keys(MEASURES).filter((key) => page.verdicts || !OF_VERDICTS.includes(key));
}

/** The codes of the components that provinces are judged by. */
export function componentCodes() {
  return page.verdicts ? page.verdicts.components.map(([code]) => code) : [];
}

/**
 * How a province stands: for one component { verdict, age, claims }, the verdict as its position in the list of
 * verdicts; for all of them { counts, age }, the counts by verdict. Null for a province without verdicts.
 */
export function standingOf(id, component) {
  const own = page.verdicts?.provinces[id];
  if (!own) return null;
  const place = componentCodes().indexOf(component);
  if (place < 0) return { counts: countVerdicts(own.cells), age: own.age };
  const [verdict, age, claims] = own.cells[place];
  return verdict === null ? null : { verdict, age, claims };
}

function countVerdicts(cells) {
  const counts = page.verdicts.verdicts.map(() => 0);
  cells.forEach(([verdict]) => {
    if (verdict !== null) counts[verdict] += 1;
  });
  return counts;
}

/** The rows as a measure puts them: the greatest first, verdicts in their own order, what says nothing last. */
export function sortedByMeasure(rows, key, component) {
  const sign = key === "verdicts" && component ? 1 : -1;
  const value = (row) => MEASURES[key](row);
  const order = (a, b) => (value(a) === null) - (value(b) === null) || sign * (value(a) - value(b));
  return [...rows].sort(order);
}
