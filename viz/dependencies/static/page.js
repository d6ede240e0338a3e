const data = JSON.parse(document.getElementById("data").textContent);
const stage = document.getElementById("stage");
const chosen = document.getElementById("selected");
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function ink(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const FACE = "Segoe UI, Noto Sans, Roboto, Arial, sans-serif";
const LINE = 19;

function boxHeight(node) {
  return 18 + LINE * (node.label.split("\n").length + (node.detail ? 1 : 0));
}

// vis-network sets the lines of a label too close for Vietnamese, so the box draws its own words.
function drawBox(node, context, x, y, isSelected) {
  const width = data.box;
  const height = boxHeight(node);
  const strong = ["failed", "single", "asked"].includes(node.role);
  context.save();
  context.beginPath();
  context.roundRect(x - width / 2, y - height / 2, width, height, 6);
  context.fillStyle = ink({ failed: "failed-back", single: "single-back" }[node.role] || "back");
  context.fill();
  context.lineWidth = isSelected || strong ? 3 : 1.5;
  context.strokeStyle = isSelected ? ink("accent") : ink({ failed: "failed", single: "single", asked: "accent", passed: "implied" }[node.role] || "stated");
  context.setLineDash(node.role === "passed" || node.ahead ? [6, 4] : []);
  context.stroke();
  context.textAlign = "center";
  context.textBaseline = "middle";
  const lines = node.label.split("\n");
  let top = y - height / 2 + 9 + LINE / 2;
  context.fillStyle = ink("ink");
  context.font = `600 15px ${FACE}`;
  for (const words of lines) {
    context.fillText(words, x, top, width - 12);
    top += LINE;
  }
  context.fillStyle = ink("quiet");
  context.font = `13px ${FACE}`;
  if (node.detail) context.fillText(node.detail, x, top, width - 12);
  context.restore();
}

function nodeStyle(node) {
  return {
    id: node.id,
    x: node.x,
    y: node.y,
    shape: "custom",
    ctxRenderer: ({ ctx, x, y, state }) => ({
      drawNode: () => drawBox(node, ctx, x, y, state.selected),
      nodeDimensions: { width: data.box, height: boxHeight(node) },
    }),
  };
}

const DASHES = { reference: [9, 5], duty: [9, 5], plans: [5, 5], implied: [2, 4] };

function edgeStyle(edge) {
  const style = { id: edge.id, from: edge.from, to: edge.to, dashes: DASHES[edge.style] || false, width: 1.8 };
  if (edge.smooth) style.smooth = edge.smooth;
  if (edge.beside) style.hidden = true; // it runs around its boxes, which vis-network cannot draw
  return { ...style, color: { color: ink(edge.style), highlight: ink("accent"), hover: ink(edge.style) } };
}

// An arrow within a column leaves and enters on the right side, so that no box hides it.
const places = new Map(data.nodes.map((node) => [node.id, node]));
const APART = 9;

function around(edge) {
  const [one, other] = [places.get(edge.from), places.get(edge.to)];
  const down = Math.sign(other.y - one.y) || 1;
  const [start, end] = [one.y + down * APART, other.y - down * APART];
  const x = one.x + data.box / 2;
  const reach = x + Math.min(105, 30 + 0.25 * Math.abs(end - start));
  const points = [[x, start], [reach, start], [reach, end], [x, end]];
  return {
    points,
    getPoint(t) {
      const parts = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
      const at = (axis) => points.reduce((sum, point, index) => sum + parts[index] * point[axis], 0);
      return { x: at(0), y: at(1) };
    },
  };
}

const curves = new Map(data.edges.filter((edge) => edge.beside).map((edge) => [edge.id, around(edge)]));
let selected = [];

function drawAround(context) {
  for (const edge of data.edges.filter((one) => one.beside)) {
    const [start, one, other, end] = curves.get(edge.id).points;
    context.save();
    context.strokeStyle = context.fillStyle = ink(selected.includes(edge.id) ? "accent" : edge.style);
    context.lineWidth = selected.includes(edge.id) ? 3 : 1.8;
    context.setLineDash(DASHES[edge.style] || []);
    context.beginPath();
    context.moveTo(...start);
    context.bezierCurveTo(...one, ...other, end[0] + 8, end[1]);
    context.stroke();
    context.beginPath();
    context.moveTo(...end);
    context.lineTo(end[0] + 12, end[1] - 5);
    context.lineTo(end[0] + 12, end[1] + 5);
    context.fill();
    context.restore();
  }
}

function aroundAt({ x, y }) {
  const near = ({ getPoint }) => {
    for (let step = 0; step <= 40; step += 1) {
      const point = getPoint(step / 40);
      if (Math.hypot(point.x - x, point.y - y) < 10) return true;
    }
    return false;
  };
  return [...curves].filter(([, curve]) => near(curve)).map(([id]) => id);
}

// The words of an edge stand on it where they cover neither a box nor other words.
const PLACES = [0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.22, 0.78];
const MORE = [...PLACES, 0.46, 0.54, 0.38, 0.62, 0.31, 0.69, 0.25, 0.75, 0.18, 0.82, 0.14, 0.86];

function meets(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

function overlap(one, other) {
  if (!meets(one, other)) return 0;
  return (Math.min(one[2], other[2]) - Math.max(one[0], other[0])) * (Math.min(one[3], other[3]) - Math.max(one[1], other[1]));
}

function spots(context, shape, lines, at) {
  const half = Math.max(...lines.map((words) => context.measureText(words).width)) / 2 + 3;
  const tall = (lines.length * 16) / 2 + 1;
  return at.map((place) => shape.getPoint(place)).map(({ x, y }) => ({ x, y, room: [x - half, y - tall, x + half, y + tall] }));
}

function freeSpot(context, shape, lines, taken) {
  return spots(context, shape, lines, PLACES).find(({ room }) => !taken.some((other) => meets(room, other)));
}

// A number always stands somewhere: where it covers least.
function leastSpot(context, shape, lines, taken) {
  const covered = ({ room }) => taken.reduce((sum, other) => sum + overlap(room, other), 0);
  const found = spots(context, shape, lines, MORE).map((spot) => [covered(spot), spot]);
  return found.reduce((best, one) => (one[0] < best[0] ? one : best))[1];
}

function drawLines(context, lines, { x, y, room }, color) {
  context.globalAlpha = 0.88;
  context.fillStyle = ink("back");
  context.fillRect(room[0], room[1], room[2] - room[0], room[3] - room[1]);
  context.globalAlpha = 1;
  context.fillStyle = color;
  lines.forEach((words, index) => context.fillText(words, x, y + (index - (lines.length - 1) / 2) * 16));
}

function drawWords(context) {
  const taken = data.nodes.map((node) => {
    const half = boxHeight(node) / 2;
    return [node.x - data.box / 2, node.y - half, node.x + data.box / 2, node.y + half];
  });
  context.save();
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `13px ${FACE}`;
  for (const edge of data.edges) {
    const drawn = network.body.edges[edge.id];
    const shape = curves.get(edge.id) || (drawn && drawn.edgeType);
    if (!shape) continue;
    const number = [`${edge.number}`]; // where the words have no room, the number has
    const words = edge.label.split("\n");
    const room = freeSpot(context, shape, words, taken);
    const spot = room || leastSpot(context, shape, number, taken);
    taken.push(spot.room);
    drawLines(context, room ? words : number, spot, ink(edge.style));
  }
  context.restore();
}

const nodes = new vis.DataSet(data.nodes.map(nodeStyle));
const edges = new vis.DataSet(data.edges.map(edgeStyle));
stage.style.height = `${data.height}px`;
const network = new vis.Network(stage, { nodes, edges }, data.options);
network.on("afterDrawing", (context) => {
  drawAround(context);
  drawWords(context);
});

// Readable before whole: below this scale the frame scrolls instead.
const LEAST = 0.82;

function wholeWidth() {
  const frame = stage.parentElement.clientWidth;
  return frame ? Math.min(1, Math.max(LEAST, (frame - 8) / data.width)) : 0;
}

function show(scale) {
  if (!(scale > 0)) return; // the page has no width yet
  stage.style.height = `${Math.max(200, Math.ceil(data.height * Math.max(scale, 0.3)))}px`;
  stage.style.width = `${Math.max(stage.parentElement.clientWidth, Math.ceil(data.width * scale))}px`;
  network.setSize(stage.style.width, stage.style.height);
  network.moveTo({ position: { x: data.middle[0], y: data.middle[1] }, scale, animation: false });
  network.redraw();
}

function line(parent, tag, text) {
  const element = parent.appendChild(document.createElement(tag));
  element.textContent = text;
  return element;
}

function mark(numbers) {
  for (const row of document.querySelectorAll("tbody tr")) {
    row.classList.toggle("chosen", numbers.includes(Number(row.id.slice(5))));
  }
}

function choose(ids) {
  const found = data.edges.filter((edge) => ids.includes(edge.id));
  chosen.hidden = !found.length;
  chosen.replaceChildren();
  for (const edge of found) {
    const row = document.getElementById(`edge-${edge.number}`);
    const cells = row.children;
    line(chosen, "h2", `${edge.number}. ${cells[1].textContent} — ${cells[2].textContent} → ${cells[3].textContent}`);
    line(chosen, "p", cells[4].textContent);
    for (const child of cells[5].children) chosen.appendChild(child.cloneNode(true));
  }
  mark(found.map((edge) => edge.number));
  selected = ids;
  network.redraw();
  if (found.length) chosen.scrollIntoView({ block: "nearest" });
}

network.on("click", (event) => {
  const ofNode = (id) => data.edges.filter((edge) => edge.from === id || edge.to === id).map((edge) => edge.id);
  const onLine = [...event.edges, ...aroundAt(event.pointer.canvas)];
  choose(event.nodes.length ? ofNode(event.nodes[0]) : onLine);
});
document.getElementById("in").addEventListener("click", () => show(network.getScale() * 1.25));
document.getElementById("out").addEventListener("click", () => show(network.getScale() / 1.25));
document.getElementById("fit").addEventListener("click", () => show(wholeWidth()));
dark.addEventListener("change", () => {
  nodes.update(data.nodes.map(nodeStyle));
  edges.update(data.edges.map(edgeStyle));
});
window.addEventListener("resize", () => show(wholeWidth()));
show(wholeWidth());
document.documentElement.dataset.ready = "yes";
