// Comparison: figures of two provinces side by side. Whether they compare, and why not, arrives with the page; with
// what reservation they do is judged here.

import { nodeById, page, provinces, statements } from "../data/page.js";

/** The province of today with the units that have become part of it. */
export function provinceWith(id) {
  return provinces.find(({ keys }) => keys.has(id)) ?? null;
}

/** Why figures of two groups of a measure do not compare; empty where they do. */
function reasonsBetween({ reasons }, one, other) {
  return one === other ? [] : reasons[[one, other].sort((a, b) => a - b).join("|")];
}

/** With what reservation two figures compare, as keys of words: no period, things of two kinds, two totals. */
export function reservationsOf(left, right) {
  const figures = [statements[left], statements[right]];
  const isSame = (valueOf) => valueOf(figures[0]) === valueOf(figures[1]);
  const holds = {
    undated: figures.every((figure) => !figure.as_of && !figure.period),
    subject: !isSame(({ subject }) => nodeById.get(subject)?.kind),
    denominator: !isSame(({ denominator }) => denominator),
  };
  return Object.keys(holds).filter((key) => holds[key]);
}

/**
 * Put the figures of two provinces side by side: a list of { measure, pairs, alone }. A pair is { left, right,
 * reasons }, both positions of statements; each figure stands in one pair, with the figure that it compares with best.
 * What is left over stands alone. Measures with figures that compare come first.
 */
export function sideBySide(leftId, rightId) {
  const [left, right] = [leftId, rightId].map(provinceWith);
  if (!left || !right || left === right) return [];
  const measures = Object.entries(page.comparisons).map(([measure, record]) => {
    const figuresOf = ({ keys }) => record.figures.filter(([, province]) => keys.has(province));
    return { measure, ...paired(record, figuresOf(left), figuresOf(right)) };
  });
  const isComparable = ({ pairs }) => pairs.some(({ reasons }) => !reasons.length);
  return measures.filter(({ pairs }) => pairs.length).sort((a, b) => isComparable(b) - isComparable(a));
}

function paired(record, lefts, rights) {
  const candidates = lefts.flatMap(([left, , group]) =>
    rights.map(([right, , other]) => ({ left, right, reasons: reasonsBetween(record, group, other) })),
  );
  const taken = new Set();
  const pairs = candidates.sort((a, b) => a.reasons.length - b.reasons.length).filter(({ left, right }) => {
    if (taken.has(left) || taken.has(right)) return false;
    taken.add(left).add(right);
    return true;
  });
  const positions = [...lefts, ...rights].map(([position]) => position);
  return { pairs, alone: positions.filter((position) => !taken.has(position)) };
}

/** The two provinces of today of which most figures compare: their ids; null where none do. */
export function bestCompared() {
  const counts = new Map();
  Object.values(page.comparisons).forEach(({ figures }) => {
    figures.forEach(([, one, group]) => figures.forEach(([, other, otherGroup]) => {
      const [left, right] = [one, other].map((id) => provinceWith(id)?.node.id);
      if (group !== otherGroup || !left || !right || left >= right) return;
      const key = `${left}|${right}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }));
  });
  const [best] = [...counts].sort(([a, count], [b, other]) => other - count || (a < b ? -1 : 1));
  return best ? best[0].split("|") : null;
}
