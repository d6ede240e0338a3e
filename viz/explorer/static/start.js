// Start: everything is wired here; each change of the state redraws what depends on it.

const live = document.getElementById("live");
const shownLine = document.getElementById("shown");
const said = document.getElementById("said");

function announce(text) {
  live.textContent = text;
}

/** Put the words of the language into the fixed parts of the page. */
function translate() {
  document.documentElement.lang = state.lang;
  document.title = t("title");
  document.querySelectorAll("[data-t]").forEach((element) => {
    element.textContent = t(element.dataset.t);
  });
  document.querySelectorAll("[data-label]").forEach((element) => {
    element.setAttribute("aria-label", t(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = t(element.dataset.label);
  });
  input.placeholder = t("searchHint");
  document.getElementById("home")?.setAttribute("href", sitePage("index"));
  const all = { nodes: nodes.length, edges: edges.length, statements: statements.length };
  Object.keys(all).forEach((key) => (all[key] = number(String(all[key]))));
  document.getElementById("counts").textContent = t("counts", all);
  press("lang-vi", state.lang === "vi");
  press("lang-en", state.lang === "en");
}

function press(id, isOn) {
  document.getElementById(id).setAttribute("aria-pressed", String(isOn));
}

function applyTheme() {
  shade = isDark() ? "dark" : "light";
  document.documentElement.dataset.theme = shade;
  tokens = new Map();
  press("theme", isDark());
}

function applyView() {
  const isDrawing = state.form === "drawing";
  document.getElementById("drawing").hidden = !isDrawing;
  tables.hidden = isDrawing;
  press("form-drawing", isDrawing);
  press("form-table", !isDrawing);
  VIEWS.forEach((view) => press(`view-${view}`, state.view === view));
  stage.setAttribute("aria-label", t(`drawing.${state.view}`));
}

function renderShown() {
  const counts = {
    nodes: number(String(shownNodes.length)),
    allNodes: number(String(nodes.length)),
    edges: number(String(shownEdges.length)),
    allEdges: number(String(edges.length)),
  };
  const inTiles = tiles.reduce((sum, tile) => sum + tile.count, 0);
  const parts = [shownNodes.length || inTiles ? t("shown", counts) : t("nothing")];
  if (inTiles) parts.push(t("inTiles", { n: number(String(inTiles)), cells: tiles.length }));
  if (scene.rest) parts.push(t("rest", { n: number(String(scene.rest)) }));
  if (state.view === "time") parts.push(t("undated"));
  if (state.view === "deps" && state.node) parts.push(dependantsText(state.node) || t("stops", { n: 0 }));
  shownLine.textContent = nodes.length ? parts.join(" · ") : t("empty");
  said.textContent = "";
  document.getElementById("more").hidden = !scene.rest;
  document.getElementById("cells").hidden = state.view !== "grid" || nodes.length < 2;
  const isClosed = tiles.length > 0;
  document.getElementById("cells").textContent = t(isClosed ? "openAll" : "closeAll");
  document.getElementById("cells").disabled = isClosed && nodes.length > MANY;
  document.getElementById("back").disabled = trail.at < 1;
  document.getElementById("forward").disabled = trail.at >= trail.steps.length - 1;
}

const SCENE = ["view", "off", "since", "until", "asOf", "cells", "grown", "most", "lang"];

function react(changed) {
  const has = (...keys) => keys.some((key) => changed.has(key));
  const standsOn = state.view === "near" || state.view === "deps" || opensAsCounts();
  if (has("lang")) translate();
  if (has("theme")) applyTheme();
  if (has("form", "view", "lang")) applyView();
  if (has("off", "since", "until", "asOf")) applyFilters();
  if (has("lang", "theme")) renderFilters();
  else if (has("off", "since", "until", "asOf")) syncFilters();
  const isBack = has("form") && state.form === "drawing"; // the drawing had no size while it was hidden
  const isNew = has("theme", "form", ...SCENE) || (standsOn && has("node", "edge"));
  const moves = has("view", "grown", "most") || isBack || (standsOn && has("node"));
  if (has("node", "edge", "view")) candidate = null;
  if (isNew) refreshGraph();
  else if (has("node", "edge", "band")) refreshLines();
  renderShown();
  const isRead = state.node || state.edge || state.band; // what stands in the panel tells what is filtered out
  const isFilter = has("off", "since", "until", "asOf");
  if (has("lang", "theme", "node", "edge", "band", "view", "grown") || (isFilter && isRead)) renderPanel();
  if (isNew || has("form")) renderTables();
  if (has("off", "since", "until", "asOf", "cells", "view")) announce(shownLine.textContent);
  if (has("node", "edge", "band")) onLook();
  if (moves) fitAll();
  else restyle();
}

function onLook() {
  if (state.node) announce(described(nodeById.get(state.node)));
  if (state.edge || state.band) announce(panel.querySelector("h2").textContent);
}

function described(item) {
  if (item.cell) return `${cellName(item.cell)}, ${t("tileHint", { n: number(String(item.count)) })}`;
  return t("described", { name: name(item), kind: word("kinds", item.kind), n: item.neighbours.length });
}

function on(id, action) {
  document.getElementById(id).addEventListener("click", action);
}

function wire() {
  on("lang-vi", () => change({ lang: "vi" }));
  on("lang-en", () => change({ lang: "en" }));
  on("theme", () => change({ theme: isDark() ? "light" : "dark" }));
  on("form-drawing", () => change({ form: "drawing" }));
  on("form-table", () => change({ form: "table" }));
  VIEWS.forEach((view) => on(`view-${view}`, () => openView(view)));
  on("back", () => travel(-1));
  on("forward", () => travel(1));
  on("link", copyLink);
  on("more", () => change({ most: state.most + FIRST }));
  on("cells", () => setAllCells(tiles.length > 0));
  on("zoom-in", () => zoomBy(1.25));
  on("zoom-out", () => zoomBy(0.8));
  on("fit", fitAll);
  on("all", showAll);
  on("save-nodes", saveNodes);
  on("save-edges", saveEdges);
  on("save-png", savePng);
  on("save-svg", saveSvg);
  on("save-turtle", saveTurtle);
  wireYears();
  stage.addEventListener("keydown", onStageKey);
  stage.addEventListener("mousemove", onBandMove);
  document.addEventListener("keydown", onKey);
  addEventListener("popstate", (event) => {
    follow(location.hash, event.state?.at);
    if (document.documentElement.dataset.ready) fitShown();
    renderShown();
  });
  addEventListener("hashchange", () => {
    follow(location.hash);
    tellUnknown(location.hash);
  });
  addEventListener("resize", onResize);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => react(new Set(["theme"])));
}

/** A link may be of another version of the graph: say what of it is not here. */
function tellUnknown(address) {
  const id = unknownIn(address);
  if (!id) return;
  said.textContent = t("linkUnknown", { id });
  announce(said.textContent);
}

function start() {
  const opened = location.hash;
  Object.assign(state, fromHash(opened));
  const asked = camera;
  if ((state.view === "deps" || state.view === "near") && !state.node && nodes.length) state.node = firstFor(state.view);
  trail.steps = [toHash()];
  document.querySelectorAll("nav details").forEach((each) => {
    if (innerWidth <= 900 && each.id === "filters") each.open = false;
  });
  createGraph();
  watch(react);
  wire();
  react(new Set(["lang", "theme", "form", "off", "view", "node"]));
  camera = asked;
  fitShown();
  network.redraw();
  tellUnknown(opened);
  document.documentElement.dataset.ready = "true";
  prepareSearch(0);
}

// For tests and for the curious: what is drawn can be read and looked at from outside.
window.explorer = {
  state,
  nodes,
  edges,
  data,
  find,
  lookAt,
  openEdge,
  openView,
  change,
  csv: () => [csv(NODE_COLUMNS, shownNodes), csv(EDGE_COLUMNS, shownEdges)],
  svg: svgText,
  turtle,
  bands: () => [...bandSizes()],
  tiles: () => tiles,
  lines: () => lines,
  live: () => network,
  labels: () => placed,
  scene: () => scene,
  shown: () => ({ nodes: shownNodes, edges: shownEdges }),
};
start();
