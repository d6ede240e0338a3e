// Near: one entity in the middle, what it says on the right, what is said of it on the left.

const STEPS = [17, 40]; // least and greatest room from neighbour to neighbour, in px
const NAME_ROOM = 280; // for the names outside the neighbours, at most

function isNear() {
  return state.near && state.node !== null;
}

/** Give each node its place: on the grid, or around the one that is looked at. */
function placeNodes() {
  const around = isNear() ? nearPlaces(nodeById.get(state.node)) : new Map();
  nodes.forEach((node) => {
    const { x, y, side } = around.get(node.id) || node.grid;
    Object.assign(node, { x, y, side: side || 0 });
  });
}

function nearPlaces(node) {
  const order = (list, end) =>
    list
      .filter(passesEdge)
      .sort(
        (one, other) => edgeLabel(one).localeCompare(edgeLabel(other)) || (one[end] < other[end] ? -1 : 1),
      )
      .map((edge) => edge[end]);
  const right = [...new Set(order([...node.out], "to"))].filter((id) => id !== node.id);
  const before = new Set(order([...node.in], "from"));
  const left = [...before].filter((id) => id !== node.id && !right.includes(id));
  const measures = nearMeasures(right.length, left.length);
  const middle = [node.id, { x: 0, y: 0, side: 0 }];
  return new Map([middle, ...nearSide(right, 1, measures), ...nearSide(left, -1, measures)]);
}

/** The measures of the drawing, from the size of the window: at full size it fills it. */
function nearMeasures(right, left) {
  const most = Math.max(1, right, left);
  const step = Math.min(STEPS[1], Math.max(STEPS[0], (stage.clientHeight - 70) / most));
  const names = Math.min(NAME_ROOM, stage.clientWidth * 0.3);
  const room = right && left ? stage.clientWidth / 2 : stage.clientWidth - 110;
  return { step, names, side: Math.min(400, Math.max(110, room - names - 16)) };
}

function nearSide(ids, side, { step, side: reach }) {
  return ids.map((id, index) => [id, { x: side * reach, y: (index - (ids.length - 1) / 2) * step, side }]);
}

function fitNear() {
  const held = nodes.filter(isShownNode);
  const names = nearMeasures(1, 1).names + 16;
  const sides = new Set(held.map((node) => node.side));
  const ys = held.map((node) => node.y);
  const left = Math.min(...held.map((node) => node.x)) - (sides.has(-1) ? names : 120);
  const right = Math.max(...held.map((node) => node.x)) + (sides.has(1) ? names : 120);
  const below = held.length > 1 ? 34 : 80;
  fitBox({ left, right, top: Math.min(...ys) - 34, bottom: Math.max(...ys) + below }, 1);
}

/** Names stand outside, relations inside, so that neither crosses the other. */
function paintNear(ctx) {
  const radius = symbolRadius(network.getScale());
  const [right, left] = [1, -1].map((side) => shownNodes.filter((node) => node.side === side).length);
  const { step, names } = nearMeasures(right, left);
  const most = Math.max(1, Math.floor((step * network.getScale()) / LEADING));
  shownNodes.forEach((node) => {
    const { x, y } = toScreen(node.x, node.y);
    ctx.font = `${node.side ? 400 : 700} ${node.side ? 13 : 14}px ${FONT}`;
    const words = node.side && state.lang === "vi" ? node.label : name(node);
    const [room, count] = node.side ? [names, Math.min(2, most)] : [Math.min(200, names * 1.2), 4];
    const lines = breakLines(ctx, words, room, count);
    const width = Math.max(...lines.map((line) => ctx.measureText(line).width));
    const height = lines.length * LEADING;
    const left = node.side < 0 ? x - radius - 6 - width : node.side ? x + radius + 6 : x - width / 2;
    const top = node.side ? y - height / 2 : y + radius + 9;
    const box = { left, top, right: left + width, bottom: top + height, id: node.id };
    if (node.side && !isFree({ ...box, top: top + 2, bottom: top + height - 2 })) return;
    placed.push(box);
    const at = node.side < 0 ? left + width : node.side ? left : x;
    writeLines(ctx, lines, at, top, node.side < 0 ? "right" : node.side ? "left" : "center");
  });
  paintNearRelations(ctx, radius);
}

/** Words of the relations, from the top; what repeats the line above it is left out. */
function paintNearRelations(ctx, radius) {
  const around = shownNodes.filter((node) => node.side).sort((one, other) => one.y - other.y);
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
