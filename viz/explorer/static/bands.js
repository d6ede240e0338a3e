// Bands: at an overview, the relations between two layers are one arc at the right border, as wide as they are many.

function showsBands() {
  return state.view === "grid" && !isNarrow() && edges.length > FEW_LINES;
}

/** Arcs from the middle of one row to that of another: { band, count, top, bottom, reach, width }. */
function bandArcs() {
  const middle = new Map(scene.rows.map(([key, start, end]) => [key, toScreen(0, (start + end) / 2).y]));
  const sizes = [...bandSizes()].filter(([band]) => band.split("|").every((row) => middle.has(row)));
  const most = Math.max(1, ...sizes.map(([, count]) => count));
  const far = Math.max(1, scene.rows.length - 1);
  return sizes.map(([band, count]) => {
    const [upper, lower] = band.split("|");
    const apart = Math.abs(known.rows.indexOf(lower) - known.rows.indexOf(upper));
    const reach = apart ? 6 + 56 * (apart / far) : 5;
    const [top, bottom] = apart ? [middle.get(upper), middle.get(lower)] : [middle.get(upper) - 6, middle.get(upper) + 6];
    return { band, count, top, bottom, reach, width: 0.8 + 5.2 * Math.sqrt(count / most) };
  });
}

function paintBands(ctx) {
  const left = stage.clientWidth - headingRoom().right;
  ctx.fillStyle = token("--surface");
  ctx.fillRect(left, headingRoom().top, stage.clientWidth - left, stage.clientHeight);
  ctx.fillStyle = token("--border");
  ctx.fillRect(left, 0, 1, stage.clientHeight);
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, headingRoom().top, stage.clientWidth - left, stage.clientHeight);
  ctx.clip();
  const arcs = bandArcs();
  arcs.forEach((arc) => paintArc(ctx, arc, left + 2));
  ctx.restore();
  ctx.font = `600 11px ${FONT}`;
  ctx.fillStyle = token("--text");
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  breakLines(ctx, t("bands"), headingRoom().right - 6, 2).forEach((line, index, all) =>
    ctx.fillText(line, left + headingRoom().right / 2, headingRoom().top / 2 + (index - (all.length - 1) / 2) * 13),
  );
  const hit = arcs.find((arc) => arc.band === hoveredBand);
  if (hit) paintTip(ctx, [bandName(hit.band), t("bandCount", { n: number(String(hit.count)) })], left - 10, (hit.top + hit.bottom) / 2);
}

function paintArc(ctx, arc, left) {
  const isOn = arc.band === state.band || arc.band === hoveredBand;
  ctx.beginPath();
  ctx.moveTo(left, arc.top);
  ctx.bezierCurveTo(left + arc.reach * 1.33, arc.top, left + arc.reach * 1.33, arc.bottom, left, arc.bottom);
  ctx.lineWidth = arc.width;
  ctx.strokeStyle = token(isOn ? "--accent" : "--edge");
  ctx.globalAlpha = isOn ? 1 : state.band ? 0.18 : 0.42;
  ctx.stroke();
  ctx.globalAlpha = 1;
}

function bandName(band) {
  const [upper, lower] = band.split("|");
  return upper === lower ? rowName(upper) : `${rowName(upper)} – ${rowName(lower)}`;
}

/** The band nearest to a point at the right border. */
function bandAt(x, y) {
  if (!showsBands()) return null;
  const left = stage.clientWidth - headingRoom().right + 2;
  if (x < left || y < headingRoom().top) return null;
  const found = bandArcs()
    .map((arc) => ({ band: arc.band, away: awayFrom(arc, x - left, y) - arc.width / 2 }))
    .sort((one, other) => one.away - other.away)[0];
  return found && found.away < 6 ? found.band : null;
}

function awayFrom({ top, bottom, reach }, x, y) {
  let least = Infinity;
  for (let part = 0; part <= 1; part += 0.05) {
    const rest = 1 - part;
    const bulge = 3 * part * rest * reach * 1.33;
    const down = top * rest * rest * (rest + 3 * part) + bottom * part * part * (part + 3 * rest);
    least = Math.min(least, Math.hypot(bulge - x, down - y));
  }
  return least;
}

let hoveredBand = null;

function onBandMove(event) {
  if (!network || !showsBands()) return;
  const box = stage.getBoundingClientRect();
  const found = bandAt(event.clientX - box.left, event.clientY - box.top);
  if (found === hoveredBand) return;
  hoveredBand = found;
  stage.classList.toggle("pointing", Boolean(found || hovered));
  repaint();
}
