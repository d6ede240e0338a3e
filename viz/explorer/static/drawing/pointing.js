// Pointing: what clicks and the mouse do on the drawing.

import { bandAt } from "./bands.js";
import { labelAt } from "./boxes.js";
import { fitShownAtOnce, limitZoom, noteCamera } from "./camera.js";
import { isOnHeading, toggleHeading } from "./headings.js";
import { isLaidOutForStage, network, pointer, refreshScene, repaint, stage, styleLines } from "./network.js";
import { paintAbove, paintBelow } from "./painting.js";
import { isTile } from "../layout/cells.js";
import { openView } from "../layout/dependencies.js";
import { showsBands } from "../layout/frame.js";
import { openTile } from "../layout/opening_tiles.js";
import { tileById } from "../layout/scene.js";
import { change, lookAt, openEdge, standsOnNode, state } from "../state/state.js";

const RESIZED = 120; // ms after which the window keeps its size
let resizing = 0;

/** Events of vis-network, and what they do. */
export const NETWORK_EVENTS = {
  beforeDrawing: paintBelow,
  afterDrawing: paintAbove,
  click: onCanvasClick,
  doubleClick: onCanvasDoubleClick,
  hoverNode: ({ node }) => setHover(node, null),
  blurNode: () => setHover(null, null),
  hoverEdge: ({ edge }) => setHover(null, edge),
  blurEdge: () => setHover(null, null),
  zoom: limitZoom,
  dragEnd: noteCamera,
};

function onCanvasClick({ pointer: { DOM: point }, nodes: hitNodes, edges: hitEdges }) {
  const id = hitNodes[0] || labelAt(point);
  const band = bandAt(point.x, point.y);
  if (isOnHeading(point.x, point.y)) toggleHeading(point.x, point.y);
  else if (band) change({ band, node: null, edge: null });
  else if (id) openItem(id);
  else if (hitEdges.length) openEdge(hitEdges[0]);
  else if (!standsOnNode(state.view)) lookAt(null);
  network.unselectAll();
  stage.focus({ preventScroll: true });
}

/** Open an entity, or the cell that a tile stands for. */
export function openItem(id) {
  if (isTile(id)) openTile(tileById.get(id));
  else lookAt(id);
}

function onCanvasDoubleClick({ nodes: hitNodes }) {
  if (hitNodes[0] && !isTile(hitNodes[0])) openView("near", hitNodes[0]);
}

function setHover(node, edge) {
  pointer.node = node;
  if (pointer.edge !== edge) {
    pointer.edge = edge;
    styleLines();
  }
  stage.classList.toggle("pointing", Boolean(node || edge));
  repaint();
}

export function onMouseMove(event) {
  if (!network || !showsBands()) return;
  const box = stage.getBoundingClientRect();
  const band = bandAt(event.clientX - box.left, event.clientY - box.top);
  if (band === pointer.band) return;
  pointer.band = band;
  stage.classList.toggle("pointing", Boolean(band || pointer.node));
  repaint();
}

/** Call `layOut` whenever the stage has another size than that for which the scene was laid out. */
export function watchStage(layOut) {
  new ResizeObserver(() => {
    clearTimeout(resizing);
    if (stage.clientWidth && !isLaidOutForStage()) resizing = setTimeout(layOut, RESIZED);
  }).observe(stage);
}

/** Lay the scene out for a stage that has another size than before. */
export function layOutAnew() {
  network.canvas.setSize(); // else vis-network would do it within a second, and zoom
  refreshScene();
  fitShownAtOnce();
}
