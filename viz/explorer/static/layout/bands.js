// Bands: the relations between two layers, taken as one.

import { edges, page } from "../data/page.js";
import { filterTurn, marksOf, passingClaims } from "../state/filtering.js";

let counted = { turn: -1, sizes: new Map() };

/** Rows of both ends, the upper one first: "row|row". */
export function bandOf(edge) {
  const [from, to] = edge.ends.map((node) => node.row);
  return page.rows.indexOf(from) <= page.rows.indexOf(to) ? `${from}|${to}` : `${to}|${from}`;
}

export function bandEdges(band) {
  return edges.filter((edge) => edge.passes && bandOf(edge) === band);
}

/** How many relations of a band are denied, less than certain, or true of a part only. */
export function countMarked(band) {
  return bandEdges(band).filter((edge) => marksOf(passingClaims(edge))).length;
}

/** How many relations pass between each two layers, by band. */
export function bandSizes() {
  if (counted.turn !== filterTurn) counted = { turn: filterTurn, sizes: countBands() };
  return counted.sizes;
}

function countBands() {
  const rows = page.rows;
  const place = new Map(rows.map((row, index) => [row, index]));
  const counts = new Uint32Array(rows.length * rows.length);
  edges.filter((edge) => edge.passes).forEach((edge) => {
    const [from, to] = edge.ends.map((node) => place.get(node.row));
    counts[Math.min(from, to) * rows.length + Math.max(from, to)] += 1;
  });
  const byBand = new Map();
  counts.forEach((count, index) => {
    if (count) byBand.set(`${rows[Math.floor(index / rows.length)]}|${rows[index % rows.length]}`, count);
  });
  return byBand;
}
