// Keys: the whole page can be used without a pointer.

const STEPS_ASIDE = { ArrowRight: 1, ArrowLeft: -1 };
const STEPS_DOWN = { ArrowDown: 1, ArrowUp: -1 };

/**
 * Walk with the arrow keys, among the neighbours of what is looked at or among all that is shown: left and right
 * pass through every one in reading order, up and down go to the nearest one there.
 */
function walk(key) {
  const here = itemOf(candidate || state.node || "");
  const lit = state.node ? litNodes() : null;
  const others = [...shownNodes, ...tiles].filter((node) => !lit || lit.has(node.id));
  const order = others.sort((one, other) => one.y - other.y || one.x - other.x);
  if (!order.length) return;
  const next = key in STEPS_ASIDE ? order.indexOf(here) + STEPS_ASIDE[key] : -1;
  const found = key in STEPS_ASIDE ? order.at(next % order.length) : nearest(here, order, STEPS_DOWN[key]);
  candidate = (found || here || order[0]).id;
  announce(described(itemOf(candidate)));
  reveal(candidate);
  repaint();
}

function nearest(here, others, down) {
  if (!here) return others[0];
  const away = (node) => (node.y - here.y) * down;
  const cost = (node) => away(node) + 2 * Math.abs(node.x - here.x);
  return others.filter((node) => away(node) > 1).sort((one, other) => cost(one) - cost(other))[0];
}

function openItem(id) {
  if (isTile(id)) toggleCell(tileById.get(id).cell);
  else lookAt(id);
}

function onStageKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in STEPS_ASIDE || event.key in STEPS_DOWN) walk(event.key);
  else if (event.key === "Enter" && candidate) openItem(candidate);
  else if (event.key === "Enter") panel.querySelector("h2").focus();
  else if (event.key === "+" || event.key === "=") zoomBy(1.25);
  else if (event.key === "-") zoomBy(0.8);
  else if (event.key === "0") fitAll();
  else if (event.key === "e" && isNear() && candidate) growNear(candidate);
  else if (event.key === "c" && state.view === "grid") toggleHere();
  else if (event.key === "/") input.focus();
  else if (event.key === "t") change({ form: "table" });
  else if (/^[1-5]$/.test(event.key)) openView(VIEWS[Number(event.key) - 1]);
  else return;
  event.preventDefault();
}

/** Close or open the cell of what is pointed at or looked at. */
function toggleHere() {
  const item = itemOf(candidate || state.node || "");
  if (item) toggleCell(`${item.row}|${item.column}`);
}

/** Escape goes back one step: what is pointed at, what is looked at, the view that stands on it, the filters. */
function onEscape() {
  if (candidate) {
    candidate = null;
    repaint();
  } else if (state.edge) closePanel();
  else if (state.view === "near" || state.view === "deps") openView("grid");
  else if (state.node || state.band) {
    closePanel();
    fitAll();
  } else showAll();
}

/** Keys for the whole page have no single letters, so that nobody presses them by accident. */
function onKey(event) {
  if (event.key === "Escape") onEscape();
  if (event.key === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    input.focus();
  }
}
