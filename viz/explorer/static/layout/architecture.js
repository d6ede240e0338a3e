// Architecture: layers by provinces. What is filtered out leaves its place empty, unless cells are closed to tiles;
// a province that is filtered out gives its column to the others.

import { edgeById, nodeById, page } from "../data/page.js";
import { cellMembers, limitOf, TILE } from "./cells.js";
import { layGrid } from "./grid.js";
import { state } from "../state/state.js";

export function gridScene() {
  const items = new Map();
  const tiles = [];
  const visible = [];
  const surfaced = new Set(surfacedIds());
  const columns = page.columns.filter((column) => !state.off.columns.has(column));
  cellMembers().forEach((group, cell) => {
    if (state.off.columns.has(group[0].column)) return;
    const placed = placedInCell(group, limitOf(cell), surfaced);
    visible.push(...placed.nodes.filter((node) => node.passes || surfaced.has(node.id)));
    const ids = placed.nodes.map((node) => node.id);
    if (placed.hidden > 0) {
      tiles.push({ id: TILE + cell, cell, count: placed.hidden, total: placed.total });
      ids.push(TILE + cell);
    }
    items.set(cell, ids);
  });
  return { ...layGrid(items, page.rows, columns), nodes: visible, tiles };
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
