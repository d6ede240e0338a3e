// Scene: what the present view draws one by one, what it draws as a count, and which relations are lines.

import { touches } from "../data/graph.js";
import { edgeById, edges, nodeById, nodes } from "../data/page.js";
import { gridScene } from "./architecture.js";
import { countryScene } from "./country.js";
import { bandEdges, bandOf } from "./bands.js";
import { depsScene } from "./dependencies.js";
import { forceScene } from "./force.js";
import { FEW_LINES } from "./frame.js";
import { EMPTY_SCENE, isNear, nearBox, nearScene } from "./neighbours.js";
import { timeScene } from "./timeline.js";
import { filterTurn } from "../state/filtering.js";
import { standsOnNode, state } from "../state/state.js";

const SCENES = {
  country: countryScene, grid: gridScene, deps: depsScene, time: timeScene, near: nearScene, force: forceScene,
};
export let scene = { ...EMPTY_SCENE, places: new Map() };
export let shownNodes = [];
export let shownEdges = [];
export let shownIds = new Set();
export let tiles = [];
export let sceneTurn = 0; // counts the scenes
let lit = { key: "", ids: null };
const PLAIN_PLACE = { side: 0, ring: 0, room: null, spot: 0, due: null }; // what a place may say besides x and y
export const tileById = new Map();

/** Make the scene of the view, with filters and what is opened; every item gets its place. */
export function arrangeScene() {
  scene = SCENES[state.view]();
  shownNodes = scene.nodes;
  shownIds = new Set(shownNodes.map((node) => node.id));
  const candidates = scene.edges || relationsAmong(shownIds);
  shownEdges = candidates.filter((edge) => edge.holds && shownIds.has(edge.from) && shownIds.has(edge.to));
  shownNodes.forEach(takePlace);
  tiles = (scene.tiles || []).map(placedTile);
  lit = { key: "", ids: null };
  sceneTurn += 1;
}

/** A node keeps its own row and column, whatever they are called in the scene. */
function takePlace(node) {
  const { row, column, ...place } = scene.places.get(node.id);
  Object.assign(node, PLAIN_PLACE, place, { isUnderProvince: column === node.province });
}

/** A tile with its place; one that was drawn before stays the same object. */
function placedTile(tile) {
  const placed = Object.assign(tileById.get(tile.id) || {}, tile, scene.places.get(tile.id));
  tileById.set(tile.id, placed);
  return placed;
}

/** Relations between drawn entities; taken from the side of the entities when they are few. */
function relationsAmong(ids) {
  if (ids.size * 4 > nodes.length) return edges;
  return [...ids].flatMap((id) => nodeById.get(id).out);
}

/** The cell of the scene in which an entity stands. */
export function cellInScene(id) {
  const { row, column } = scene.places.get(id);
  return `${row}|${column}`;
}

/** An entity, or the tile of a cell. */
export function itemOf(id) {
  return nodeById.get(id) || tileById.get(id);
}

/** Ids that stay bright while something is looked at; null when all do. */
export function litNodes() {
  const key = `${state.node}|${state.edge}|${state.band}|${state.view}|${filterTurn}`;
  if (key !== lit.key) lit = { key, ids: isLookedAtElsewhere() ? null : findLit() };
  return lit.ids;
}

/** Tell whether nothing of what the reader looks at has a place of its own in the scene. */
export function isLookedAtElsewhere() {
  const edge = edgeById.get(state.edge);
  const looked = edge ? [edge.from, edge.to] : [state.node].filter(Boolean);
  return looked.length > 0 && !looked.some((id) => shownIds.has(id));
}

function findLit() {
  const ends = (list) => new Set(list.flatMap((edge) => [edge.from, edge.to]));
  if (state.edge && state.view !== "near") return ends([edgeById.get(state.edge)]);
  if (state.band && state.view === "grid") return ends(bandEdges(state.band));
  if (!state.node || standsOnNode(state.view)) return null;
  return new Set([state.node, ...nodeById.get(state.node).neighbours]);
}

/** Tell whether an entity is only outlined: another is looked at, or it does not stop with the one looked at. */
export function isDimmed(id) {
  const ids = litNodes();
  const staysUp = (scene.fates?.get(id) ?? "stops") !== "stops"; // plans and inferences stop nothing today
  return staysUp || (ids !== null && !ids.has(id));
}

export function isLitEdge(edge) {
  if (state.edge) return edge.id === state.edge;
  if (state.band) return bandOf(edge) === state.band;
  return touches(edge, state.node);
}

/** The relations that are drawn as lines now. */
export function linesNow() {
  if (standsOnNode(state.view)) return shownEdges;
  if (litNodes()) return shownEdges.filter(isLitEdge);
  if (state.view === "force") return shownEdges;
  return shownEdges.length <= FEW_LINES && state.view === "grid" && !scene.isFitted ? shownEdges : [];
}

/** The borders of the scene. */
export function sceneBox() {
  if (isNear()) return nearBox(scene);
  return scene.box || { left: 0, top: 0, right: scene.size.width, bottom: scene.size.height };
}

/** How many neighbours of an entity pass the filters and have no place in the scene. */
export function hiddenNeighbours(node) {
  return node.neighbours.filter((id) => nodeById.get(id).passes && !scene.places.has(id)).length;
}
