// Graph: vis-network at computed places. It holds what was drawn at least once; the rest is never handed to it.

let network = null;
let nodeSet = null;
let edgeSet = null;
let styledScale = 0;
let candidate = null; // what the arrow keys point at
let hovered = null;
let hoveredEdge = null;
let lines = []; // relations that are lines now
const tileById = new Map();
const paths = data.families.map((family) => new Path2D(family.path));

/** A thing, or the tile of a cell. */
function itemOf(id) {
  return nodeById.get(id) || tileById.get(id);
}

function isDark() {
  return state.theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : state.theme === "dark";
}

let shade = "light"; // of the theme that is shown

function familyColour(position) {
  return data.families[position][shade];
}

/** Radius of a symbol in px on the screen: it never gets too small to be told from others. */
function symbolRadius(scale) {
  const room = hasHeadings() ? 0.46 * (scene.slotHeight || SLOT_HEIGHT) * scale : 14;
  const least = shownNodes.length > 600 ? 3 : 4.5;
  return Math.max(least, Math.min(14, room, Math.max(5.5, 8 * scale)));
}

function createGraph() {
  nodeSet = new vis.DataSet();
  edgeSet = new vis.DataSet();
  const options = data.options;
  options.nodes = { shape: "custom", ctxRenderer: drawItem, chosen: false };
  options.edges = { ...options.edges, chosen: false, color: { inherit: false }, selfReference: { size: 18 } };
  options.interaction = { ...options.interaction, dragNodes: false, hoverConnectedEdges: false };
  Object.assign(options.interaction, { hideEdgesOnDrag: nodes.length > 1000, hideEdgesOnZoom: nodes.length > 1000 });
  network = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, options);
  const frame = stage.querySelector(".vis-network");
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  network.on("beforeDrawing", paintBelow);
  network.on("afterDrawing", paintAbove);
  network.on("click", onCanvasClick);
  network.on("doubleClick", onCanvasDoubleClick);
  network.on("hoverNode", ({ node }) => setHover(node, null));
  network.on("blurNode", () => setHover(null, null));
  network.on("hoverEdge", ({ edge }) => setHover(null, edge));
  network.on("blurEdge", () => setHover(null, null));
  network.on("zoom", limitZoom);
  network.on("dragEnd", keepCamera);
}

function styleNode(item) {
  const colour = item.cell ? token("--badge") : familyColour(item.family);
  return { id: item.id, x: item.x, y: item.y, color: { background: colour, border: colour } };
}

function styleEdge(edge) {
  const spread = spreadOf(edge) || (isUpright(edge) ? 0.7 : 0);
  const smooth = spread ? { enabled: true, type: "curvedCW", roundness: 0.16 * spread } : false;
  return { id: edge.id, from: edge.from, to: edge.to, smooth };
}

/** Tell whether a straight line would run through what stands between the two. */
function isUpright(edge) {
  return hasHeadings() && Math.abs(edge.ends[0].x - edge.ends[1].x) < 1;
}

/** The styles of those whose style is another than the last time; updating all costs far more. */
function changed(list, style) {
  const news = [];
  list.forEach((each) => {
    const now = style(each);
    const mark = now.color ? `${now.x} ${now.y} ${now.color.background}` : `${now.smooth && now.smooth.roundness}`;
    if (each.drawn !== mark) news.push(now);
    each.drawn = mark;
  });
  return news;
}

/** Bring the live network in line with the scene: places, what is hidden, colours. */
function refreshGraph() {
  arrangeScene();
  shownNodes.forEach((node) => Object.assign(node, { side: 0, ring: 0 }, scene.places.get(node.id)));
  tiles = tiles.map((tile) => Object.assign(tileById.get(tile.id) || {}, tile, scene.places.get(tile.id)));
  tiles.forEach((tile) => tileById.set(tile.id, tile));
  nodeSet.update(changed([...shownNodes, ...tiles], styleNode));
  const drawn = new Set([...shownIds, ...tiles.map((tile) => tile.id)]);
  Object.values(network.body.nodes).forEach((live) => {
    live.options.hidden = !drawn.has(live.id);
  });
  refreshLines();
}

/** Bring the lines in line with what is looked at. */
function refreshLines() {
  lines = linesNow();
  edgeSet.update(changed(lines, styleEdge));
  const drawn = new Set(lines.map((edge) => edge.id));
  Object.values(network.body.edges).forEach((live) => {
    live.options.hidden = !drawn.has(live.id);
  });
  network._updateVisibleIndices(); // a data update would do the same ten times slower
  restyle();
}

/** Set colour, width and pattern of the lines on the live network, without the cost of a data update. */
function styleEdges() {
  const scale = network.getScale();
  styledScale = scale;
  const colours = { plain: token("--edge"), denied: token("--denied") };
  const focused = litNodes() !== null;
  const rest = { near: 0.5, deps: 0.6, force: focused ? 0.06 : 0.25 }[state.view] || 0.3;
  lines.forEach((edge) => {
    const live = network.body.edges[edge.id];
    const lit = (focused && isLitEdge(edge)) || edge.id === hoveredEdge || (isNear() && touches(edge, state.node));
    const mode = leadMode(edge);
    const own = live.options;
    const pattern = dashOf(mode);
    own.color = { color: mode === "denied" ? colours.denied : colours.plain, opacity: lit ? 0.9 : rest, inherit: false };
    own.width = (edge.id === state.edge ? 2.6 : lit ? 1.5 : 1) / scale;
    own.dashes = pattern.length ? pattern.map((part) => part / scale) : false;
    own.arrows = { ...own.arrows, to: { ...own.arrows.to, enabled: lit || state.view === "deps", scaleFactor: 0.55 / scale } };
  });
}

function restyle() {
  styleEdges();
  repaint();
}

/** Paint once in the next frame, however often it is asked for. */
function repaint() {
  network.body.emitter.emit("_requestRedraw");
}

function onCanvasClick({ pointer, nodes: hit, edges: hitEdges }) {
  const { x, y } = pointer.DOM;
  const named = hit[0] || labelAt(pointer.DOM);
  if (onHeading(x, y)) toggleHeading(x, y);
  else if (bandAt(x, y)) change({ band: bandAt(x, y), node: null, edge: null });
  else if (named && isTile(named)) toggleCell(tileById.get(named).cell);
  else if (named) lookAt(named);
  else if (hitEdges.length) openEdge(hitEdges[0]);
  else if (state.view === "grid" || state.view === "time" || state.view === "force") lookAt(null);
  network.unselectAll();
  stage.focus({ preventScroll: true });
}

function onCanvasDoubleClick({ nodes: hit }) {
  if (hit[0] && !isTile(hit[0])) openView("near");
}

function setHover(node, edge) {
  hovered = node;
  if (hoveredEdge !== edge) {
    hoveredEdge = edge;
    styleEdges();
  }
  stage.classList.toggle("pointing", Boolean(node || edge));
  repaint();
}

let resizing = 0;
function onResize() {
  clearTimeout(resizing);
  resizing = setTimeout(() => {
    refreshGraph();
    fitShown();
  }, 120);
}
