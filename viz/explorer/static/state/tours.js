// Tours: lessons over the graph, step by step; a step opens its view, and marks what it speaks of.

import { nodeById, page, statements } from "../data/page.js";
import { change, restingView, standsOnNode, state } from "./state.js";

const NEIGHBOURS_VIEW = "near";
let markedStep = { key: "", ids: new Set() };

export function tourNow() {
  return page.tours.find(({ name }) => name === state.tour) ?? null;
}

export function stepNow() {
  return tourNow()?.steps[state.step] ?? null;
}

/** Ids of what the present step speaks of; none outside a tour. */
export function marksNow() {
  const key = `${state.tour}~${state.step}`;
  if (key !== markedStep.key) markedStep = { key, ids: new Set(stepNow()?.marks) };
  return markedStep.ids;
}

/** What a step looks at: { view, node, edge }. */
export function lookOf(step) {
  const [first] = step.evidence.flatMap((item) => item.statements ?? []).map((position) => statements[position]);
  if (first?.edge) return { view: step.view ?? NEIGHBOURS_VIEW, node: first.edge.from, edge: first.edge.id };
  const node = topicOf(step, first);
  const view = step.view ?? (node ? NEIGHBOURS_VIEW : restingView());
  return { view, node: node ?? (standsOnNode(view) ? step.marks[0] ?? null : null), edge: null };
}

/** What a step is about: the subject of its statement, or the first that it marks; null for an answer about many. */
function topicOf(step, statement) {
  const isAnswer = !statement && step.evidence[0].question !== undefined;
  const id = statement ? statement.subject : step.marks[0];
  return !isAnswer && nodeById.has(id) ? id : null;
}

/** Go to a step of a tour; a number beyond its ends changes nothing. */
export function openStep(name, index) {
  const step = page.tours.find((tour) => tour.name === name)?.steps[index];
  if (step) change({ tour: name, step: index, ...lookOf(step), band: null, form: "drawing" });
}

export function walkTour(by) {
  openStep(state.tour, state.step + by);
}

/** End the tour; what is looked at stays. */
export function leaveTour() {
  change({ tour: null, step: 0 });
}

/** Whether the reader looks at something else than the step does. */
export function hasStrayed() {
  const look = lookOf(stepNow());
  return Object.keys(look).some((key) => look[key] !== state[key]);
}
