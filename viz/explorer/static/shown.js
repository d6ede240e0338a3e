// Shown: what the present view draws one by one, what it draws as a count, and which relations are lines.

const MANY = 2000; // beyond, cells open as counts
const FEW_LINES = 80; // at an overview with more, relations are drawn as bands between layers
let scene = { nodes: [], tiles: [], edges: [], rows: [], columns: [], size: { width: 1, height: 1 } };
let shownNodes = [];
let shownEdges = [];
let shownIds = new Set();
let tiles = [];
let sceneTurn = 0; // counts the scenes

/** Make the scene of the view, with filters and what is opened. */
function arrangeScene() {
  const build = { grid: gridScene, deps: depsScene, time: timeScene, near: nearScene, force: forceScene }[state.view];
  scene = build();
  tiles = scene.tiles || [];
  shownNodes = scene.nodes;
  const drawn = new Set(shownNodes.map((node) => node.id));
  shownIds = drawn;
  const candidates = scene.edges || relationsAmong(drawn);
  shownEdges = candidates.filter((edge) => edge.holds && drawn.has(edge.from) && drawn.has(edge.to));
  litFor = "";
  sceneTurn += 1;
}

/** Relations between drawn things; from the side of the things when they are few. */
function relationsAmong(drawn) {
  if (drawn.size * 4 > nodes.length) return edges;
  return [...drawn].flatMap((id) => nodeById.get(id).out);
}

let litFor = "";
let litSet = null;

/** What stays bright while something is looked at; nothing when all does. */
function litNodes() {
  const key = `${state.node}|${state.edge}|${state.band}|${state.view}|${filterTurn}`;
  if (key === litFor) return litSet;
  litFor = key;
  litSet = findLit();
  return litSet;
}

function findLit() {
  const ends = (list) => new Set(list.flatMap((edge) => [edge.from, edge.to]));
  if (state.edge && state.view !== "near") return ends([edgeById.get(state.edge)]);
  if (state.band && state.view === "grid") return ends(bandEdges(state.band));
  if (!state.node || state.view === "near" || state.view === "deps") return null;
  return new Set([state.node, ...nodeById.get(state.node).neighbours]);
}

function isDimmed(id) {
  const lit = litNodes();
  return lit !== null && !lit.has(id);
}

function isLitEdge(edge) {
  if (state.edge) return edge.id === state.edge;
  if (state.band) return bandOf(edge) === state.band;
  return touches(edge, state.node);
}

/** The relations that are lines now. */
function linesNow() {
  if (state.view === "near" || state.view === "deps" || state.view === "force") return shownEdges;
  if (litNodes()) return shownEdges.filter(isLitEdge);
  return shownEdges.length <= FEW_LINES && state.view === "grid" ? shownEdges : [];
}

function isShownNode(node) {
  return shownIds.has(node.id);
}

// Bands: the relations between two layers, as one.

/** Rows of both ends, the upper one first. */
function bandOf(edge) {
  const [{ row: from }, { row: to }] = edge.ends;
  return known.rows.indexOf(from) <= known.rows.indexOf(to) ? `${from}|${to}` : `${to}|${from}`;
}

function bandEdges(band) {
  return edges.filter((edge) => edge.passes && bandOf(edge) === band);
}

let bandTurn = -1;
let bandCounts = new Map();

/** How many relations pass between each two layers. */
function bandSizes() {
  if (bandTurn === filterTurn) return bandCounts;
  bandTurn = filterTurn;
  const size = known.rows.length;
  const counts = new Uint32Array(size * size);
  const place = new Map(known.rows.map((row, index) => [row, index]));
  edges.forEach((edge) => {
    if (!edge.passes) return;
    const [from, to] = [place.get(edge.ends[0].row), place.get(edge.ends[1].row)];
    counts[Math.min(from, to) * size + Math.max(from, to)] += 1;
  });
  bandCounts = new Map();
  counts.forEach((count, at) => {
    if (count) bandCounts.set(`${known.rows[Math.floor(at / size)]}|${known.rows[at % size]}`, count);
  });
  return bandCounts;
}
