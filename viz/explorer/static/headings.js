// Headings: rows and columns are named at a constant size, over what slides below them.

function columnTitle(key) {
  if (state.view === "time") return key;
  if (state.view !== "deps") return columnName(key);
  const step = Number(key);
  if (!step) return t("level.self");
  return t(step < 0 ? "level.stops" : "level.needs", { n: Math.abs(step) });
}

function rowTitle(key) {
  return state.view === "time" ? t(`lane.${key}`) : rowName(key);
}

/** Before the lines: stripes for the columns, lines between the rows. */
function paintGround(ctx) {
  const from = toScreen(0, 0);
  const to = toScreen(scene.size.width, scene.size.height);
  scene.columns.forEach(([, start, end], index) => {
    if (index % 2) return;
    ctx.fillStyle = token("--stripe");
    const left = toScreen(start, 0).x;
    ctx.fillRect(left, from.y, toScreen(end, 0).x - left, to.y - from.y);
  });
  ctx.fillStyle = token("--line");
  scene.rows.forEach(([, , end]) => ctx.fillRect(from.x, Math.round(toScreen(0, end).y), to.x - from.x, 1));
}

const filledCells = new Set(nodes.map((node) => `${node.row}|${node.column}`));

/** A word in each empty cell of an architecture layer. */
function paintGaps(ctx) {
  ctx.font = `11px ${FONT}`;
  ctx.fillStyle = token("--muted");
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  scene.rows.filter(([row]) => row !== data.outside && row in data.words.codes).forEach(([row, top, bottom]) => {
    scene.columns.forEach(([column, left, right]) => {
      if (column === SHARED || filledCells.has(`${row}|${column}`)) return;
      const start = toScreen(left, top);
      const end = toScreen(right, bottom);
      const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
      const words = [t("gap"), "–"].find((each) => ctx.measureText(each).width + 6 < end.x - start.x);
      if (!words || end.y - start.y < 13) return;
      const half = ctx.measureText(words).width / 2 + 3;
      const box = { left: middle.x - half, right: middle.x + half, top: middle.y - 7, bottom: middle.y + 7 };
      if (box.left > headingRoom().left && isFree(box)) ctx.fillText(words, middle.x, middle.y);
    });
  });
}

function paintHeadings(ctx) {
  const room = headingRoom();
  ctx.fillStyle = token("--heading");
  ctx.fillRect(0, 0, stage.clientWidth, room.top);
  ctx.fillRect(0, 0, room.left, stage.clientHeight);
  ctx.fillStyle = token("--border");
  ctx.fillRect(0, room.top - 1, stage.clientWidth, 1);
  ctx.fillRect(room.left - 1, 0, 1, stage.clientHeight);
  ctx.textBaseline = "middle";
  scene.columns.forEach((band) => paintColumnHeading(ctx, band, room));
  scene.rows.forEach((band) => paintRowHeading(ctx, band, room));
}

function paintColumnHeading(ctx, [key, start, end], room) {
  const left = Math.max(room.left, toScreen(start, 0).x);
  const right = Math.min(stage.clientWidth - room.right, toScreen(end, 0).x);
  if (right - left < 22) return;
  ctx.textAlign = "center";
  ctx.fillStyle = state.off.columns.has(key) ? token("--muted") : token("--text");
  ctx.font = `600 13px ${FONT}`;
  const words = columnTitle(key);
  const isShort = ctx.measureText(words).width <= right - left - 6;
  if (!isShort) ctx.font = `600 11px ${FONT}`;
  const texts = isShort ? [words] : breakLines(ctx, words, right - left - 4, 2);
  const first = room.top / 2 - (texts.length - 1) * 6.5;
  texts.forEach((line, index) => ctx.fillText(line, (left + right) / 2, first + index * 13));
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
  const texts = breakLines(ctx, rowTitle(key), room.left - 16, most);
  const first = (top + bottom) / 2 - (texts.length * 14) / 2;
  texts.forEach((line, index) => ctx.fillText(line, 10, first + 14 * (index + 0.5)));
  if (top > room.top) {
    ctx.fillStyle = token("--border");
    ctx.fillRect(8, Math.round(top), room.left - 16, 1);
  }
}

/** Tell whether a point lies on a heading. */
function onHeading(x, y) {
  const room = headingRoom();
  return hasHeadings() && (x < room.left || y < room.top);
}

/** A click on a heading of the architecture closes its cells, or opens them again. */
function toggleHeading(x, y) {
  if (state.view !== "grid") return;
  const room = headingRoom();
  const hit = (bands, at, side) => bands.find(([, start, end]) => toScreen(start, start)[side] <= at && at <= toScreen(end, end)[side]);
  const band = y < room.top ? hit(scene.columns, x, "x") : hit(scene.rows, y, "y");
  if (!band || (x < room.left && y < room.top)) return;
  const own = [...cellMembers().keys()].filter((cell) => cell.split("|")[y < room.top ? 1 : 0] === band[0]);
  const isOpen = own.some((cell) => limitOf(cell) > 0);
  const next = new Map(state.cells);
  own.forEach((cell) => next.set(cell, isOpen ? 0 : FIRST));
  if (!isOpen && !opensAsCounts()) own.forEach((cell) => next.delete(cell));
  change({ cells: next });
}
