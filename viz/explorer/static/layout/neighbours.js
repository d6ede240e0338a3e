// Neighbours: one entity in the middle, what it says on the right, what is said of it on the left. A neighbour can be
// opened; then its own neighbours stand one ring farther out.

import { nodeById } from "../data/page.js";
import { frameSize } from "./frame.js";
import { change, keepCameraPlace, state } from "../state/state.js";
import { edgeLabel } from "../wording/statements.js";

const STEP_ROOM = [17, 56]; // least and greatest room from neighbour to neighbour, in px
const NAME_ROOM = 280; // for the names outside the neighbours, at most
export const EMPTY_SCENE = { nodes: [], edges: [], rows: [], columns: [], size: { width: 1, height: 1 } };

export function isNear() {
  return state.view === "near" && state.node !== null;
}

export function nearScene() {
  if (!state.node) return EMPTY_SCENE;
  const { rings, hidden } = nearRings(nodeById.get(state.node));
  const measures = nearMeasures(rings);
  const places = new Map([[state.node, { x: 0, y: 0, side: 0, ring: 0 }]]);
  rings.forEach((ids, ring) => {
    const side = Math.sign(ring);
    const x = side * (measures.reach + (Math.abs(ring) - 1) * measures.next);
    ids.forEach((id, index) => places.set(id, { x, y: (index - (ids.length - 1) / 2) * measures.step, side, ring }));
  });
  const placed = [...places.keys()].map((id) => nodeById.get(id));
  const inner = new Set([state.node, ...state.grown]);
  const joined = placed.flatMap((node) => node.out).filter((edge) => inner.has(edge.from) || inner.has(edge.to));
  return { ...EMPTY_SCENE, places, nodes: placed, edges: joined, measures, hidden };
}

/** Ids by ring (1 right, -1 left, 2 and -2 what was opened, and so on), and how many neighbours are not shown. */
function nearRings(node) {
  const outgoing = neighboursAt(node.out, "to").filter((id) => id !== node.id);
  const incoming = neighboursAt(node.in, "from").filter((id) => id !== node.id && !outgoing.includes(id));
  const share = Math.ceil((state.limit * outgoing.length) / Math.max(1, outgoing.length + incoming.length));
  const rings = new Map([
    [1, heaviest(outgoing, share)],
    [-1, heaviest(incoming, state.limit - share)],
  ]);
  const hidden = outgoing.length + incoming.length - rings.get(1).length - rings.get(-1).length;
  const taken = new Set([node.id, ...rings.get(1), ...rings.get(-1)]);
  for (let ring = 1; rings.has(ring) || rings.has(-ring); ring += 1) {
    [ring, -ring].forEach((inner) => growRing(rings, inner, taken));
  }
  return { rings, hidden };
}

/** The other ends of relations that pass, in the order of their words. */
function neighboursAt(list, end) {
  const passing = list.filter((edge) => edge.holds && nodeById.get(edge[end]).passes);
  const inOrder = passing.sort((a, b) => edgeLabel(a).localeCompare(edgeLabel(b)) || (a[end] < b[end] ? -1 : 1));
  return [...new Set(inOrder.map((edge) => edge[end]))];
}

/** Those with most neighbours, in the order given. */
function heaviest(ids, limit) {
  if (ids.length <= limit) return ids;
  const byCount = [...ids].sort((a, b) => nodeById.get(b).neighbours.length - nodeById.get(a).neighbours.length);
  const chosen = new Set(byCount.slice(0, limit));
  return ids.filter((id) => chosen.has(id));
}

/** Put the neighbours of what is opened in a ring into the next ring. */
function growRing(rings, ring, taken) {
  const next = ring + Math.sign(ring);
  (rings.get(ring) || []).filter((id) => state.grown.has(id)).forEach((id) => {
    const canStand = (neighbour) => !taken.has(neighbour) && nodeById.get(neighbour).passes;
    const free = nodeById.get(id).neighbours.filter(canStand);
    heaviest(free, state.limit).forEach((neighbour) => {
      taken.add(neighbour);
      rings.set(next, [...(rings.get(next) || []), neighbour]);
    });
  });
}

/** Show the neighbours of a neighbour, or hide them again. */
export function growNear(id) {
  const grown = new Set(state.grown);
  if (!grown.delete(id)) grown.add(id);
  keepCameraPlace(null);
  change({ grown });
}

/** The measures of the drawing, from the size of the window: at full size it fills it. */
function nearMeasures(rings) {
  const { width, height } = frameSize();
  const longest = Math.max(1, ...[...rings.values()].map((ids) => ids.length));
  const step = Math.min(STEP_ROOM[1], Math.max(STEP_ROOM[0], (height - 70) / longest));
  const names = Math.min(NAME_ROOM, width * 0.25);
  const hasBothSides = rings.get(1).length && rings.get(-1).length;
  const room = hasBothSides ? width / 2 : width - 110;
  return { step, names, reach: Math.min(400, Math.max(110, room - names - 16)), next: names + 130 };
}

/** The borders of a scene of neighbours, with the room of their names. */
export function nearBox({ measures, places }) {
  const all = [...places.values()];
  const reach = (side) => Math.max(0, ...all.filter((place) => place.side === side).map((place) => Math.abs(place.x)));
  const half = Math.min(110, measures.names / 2);
  const heights = all.map((place) => place.y);
  return {
    left: reach(-1) ? -reach(-1) - measures.names - 16 : -half,
    right: reach(1) ? reach(1) + measures.names + 16 : half,
    top: Math.min(...heights) - 34,
    bottom: Math.max(...heights) + (all.length > 1 ? 34 : 80),
  };
}
