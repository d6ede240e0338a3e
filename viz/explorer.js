// Start: everything is wired here; each change of the state redraws what depends on it.

const live = document.getElementById("live");
const shownLine = document.getElementById("shown");
const STEPS_ASIDE = { ArrowRight: 1, ArrowLeft: -1 };
const STEPS_DOWN = { ArrowDown: 1, ArrowUp: -1 };

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
  const all = { nodes: nodes.length, edges: edges.length, statements: statements.length };
  Object.keys(all).forEach((key) => (all[key] = number(String(all[key]))));
  document.getElementById("counts").textContent = t("counts", all);
  press("lang-vi", state.lang === "vi");
  press("lang-en", state.lang === "en");
}

function press(id, on) {
  document.getElementById(id).setAttribute("aria-pressed", String(on));
}

function applyTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  tokens = new Map();
  press("theme", isDark());
}

function applyView() {
  const graph = state.view === "graph";
  document.getElementById("drawing").hidden = !graph;
  tables.hidden = graph;
  press("view-graph", graph);
  press("view-table", !graph);
}

function renderShown() {
  const counts = {
    nodes: number(String(shownNodes.length)),
    allNodes: number(String(nodes.length)),
    edges: number(String(shownEdges.length)),
    allEdges: number(String(edges.length)),
  };
  const some = shownNodes.length ? t("shown", counts) : t("nothing");
  shownLine.textContent = nodes.length ? some : t("empty");
}

function react(changed) {
  const words = changed.has("lang");
  const look = changed.has("theme");
  if (words) translate();
  if (look) applyTheme();
  if (changed.has("view")) applyView();
  const moved = changed.has("near") || (state.near && changed.has("node"));
  if (words || look || moved || changed.has("off")) {
    renderFilters();
    refreshGraph();
    renderShown();
  }
  if (changed.has("off")) announce(shownLine.textContent);
  if (words || look || ["node", "edge", "off"].some((key) => changed.has(key))) renderPanel();
  if (words || moved || changed.has("view") || changed.has("off")) renderTables();
  if (changed.has("node") || changed.has("edge")) onLook();
  document.getElementById("near").hidden = !state.node;
  press("near", state.near);
  if (moved) fitAll();
  else restyle();
}

function onLook() {
  candidate = null;
  if (state.node) announce(described(nodeById.get(state.node)));
  if (state.edge) announce(document.querySelector("#panel h2").textContent);
}

function described(node) {
  return t("described", { name: name(node), kind: word("kinds", node.kind), n: node.neighbours.length });
}

/**
 * Walk with the arrow keys, among the neighbours of what is looked at or among all that is shown: left and right
 * pass through every one in reading order, up and down go to the nearest one there.
 */
function walk(key) {
  const here = nodeById.get(candidate || state.node);
  const lit = state.node ? litNodes() : null;
  const others = shownNodes.filter((node) => !lit || lit.has(node.id));
  const order = others.sort((one, other) => one.y - other.y || one.x - other.x);
  if (!order.length) return;
  const next = key in STEPS_ASIDE ? order.indexOf(here) + STEPS_ASIDE[key] : -1;
  const found = key in STEPS_ASIDE ? order.at(next % order.length) : nearest(here, order, STEPS_DOWN[key]);
  candidate = (found || here || order[0]).id;
  announce(described(nodeById.get(candidate)));
  reveal(candidate);
  network.redraw();
}

function nearest(here, others, down) {
  if (!here) return others[0];
  const away = (node) => (node.y - here.y) * down;
  const cost = (node) => away(node) + 2 * Math.abs(node.x - here.x);
  return others.filter((node) => away(node) > 1).sort((one, other) => cost(one) - cost(other))[0];
}

/** Bring a thing into the part of the canvas beside the headings. */
function reveal(id) {
  if (!id) return;
  const { x, y } = toScreen(nodeById.get(id).x, nodeById.get(id).y);
  const room = gutter();
  const right = stage.clientWidth - 40;
  const inside = x > room.left + 6 && y > room.top + 6 && x < right && y < stage.clientHeight - 12;
  if (!inside) moveCamera({ x: nodeById.get(id).x, y: nodeById.get(id).y }, network.getScale());
}

function onStageKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in STEPS_ASIDE || event.key in STEPS_DOWN) walk(event.key);
  else if (event.key === "Enter" && candidate) lookAt(candidate);
  else if (event.key === "Enter") panel.querySelector("h2").focus();
  else if (event.key === "+" || event.key === "=") zoomBy(1.25);
  else if (event.key === "-") zoomBy(0.8);
  else if (event.key === "0") fitAll();
  else return;
  event.preventDefault();
}

/** Escape goes back one step: the pointed neighbour, what is looked at, then the filters. */
function onEscape() {
  if (candidate) {
    candidate = null;
    network.redraw();
  } else if (state.node || state.edge) {
    closePanel();
    if (!litNodes()) fitAll();
  } else showAll();
}

function onKey(event) {
  if (event.key === "Escape") onEscape();
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    input.focus();
  }
}

function on(id, action) {
  document.getElementById(id).addEventListener("click", action);
}

/** Take over what the address says, as after Back, Forward or an edit by hand. */
function follow() {
  if (location.hash === toHash()) return;
  const next = fromHash();
  const changed = new Set([...Object.keys(next)]);
  Object.assign(state, next);
  react(changed);
  fitShown();
}

function start() {
  Object.assign(state, fromHash());
  document.getElementById("filters").open = innerWidth > 900;
  translate();
  applyTheme();
  createGraph();
  watch(react);
  on("lang-vi", () => change({ lang: "vi" }));
  on("lang-en", () => change({ lang: "en" }));
  on("theme", () => change({ theme: isDark() ? "light" : "dark" }));
  on("view-graph", () => change({ view: "graph" }));
  on("view-table", () => change({ view: "table" }));
  on("zoom-in", () => zoomBy(1.25));
  on("zoom-out", () => zoomBy(0.8));
  on("fit", fitAll);
  on("all", showAll);
  on("near", () => change({ near: !state.near }));
  on("save-nodes", saveNodes);
  on("save-edges", saveEdges);
  on("save-png", savePng);
  stage.addEventListener("keydown", onStageKey);
  document.addEventListener("keydown", onKey);
  addEventListener("popstate", follow);
  addEventListener("hashchange", follow);
  addEventListener("resize", onResize);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => react(new Set(["theme"])));
  react(new Set(["lang", "theme", "view", "off"]));
  fitShown();
  document.documentElement.dataset.ready = "true";
}

// For tests and for the curious: what is drawn can be read and looked at from outside.
window.explorer = {
  state,
  nodes,
  edges,
  find,
  lookAt,
  openEdge,
  live: () => network,
  labels: () => placed,
  shown: () => ({ nodes: shownNodes, edges: shownEdges }),
};
start();
