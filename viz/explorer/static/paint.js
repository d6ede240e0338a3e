// Paint: symbols and tiles, and in which order everything is painted.

/** Draw one item; vis-network calls this for each that is not hidden. */
function drawItem({ ctx, id, x, y, style }) {
  if (isTile(id)) return drawTile(ctx, id, x, y);
  const node = nodeById.get(id);
  const scale = network ? network.getScale() : 1;
  const radius = symbolRadius(scale) / scale;
  const reach = 2 * Math.max(radius, Math.min(9 / scale, 16));
  return {
    drawNode() {
      ctx.globalAlpha = isDimmed(id) ? 0.2 : 1;
      ctx.translate(x, y);
      ctx.scale(radius, radius);
      ctx.fillStyle = style.color;
      ctx.fill(paths[node.family]);
    },
    nodeDimensions: { width: reach, height: reach },
  };
}

/** Half the size of a tile, in px on the screen. */
function tileSize(scale) {
  const high = Math.min(13, Math.max(7, 0.42 * (scene.slotHeight || SLOT_HEIGHT) * scale));
  return { x: Math.min(24, Math.max(high, 0.42 * TILE_WIDTH * scale)), y: high };
}

function drawTile(ctx, id, x, y) {
  const tile = tileById.get(id);
  const scale = network ? network.getScale() : 1;
  const half = tileSize(scale);
  const isWhole = tile.count === tile.total;
  return {
    drawNode() {
      ctx.translate(x, y);
      ctx.scale(1 / scale, 1 / scale);
      ctx.globalAlpha = litNodes() ? 0.45 : 1;
      ctx.fillStyle = token("--badge");
      ctx.strokeStyle = token("--control");
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.roundRect(-half.x, -half.y, 2 * half.x, 2 * half.y, 4);
      ctx.fill();
      ctx.stroke();
      ctx.fillStyle = token("--text");
      ctx.font = `600 ${Math.min(12, Math.max(10, half.y))}px ${FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(`${isWhole ? "" : "+"}${tile.count}`, 0, 0.5, 2 * half.x - 2);
    },
    nodeDimensions: { width: (2 * half.x) / scale, height: (2 * half.y) / scale },
  };
}

function paintBelow(ctx) {
  if (network.getScale() !== styledScale) styleEdges();
  inPixels(ctx, () => {
    if (hasHeadings()) paintGround(ctx);
    paintHoverLines(ctx);
    if (state.view === "time") paintPlans(ctx);
  });
}

/** After the symbols: rings, labels, then the headings over what slides below them. */
function paintAbove(ctx) {
  inPixels(ctx, () => {
    placed = [];
    blocked = [];
    ctx.lineJoin = "round";
    paintRings(ctx);
    if (isNear()) paintNear(ctx);
    else {
      paintLabels(ctx);
      paintEdgeLabels(ctx);
    }
    if (state.view === "grid") paintGaps(ctx);
    if (hasHeadings()) paintHeadings(ctx);
    if (showsBands()) paintBands(ctx);
    paintHover(ctx);
  });
}

/** At an overview without lines: those of what the pointer is on. */
function paintHoverLines(ctx) {
  if (!hovered || isTile(hovered) || litNodes() || lines.length) return;
  const node = nodeById.get(hovered);
  const from = toScreen(node.x, node.y);
  ctx.strokeStyle = token("--edge");
  ctx.lineWidth = 1.2;
  node.neighbours.filter((id) => shownIds.has(id)).forEach((id) => {
    const to = toScreen(nodeById.get(id).x, nodeById.get(id).y);
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
  });
}

/** Timeline: a dashed line from where a thing stands to the year in which what is planned of it is due. */
function paintPlans(ctx) {
  const middle = new Map(scene.columns.map(([key, start, end]) => [key, (start + end) / 2]));
  ctx.strokeStyle = token("--control");
  ctx.lineWidth = 1;
  ctx.setLineDash([7, 5]);
  shownNodes.forEach((node) => {
    const year = yearsOf(node)[1];
    if (!year || (state.node && state.node !== node.id)) return;
    const from = toScreen(node.x, node.y);
    const to = toScreen(middle.get(String(year)), node.y);
    ctx.beginPath();
    ctx.moveTo(from.x, from.y + 9);
    ctx.lineTo(to.x, from.y + 9);
    ctx.stroke();
    ctx.strokeRect(to.x - 4, from.y + 5, 8, 8);
  });
  ctx.setLineDash([]);
}

function paintRings(ctx) {
  const scale = network.getScale();
  [state.node, candidate].forEach((id, index) => {
    const item = id && itemOf(id);
    if (!item || item.x === undefined || (index === 0 && !shownIds.has(id))) return;
    const { x, y } = toScreen(item.x, item.y);
    ctx.beginPath();
    ctx.arc(x, y, (isTile(id) ? tileSize(scale).x : symbolRadius(scale)) + 5, 0, 2 * Math.PI);
    ctx.lineWidth = 2.5;
    ctx.setLineDash(index ? [4, 3] : []);
    ctx.strokeStyle = token("--accent");
    ctx.stroke();
    ctx.setLineDash([]);
  });
}

/** The full name of what the pointer is on. */
function paintHover(ctx) {
  if (!hovered || !itemOf(hovered)) return;
  const item = itemOf(hovered);
  const { x, y } = toScreen(item.x, item.y);
  if (item.cell) paintTip(ctx, [cellName(item.cell), t("tileHint", { n: number(String(item.count)) })], x, y);
  else paintTip(ctx, [name(item), word("kinds", item.kind)], x, y);
}

function cellName(cell) {
  const [row, column] = cell.split("|");
  return `${rowName(row)} · ${columnName(column)}`;
}

function paintTip(ctx, [title, below], x, y) {
  ctx.font = `600 13px ${FONT}`;
  const width = Math.min(420, Math.max(ctx.measureText(title).width, ctx.measureText(below).width) + 20);
  const left = Math.max(4, Math.min(x + 14, stage.clientWidth - width - 4));
  const top = Math.max(36, Math.min(stage.clientHeight - 46, y - 52));
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
  ctx.fillText(title, left + 10, top + 14, width - 20);
  ctx.font = `12px ${FONT}`;
  ctx.fillStyle = token("--muted");
  ctx.fillText(below, left + 10, top + 31, width - 20);
}
