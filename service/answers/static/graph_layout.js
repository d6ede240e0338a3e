// The places of a drawing: nodes by forces (Fruchterman and Reingold 1991), names where they touch nothing.

export const LETTER_SIZE = 12; // pixels
export const NODE_RADIUS = 4;
const HUB_DEGREE = 5; // links of a node that is named even where its neighbours leave no room
const GAP = 2; // pixels between what must not touch
const LABEL_LENGTHS = [32, 20, 12]; // characters, where a name has to be cut
const STEPS = 150;
const FIRST_HEAT = 0.2; // how far a node moves in a step, of the size of the drawing
const COOLING = 0.975;
const GRAVITY = 0.4; // keeps nodes together that no link connects
const SMALLEST_DISTANCE = 0.001;
const MARGIN = { x: 14, y: 20 };

/** Place nodes: from a circle, by springs, always the same for the same links; cost quadratic in the nodes. */
export function nodePlaces(count, links, right, bottom) {
  const points = Array.from({ length: count }, (_, at) => {
    const angle = (2 * Math.PI * at) / count;
    return { x: Math.cos(angle), y: Math.sin(angle) };
  });
  const ideal = 1.6 / Math.sqrt(count);
  for (let step = 0, heat = FIRST_HEAT; step < STEPS; step += 1, heat *= COOLING) moveAll(points, links, ideal, heat);
  const xs = stretched(points.map((point) => point.x), MARGIN.x, right);
  const ys = stretched(points.map((point) => point.y), MARGIN.y, bottom - MARGIN.y);
  return points.map((_, at) => ({ x: xs[at], y: ys[at] }));
}

function moveAll(points, links, ideal, heat) {
  const moves = points.map(() => ({ x: 0, y: 0 }));
  const push = (a, b, force) => {
    const dx = points[a].x - points[b].x;
    const dy = points[a].y - points[b].y;
    const distance = Math.max(Math.hypot(dx, dy), SMALLEST_DISTANCE);
    const factor = force(distance) / distance;
    moves[a].x += dx * factor;
    moves[a].y += dy * factor;
    moves[b].x -= dx * factor;
    moves[b].y -= dy * factor;
  };
  for (let a = 0; a < points.length; a += 1) {
    for (let b = 0; b < a; b += 1) push(a, b, (distance) => (ideal * ideal) / distance);
  }
  for (const [a, b] of links) if (a !== b) push(a, b, (distance) => -(distance * distance) / ideal);
  points.forEach((point, at) => {
    const move = { x: moves[at].x - point.x * GRAVITY, y: moves[at].y - point.y * GRAVITY };
    const length = Math.max(Math.hypot(move.x, move.y), SMALLEST_DISTANCE);
    point.x += (move.x / length) * Math.min(length, heat);
    point.y += (move.y / length) * Math.min(length, heat);
  });
}

/** Stretch values to a range of whole numbers. */
function stretched(values, from, to) {
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  return values.map((value) => Math.round(from + ((value - low) / range) * (to - from)));
}

/** Choose a place for each name, the nodes with most links first; shortened, or left out, where there is no room. */
export function labelPlaces(names, points, degrees, { width, height, textWidth }) {
  const taken = points.map(({ x, y }) => [x - NODE_RADIUS, y - NODE_RADIUS, x + NODE_RADIUS, y + NODE_RADIUS]);
  const isInside = ([left, top, right, bottom]) => left >= 0 && top >= 0 && right <= width && bottom <= height;
  const isFree = (box, firstTaken, ownNode) =>
    isInside(box) && !taken.some((other, at) => at >= firstTaken && at !== ownNode && touch(box, other));
  const labels = [];
  const order = names.map((_, at) => at).sort((a, b) => degrees[b] - degrees[a] || a - b);
  for (const node of order) {
    const boxesOf = (text) => boxesAround(points[node], textWidth(text)).map((box) => ({ text, box }));
    const candidates = shortened(names[node]).flatMap(boxesOf);
    const freePlace = candidates.find(({ box }) => isFree(box, 0, node));
    const isHub = degrees[node] >= HUB_DEGREE;
    const place = freePlace || (isHub && candidates.find(({ box }) => isFree(box, points.length)));
    if (!place) continue;
    taken.push(place.box);
    labels.push({ node, text: place.text, x: place.box[0], y: place.box[1] + LETTER_SIZE });
  }
  return labels;
}

function touch(box, other) {
  return box[0] < other[2] + GAP && box[2] > other[0] - GAP && box[1] < other[3] + GAP && box[3] > other[1] - GAP;
}

/** A name, and its shorter forms for less room. */
function shortened(name) {
  const cut = LABEL_LENGTHS.filter((length) => name.length > length).map((length) => name.slice(0, length - 1) + "…");
  return name.length > LABEL_LENGTHS[0] ? cut : [name, ...cut];
}

/** The boxes that a text of a width may have at a point: right, left, above, below of it. */
function boxesAround({ x, y }, width) {
  const height = LETTER_SIZE + 4;
  const side = NODE_RADIUS + 2;
  const corners = [
    [x + side, y - height / 2],
    [x - side - width, y - height / 2],
    [x - width / 2, y - side - height],
    [x - width / 2, y + side],
  ];
  return corners.map(([left, top]) => [left, top, left + width, top + height]);
}
