// Keys: the whole page can be used without a pointer.

import { page } from "../data/page.js";
import { fitAll, reveal, zoomBy } from "../drawing/camera.js";
import { announce, described } from "../drawing/messages.js";
import { pointer, repaint } from "../drawing/network.js";
import { openItem } from "../drawing/pointing.js";
import { cellOf, toggleCell } from "../layout/cells.js";
import { openView } from "../layout/dependencies.js";
import { openTile } from "../layout/opening_tiles.js";
import { growNear, isNear } from "../layout/neighbours.js";
import { cellInScene, itemOf, litNodes, scene, shownNodes, tiles } from "../layout/scene.js";
import { closeSaveMenu } from "./controls.js";
import { focusPanel } from "./panel.js";
import { searchInput } from "./search.js";
import { tablesPart } from "./tables.js";
import { isFiltered } from "../state/filtering.js";
import { change, closePanel, restingView, showAll, standsOnNode, state } from "../state/state.js";
import { hasStrayed, leaveTour, walkTour } from "../state/tours.js";
import { canGoBack, travel } from "../state/trail.js";

const STEPS_ASIDE = { ArrowRight: 1, ArrowLeft: -1 };
const STEPS_DOWN = { ArrowDown: 1, ArrowUp: -1 };

/** What each key does inside the drawing. */
const STAGE_KEYS = {
  Enter: () => (pointer.candidate ? openItem(pointer.candidate) : focusPanel()),
  "+": () => zoomBy(1.25),
  "=": () => zoomBy(1.25),
  "-": () => zoomBy(0.8),
  0: fitAll,
  "/": () => searchInput.focus(),
  t: () => {
    change({ form: "table" });
    tablesPart.querySelector(".sheet")?.focus();
  },
  e: () => isNear() && pointer.candidate && growNear(pointer.candidate),
  c: () => state.view === "grid" && togglePointedCell(),
};

/** What keys do during a tour, in the drawing and in the panel. */
const TOUR_KEYS = { n: () => walkTour(1), p: () => walkTour(-1) };

function pointedItem() {
  return itemOf(pointer.candidate || state.node || "");
}

/**
 * Walk with the arrow keys, among the neighbours of what is looked at or among all that is shown: left and right
 * pass through every one in reading order, up and down go to the nearest one there.
 */
function walk(key) {
  const start = pointedItem();
  const lit = state.node ? litNodes() : null;
  const reachable = [...shownNodes, ...tiles].filter((item) => !lit || lit.has(item.id));
  const order = reachable.sort((a, b) => a.y - b.y || a.x - b.x);
  if (!order.length) return;
  const position = key in STEPS_ASIDE ? order.indexOf(start) + STEPS_ASIDE[key] : -1;
  const next = key in STEPS_ASIDE ? order.at(position % order.length) : nearest(start, order, STEPS_DOWN[key]);
  pointTo((next || start || order[0]).id);
}

function pointTo(id) {
  pointer.candidate = id;
  announce(described(itemOf(id)));
  reveal(id);
  repaint();
}

function nearest(start, items, down) {
  if (!start) return items[0];
  const below = (item) => (item.y - start.y) * down;
  const cost = (item) => below(item) + 2 * Math.abs(item.x - start.x);
  return items.filter((item) => below(item) > 1).sort((a, b) => cost(a) - cost(b))[0];
}

export function onStageKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { key } = event;
  if (key in STEPS_ASIDE || key in STEPS_DOWN) walk(key);
  else if (key in STAGE_KEYS) STAGE_KEYS[key]();
  else if (state.tour && key in TOUR_KEYS) TOUR_KEYS[key]();
  else if (page.views[Number(key) - 1]) openView(page.views[Number(key) - 1]);
  else return;
  event.preventDefault();
}

export function onPanelKey(event) {
  if (!state.tour || event.ctrlKey || event.metaKey || event.altKey || !(event.key in TOUR_KEYS)) return;
  TOUR_KEYS[event.key]();
  event.preventDefault();
}

/** Close or open the cell of what is pointed at or looked at. */
function togglePointedCell() {
  const item = pointedItem();
  if (!item) return;
  if (scene.isFitted) openTile({ cell: item.cell ?? cellInScene(item.id) });
  else toggleCell(cellOf(item));
}

/** Escape goes back one step: a menu, what is pointed at, the tour, what is looked at, its view, the last filter. */
function onEscape() {
  if (closeSaveMenu()) return;
  if (pointer.candidate) {
    pointer.candidate = null;
    repaint();
  } else if (state.tour) backInTour();
  else if (state.edge) closePanel();
  else if (standsOnNode(state.view)) openView(restingView());
  else if (state.node || state.band) {
    closePanel();
    fitAll();
  } else if (isFiltered() && canGoBack()) travel(-1);
  else showAll();
}

function backInTour() {
  if (hasStrayed()) walkTour(0);
  else leaveTour();
}

/** Keys for the whole page have no single letters, so that nobody presses them by accident. */
export function onKey(event) {
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) onEscape(); // a window closes by itself
  if (event.key === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    searchInput.focus();
  }
}
