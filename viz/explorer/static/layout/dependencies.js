// Dependencies: what an entity needs stands left of it, what stops with it right of it, each step a column, as in the
// drawings of impact.

import { byWeight, dependencies, familyOf, nodeById, nodes, page } from "../data/page.js";
import { layFitted } from "./fitted.js";
import { isDenied } from "../state/filtering.js";
import { change, keepCameraPlace, standsOnNode, state } from "../state/state.js";

export const MANY_STOP = 200; // beyond, they are not counted to the end
let proposed = null; // the entity that the page itself has chosen for a view
const HOSTS_TRIED = 60; // entities among which the one is searched that most depend on

export function depsScene() {
  const levels = new Map(state.node ? [[state.node, 0]] : []);
  const used = [];
  [-1, 1].forEach((side) => followDependencies(state.node, side, { levels, used }));
  const reached = [...levels.keys()]
    .map((id) => nodeById.get(id))
    .filter((node) => node.passes || node.id === state.node);
  const steps = [...new Set(reached.map((node) => levels.get(node.id)))].sort((a, b) => a - b).map(String);
  const first = (node) => Number(node.id !== state.node);
  reached.sort((a, b) => first(a) - first(b) || b.neighbours.length - a.neighbours.length || a.rank - b.rank);
  const items = new Map();
  reached.forEach((node) => {
    const cell = `${node.row}|${levels.get(node.id)}`;
    items.set(cell, [...(items.get(cell) || []), node.id]);
  });
  const rowKeys = page.rows.filter((row) => reached.some((node) => node.row === row));
  const grid = layFitted(items, rowKeys, steps);
  const drawn = reached.filter((node) => grid.places.has(node.id));
  return { ...grid, nodes: drawn, edges: [...new Set(used)], levels };
}

/**
 * Walk dependencies step by step; side 1 goes to what depends, -1 to what is needed. Denied ones carry nothing.
 * Fills `levels` (id -> step) and `used` (the relations walked); stops when there are more than `limit` levels.
 */
function followDependencies(start, side, { levels, used = [], limit = Infinity }) {
  let front = start ? [start] : [];
  for (let step = side; front.length && levels.size <= limit; step += side) {
    const next = [];
    front.forEach((id) => {
      const node = nodeById.get(id);
      (side > 0 ? node.in : node.out).filter(carriesDependency).forEach((edge) => {
        used.push(edge);
        const reached = side > 0 ? edge.from : edge.to;
        if (levels.has(reached)) return;
        levels.set(reached, step);
        next.push(reached);
      });
    });
    front = next;
  }
}

function carriesDependency(edge) {
  return dependencies.has(edge.relation) && edge.passes && !isDenied(edge);
}

/** How many entities stop with an entity; at least so many, when there are more than `MANY_STOP`. */
export function countDependants(id) {
  const levels = new Map([[id, 0]]);
  followDependencies(id, 1, { levels, limit: MANY_STOP });
  return levels.size - 1;
}

/** The entity that a view stands on when none is looked at: the one that most depend on, or with most relations. */
export function firstFor(view) {
  if (view === "deps") {
    const hosts = byWeight.filter((node) => node.in.some((edge) => dependencies.has(edge.relation)));
    const counted = hosts.slice(0, HOSTS_TRIED).map((node) => [node, countDependants(node.id)]);
    const first = counted.sort(([, a], [, b]) => b - a)[0];
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
