// Force: springs and repulsion (Fruchterman and Reingold 1991, with a grid so that far pairs are left out), from a
// fixed start and for a fixed number of turns: the same graph gives the same picture.

import { byWeight, edges } from "../data/page.js";
import { MANY } from "./cells.js";
import { isWhole } from "./fitted.js";
import { freeRoom } from "./frame.js";
import { filterTurn } from "../state/filtering.js";
import { FIRST, state } from "../state/state.js";

const SPRING = 70; // length of a relation at rest
const GOLDEN_ANGLE = 2.39996; // radians
const TO_THE_MIDDLE = 0.03; // keeps pieces without a relation between them from drifting apart
const MARGIN = 40;
const NAME_AREA = 6200; // px², of a symbol with its name and the room around it
let settled = { key: null, places: new Map() };

export function forceScene() {
  const all = byWeight.filter((node) => node.passes);
  const passing = all.slice(0, isWhole([all.length]) ? MANY : namedCount());
  const key = `${filterTurn}|${passing.length}`;
  if (settled.key !== key) settled = { key, places: forcePlaces(passing, edges) };
  const { places } = settled;
  const xs = [...places.values()].map((place) => place.x);
  const ys = [...places.values()].map((place) => place.y);
  const [left, right] = [Math.min(...xs) - MARGIN, Math.max(...xs) + MARGIN];
  const [top, bottom] = [Math.min(...ys) - MARGIN, Math.max(...ys) + MARGIN];
  const size = { width: right - left, height: bottom - top };
  const hidden = all.length - passing.length;
  return { places, nodes: passing, rows: [], columns: [], box: { left, right, top, bottom }, size, hidden };
}

/** How many entities can stand so far apart that most of them have room for their names. */
function namedCount() {
  const { width, height } = freeRoom();
  return Math.floor(((width * height) / NAME_AREA) * (state.limit / FIRST));
}

/** Places after a fixed number of turns; the start is a sunflower, in the order of the nodes. */
function forcePlaces(passing, relations) {
  const position = new Map(passing.map((node, index) => [node.id, index]));
  const radius = (index) => SPRING * Math.sqrt(index);
  const xs = passing.map((_, index) => radius(index) * Math.cos(index * GOLDEN_ANGLE));
  const ys = passing.map((_, index) => radius(index) * Math.sin(index * GOLDEN_ANGLE));
  const links = relations
    .filter((edge) => edge.passes && position.has(edge.from) && position.has(edge.to) && edge.from !== edge.to)
    .map((edge) => [position.get(edge.from), position.get(edge.to)]);
  const turns = passing.length > 600 ? 60 : 160;
  for (let turn = 0; turn < turns; turn += 1) forceTurn(xs, ys, links, SPRING * 1.5 * (1 - turn / turns) + 1);
  return new Map(passing.map((node, index) => [node.id, { x: xs[index], y: ys[index] }]));
}

/** Move every node once, by at most so many px. */
function forceTurn(xs, ys, links, longestStep) {
  const [dx, dy] = [new Float64Array(xs.length), new Float64Array(xs.length)];
  repel(xs, ys, dx, dy);
  links.forEach(([start, end]) => {
    const [x, y] = [xs[start] - xs[end], ys[start] - ys[end]];
    const pull = Math.hypot(x, y) / SPRING / 2;
    dx[start] -= x * pull;
    dy[start] -= y * pull;
    dx[end] += x * pull;
    dy[end] += y * pull;
  });
  xs.forEach((_, index) => {
    dx[index] -= xs[index] * TO_THE_MIDDLE;
    dy[index] -= ys[index] * TO_THE_MIDDLE;
    const length = Math.hypot(dx[index], dy[index]) || 1;
    const step = Math.min(longestStep, length) / length;
    xs[index] += dx[index] * step;
    ys[index] += dy[index] * step;
  });
}

function squareKey(column, row) {
  return column * 100003 + row;
}

/** Nodes by the square they stand in. */
function squaresOf(xs, ys, side) {
  const squares = new Map();
  xs.forEach((x, index) => {
    const square = squareKey(Math.floor(x / side), Math.floor(ys[index] / side));
    if (!squares.has(square)) squares.set(square, []);
    squares.get(square).push(index);
  });
  return squares;
}

function repel(xs, ys, dx, dy) {
  const side = SPRING * 3;
  const squares = squaresOf(xs, ys, side);
  const push = (node, other) => {
    const [x, y] = [xs[node] - xs[other], ys[node] - ys[other]];
    const distance = Math.max(1, x * x + y * y);
    if (other === node || distance > side * side) return;
    const strength = (SPRING * SPRING) / distance;
    dx[node] += x * strength;
    dy[node] += y * strength;
  };
  xs.forEach((x, node) => {
    const [column, row] = [Math.floor(x / side), Math.floor(ys[node] / side)];
    for (let across = -1; across <= 1; across += 1) {
      for (let down = -1; down <= 1; down += 1) {
        (squares.get(squareKey(column + across, row + down)) || []).forEach((other) => push(node, other));
      }
    }
  });
}
