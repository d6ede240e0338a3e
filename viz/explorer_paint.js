// Paint: bands, headings and labels on the canvas, at a constant size on the screen.

const FONT = 'system-ui, "Noto Sans", sans-serif';
const LEADING = 14;
const MOST_RELATIONS = 14; // words on lines; a hub has more than can be read there
let placed = []; // boxes of the labels drawn last, in px: { left, top, right, bottom, id }

/** Run a painter with one unit = one CSS pixel, the origin in the upper left corner. */
function inPixels(ctx, painter) {
  const ratio = ctx.canvas.width / stage.clientWidth;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  painter();
  ctx.restore();
}

function toScreen(x, y) {
  const { x: left, y: top } = network.getViewPosition();
  const scale = network.getScale();
  return { x: (x - left) * scale + stage.clientWidth / 2, y: (y - top) * scale + stage.clientHeight / 2 };
}

/** Before the edges: stripes for the columns, lines between the rows. */
function paintBelow(ctx) {
  if (network.getScale() !== styledScale) styleEdges();
  if (isNear()) return;
  inPixels(ctx, () => {
    const grid = gridBox();
    const from = toScreen(grid.left, grid.top);
    const to = toScreen(grid.right, grid.bottom);
    columns.forEach(([, start, end], index) => {
      if (index % 2) return;
      ctx.fillStyle = token("--stripe");
      const left = toScreen(start, 0).x;
      ctx.fillRect(left, from.y, toScreen(end, 0).x - left, to.y - from.y);
    });
    ctx.fillStyle = token("--line");
    rows.forEach(([, , end]) => ctx.fillRect(from.x, Math.round(toScreen(0, end).y), to.x - from.x, 1));
  });
}

const filledCells = new Set(nodes.map((node) => `${node.row}|${node.column}`));

/** A word in each empty cell of an architecture layer. */
function paintGaps(ctx) {
  ctx.font = `11px ${FONT}`;
  ctx.fillStyle = token("--muted");
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const words = t("gap");
  rows.filter(([row]) => row !== "external" && row in data.words.codes).forEach(([row, top, bottom]) => {
    columns.forEach(([column, left, right]) => {
      if (column === SHARED || filledCells.has(`${row}|${column}`)) return;
      const start = toScreen(left, top);
      const end = toScreen(right, bottom);
      const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
      const half = ctx.measureText(words).width / 2 + 3;
      const box = { left: middle.x - half, right: middle.x + half, top: middle.y - 7, bottom: middle.y + 7 };
      const fits = end.x - start.x > 2 * half && end.y - start.y > 13 && box.left > gutter().left;
      if (fits && isFree(box)) {
        ctx.fillText(words, middle.x, middle.y);
      }
    });
  });
}

/** After the symbols: rings, labels, then the headings over what slides below them. */
function paintAbove(ctx) {
  inPixels(ctx, () => {
    placed = [];
    ctx.lineJoin = "round";
    paintRings(ctx);
    if (isNear()) paintNear(ctx);
    else {
      paintLabels(ctx);
      paintEdgeLabels(ctx);
      paintGaps(ctx);
      paintHeadings(ctx);
    }
    paintHover(ctx);
  });
}

function paintRings(ctx) {
  const scale = network.getScale();
  [state.node, candidate].forEach((id, index) => {
    if (!id) return;
    const node = nodeById.get(id);
    const { x, y } = toScreen(node.x, node.y);
    ctx.beginPath();
    ctx.arc(x, y, symbolRadius(scale) + 5, 0, 2 * Math.PI);
    ctx.lineWidth = 2.5;
    ctx.setLineDash(index ? [4, 3] : []);
    ctx.strokeStyle = token("--accent");
    ctx.stroke();
    ctx.setLineDash([]);
  });
}

function paintLabels(ctx) {
  const lit = litNodes();
  if (lit) {
    const first = [state.node, candidate].filter(Boolean);
    [...new Set([...first, ...lit])]
      .filter((id) => isShownNode(nodeById.get(id)))
      .forEach((id) => paintLabel(ctx, nodeById.get(id), id === state.node, 1, true));
  }
  freeLabels(ctx).forEach((node) => {
    if (!lit || !lit.has(node.id)) paintLabel(ctx, node, false, lit ? 0.28 : 1, Boolean(lit));
  });
}

const byWeight = [...nodes].sort(
  (one, other) => other.neighbours.length - one.neighbours.length || (one.id < other.id ? -1 : 1),
);
let freeFor = "";
let freeNodes = [];

/** The labels that touch no symbol and no label of a weightier node at this zoom; panning changes nothing. */
function freeLabels(ctx) {
  const scale = network.getScale();
  const key = [scale, state.lang, gridBox().right, gridBox().bottom, shownNodes.length, filterTurn].join("|");
  if (key === freeFor) return freeNodes;
  freeFor = key;
  const room = new Room();
  const radius = symbolRadius(scale) + 1;
  shownNodes.forEach(({ x, y }) => {
    const [left, top] = [x * scale, y * scale];
    room.add({ left: left - radius, top: top - radius, right: left + radius, bottom: top + radius });
  });
  const border = gridBox().right * scale;
  freeNodes = byWeight.filter((node) => {
    if (!isShownNode(node)) return false;
    const { width, height } = labelSize(ctx, node);
    const left = node.x * scale + radius + 3;
    const top = node.y * scale - height / 2;
    const box = { left, top, right: left + width + 3, bottom: top + height };
    const free = box.right <= border && room.isFree(box);
    if (free) room.add(box);
    return free;
  });
  return freeNodes;
}

/** Boxes in squares, so that a box is held against its neighbours only. */
class Room {
  constructor() {
    this.squares = new Map();
  }

  keys({ left, top, right, bottom }) {
    const found = [];
    for (let x = Math.floor(left / 80); x <= right / 80; x += 1) {
      for (let y = Math.floor(top / 80); y <= bottom / 80; y += 1) found.push(x * 65536 + y);
    }
    return found;
  }

  add(box) {
    this.keys(box).forEach((key) => {
      if (!this.squares.has(key)) this.squares.set(key, []);
      this.squares.get(key).push(box);
    });
  }

  isFree(box) {
    return !this.keys(box).some((key) => (this.squares.get(key) || []).some((other) => meets(box, other)));
  }
}

function meets(box, other) {
  return box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
}

/** Size of a label in px; measured once in each language. */
function labelSize(ctx, node) {
  const language = state.lang === "vi" ? 0 : 1;
  node.sizes = node.sizes || [];
  if (!node.sizes[language]) {
    ctx.font = `400 12px ${FONT}`;
    const lines = node.lines[language];
    const width = Math.max(...lines.map((line) => ctx.measureText(line).width));
    node.sizes[language] = { width, height: lines.length * LEADING };
  }
  return node.sizes[language];
}

/** Draw the label of a node beside its symbol; `careful` looks for a place that is still free. */
function paintLabel(ctx, node, strong, alpha, careful) {
  const { x, y } = toScreen(node.x, node.y);
  if (x < -40 || y < -20 || x > stage.clientWidth + 20 || y > stage.clientHeight + 20) return;
  ctx.font = `${strong ? 700 : 400} 12px ${FONT}`;
  const lines = strong ? breakLines(ctx, name(node), 190, 3) : node.lines[state.lang === "vi" ? 0 : 1];
  const width = Math.max(...lines.map((line) => ctx.measureText(line).width));
  const height = lines.length * LEADING;
  const gap = symbolRadius(network.getScale()) + 4;
  const spots = [
    { left: x + gap, top: y - height / 2 },
    { left: x - gap - width, top: y - height / 2 },
    { left: x - width / 2, top: y + gap },
    { left: x - width / 2, top: y - gap - height },
  ].map((spot) => ({ ...spot, right: spot.left + width, bottom: spot.top + height, id: node.id }));
  const inside = ({ left, right }) => left > gutter().left && right < stage.clientWidth;
  const free = careful ? spots.find((each) => inside(each) && isFree(each)) : spots[0];
  const spot = free || (strong && pushedInside(spots[2]));
  if (!spot) return;
  placed.push(spot);
  ctx.globalAlpha = alpha;
  writeLines(ctx, lines, spot.left, spot.top, "left");
  ctx.globalAlpha = 1;
}

function pushedInside(box) {
  const width = box.right - box.left;
  const left = Math.min(stage.clientWidth - width - 4, Math.max(gutter().left + 4, box.left));
  return { ...box, left, right: left + width };
}

function isFree(box) {
  return !placed.some((other) => meets(box, other));
}

/** Write lines with a rim in the colour of the ground, so that edges do not cross the letters. */
function writeLines(ctx, lines, x, top, align, colour = "--text") {
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = token("--ground");
  ctx.fillStyle = token(colour);
  lines.forEach((line, index) => {
    const y = top + LEADING * (index + 0.5);
    ctx.strokeText(line, x, y);
    ctx.fillText(line, x, y);
  });
}

function labelAt({ x, y }) {
  const hit = placed.find((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  return hit && hit.id;
}

/** The relations of what is looked at, in words, each where it is free on its line. */
function paintEdgeLabels(ctx) {
  if (!litNodes() && !hoveredEdge) return;
  ctx.font = `11.5px ${FONT}`;
  const lit = shownEdges.filter((edge) => (litNodes() && isLitEdge(edge)) || edge.id === hoveredEdge);
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
    .find((each) => each.left > gutter().left && isFree(each));
  if (!spot) return;
  placed.push(spot);
  const colour = leadMode(edge) === "denied" ? "--denied" : "--muted";
  writeLines(ctx, [words], spot.x, spot.top + 1, "center", colour);
}

/** The full name of what the pointer is on. */
function paintHover(ctx) {
  if (!hovered) return;
  const node = nodeById.get(hovered);
  const { x, y } = toScreen(node.x, node.y);
  const lines = [name(node), word("kinds", node.kind)];
  ctx.font = `600 13px ${FONT}`;
  const width = Math.min(420, Math.max(...lines.map((line) => ctx.measureText(line).width)) + 20);
  const left = Math.max(4, Math.min(x + 14, stage.clientWidth - width - 4));
  const top = Math.max(36, y - 52);
  ctx.fillStyle = token("--surface");
  ctx.strokeStyle = token("--border");
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.roundRect(left, top, width, 42, 6);
  ctx.fill();
  ctx.stroke();
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = token("--text");
  ctx.fillText(lines[0], left + 10, top + 14, width - 20);
  ctx.font = `12px ${FONT}`;
  ctx.fillStyle = token("--muted");
  ctx.fillText(lines[1], left + 10, top + 31, width - 20);
}

function paintHeadings(ctx) {
  const room = gutter();
  ctx.fillStyle = token("--heading");
  ctx.fillRect(0, 0, stage.clientWidth, room.top);
  ctx.fillRect(0, 0, room.left, stage.clientHeight);
  ctx.fillStyle = token("--border");
  ctx.fillRect(0, room.top - 1, stage.clientWidth, 1);
  ctx.fillRect(room.left - 1, 0, 1, stage.clientHeight);
  ctx.textBaseline = "middle";
  columns.forEach((band) => paintColumnHeading(ctx, band, room));
  rows.forEach((band) => paintRowHeading(ctx, band, room));
}

function paintColumnHeading(ctx, [key, start, end], room) {
  const left = Math.max(room.left, toScreen(start, 0).x);
  const right = Math.min(stage.clientWidth, toScreen(end, 0).x);
  if (right - left < 24) return;
  ctx.textAlign = "center";
  ctx.fillStyle = state.off.columns.has(key) ? token("--muted") : token("--text");
  ctx.font = `600 13px ${FONT}`;
  const short = ctx.measureText(columnName(key)).width <= right - left - 6;
  if (!short) ctx.font = `600 11px ${FONT}`;
  const lines = short ? [columnName(key)] : breakLines(ctx, columnName(key), right - left - 4, 2);
  const first = room.top / 2 - (lines.length - 1) * 6.5;
  lines.forEach((line, index) => ctx.fillText(line, (left + right) / 2, first + index * 13));
  if (left > room.left) {
    ctx.fillStyle = token("--border");
    ctx.fillRect(left, 6, 1, room.top - 12);
  }
}

function paintRowHeading(ctx, [key, start, end], room) {
  const top = Math.max(room.top, toScreen(0, start).y);
  const bottom = Math.min(stage.clientHeight, toScreen(0, end).y);
  if (bottom - top < 13) return;
  ctx.font = `600 12px ${FONT}`;
  ctx.textAlign = "left";
  ctx.fillStyle = token("--text");
  const most = Math.max(1, Math.floor((bottom - top) / 14));
  const lines = breakLines(ctx, rowName(key), room.left - 16, most);
  const first = (top + bottom) / 2 - (lines.length * 14) / 2;
  lines.forEach((line, index) => ctx.fillText(line, 10, first + 14 * (index + 0.5)));
  if (top > room.top) {
    ctx.fillStyle = token("--border");
    ctx.fillRect(8, Math.round(top), room.left - 16, 1);
  }
}

function breakLines(ctx, text, width, most) {
  const lines = [""];
  text.split(" ").forEach((each) => {
    const longer = `${lines[lines.length - 1]} ${each}`.trim();
    if (ctx.measureText(longer).width <= width || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
    else lines.push(each);
  });
  if (lines.length > most) lines.splice(most - 1, lines.length, lines.slice(most - 1).join(" "));
  return lines.map((line) => clip(ctx, line, width));
}

function clip(ctx, text, width) {
  if (ctx.measureText(text).width <= width) return text;
  let kept = text;
  while (kept && ctx.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1);
  return `${kept}…`;
}
