// Main: opens the page, wires it, and redraws what depends on each change of the state.

import { edges, nodeById, nodes, openPage, page } from "./data/page.js";
import { placed } from "./drawing/boxes.js";
import { fitAll, fitShown } from "./drawing/camera.js";
import { announce, described, renderShown, shownLine, tellMissing } from "./drawing/messages.js";
import {
  createNetwork, fillStage, isLaidOutForStage, lines, network, pointer, refreshLines, refreshScene, restyle, stage,
} from "./drawing/network.js";
import { NETWORK_EVENTS, layOutAnew, onMouseMove, watchStage } from "./drawing/pointing.js";
import { readSizes, watchSize } from "./drawing/size.js";
import { drawItem } from "./drawing/symbols.js";
import { usePaper } from "./drawing/theme.js";
import { shownCsv, shownTurtle } from "./files/save.js";
import { svgPicture, svgText } from "./files/svg.js";
import { bandSizes } from "./layout/bands.js";
import { opensAsCounts } from "./layout/cells.js";
import { openView, propose } from "./layout/dependencies.js";
import { scene, shownEdges, shownNodes, tiles } from "./layout/scene.js";
import { renderCountry } from "./panels/country.js";
import { byId, renderButtons, renderTheme, renderView, translate, wireControls } from "./panels/controls.js";
import { renderFilters, syncFilters, wireYears } from "./panels/filters.js";
import { onKey, onPanelKey, onStageKey } from "./panels/keys.js";
import { panelHeading, renderPanel } from "./panels/panel.js";
import { wireSearch } from "./panels/search.js";
import { wireSkips } from "./panels/skips.js";
import { renderTables } from "./panels/tables.js";
import { cameraIn, fromHash, unknownIn } from "./state/address.js";
import { applyFilters } from "./state/filtering.js";
import { choosesSources } from "./state/news.js";
import { find, prepareSearch } from "./state/search.js";
import { change, keepCameraPlace, lookAt, openEdge, standsOnNode, state, watch } from "./state/state.js";
import { hasStrayed, stepNow } from "./state/tours.js";
import { follow, startTrail } from "./state/trail.js";
import { pick } from "./wording/words.js";

const FILTERS = ["off", "since", "until", "asOf"];
const SCENE_KEYS = ["view", ...FILTERS, "cells", "grown", "limit", "lang"]; // changes that need a new scene
let fittedColumns = 0; // how many columns the camera was last fitted to
const NARROW_WINDOW = 900; // px: below, the filters are closed at first

/** Redraw what depends on a change of the state. */
function react(changed) {
  const has = (...keys) => keys.some((key) => changed.has(key));
  if (has(...FILTERS)) applyFilters();
  rewriteControls(has);
  if (has("form", "view")) fillStage();
  const isNewScene = redraw(has);
  renderShown();
  renderButtons();
  rewritePanel(has);
  if (isNewScene || has("form")) renderTables();
  if (has("measure", "component", "node", "tour", "step") || isNewScene) renderCountry();
  if (has(...FILTERS, "cells", "view")) announce(shownLine.textContent);
  if (has("node", "edge", "band", "step")) announceLook();
  if (movesCamera(has)) fitAll();
  else restyle();
}

function rewriteControls(has) {
  if (has("lang")) translate();
  if (has("theme")) renderTheme();
  if (has("form", "view", "lang")) renderView();
  if (has("lang", "theme")) renderFilters();
  else if (has(...FILTERS)) syncFilters();
}

/** Draw the scene or its lines anew where a change needs it; returns whether the scene is another one. */
function redraw(has) {
  const standsOn = standsOnNode(state.view) || opensAsCounts();
  const isNewScene = has("theme", "form", ...SCENE_KEYS) || (standsOn && has("node", "edge"));
  if (has("node", "edge", "view")) pointer.candidate = null;
  if (isNewScene) refreshScene();
  else if (has("node", "edge", "band")) refreshLines();
  return isNewScene;
}

/** Lay out for another size of the stage, and tell what has room there now. */
function layOutForStage() {
  layOutAnew();
  renderShown(true);
  renderButtons();
}

function movesCamera(has) {
  const columns = scene.columns.length;
  const isOther = state.view === "grid" && columns !== fittedColumns;
  fittedColumns = columns;
  const isBack = has("form") && state.form === "drawing"; // the drawing had no size while it was hidden
  const standsOn = standsOnNode(state.view) || opensAsCounts();
  return isOther || has("view", "grown", "limit") || isBack || (standsOn && has("node"));
}

function rewritePanel(has) {
  const isRead = state.node || state.edge || state.band; // what stands in the panel tells what is filtered out
  const isOther = has("lang", "theme", "node", "edge", "band", "view", "grown", "start", "tour", "step", "versus");
  const isListed = choosesSources() || document.querySelector("#panel .news"); // the introduction lists sources chosen
  if (isOther || (has(...FILTERS) && (isRead || isListed))) renderPanel();
}

function announceLook() {
  if (state.tour && !hasStrayed()) return announce(pick(stepNow().title));
  if (state.node) announce(described(nodeById.get(state.node)));
  if (state.edge || state.band) announce(panelHeading().textContent);
}

function wire() {
  wireControls();
  wireSkips();
  wireSearch();
  wireYears();
  stage.addEventListener("keydown", onStageKey);
  stage.addEventListener("mousemove", onMouseMove);
  byId("panel").addEventListener("keydown", onPanelKey);
  document.addEventListener("keydown", onKey);
  addEventListener("popstate", onTravel);
  addEventListener("hashchange", () => {
    follow(location.hash);
    tellMissing(unknownIn(location.hash)); // it may be of another version of the graph
  });
  addEventListener("beforeprint", () => onPrint(true));
  addEventListener("afterprint", () => onPrint(false));
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", () => react(new Set(["theme"])));
}

function onTravel(event) {
  follow(location.hash, event.state?.at);
  if (document.documentElement.dataset.ready) fitShown();
  renderShown();
  renderButtons();
}

/** On paper stands the picture that can be saved as vectors, light and with its title, legend and sources. */
function onPrint(isPrinted) {
  usePaper(isPrinted);
  refreshScene();
  network.redraw();
  renderPanel();
  byId("paper").replaceChildren(...(isPrinted && state.form === "drawing" ? [svgPicture()] : []));
}

/** Set the state that the address asks for. */
function openState(address) {
  Object.assign(state, fromHash(address));
  if (standsOnNode(state.view) && !state.node && nodes.length) {
    applyFilters();
    state.node = propose(state.view);
  }
}

/** Close the filters where they would hide the drawing. */
function foldFilters() {
  if (innerWidth <= NARROW_WINDOW) byId("filters").open = false;
}

function start(carried) {
  openPage(carried);
  const opened = location.hash;
  const place = cameraIn(opened);
  openState(opened);
  keepCameraPlace(place);
  startTrail();
  foldFilters();
  watchSize();
  createNetwork(drawItem, NETWORK_EVENTS);
  watch(react);
  wire();
  react(new Set(["lang", "theme", "form", "off", "view", "node"]));
  readSizes(); // the bars and filters around the stage have their words now
  keepCameraPlace(place); // the first drawing has fitted the whole scene
  if (isLaidOutForStage()) fitShown();
  else layOutForStage();
  network.redraw();
  tellMissing(unknownIn(opened));
  document.documentElement.dataset.ready = "true";
  watchStage(layOutForStage);
  prepareSearch();
}

// For tests and for the curious: what is drawn can be read and looked at from outside.
window.explorer = {
  state,
  find,
  lookAt,
  openEdge,
  openView,
  change,
  get nodes() {
    return nodes;
  },
  get edges() {
    return edges;
  },
  get data() {
    return page;
  },
  csv: shownCsv,
  svg: svgText,
  turtle: shownTurtle,
  bands: () => [...bandSizes()],
  tiles: () => tiles,
  lines: () => lines,
  live: () => network,
  labels: () => placed,
  scene: () => scene,
  shown: () => ({ nodes: shownNodes, edges: shownEdges }),
};
start(globalThis.carried);
