// Force: only for those who want it. Springs and repulsion (Fruchterman and Reingold 1991, with a grid so that
// far pairs are left out), from a fixed start and for a fixed number of turns: the same graph, the same picture.

const FORCE_LENGTH = 70;

function forceScene() {
  const held = nodes.filter((node) => node.passes).slice(0, MANY);
  const key = `${filterTurn}`;
  if (forceScene.key !== key) [forceScene.key, forceScene.places] = [key, forcePlaces(held)];
  const places = forceScene.places;
  const xs = [...places.values()].map((place) => place.x);
  const ys = [...places.values()].map((place) => place.y);
  const box = { left: Math.min(...xs) - 40, right: Math.max(...xs) + 40, top: Math.min(...ys) - 40, bottom: Math.max(...ys) + 40 };
  return { places, nodes: held, rows: [], columns: [], box, size: { width: box.right - box.left, height: box.bottom - box.top } };
}

/** Places after a fixed number of turns; the start is a sunflower, in the order of the things. */
function forcePlaces(held) {
  const at = new Map(held.map((node, index) => [node.id, index]));
  const xs = held.map((_, index) => FORCE_LENGTH * Math.sqrt(index) * Math.cos(index * 2.39996));
  const ys = held.map((_, index) => FORCE_LENGTH * Math.sqrt(index) * Math.sin(index * 2.39996));
  const links = edges
    .filter((edge) => edge.passes && at.has(edge.from) && at.has(edge.to) && edge.from !== edge.to)
    .map((edge) => [at.get(edge.from), at.get(edge.to)]);
  const turns = held.length > 600 ? 60 : 160;
  for (let turn = 0; turn < turns; turn += 1) forceTurn(xs, ys, links, FORCE_LENGTH * 1.5 * (1 - turn / turns) + 1);
  return new Map(held.map((node, index) => [node.id, { x: xs[index], y: ys[index] }]));
}

function forceTurn(xs, ys, links, most) {
  const [dx, dy] = [new Float64Array(xs.length), new Float64Array(xs.length)];
  repel(xs, ys, dx, dy);
  links.forEach(([one, other]) => {
    const [x, y] = [xs[one] - xs[other], ys[one] - ys[other]];
    const pull = Math.hypot(x, y) / FORCE_LENGTH / 2;
    dx[one] -= x * pull;
    dy[one] -= y * pull;
    dx[other] += x * pull;
    dy[other] += y * pull;
  });
  xs.forEach((_, index) => {
    dx[index] -= xs[index] * 0.03; // keeps apart pieces from drifting away
    dy[index] -= ys[index] * 0.03;
    const length = Math.hypot(dx[index], dy[index]) || 1;
    const step = Math.min(most, length) / length;
    xs[index] += dx[index] * step;
    ys[index] += dy[index] * step;
  });
}

function repel(xs, ys, dx, dy) {
  const side = FORCE_LENGTH * 3;
  const squares = new Map();
  const key = (column, row) => column * 100003 + row;
  xs.forEach((x, index) => {
    const square = key(Math.floor(x / side), Math.floor(ys[index] / side));
    if (!squares.has(square)) squares.set(square, []);
    squares.get(square).push(index);
  });
  xs.forEach((x, one) => {
    const [column, row] = [Math.floor(x / side), Math.floor(ys[one] / side)];
    for (let across = -1; across <= 1; across += 1) {
      for (let down = -1; down <= 1; down += 1) {
        (squares.get(key(column + across, row + down)) || []).forEach((other) => {
          if (other === one) return;
          const [apartX, apartY] = [x - xs[other], ys[one] - ys[other]];
          const away = Math.max(1, apartX * apartX + apartY * apartY);
          if (away > side * side) return;
          const push = (FORCE_LENGTH * FORCE_LENGTH) / away;
          dx[one] += apartX * push;
          dy[one] += apartY * push;
        });
      }
    }
  });
}
