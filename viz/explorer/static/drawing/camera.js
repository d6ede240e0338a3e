// Camera: where the window looks. Headings keep their room; a place that the reader moved to stands in the address.

import { nodeById } from "../data/page.js";
import { network, restyle, stage, toScreen } from "./network.js";
import { freeRoom, hasHeadings, headingRoom } from "../layout/frame.js";
import { isNear } from "../layout/neighbours.js";
import { itemOf, litNodes, scene, sceneBox, shownIds } from "../layout/scene.js";
import { cameraPlace, keepCameraPlace } from "../state/state.js";
import { noteState } from "../state/trail.js";

const LEAST_COLUMN = 20; // px: below, a column could not be told from the next
const MOST_SCALE = 4;
const LEAST_SCALE = 0.05;
const FITTED_SCALE = 1.4; // no scene is made larger than this to fill the window
const SETTLED = 380; // ms after which the camera stands still
let fitted = 1; // the scale at which the whole scene fits
let settling = 0;
let isMoved = true; // whether the camera may move to a place, or jumps

function boxAround(ids) {
  const placed = ids.map((id) => nodeById.get(id)).filter((node) => node.x !== undefined);
  return {
    left: Math.min(...placed.map((node) => node.x)) - 30,
    top: Math.min(...placed.map((node) => node.y)) - 40,
    right: Math.max(...placed.map((node) => node.x)) + 140,
    bottom: Math.max(...placed.map((node) => node.y)) + 40,
  };
}

function fittingScale(box, greatest) {
  const { width, height } = freeRoom();
  return Math.min(greatest, width / (box.right - box.left), height / (box.bottom - box.top));
}

/** Move the camera so that a box fills the room beside the headings; it does not leave the scene. */
function fitBox(box, greatest = 1.15, least = 0) {
  const scale = Math.max(least, fittingScale(box, greatest));
  const { width, height } = freeRoom();
  const borders = sceneBox();
  const atStart = least > 0;
  const x = within((box.left + box.right) / 2, borders.left, borders.right, { size: width / scale, atStart });
  const y = within((box.top + box.bottom) / 2, borders.top, borders.bottom, { size: height / scale, atStart });
  lookFrom(x, y, scale);
}

/** Look at a point of the scene in the middle of the free room. */
function lookFrom(x, y, scale) {
  const room = headingRoom();
  moveCamera({ x: x - (room.left - room.right) / 2 / scale, y: y - room.top / 2 / scale }, scale);
}

/** Keep a view of some size between two borders, at the start if so asked; in their middle when it is larger. */
function within(middle, low, high, { size, atStart }) {
  if (size >= high - low) return (low + high) / 2;
  if (atStart) return low + size / 2;
  return Math.min(high - size / 2, Math.max(low + size / 2, middle));
}

function isStill() {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return !isMoved || isCalm || !stage.clientWidth || !document.documentElement.dataset.ready;
}

/** End a motion that goes on: vis-network would carry out both, and stop at neither place. */
function endMotion() {
  const { view } = network;
  network.off("initRedraw", view.viewFunction);
  view.easingTime = 0;
}

function moveCamera(position, scale) {
  endMotion();
  const animation = isStill() ? false : { duration: 320, easingFunction: "easeInOutQuad" };
  network.moveTo({ position, scale, animation });
  if (!animation) restyle();
}

function mostScale() {
  return isNear() ? 1 : FITTED_SCALE;
}

function measureFit(box) {
  fitted = Math.max(fittingScale(box, mostScale()), 0.01);
}

/** Show the whole scene; one with very many columns, or laid out at full size, starts at its upper left corner. */
export function fitAll() {
  keepCameraPlace(null);
  const box = sceneBox();
  const narrowest = Math.min(...scene.columns.map(([, start, end]) => end - start), Infinity);
  const isWide = Number.isFinite(narrowest) && hasHeadings();
  const least = scene.isFitted ? 1 : isWide ? LEAST_COLUMN / narrowest : 0;
  measureFit(box);
  fitBox(box, mostScale(), least > fitted ? least : 0);
}

/** Show what is looked at with its neighbours, or everything. */
export function fitShown() {
  const lit = litNodes();
  if (cameraPlace) return restoreCamera();
  fitAll();
  const bright = [...(lit ?? [])].filter((id) => shownIds.has(id));
  if (bright.length && hasHeadings() && !scene.isFitted) fitBox(boxAround(bright));
  return undefined;
}

/** The same without a motion, as after a change of the window. */
export function fitShownAtOnce() {
  isMoved = false;
  fitShown();
  isMoved = true;
}

export function zoomBy(factor) {
  moveCamera(network.getViewPosition(), clampScale(network.getScale() * factor));
  noteCamera();
}

function clampScale(scale) {
  return Math.min(MOST_SCALE, Math.max(LEAST_SCALE, scale));
}

export function limitZoom({ scale }) {
  if (scale !== clampScale(scale)) network.moveTo({ scale: clampScale(scale) });
  noteCamera();
}

/** Note in the address where the reader has moved to, once the camera stands still. */
export function noteCamera() {
  clearTimeout(settling);
  settling = setTimeout(() => {
    keepCameraPlace(presentPlace());
    noteState(false);
  }, SETTLED);
}

/** Where the camera looks: the middle as shares of the scene, the scale as a multiple of the fitting one. */
function presentPlace() {
  const box = sceneBox();
  const scale = network.getScale();
  const room = headingRoom();
  const middle = network.getViewPosition();
  const x = middle.x + (room.left - room.right) / 2 / scale;
  const y = middle.y + room.top / 2 / scale;
  const share = (value, low, high) => Number(((value - low) / (high - low)).toFixed(3));
  return [share(x, box.left, box.right), share(y, box.top, box.bottom), Number((scale / fitted).toFixed(3))];
}

function restoreCamera() {
  const [x, y, scale] = cameraPlace;
  const box = sceneBox();
  measureFit(box);
  const point = [box.left + x * (box.right - box.left), box.top + y * (box.bottom - box.top)];
  lookFrom(...point, clampScale(scale * fitted));
}

/** Bring an item into the part of the canvas beside the headings. */
export function reveal(id) {
  const item = itemOf(id);
  if (!item || item.x === undefined) return;
  const { x, y } = toScreen(item.x, item.y);
  const room = headingRoom();
  const right = stage.clientWidth - 40 - room.right;
  const isInside = x > room.left + 6 && y > room.top + 6 && x < right && y < stage.clientHeight - 12;
  if (!isInside) moveCamera({ x: item.x, y: item.y }, network.getScale());
}
