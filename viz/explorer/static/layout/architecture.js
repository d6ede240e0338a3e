// Architecture: layers by provinces. Where all entities can be named each has a slot, and what is filtered out leaves
// its place empty; where they cannot, the best connected of each cell are drawn, and a tile stands for the rest.

import { byWeight, edgeById, nodeById, page } from "../data/page.js";
import { cellMembers, limitOf, opensAsCounts, TILE } from "./cells.js";
import { layFitted } from "./fitted.js";
import { gatheredColumns } from "./gathering.js";
import { layGrid } from "./grid.js";
import { state } from "../state/state.js";
import { marksNow } from "../state/tours.js";

export function gridScene() {
  return opensAsCounts() && !state.cells.size ? fittedScene() : slottedScene();
}

/** Columns gathered as far as their names need it, and of each cell as many entities as can be named. */
function fittedScene() {
  const gathered = gatheredColumns();
  const columnOf = new Map([...gathered].flatMap(([key, columns]) => columns.map((column) => [column, key])));
  const surfaced = [...new Set([...surfacedIds(), ...marksNow()])].filter((id) => nodeById.has(id));
  const first = surfaced.map((id) => nodeById.get(id));
  const taken = new Set(surfaced);
  const inOrder = [...first, ...byWeight.filter((node) => node.passes && !taken.has(node.id))];
  const items = new Map();
  const cellKeyOf = (node) => `${node.row}|${columnOf.get(node.column)}`;
  inOrder.filter((node) => columnOf.has(node.column)).forEach((node) => {
    const cell = cellKeyOf(node);
    if (!items.has(cell)) items.set(cell, []);
    items.get(cell).push(node.id);
  });
  const grid = layFitted(items, page.rows.filter((row) => !state.off.rows.has(row)), [...gathered.keys()]);
  const filled = new Set(items.keys());
  return { ...grid, filled, cellKeyOf, nodes: inOrder.filter((node) => grid.places.has(node.id)) };
}

function slottedScene() {
  const items = new Map();
  const tiles = [];
  const visible = [];
  const surfaced = new Set(surfacedIds());
  const isClosed = opensAsCounts();
  const columns = page.columns.filter((column) => !state.off.columns.has(column));
  cellMembers().forEach((group, cell) => {
    if (state.off.columns.has(group[0].column)) return;
    const placed = placedInCell(group, limitOf(cell, isClosed), surfaced);
    visible.push(...placed.nodes.filter((node) => node.passes || surfaced.has(node.id)));
    const ids = placed.nodes.map((node) => node.id);
    if (placed.hidden > 0) {
      tiles.push({ id: TILE + cell, cell, count: placed.hidden, total: placed.total });
      ids.push(TILE + cell);
    }
    items.set(cell, ids);
  });
  const filled = new Set(cellMembers().keys());
  return { ...layGrid(items, page.rows, columns), filled, nodes: visible, tiles };
}

/** The entities of a cell that have a place of their own, and how many are hidden behind its tile. */
function placedInCell(group, limit, surfaced) {
  const passing = group.filter((node) => node.passes);
  if (limit >= passing.length) return { nodes: group, hidden: 0, total: passing.length };
  const placed = passing.filter((node, index) => index < limit || surfaced.has(node.id));
  return { nodes: placed, hidden: passing.length - placed.length, total: passing.length };
}

/** Entities that are drawn even in a closed cell: what is looked at, and its neighbours with most relations. */
function surfacedIds() {
  if (state.edge) return [edgeById.get(state.edge).from, edgeById.get(state.edge).to];
  if (!state.node) return [];
  const neighbours = [...nodeById.get(state.node).neighbours].sort(
    (a, b) => nodeById.get(b).neighbours.length - nodeById.get(a).neighbours.length,
  );
  return [state.node, ...neighbours.filter((id) => nodeById.get(id).passes).slice(0, state.limit)];
}
