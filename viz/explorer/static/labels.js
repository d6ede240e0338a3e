// Labels: at a constant size, and only where they touch neither a symbol nor another label.

const LABEL_LINES = 2;
const MOST_RELATIONS = 14; // words on lines; a hub has more than can be read there
let placed = []; // boxes of the labels drawn last, in px: { left, top, right, bottom, id, lines }
let blocked = []; // boxes of the symbols that no label may cover

function isFree(box) {
  return !placed.some((other) => meets(box, other)) && !blocked.some((other) => meets(box, other));
}

/** While something is looked at, its symbol and those of its neighbours stay free of labels. */
function blockLit(lit) {
  const radius = symbolRadius(network.getScale());
  const half = tileSize(network.getScale());
  const ofTiles = tiles.map((tile) => {
    const { x, y } = toScreen(tile.x, tile.y);
    return { left: x - half.x, top: y - half.y, right: x + half.x, bottom: y + half.y };
  });
  blocked = [...(lit || [])].filter((id) => shownIds.has(id)).slice(0, 300).map((id) => {
    const { x, y } = toScreen(nodeById.get(id).x, nodeById.get(id).y);
    return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
  });
  blocked.push(...ofTiles);
}

function labelAt({ x, y }) {
  const hit = placed.find((box) => box.id && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  return hit && hit.id;
}

/** The words beside a symbol: the short name, without the province where the column says it. */
function drawnName(node) {
  if (state.lang !== "vi") return node.en || node.label;
  const place = node.province && node.province !== node.id && nodeById.get(node.province);
  if (!place || state.view !== "grid" || !node.label.endsWith(place.label)) return node.label;
  const bare = node.label.slice(0, -place.label.length).replace(/[\s,]+$/, "");
  return bare.length > 1 ? bare : node.label;
}

/** Lines and size of a label in px; measured once for each language and view. */
function labelOf(ctx, node) {
  const key = `${state.lang}${state.view === "grid"}`;
  node.labels = node.labels || {};
  if (!node.labels[key]) {
    ctx.font = `400 12px ${FONT}`;
    const texts = breakLines(ctx, drawnName(node), SLOT_WIDTH - 30, LABEL_LINES);
    const width = Math.max(...texts.map((line) => ctx.measureText(line).width));
    node.labels[key] = { lines: texts, width, height: texts.length * LEADING };
  }
  return node.labels[key];
}

function paintLabels(ctx) {
  const lit = litNodes();
  blockLit(lit);
  if (lit) {
    const first = [state.node, candidate].filter((id) => id && nodeById.has(id));
    [...new Set([...first, ...lit])]
      .filter((id) => shownIds.has(id))
      .forEach((id) => paintLabel(ctx, nodeById.get(id), id === state.node, 1, true));
  }
  freeLabels(ctx).forEach((node) => {
    if (!lit || !lit.has(node.id)) paintLabel(ctx, node, node.id === state.node, lit ? 0.28 : 1, Boolean(lit));
  });
}

let freeFor = "";
let freeNodes = [];

/** The labels that touch no symbol and no label of a weightier thing at this zoom; panning changes nothing. */
function freeLabels(ctx) {
  const scale = network.getScale();
  const key = [scale, state.lang, state.view, state.node, sceneTurn].join("|");
  if (key === freeFor) return freeNodes;
  freeFor = key;
  const room = new Room();
  const radius = symbolRadius(scale) + 1;
  [...shownNodes, ...tiles].forEach(({ id, x, y }) => {
    const half = isTile(id) ? tileSize(scale) : { x: radius, y: radius };
    room.add({ left: x * scale - half.x, top: y * scale - half.y, right: x * scale + half.x, bottom: y * scale + half.y });
  });
  const border = hasHeadings() ? scene.size.width * scale : Infinity;
  const first = shownIds.has(state.node) ? [nodeById.get(state.node)] : [];
  freeNodes = [...first, ...byWeight].filter((node, index) => {
    if (!shownIds.has(node.id) || (index && node === first[0])) return false;
    const { width, height } = labelOf(ctx, node);
    const left = node.x * scale + radius + 3;
    const top = node.y * scale - height / 2;
    const box = { left, top, right: left + width + 3, bottom: top + height };
    const free = box.right <= border + 4 && room.isFree(box);
    if (free) room.add(box);
    return free;
  });
  return freeNodes;
}

/** Draw the label of a thing beside its symbol; `careful` looks for a place that is still free. */
function paintLabel(ctx, node, strong, alpha, careful) {
  const { x, y } = toScreen(node.x, node.y);
  if (x < -40 || y < -20 || x > stage.clientWidth + 20 || y > stage.clientHeight + 20) return;
  ctx.font = `${strong ? 700 : 400} 12px ${FONT}`;
  const isWhole = strong && careful;
  const texts = isWhole ? breakLines(ctx, name(node), 190, 3) : labelOf(ctx, node).lines;
  ctx.font = `${strong ? 700 : 400} 12px ${FONT}`;
  const width = Math.max(...texts.map((line) => ctx.measureText(line).width));
  const height = texts.length * LEADING;
  const gap = symbolRadius(network.getScale()) + (node.id === state.node ? 9 : 4);
  const spots = [
    { left: x + gap, top: y - height / 2 },
    { left: x - gap - width, top: y - height / 2 },
    { left: x - width / 2, top: y + gap },
    { left: x - width / 2, top: y - gap - height },
  ].map((spot) => ({ ...spot, right: spot.left + width, bottom: spot.top + height, id: node.id, lines: texts }));
  const room = headingRoom();
  const inside = ({ left, right }) => left > room.left && right < stage.clientWidth - room.right;
  const free = careful ? spots.find((each) => inside(each) && isFree(each)) : spots[0];
  const spot = free || (strong && pushedInside(spots[2]));
  if (!spot) return;
  placed.push(spot);
  ctx.globalAlpha = alpha;
  writeLines(ctx, texts, spot.left, spot.top, "left");
  ctx.globalAlpha = 1;
}

function pushedInside(box) {
  const width = box.right - box.left;
  const left = Math.min(stage.clientWidth - width - 4, Math.max(headingRoom().left + 4, box.left));
  return { ...box, left, right: left + width };
}

/** The relations of what is looked at, in words, each where it is free on its line. */
function paintEdgeLabels(ctx) {
  ctx.font = `11.5px ${FONT}`;
  const lit = lines.filter((edge) => (litNodes() && isLitEdge(edge)) || edge.id === hoveredEdge || state.view === "deps");
  const few = lit.length <= MOST_RELATIONS ? lit : lit.filter((edge) => edge.id === hoveredEdge);
  few.forEach((edge) => paintEdgeLabel(ctx, edge));
}

function paintEdgeLabel(ctx, edge) {
  const live = network.body.edges[edge.id];
  const words = edgeLabel(edge);
  const width = ctx.measureText(words).width;
  const spot = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78]
    .map((part) => {
      const point = live.edgeType.getPoint(part);
      const { x, y } = toScreen(point.x, point.y);
      return { left: x - width / 2, top: y - 8, right: x + width / 2, bottom: y + 8, x };
    })
    .find((each) => each.left > headingRoom().left && isFree(each));
  if (!spot) return;
  placed.push(spot);
  const colour = leadMode(edge) === "denied" ? "--denied" : "--muted";
  writeLines(ctx, [words], spot.x, spot.top + 1, "center", colour);
}
