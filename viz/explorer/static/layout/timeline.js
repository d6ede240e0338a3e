// Timeline: lanes by years. Only what has a stated time is there.

import { familyOf, modeOf, nodes } from "../data/page.js";
import { span } from "../data/times.js";
import { layGrid } from "./grid.js";
import { state } from "../state/state.js";

const LANES = ["documents", "plans", "started", "expected"];

export function timeScene() {
  const dated = nodes
    .filter((node) => node.passes && laneOf(node))
    .sort((a, b) => momentOf(a) - momentOf(b) || (a.id < b.id ? -1 : 1));
  const cell = (node) => `${laneOf(node)}|${yearOf(node)}`;
  const visible = firstOfEach(dated, cell);
  const columnKeys = [...new Set(visible.flatMap(yearsFor))].sort((a, b) => a - b).map(String);
  const items = new Map();
  visible.forEach((node) => items.set(cell(node), [...(items.get(cell(node)) || []), node.id]));
  const rowKeys = LANES.filter((lane) => visible.some((node) => laneOf(node) === lane));
  return { ...layGrid(items, rowKeys, columnKeys), nodes: visible, hidden: dated.length - visible.length };
}

/** The first of each group, as many as are asked for. */
function firstOfEach(list, groupOf) {
  const counts = new Map();
  return list.filter((node) => {
    const count = (counts.get(groupOf(node)) || 0) + 1;
    counts.set(groupOf(node), count);
    return count <= state.limit;
  });
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

function momentOf(node) {
  const { begun, due } = datesOf(node);
  return (begun || due)[0];
}

function yearOf(node) {
  return Math.floor(momentOf(node));
}

/** The year in which an entity stands, and the later one in which something planned of it is due. */
export function yearsFor(node) {
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
