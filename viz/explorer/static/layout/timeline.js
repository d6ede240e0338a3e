// Timeline: lanes by time. Only what has a stated time is there, at its moment; the best connected have their names,
// and a tile stands for what has no room for its name in a lane and some years.

import { byWeight, familyOf, modeOf } from "../data/page.js";
import { span } from "../data/times.js";
import { TILE } from "./cells.js";
import { isWhole, shareOut } from "./fitted.js";
import { freeRoom, textWidth } from "./frame.js";
import { placeOfMoment, timeStretches } from "./time_axis.js";
import { change, FIRST, state } from "../state/state.js";
import { shortName } from "../wording/words.js";

const LANES = ["documents", "plans", "started", "expected"];
const LINE_OF_TIME = 17; // px
const MOST_NAME = 150; // px
const SYMBOL = 8; // px, half of it
const GAP_BETWEEN = 8; // px, between a name and the next symbol
const TILE_WIDE = 36; // px
const EDGE_OF_AXIS = 10; // px, between the axis and the borders of the scene

export function timeScene() {
  const dated = byWeight.filter((node) => node.passes && laneOf(node) && isInYears(node));
  const lanes = LANES.filter((lane) => dated.some((node) => laneOf(node) === lane));
  const room = freeRoom();
  const stretches = stretchesOf(dated, room.width - 2 * EDGE_OF_AXIS);
  const byLane = lanes.map((lane) => dated.filter((node) => laneOf(node) === lane));
  const total = Math.floor(((room.height / LINE_OF_TIME) * state.limit) / FIRST) - lanes.length;
  const shares = shareOut(byLane.map((list) => list.length), total);
  const scene = { places: new Map(), tiles: [], stretches, isFitted: true, slotHeight: LINE_OF_TIME, labelLines: 1 };
  const line = Math.max(LINE_OF_TIME, room.height / (total + lanes.length));
  let top = 0;
  const rows = lanes.map((lane, index) => {
    const packed = packLane(byLane[index], { stretches, top, line, lineCount: shares[index], width: room.width });
    packed.places.forEach((place, id) => scene.places.set(id, { ...place, row: lane }));
    gatherHidden(scene, packed.hidden, { lane, y: top + (shares[index] + 0.5) * line });
    const start = top;
    top += (shares[index] + 1) * line;
    return [lane, start, top];
  });
  const columns = stretches.map(({ key, start, end }) => [key, start + EDGE_OF_AXIS, end + EDGE_OF_AXIS]);
  const size = { width: room.width, height: Math.max(top, room.height) };
  return { ...scene, rows, columns, size, nodes: dated.filter((node) => scene.places.has(node.id)) };
}

function stretchesOf(dated, width) {
  const counts = new Map();
  dated.flatMap(yearsFor).forEach((year) => counts.set(year, (counts.get(year) ?? 0) + 1));
  return timeStretches(counts, width);
}

/** Put each entity of a lane on the first line where symbol, name and the way to its due year are free. */
function packLane(list, { stretches, top, line, lineCount, width }) {
  const taken = Array.from({ length: lineCount }, () => []);
  const isFree = (spans, [from, to]) => spans.every(([start, end]) => to <= start || from >= end);
  const placeAt = (moment) => EDGE_OF_AXIS + placeOfMoment(stretches, moment);
  const places = new Map();
  const hidden = [];
  list.forEach((node) => {
    const x = placeAt(momentOf(node));
    const dueYear = yearsFor(node)[1];
    const due = dueYear ? placeAt(dueYear + 0.5) : null;
    const name = Math.min(MOST_NAME, textWidth(shortName(node))) + SYMBOL + 5;
    const spot = Number(x + name > width); // at the right border names stand left of their symbols
    const reach = spot ? [x - name, x + SYMBOL] : [x - SYMBOL, x + name];
    const needed = [reach[0] - GAP_BETWEEN / 2, Math.max(reach[1], (due ?? 0) + SYMBOL) + GAP_BETWEEN / 2];
    const index = taken.findIndex((spans) => isFree(spans, needed));
    if (index < 0 && !isWhole([list.length])) return hidden.push(node);
    taken[Math.max(0, index)].push(needed);
    const y = top + (Math.max(0, index) + 0.5) * line;
    return places.set(node.id, { x, y, room: MOST_NAME, spot, column: String(yearOf(node)), due, dueFrom: reach[1] });
  });
  return { places, hidden };
}

/** A tile for each few years of a lane, below its lines. */
function gatherHidden(scene, hidden, { lane, y }) {
  const groups = new Map();
  hidden.forEach((node) => {
    const key = spanKey(scene.stretches, yearOf(node));
    groups.set(key, (groups.get(key) ?? 0) + 1);
  });
  groups.forEach((count, years) => {
    const [first, last] = years.split("..").map(Number);
    const ends = [first, (last || first) + 1].map((year) => placeOfMoment(scene.stretches, year - 1e-6));
    const tile = { id: `${TILE}${lane}|${years}`, cell: `${lane}|${years}`, count, total: count };
    scene.tiles.push(tile);
    const x = Math.max(TILE_WIDE / 2, EDGE_OF_AXIS + (ends[0] + ends[1]) / 2);
    scene.places.set(tile.id, { x, y, row: lane, column: years });
  });
}

/** The years of a tile: as many stretches as it is wide. */
function spanKey(stretches, year) {
  const narrowest = Math.min(...stretches.map(({ start, end }) => end - start));
  const count = Math.max(1, Math.ceil(TILE_WIDE / Math.max(1, narrowest)));
  const at = stretches.findIndex(({ to }) => year < to);
  const first = Math.floor(at / count) * count;
  const members = stretches.slice(first, first + count);
  const [from, to] = [members[0].from, members.at(-1).to - 1];
  return from === to ? String(from) : `${from}..${to}`;
}

/** Keep only some years ("2019" or "2019..2021"); where they are all that is drawn, show more of them. */
export function narrowToYears(years) {
  const [since, last] = years.split("..").map(Number);
  const until = last || since;
  const isSame = state.since === since && state.until === until;
  change(isSame ? { limit: state.limit + FIRST } : { since, until, limit: FIRST });
}

/** With years chosen, only what stands in them is drawn. */
function isInYears(node) {
  const year = yearOf(node);
  return (!state.since || year >= state.since) && (!state.until || year <= state.until);
}

/** When an entity is dated: its own date, its start or a measured time; when it is due, if it is still planned. */
function datesOf(node) {
  node.dates ??= findDates(node);
  return node.dates;
}

function findDates(node) {
  const ownDate = (node.details || []).find(([relation]) => relation === "documentDate");
  const claims = [...node.own, ...node.out.flatMap((edge) => edge.claims)].filter((claim) => !claim.denied);
  const isAhead = (claim) => modeOf(claim.status)?.ahead;
  const starts = claims.filter((claim) => !isAhead(claim)).map((claim) => claim.from || claim.as_of || claim.period);
  const plans = claims.filter(isAhead).map((claim) => claim.due_by || claim.from || claim.period);
  const documentSpan = ownDate && span(Object.values(ownDate[1])[0]);
  return { begun: ownDate ? documentSpan : firstSpan(starts), due: firstSpan(plans) };
}

function firstSpan(times) {
  const spans = times.filter(Boolean).map((text) => span(text)).filter(Boolean);
  return spans.sort(([a], [b]) => a - b)[0];
}

/** The moment at which an entity stands: the middle of its stated time, of at most a year. */
function momentOf(node) {
  const [start, end] = datesOf(node).begun || datesOf(node).due;
  return (start + Math.min(end, Math.floor(start) + 1)) / 2;
}

function yearOf(node) {
  return Math.floor(momentOf(node));
}

/** The year in which an entity stands, and the later one in which something planned of it is due. */
function yearsFor(node) {
  const { begun, due } = datesOf(node);
  const last = begun && due && Math.floor(due[1] - 0.001);
  return last && last > yearOf(node) ? [yearOf(node), last] : [yearOf(node)];
}

/** The lane of an entity; null when it has no date, or its family has no lane. */
function laneOf(node) {
  const { lane } = familyOf(node);
  const { begun, due } = datesOf(node);
  if (lane === "none" || !(begun || due)) return null;
  return lane || (begun ? "started" : "expected");
}
