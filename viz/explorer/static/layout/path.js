// Path: the fewest relations between two entities that pass the filters, whichever way each of them goes.

import { nodeById } from "../data/page.js";

function otherEnd(edge, id) {
  return edge.from === id ? edge.to : edge.from;
}

/** The relations of a shortest path, from its start to its end; null when there is none. Denied ones lead nowhere. */
export function shortestPath(start, end, leads) {
  const cameBy = new Map([[start, null]]);
  let front = [start];
  while (front.length && !cameBy.has(end)) {
    const next = [];
    front.forEach((id) => {
      const node = nodeById.get(id);
      [...node.out, ...node.in].filter(leads).forEach((edge) => {
        const reached = otherEnd(edge, id);
        if (cameBy.has(reached)) return;
        cameBy.set(reached, edge);
        next.push(reached);
      });
    });
    front = next;
  }
  return cameBy.has(end) ? pathBack(cameBy, end) : null;
}

function pathBack(cameBy, end) {
  const edges = [];
  for (let id = end; cameBy.get(id); id = otherEnd(edges.at(-1), id)) edges.push(cameBy.get(id));
  return edges.reverse();
}
