// Near: one thing in the middle, what it says on the right, what is said of it on the left. A neighbour can be
// opened, then its own neighbours stand one step farther out.

const NEAR_STEPS = [17, 40]; // least and greatest room from neighbour to neighbour, in px
const NAME_ROOM = 280; // for the names outside the neighbours, at most

function isNear() {
  return state.view === "near" && state.node !== null;
}

function nearScene() {
  if (!state.node) return { nodes: [], edges: [], rows: [], columns: [], size: { width: 1, height: 1 } };
  const rings = nearRings(nodeById.get(state.node));
  const measures = nearMeasures(rings);
  const places = new Map([[state.node, { x: 0, y: 0, side: 0, ring: 0 }]]);
  rings.forEach((ids, ring) => {
    ids.forEach((id, index) => {
      const x = Math.sign(ring) * (measures.reach + (Math.abs(ring) - 1) * measures.next);
      places.set(id, { x, y: (index - (ids.length - 1) / 2) * measures.step, side: Math.sign(ring), ring });
    });
  });
  const held = [...places.keys()].map((id) => nodeById.get(id));
  const inner = new Set([state.node, ...state.grown]);
  const among = held.flatMap((node) => node.out).filter((edge) => inner.has(edge.from) || inner.has(edge.to));
  return { places, nodes: held, edges: among, rows: [], columns: [], size: { width: 1, height: 1 }, measures, rest: rings.rest };
}

/** Ids by ring: 1 says something on the right, -1 on the left, 2 and -2 what was opened, and so on. */
function nearRings(node) {
  const taken = new Set([node.id]);
  const side = (list, end) =>
    list
      .filter((edge) => edge.holds && nodeById.get(edge[end]).passes)
      .sort((one, other) => edgeLabel(one).localeCompare(edgeLabel(other)) || (one[end] < other[end] ? -1 : 1))
      .map((edge) => edge[end]);
  const right = [...new Set(side(node.out, "to"))].filter((id) => !taken.has(id));
  const left = [...new Set(side(node.in, "from"))].filter((id) => !taken.has(id) && !right.includes(id));
  const share = Math.ceil((state.most * right.length) / Math.max(1, right.length + left.length));
  const rings = new Map([
    [1, heaviest(right, share)],
    [-1, heaviest(left, state.most - share)],
  ]);
  rings.rest = right.length + left.length - rings.get(1).length - rings.get(-1).length;
  rings.forEach((ids) => ids.forEach((id) => taken.add(id)));
  for (let ring = 1; growRing(rings, ring, taken) | growRing(rings, -ring, taken); ring += 1);
  return rings;
}

function heaviest(ids, most) {
  if (ids.length <= most) return ids;
  const kept = [...ids].sort((one, other) => nodeById.get(other).neighbours.length - nodeById.get(one).neighbours.length);
  const chosen = new Set(kept.slice(0, most));
  return ids.filter((id) => chosen.has(id));
}

function growRing(rings, ring, taken) {
  const next = ring + Math.sign(ring);
  (rings.get(ring) || []).filter((id) => state.grown.has(id)).forEach((id) => {
    const others = nodeById.get(id).neighbours.filter((each) => !taken.has(each) && nodeById.get(each).passes);
    heaviest(others, state.most).forEach((other) => {
      taken.add(other);
      rings.set(next, [...(rings.get(next) || []), other]);
    });
  });
  return rings.has(next) ? 1 : 0;
}

/** How many neighbours of a thing are not drawn. */
function hiddenNeighbours(node) {
  return node.neighbours.filter((id) => nodeById.get(id).passes && !scene.places.has(id)).length;
}

function growNear(id) {
  const next = new Set(state.grown);
  if (!next.delete(id)) next.add(id);
  camera = null;
  change({ grown: next });
}

/** The measures of the drawing, from the size of the window: at full size it fills it. */
function nearMeasures(rings) {
  const most = Math.max(1, ...[...rings.values()].map((ids) => ids.length));
  const step = Math.min(NEAR_STEPS[1], Math.max(NEAR_STEPS[0], (stage.clientHeight - 70) / most));
  const names = Math.min(NAME_ROOM, stage.clientWidth * 0.25);
  const both = rings.get(1).length && rings.get(-1).length;
  const room = both ? stage.clientWidth / 2 : stage.clientWidth - 110;
  return { step, names, reach: Math.min(400, Math.max(110, room - names - 16)), next: names + 130 };
}

function nearBox() {
  const { measures, places } = scene;
  const held = [...places.values()];
  const far = (side) => Math.max(0, ...held.filter((place) => place.side === side).map((place) => Math.abs(place.x)));
  const half = Math.min(110, measures.names / 2);
  const ys = held.map((place) => place.y);
  return {
    left: far(-1) ? -far(-1) - measures.names - 16 : -half,
    right: far(1) ? far(1) + measures.names + 16 : half,
    top: Math.min(...ys) - 34,
    bottom: Math.max(...ys) + (held.length > 1 ? 34 : 80),
  };
}

/** Names stand outside, relations inside, so that neither crosses the other. */
function paintNear(ctx) {
  const scale = network.getScale();
  const radius = symbolRadius(scale);
  const { step, names } = scene.measures;
  const most = Math.max(1, Math.floor((step * scale) / LEADING));
  shownNodes.forEach((node) => {
    const { x, y } = toScreen(node.x, node.y);
    ctx.font = `${node.side ? 400 : 700} ${node.side ? 13 : 14}px ${FONT}`;
    const more = node.side ? hiddenNeighbours(node) : 0;
    const words = (node.side && state.lang === "vi" ? node.label : name(node)) + (more ? ` +${more}` : "");
    const [room, count] = node.side ? [Math.max(60, names * Math.min(1, scale)), Math.min(2, most)] : [Math.min(200, names * 1.2), 4];
    const lines = breakLines(ctx, words, room, count);
    const width = Math.max(...lines.map((line) => ctx.measureText(line).width));
    const height = lines.length * LEADING;
    const left = node.side < 0 ? x - radius - 6 - width : node.side ? x + radius + 6 : x - width / 2;
    const top = node.side ? y - height / 2 : y + radius + 9;
    const box = { left, top, right: left + width, bottom: top + height, id: node.id, lines };
    if (node.side && !isFree({ ...box, top: top + 2, bottom: top + height - 2 })) return;
    placed.push(box);
    const at = node.side < 0 ? left + width : node.side ? left : x;
    writeLines(ctx, lines, at, top, node.side < 0 ? "right" : node.side ? "left" : "center");
  });
  paintNearRelations(ctx, radius);
}

/** Words of the relations, from the top; what repeats the line above it is left out. */
function paintNearRelations(ctx, radius) {
  const around = shownNodes.filter((node) => Math.abs(node.ring) === 1).sort((one, other) => one.y - other.y);
  const above = {};
  around.forEach((node) => {
    const own = shownEdges.filter((edge) => touches(edge, node.id) && touches(edge, state.node));
    const words = own.map(edgeLabel).join(" · ");
    if (words !== above[node.side]) paintNearRelation(ctx, node, words, own, radius);
    above[node.side] = words;
  });
}

function paintNearRelation(ctx, node, words, own, radius) {
  const { x, y } = toScreen(node.x, node.y);
  ctx.font = `12px ${FONT}`;
  const text = clip(ctx, words, Math.abs(node.x) * network.getScale() - 60);
  const colour = own.some((edge) => leadMode(edge) === "denied") ? "--denied" : "--muted";
  const align = node.side > 0 ? "right" : "left";
  writeLines(ctx, [text], x - node.side * (radius + 14), y - LEADING, align, colour);
}
