// State: what is looked at, in which view, and what is filtered. Whoever draws it watches its changes.

import { touches } from "../data/graph.js";
import { edgeById, filterKeys, nodeById, page } from "../data/page.js";
import { FIRST_MEASURE } from "./measures.js";

export const FIRST = 50; // how many of many are shown at first, and how many more each time
const FILTER_GROUPS = ["families", "columns", "modes", "certainties", "extents", "rows", "articles", "bases"];

function noFilters() {
  return Object.fromEntries(FILTER_GROUPS.map((group) => [group, new Set()]));
}

export const state = {
  lang: null,
  theme: "auto",
  form: "drawing", // or "table"
  view: null,
  node: null,
  edge: null,
  band: null, // two rows, "row|row": the relations between these layers
  cells: new Map(), // cell -> how many of its entities are shown; the other cells are as the view has them
  grown: new Set(), // neighbours whose own neighbours are shown too
  limit: FIRST, // how many neighbours of an entity, or entities of a group, are shown
  start: null, // of a path to what is looked at
  versus: null, // a province whose figures stand beside those of the one looked at
  tour: null, // name of the guided tour
  step: 0, // of the tour
  measure: FIRST_MEASURE, // by which the map of the country is coloured
  component: null, // whose verdicts the map shows; null for all
  since: null, // years
  until: null,
  asOf: null,
  off: noFilters(),
};
const watchers = [];

/** Call a function after each change, with the names of what changed. */
export function watch(watcher) {
  watchers.push(watcher);
}

/** Change the state and tell the watchers; a value that stays the same is no change. */
export function change(patch) {
  const isSame = (key) => !(patch[key] instanceof Object) && state[key] === patch[key];
  const changed = new Set(Object.keys(patch).filter((key) => !isSame(key)));
  if (!changed.size) return;
  Object.assign(state, patch);
  watchers.forEach((watcher) => watcher(changed));
}

// where the reader moved the camera: [x, y, scale], shares of the scene and a multiple of the fitting scale
export let cameraPlace = null;

/** Keep where the camera stands; null lets the drawing fit the scene into the window. */
export function keepCameraPlace(place) {
  cameraPlace = place;
}

export function lookAt(id) {
  if (id === null || nodeById.has(id)) change({ node: id, edge: null, band: null });
}

/** Open a relation; the entity looked at stays if the relation is its own, or if the view stands on it. */
export function openEdge(id) {
  const edge = edgeById.get(id);
  if (!edge) return;
  const stays = touches(edge, state.node) || standsOnNode(state.view);
  change({ edge: id, band: null, node: stays ? state.node : null });
}

/** Tell whether a view is drawn around the entity looked at. */
export function standsOnNode(view) {
  return view === "near" || view === "deps";
}

/** The view to go back to: that with which the page opened, unless it stands on an entity. */
export function restingView() {
  return standsOnNode(page.view) ? "grid" : page.view;
}

export function closePanel() {
  if (state.edge) return change({ edge: null });
  return change({ view: standsOnNode(state.view) ? restingView() : state.view, node: null, edge: null, band: null });
}

export function toggleFilter(group, key, isOn) {
  const keys = new Set(state.off[group]);
  if (isOn) keys.delete(key);
  else keys.add(key);
  change({ off: { ...state.off, [group]: keys } });
}

/** Leave only one key of a group of filters. */
export function keepOnly(group, key) {
  change({ off: { ...state.off, [group]: new Set(filterKeys[group].filter((candidate) => candidate !== key)) } });
}

export function showAll() {
  change({ off: noFilters(), since: null, until: null, asOf: null });
}
