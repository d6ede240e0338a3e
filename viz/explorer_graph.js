// Graph: vis-network at computed places. Symbols, labels and headings keep their size on the screen.

const stage = document.getElementById("stage");
const FAINT = 0.22;
const paths = data.families.map((family) => new Path2D(family.path));
let network = null;
let nodeSet = null;
let edgeSet = null;
let styledScale = 0;
let candidate = null; // the neighbour that the arrow keys point at
let hovered = null;
let hoveredEdge = null;
let shownNodes = nodes;
let shownEdges = edges;
let filterTurn = 0; // counts the changes of filters

function isDark() {
  return state.theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : state.theme === "dark";
}

function familyColour(position) {
  return data.families[position][isDark() ? "dark" : "light"];
}

let tokens = new Map(); // colours of the style sheet, read anew when the theme changes
function token(name) {
  if (!tokens.has(name)) {
    tokens.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  }
  return tokens.get(name);
}

/** Radius of a symbol in px on the screen: it never gets too small to be told from others. */
function symbolRadius(scale) {
  const room = isNear() ? 14 : 0.46 * slotHeight * scale;
  return Math.min(14, room, Math.max(5.5, 8 * scale));
}

function createGraph() {
  fillWindow();
  placeNodes();
  nodeSet = new vis.DataSet(changed(nodes, styleNode));
  edgeSet = new vis.DataSet(changed(edges, styleEdge));
  const options = data.options;
  options.nodes = { shape: "custom", ctxRenderer: drawSymbol, chosen: false };
  options.edges = { ...options.edges, chosen: false, color: { inherit: false }, selfReference: { size: 18 } };
  options.interaction = { ...options.interaction, dragNodes: false, hoverConnectedEdges: false };
  network = new vis.Network(stage, { nodes: nodeSet, edges: edgeSet }, options);
  const frame = stage.querySelector(".vis-network");
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  network.on("beforeDrawing", paintBelow);
  network.on("afterDrawing", paintAbove);
  network.on("click", onCanvasClick);
  network.on("hoverNode", ({ node }) => setHover(node, null));
  network.on("blurNode", () => setHover(null, null));
  network.on("hoverEdge", ({ edge }) => setHover(null, edge));
  network.on("blurEdge", () => setHover(null, null));
  network.on("zoom", limitZoom);
}

function styleNode(node) {
  const colour = familyColour(node.family);
  return { id: node.id, x: node.x, y: node.y, color: { background: colour, border: colour } };
}

function styleEdge(edge) {
  const bend = isNear() ? edge.spread : edge.bend;
  const smooth = bend ? { enabled: true, type: "curvedCW", roundness: 0.16 * bend } : false;
  return { id: edge.id, from: edge.from, to: edge.to, smooth };
}

/** The styles of those whose style is another than the last time; updating all costs far more. */
function changed(list, style) {
  const wanted = list.map((each) => [each, style(each)]);
  const news = wanted.filter(([each, now]) => JSON.stringify(now) !== each.drawn);
  news.forEach(([each, now]) => {
    each.drawn = JSON.stringify(now);
  });
  return news.map(([, now]) => now);
}

/** Draw one symbol; vis-network calls this for each node that is not hidden. */
function drawSymbol({ ctx, id, x, y, style }) {
  const node = nodeById.get(id);
  const scale = network ? network.getScale() : 1;
  const radius = symbolRadius(scale) / scale;
  const reach = 2 * Math.max(radius, Math.min(9 / scale, 16));
  return {
    drawNode() {
      ctx.globalAlpha = isDimmed(node) ? 0.2 : 1;
      ctx.translate(x, y);
      ctx.scale(radius, radius);
      ctx.fillStyle = style.color;
      ctx.fill(paths[node.family]);
    },
    nodeDimensions: { width: reach, height: reach },
  };
}

/** While something is looked at, all but it and its neighbours step back. */
function isDimmed(node) {
  const lit = litNodes();
  return lit !== null && !lit.has(node.id);
}

let litFor = "";
let litSet = null;
function litNodes() {
  const key = `${state.node}|${state.edge}|${state.near}`;
  if (key === litFor) return litSet;
  litFor = key;
  litSet = null;
  if (state.node) litSet = new Set([state.node, ...nodeById.get(state.node).neighbours]);
  if (state.edge && !isNear()) litSet = new Set([edgeById.get(state.edge).from, edgeById.get(state.edge).to]);
  return litSet;
}

function isLitEdge(edge) {
  return state.edge ? edge.id === state.edge : touches(edge, state.node);
}

/** Set colour, width and pattern of the edges on the live network, without the cost of a data update. */
function styleEdges() {
  const scale = network.getScale();
  styledScale = scale;
  const colours = { plain: token("--edge"), denied: token("--denied") };
  const focused = litNodes() !== null;
  const rest = isNear() ? 0.45 : focused ? 0.05 : FAINT;
  shownEdges.forEach((edge) => {
    const live = network.body.edges[edge.id];
    const lit = (focused && isLitEdge(edge)) || edge.id === hoveredEdge;
    const mode = leadMode(edge);
    const own = live.options;
    const opacity = lit ? 0.9 : !focused && isOwnPlace(edge) ? FAINT / 8 : rest;
    own.color = { color: mode === "denied" ? colours.denied : colours.plain, opacity, inherit: false };
    own.width = (edge.id === state.edge ? 2.6 : lit ? 1.5 : 1) / scale;
    own.dashes = dashOf(mode).length ? dashOf(mode).map((part) => part / scale) : false;
    own.arrows = { ...own.arrows, to: { ...own.arrows.to, enabled: lit, scaleFactor: 0.55 / scale } };
  });
}

/** A relation to the own province is said by the column already. */
function isOwnPlace({ from, to }) {
  return nodeById.get(from).province === to || nodeById.get(to).province === from;
}

function restyle() {
  styleEdges();
  network.redraw();
}

/** Bring hidden and colours on the live network in line with the filters and the theme. */
function refreshGraph() {
  filterTurn += 1;
  placeNodes();
  shownNodes = nodes.filter(isShownNode);
  shownEdges = edges.filter(isShownEdge);
  nodeSet.update(changed(nodes, styleNode));
  edgeSet.update(changed(edges, styleEdge));
  nodes.forEach((node) => {
    network.body.nodes[node.id].options.hidden = !isShownNode(node);
  });
  edges.forEach((edge) => {
    network.body.edges[edge.id].options.hidden = !isStated(edge); // with one of its ends it goes by itself
  });
  network._updateVisibleIndices(); // a data update would do the same ten times slower
  restyle();
}

function onCanvasClick({ pointer, nodes: hit, edges: hitEdges }) {
  const labelled = hit[0] || labelAt(pointer.DOM);
  if (labelled) lookAt(labelled);
  else if (hitEdges.length) openEdge(hitEdges[0]);
  else lookAt(null);
  network.unselectAll();
  stage.focus({ preventScroll: true });
}

function setHover(node, edge) {
  hovered = node;
  if (hoveredEdge !== edge) {
    hoveredEdge = edge;
    styleEdges();
  }
  stage.classList.toggle("pointing", Boolean(node || edge));
  network.redraw();
}

/** Room left for row headings at the left and column headings at the top, in px. */
function gutter() {
  if (isNear()) return { left: 0, top: 0 };
  return headingRoom();
}

function headingRoom() {
  return stage.clientWidth < 560 ? { left: 84, top: 32 } : { left: 132, top: 34 };
}

function gridBox() {
  return { left: 0, top: 0, right: columns.at(-1)?.[2] || 1, bottom: rows.at(-1)?.[2] || 1 };
}

/** Stretch the grid so that it fills the window. */
function fillWindow() {
  const room = headingRoom();
  const wanted = (stage.clientWidth - room.left) / Math.max(1, stage.clientHeight - room.top);
  const ratio = wanted / (gridWidth / gridHeight);
  stretchGrid(Math.min(1.7, Math.max(1, ratio)), Math.min(1.7, Math.max(1, 1 / ratio)));
}

let resizing = 0;
function onResize() {
  clearTimeout(resizing);
  resizing = setTimeout(() => {
    fillWindow();
    refreshGraph();
    fitShown();
  }, 120);
}

function boxOf(ids) {
  const held = ids.map((id) => nodeById.get(id));
  return {
    left: Math.min(...held.map((node) => node.x)) - 30,
    top: Math.min(...held.map((node) => node.y)) - 40,
    right: Math.max(...held.map((node) => node.x)) + 140,
    bottom: Math.max(...held.map((node) => node.y)) + 40,
  };
}

/** Move the camera so that a box fills the room beside the headings; on the grid it does not leave the grid. */
function fitBox(box, most = 1.15) {
  const room = gutter();
  const width = Math.max(80, stage.clientWidth - room.left - 6);
  const height = Math.max(80, stage.clientHeight - room.top - 6);
  const scale = Math.min(most, width / (box.right - box.left), height / (box.bottom - box.top));
  const grid = isNear() ? box : gridBox();
  const x = within((box.left + box.right) / 2, grid.left, grid.right, width / scale);
  const y = within((box.top + box.bottom) / 2, grid.top, grid.bottom, height / scale);
  moveCamera({ x: x - room.left / 2 / scale, y: y - room.top / 2 / scale }, scale);
}

/** Keep a view of some size between two borders, or in their middle when it is larger. */
function within(middle, low, high, size) {
  if (size >= high - low) return (low + high) / 2;
  return Math.min(high - size / 2, Math.max(low + size / 2, middle));
}

function moveCamera(position, scale) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = still ? false : { duration: 320, easingFunction: "easeInOutQuad" };
  network.moveTo({ position, scale, animation });
  if (still) restyle();
}

function fitAll() {
  if (isNear()) fitNear();
  else fitBox(gridBox(), 1.4);
}

/** Show what is looked at with its neighbours, or everything. */
function fitShown() {
  const lit = litNodes();
  if (lit && !isNear()) fitBox(boxOf([...lit]));
  else fitAll();
}

function zoomBy(factor) {
  moveCamera(network.getViewPosition(), clampScale(network.getScale() * factor));
}

function clampScale(scale) {
  return Math.min(4, Math.max(0.12, scale));
}

function limitZoom({ scale }) {
  if (scale !== clampScale(scale)) network.moveTo({ scale: clampScale(scale) });
}
