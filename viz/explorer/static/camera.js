// Camera: where the window looks. Headings keep their room; a camera that the reader moved stands in the address.

let camera = null; // [x, y, scale]: middle as shares of the scene, scale as multiple of the fitting one
let fitted = 1; // the scale at which the whole scene fits

/** Room for headings at the left and the top, and for bands at the right, in px. */
function headingRoom() {
  if (state.view === "force") return { left: 8, top: 34, right: 110 }; // names stand right of the symbols
  if (!hasHeadings()) return { left: 0, top: 0, right: 0 };
  const right = showsBands() ? 72 : 0;
  return isNarrow() ? { left: 84, top: 34, right } : { left: 132, top: 36, right };
}

function hasHeadings() {
  return state.view === "grid" || state.view === "deps" || state.view === "time";
}

function sceneBox() {
  if (isNear()) return nearBox();
  if (scene.box) return scene.box;
  return { left: 0, top: 0, right: scene.size.width, bottom: scene.size.height };
}

function boxOf(ids) {
  const held = ids.map((id) => nodeById.get(id)).filter((node) => node.x !== undefined);
  return {
    left: Math.min(...held.map((node) => node.x)) - 30,
    top: Math.min(...held.map((node) => node.y)) - 40,
    right: Math.max(...held.map((node) => node.x)) + 140,
    bottom: Math.max(...held.map((node) => node.y)) + 40,
  };
}

function freeSize() {
  const room = headingRoom();
  return {
    width: Math.max(80, stage.clientWidth - room.left - room.right - 6),
    height: Math.max(80, stage.clientHeight - room.top - 6),
  };
}

function fittingScale(box, most) {
  const { width, height } = freeSize();
  return Math.min(most, width / (box.right - box.left), height / (box.bottom - box.top));
}

/** Move the camera so that a box fills the room beside the headings; it does not leave the scene. */
function fitBox(box, most = 1.15, least = 0) {
  const scale = Math.max(least, fittingScale(box, most));
  const { width, height } = freeSize();
  const whole = sceneBox();
  const x = within((box.left + box.right) / 2, whole.left, whole.right, width / scale, least);
  const y = within((box.top + box.bottom) / 2, whole.top, whole.bottom, height / scale, least);
  lookFrom(x, y, scale);
}

/** Look at a point of the scene in the middle of the free room. */
function lookFrom(x, y, scale) {
  const room = headingRoom();
  moveCamera({ x: x - (room.left - room.right) / 2 / scale, y: y - room.top / 2 / scale }, scale);
}

/** Keep a view of some size between two borders, or in their middle when it is larger; `least` starts at the border. */
function within(middle, low, high, size, least) {
  if (size >= high - low) return (low + high) / 2;
  if (least) return low + size / 2;
  return Math.min(high - size / 2, Math.max(low + size / 2, middle));
}

function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches || !document.documentElement.dataset.ready;
}

function moveCamera(position, scale) {
  const animation = isStill() ? false : { duration: 320, easingFunction: "easeInOutQuad" };
  network.moveTo({ position, scale, animation });
  if (!animation) restyle();
}

const LEAST_COLUMN = 20; // px: below, a column could not be told from the next

/** Show the whole scene; one with very many columns starts at its left border. */
function fitAll() {
  camera = null;
  const box = sceneBox();
  const narrowest = Math.min(...scene.columns.map(([, start, end]) => end - start), Infinity);
  const least = Number.isFinite(narrowest) && hasHeadings() ? LEAST_COLUMN / narrowest : 0;
  fitted = Math.max(fittingScale(box, isNear() ? 1 : 1.4), 0.01);
  fitBox(box, isNear() ? 1 : 1.4, least > fitted ? least : 0);
}

/** Show what is looked at with its neighbours, or everything. */
function fitShown() {
  const lit = litNodes();
  if (camera) return restoreCamera();
  fitAll();
  if (lit && hasHeadings()) fitBox(boxOf([...lit].filter((id) => isShownNode(nodeById.get(id)))));
  return undefined;
}

function zoomBy(factor) {
  moveCamera(network.getViewPosition(), clampScale(network.getScale() * factor));
  keepCamera();
}

function clampScale(scale) {
  return Math.min(4, Math.max(0.05, scale));
}

function limitZoom({ scale }) {
  if (scale !== clampScale(scale)) network.moveTo({ scale: clampScale(scale) });
  keepCamera();
}

let keeping = 0;

/** Note in the address where the reader has moved to. */
function keepCamera() {
  clearTimeout(keeping);
  keeping = setTimeout(() => {
    const box = sceneBox();
    const scale = network.getScale();
    const room = headingRoom();
    const at = network.getViewPosition();
    const x = at.x + (room.left - room.right) / 2 / scale;
    const y = at.y + room.top / 2 / scale;
    const share = (value, low, high) => Number(((value - low) / (high - low)).toFixed(3));
    camera = [share(x, box.left, box.right), share(y, box.top, box.bottom), Number((scale / fitted).toFixed(3))];
    note(false);
  }, 380);
}

function restoreCamera() {
  const [x, y, scale] = camera;
  const box = sceneBox();
  fitted = Math.max(fittingScale(box, isNear() ? 1 : 1.4), 0.01);
  const point = [box.left + x * (box.right - box.left), box.top + y * (box.bottom - box.top)];
  lookFrom(...point, clampScale(scale * fitted));
}

/** Bring a thing into the part of the canvas beside the headings. */
function reveal(id) {
  const node = itemOf(id);
  if (!node || node.x === undefined) return;
  const { x, y } = toScreen(node.x, node.y);
  const room = headingRoom();
  const right = stage.clientWidth - 40 - room.right;
  const inside = x > room.left + 6 && y > room.top + 6 && x < right && y < stage.clientHeight - 12;
  if (!inside) moveCamera({ x: node.x, y: node.y }, network.getScale());
}
