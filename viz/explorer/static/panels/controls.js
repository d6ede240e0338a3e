// Controls: the fixed parts of the page, in the language of the reader and in line with the state.

import { edges, nodes, page, statements } from "../data/page.js";
import { fitAll, zoomBy } from "../drawing/camera.js";
import { stage } from "../drawing/network.js";
import { applyTheme, isDark } from "../drawing/theme.js";
import { copyCitation, copyLink, saveEdges, saveNodes, savePng, saveSvg, saveTurtle } from "../files/save.js";
import { MANY, setAllCells } from "../layout/cells.js";
import { openView } from "../layout/dependencies.js";
import { scene, tiles } from "../layout/scene.js";
import { showSaved } from "./saved.js";
import { searchInput } from "./search.js";
import { tablesPart } from "./tables.js";
import { change, FIRST, showAll, state } from "../state/state.js";
import { canGoBack, canGoForward, travel } from "../state/trail.js";
import { sitePage } from "../wording/site.js";
import { number, t } from "../wording/words.js";

const saveMenu = document.getElementById("save");

/** Close what can be saved; the focus goes back to what opened it. Returns whether it was open. */
export function closeSaveMenu() {
  const wasOpen = saveMenu.open;
  if (saveMenu.contains(document.activeElement)) saveMenu.querySelector("summary").focus();
  saveMenu.open = false;
  return wasOpen;
}

export function byId(id) {
  return document.getElementById(id);
}

function press(element, isOn) {
  element.setAttribute("aria-pressed", String(isOn));
}

/** Put the words of the language into the fixed parts of the page. */
export function translate() {
  document.documentElement.lang = state.lang;
  document.title = t("title");
  document.querySelectorAll("[data-t]").forEach((element) => {
    element.textContent = t(element.dataset.t);
  });
  document.querySelectorAll("[data-label]").forEach((element) => {
    element.setAttribute("aria-label", t(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = t(element.dataset.label);
  });
  searchInput.placeholder = t("searchHint");
  byId("home")?.setAttribute("href", sitePage("index"));
  const counts = { nodes: number(nodes.length), edges: number(edges.length), statements: number(statements.length) };
  byId("counts").textContent = t("counts", counts);
  languageButtons().forEach((element) => press(element, element.lang === state.lang));
}

function languageButtons() {
  return [...document.querySelectorAll("[data-language]")];
}

export function renderTheme() {
  applyTheme();
  press(byId("theme"), isDark());
}

export function renderView() {
  const isDrawing = state.form === "drawing";
  byId("drawing").hidden = !isDrawing;
  byId("canvas").hidden = state.view === "country";
  tablesPart.hidden = isDrawing;
  press(byId("form-drawing"), isDrawing);
  press(byId("form-table"), !isDrawing);
  if (!isDrawing && document.activeElement === stage) byId("form-table").focus();
  page.views.forEach((view) => press(byId(`view-${view}`), state.view === view));
  stage.setAttribute("aria-label", t(`drawing.${state.view}`));
}

/** Show the buttons that can do something now. */
export function renderButtons() {
  const isClosed = tiles.length > 0;
  byId("more").hidden = !(scene.hidden || (scene.isFitted && isClosed));
  byId("cells").hidden = state.view !== "grid" || nodes.length < 2;
  byId("cells").textContent = t(isClosed ? "openAll" : "closeAll");
  byId("cells").disabled = isClosed && nodes.length > MANY;
  byId("back").disabled = !canGoBack();
  byId("forward").disabled = !canGoForward();
}

/** What a click on each button does, by its id. */
const CLICKS = {
  theme: () => change({ theme: isDark() ? "light" : "dark" }),
  "form-drawing": () => change({ form: "drawing" }),
  "form-table": () => change({ form: "table" }),
  back: () => travel(-1),
  forward: () => travel(1),
  link: copyLink,
  saved: showSaved,
  more: () => change({ limit: state.limit + FIRST }),
  cells: () => setAllCells(tiles.length > 0),
  "zoom-in": () => zoomBy(1.25),
  "zoom-out": () => zoomBy(0.8),
  fit: fitAll,
  all: showAll,
  "save-nodes": saveNodes,
  "save-edges": saveEdges,
  "save-png": savePng,
  "save-svg": saveSvg,
  "save-turtle": saveTurtle,
  cite: copyCitation,
  print: () => globalThis.print(),
};

export function wireControls() {
  Object.entries(CLICKS).forEach(([id, action]) => byId(id).addEventListener("click", () => action()));
  page.views.forEach((view) => byId(`view-${view}`).addEventListener("click", () => openView(view)));
  languageButtons().forEach((element) => element.addEventListener("click", () => change({ lang: element.lang })));
  const isOutside = ({ target }) => !saveMenu.contains(target) || target.closest("button");
  document.addEventListener("click", (event) => isOutside(event) && closeSaveMenu());
}
