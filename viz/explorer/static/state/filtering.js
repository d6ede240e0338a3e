// Filtering: which statements, and through them which entities and relations, pass the filters.

import { edges, familyOf, filterKeys, modeOf, nodes, page, REFERENCE, STATED, statements } from "../data/page.js";
import { state } from "./state.js";

// of each line one pattern for each status that has it, in px on the screen
export const LINE_PATTERNS = {
  solid: [[], [18, 2.5]],
  dashed: [[7, 5], [3.5, 3.5], [14, 4]],
  dotted: [[1.5, 4], [1.5, 3, 1.5, 8], [1.5, 9]],
  "dash-dot": [[8, 3, 1.5, 3]],
};
const CLAIM_FILTERS = ["modes", "certainties", "extents", "articles", "bases"];
export let filterTurn = 0; // counts the changes of filters

/**
 * Tell whether a statement passes by its status, how sure and how general it is, its article and the basis; one group
 * of filters can be left out.
 */
export function passesQualities(claim, but = null) {
  const isOff = (group, key) => group !== but && state.off[group].has(key);
  if (isOff("modes", claim.mode) || isOff("bases", STATED)) return false;
  if (isOff("certainties", claim.sureness) || isOff("extents", claim.extent)) return false;
  return !state.off.articles.size || !isOff("articles", filterKeys.articles[claim.article]);
}

/** Tell whether a statement passes: its qualities, and the years it speaks of. */
function passesClaim(claim) {
  return passesQualities(claim) && passesTimes(claim);
}

export function passesTimes(claim) {
  const { since, until, asOf } = state;
  if (asOf && (claim.begin >= asOf + 1 || claim.end <= asOf)) return false;
  if (!since && !until) return true;
  return claim.spans.some(([start, end]) => start < (until || 9999) + 1 && end > (since || 0));
}

function isTimed() {
  return Boolean(state.since || state.until || state.asOf);
}

/** Mark every statement, entity and relation; all that is drawn or listed reads these marks. */
export function applyFilters() {
  filterTurn += 1;
  const { off } = state;
  const byClaims = CLAIM_FILTERS.some((group) => off[group].size) || isTimed();
  statements.forEach((claim) => {
    claim.passes = !byClaims || passesClaim(claim);
  });
  nodes.forEach((node) => {
    node.isStated = !byClaims || passesByClaims(node);
    node.passes = node.isStated && passesPlace(node);
  });
  edges.forEach((edge) => {
    edge.holds = edge.claims.some((claim) => claim.passes) || passesReference(edge);
    edge.passes = edge.holds && edge.ends[0].passes && edge.ends[1].passes;
  });
}

/** Tell whether an entity passes by its kind, province and layer; one group of filters can be left out. */
export function passesPlace(node, but = null) {
  const isOff = (group, key) => group !== but && state.off[group].has(key);
  return !isOff("families", familyOf(node).id) && !isOff("columns", node.column) && !isOff("rows", node.row);
}

/** An entity passes with one of its statements; one that is only mentioned passes with an article that mentions it. */
function passesByClaims(node) {
  const { off } = state;
  if (node.claims.length) {
    return node.claims.some((claim) => claim.passes) || node.out.some(passesReference) || node.in.some(passesReference);
  }
  if (isTimed()) return false;
  return !off.articles.size || (node.articles || []).some((index) => !off.articles.has(filterKeys.articles[index]));
}

function passesReference(edge) {
  return edge.references.length > 0 && !state.off.bases.has(REFERENCE);
}

export function isFiltered() {
  return isTimed() || Object.values(state.off).some((keys) => keys.size > 0);
}

export function passingClaims(edge) {
  return edge.claims.filter((claim) => claim.passes);
}

export function modesOf(claims) {
  return [...new Set(claims.map((claim) => claim.mode))];
}

/** The mode that a relation is drawn in: the firmest of the claims that pass. */
export function leadMode(edge) {
  if (edge.modeTurn === filterTurn) return edge.leadMode;
  const modes = passingClaims(edge).map((claim) => claim.mode).sort((a, b) => modeOf(a).rank - modeOf(b).rank);
  edge.modeTurn = filterTurn;
  edge.leadMode = modes[0] || (edge.claims.length ? edge.claims[0].mode : REFERENCE);
  return edge.leadMode;
}

export function isDenied(edge) {
  return Boolean(modeOf(leadMode(edge)).crossed);
}

/** The pattern of a line in px on the screen; an empty one is solid. */
export function dashOf(mode) {
  const { line, variant } = modeOf(mode);
  const patterns = LINE_PATTERNS[line];
  return patterns[(variant ?? 0) % patterns.length];
}

/** Marks on a line beside its pattern: denied, less than certain, of a part of the group only. */
export function marksOf(claims) {
  const marks = [];
  if (claims.some((claim) => claim.denied)) marks.push(page.marks.denied);
  if (claims.length && claims.every((claim) => claim.sureness !== page.sure)) marks.push(page.marks.unsure);
  if (claims.length && claims.every((claim) => page.extents[claim.extent]?.hedges)) marks.push(page.marks.partly);
  return marks.join("");
}
