// Dependencies: what an entity needs stands left of it, what depends on it right of it, each step a column, as in the
// drawings of impact; at a step, what stops with it, what would by planned or inferred links only, and what goes on
// have columns of their own.

import { byWeight, dependencies, familyOf, nodeById, nodes, page } from "../data/page.js";
import { countStopping, dependenciesAt, endsOf, FATES, fatesWith, mayCarry } from "./stopping.js";
import { layFitted } from "./fitted.js";
import { change, keepCameraPlace, standsOnNode, state } from "../state/state.js";

const [SPOT_BELOW, SPOT_ABOVE] = [2, 3]; // places of a name at its symbol
let proposed = null; // the entity that the page itself has chosen for a view
const HOSTS_TRIED = 60; // entities among which the one is searched that most depend on
const ROOM_OF_ARROWS = 8; // px, between a symbol and its name
const NAME_ABOVE = 46; // px, in which a name has room above its symbol
const WIDEST_NAME = 170; // px, of the entity looked at

export function depsScene() {
  const levels = new Map(state.node ? [[state.node, 0]] : []);
  const used = [];
  [-1, 1].forEach((side) => followDependencies(state.node, side, { levels, used }));
  const reached = [...levels.keys()]
    .map((id) => nodeById.get(id))
    .filter((node) => node.passes || node.id === state.node);
  const dependents = [...levels.keys()].filter((id) => levels.get(id) > 0);
  const fates = state.node ? fatesWith(state.node, dependents) : new Map();
  const columnOf = ({ id }) => [levels.get(id), fates.get(id)].filter((part) => part !== undefined).join(" ");
  const columns = [...new Set(reached.map(columnOf))].sort(byStepAndFate);
  const first = (node) => Number(node.id !== state.node);
  reached.sort((a, b) => first(a) - first(b) || b.neighbours.length - a.neighbours.length || a.rank - b.rank);
  const items = new Map();
  reached.forEach((node) => {
    const cell = `${node.row}|${columnOf(node)}`;
    items.set(cell, [...(items.get(cell) || []), node.id]);
  });
  const rowKeys = page.rows.filter((row) => reached.some((node) => node.row === row));
  const grid = layFitted(items, rowKeys, columns, true);
  grid.places.forEach((place) => (place.room -= ROOM_OF_ARROWS));
  if (state.node) placeSubject(grid, grid.places.get(state.node));
  const drawn = reached.filter((node) => grid.places.has(node.id));
  return { ...grid, nodes: drawn, edges: [...new Set(used)], levels, fates };
}

/** The order of columns "step fate". */
function byStepAndFate(one, other) {
  const [[step, fate], [otherStep, otherFate]] = [one, other].map((column) => column.split(" "));
  return step - otherStep || FATES.indexOf(fate) - FATES.indexOf(otherFate);
}

/** The entity looked at stands in the middle of its column, its name above or below, where fewer lines lead. */
function placeSubject({ columns, places }, place) {
  const [, left, right] = columns.find(([key]) => key === "0");
  const room = Math.min(WIDEST_NAME, right - left - 2 * ROOM_OF_ARROWS);
  const levels = [...places.values()].map(({ y }) => Math.sign(y - place.y));
  const isMoreAbove = levels.reduce((sum, level) => sum + level, 0) < 0;
  const spot = isMoreAbove || place.y < NAME_ABOVE ? SPOT_BELOW : SPOT_ABOVE;
  Object.assign(place, { x: (left + right) / 2, room, spot });
}

/**
 * Walk dependencies step by step; side 1 goes to what depends, -1 to what is needed. What is denied or ended carries
 * nothing. Fills `levels` (id -> step) and `used` (the relations walked).
 */
function followDependencies(start, side, { levels, used }) {
  let front = start ? [start] : [];
  for (let step = side; front.length; step += side) {
    const next = [];
    front.forEach((id) => {
      dependenciesAt(id, side).filter(mayCarry).forEach((edge) => {
        used.push(edge);
        const { dependent, provider } = endsOf(edge);
        const reached = side > 0 ? dependent : provider;
        if (levels.has(reached)) return;
        levels.set(reached, step);
        next.push(reached);
      });
    });
    front = next;
  }
}

/** How many stop, systems and services together. */
function total({ systems, services }) {
  return systems + services;
}

/** The entity that a view stands on when none is looked at: the one that most depend on, or with most relations. */
export function firstFor(view) {
  if (view === "deps") {
    const hosts = byWeight.filter((node) => node.in.some((edge) => dependencies.has(edge.relation)));
    const counted = hosts.slice(0, HOSTS_TRIED).map((node) => [node, countStopping(node.id)]);
    const more = (a, b) => total(b) - total(a) || total(b.foreseen) - total(a.foreseen);
    const first = counted.sort(([, a], [, b]) => more(a, b))[0];
    return first ? first[0].id : byWeight[0]?.id;
  }
  return byWeight.find((node) => familyOf(node).isSuggested)?.id ?? byWeight[0]?.id;
}

/** Propose the entity that a view stands on; undefined without entities. */
export function propose(view) {
  proposed = firstFor(view) ?? null;
  return proposed ?? undefined;
}

/**
 * Change the view, with the entity chosen; one that stands on an entity proposes one where none is chosen, which no
 * other view keeps, and the camera fits it into the window.
 */
export function openView(view, chosen = isProposed() ? null : state.node) {
  const isAsked = standsOnNode(view) && !chosen && nodes.length > 0;
  if (!isAsked) proposed = null;
  keepCameraPlace(null);
  change({ view, node: isAsked ? propose(view) : chosen, band: null, edge: null });
}

/** Tell whether the entity looked at was proposed by the page and not chosen by the reader. */
export function isProposed() {
  return proposed !== null && state.node === proposed && standsOnNode(state.view);
}
