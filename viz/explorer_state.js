// State: what is looked at and what is filtered. It lives in the address, so that a view can be kept and sent.

const HIDDEN = { k: "families", p: "columns", s: "modes" };
const usedModes = new Set(statements.map((statement) => statement.mode));
const statusOrder = Object.keys(data.words.codes).filter((code) => usedModes.has(code));
const columnOrder = columns.map(([key]) => key);
const familyOrder = data.families.map((family) => family.id);
const state = {
  lang: data.lang,
  theme: "auto",
  view: "graph",
  near: false,
  node: null,
  edge: null,
  off: { families: new Set(), columns: new Set(), modes: new Set() },
};
const watchers = [];

/** Call a function after each change, with the names of what changed. */
function watch(react) {
  watchers.push(react);
}

/** Change the state. A change of what is looked at is a step that the Back button takes back. */
function change(patch) {
  const changed = new Set(Object.keys(patch).filter((key) => key === "off" || state[key] !== patch[key]));
  if (!changed.size) return;
  Object.assign(state, patch);
  const address = toHash();
  if (address !== location.hash) {
    const step = ["node", "edge", "view", "near"].some((key) => changed.has(key));
    history[step ? "pushState" : "replaceState"](null, "", address || "#");
  }
  watchers.forEach((react) => react(changed));
}

function lookAt(id) {
  if (id === null || nodeById.has(id)) change({ node: id, edge: null });
}

/** Open a relation; the thing that was looked at stays, if the relation is its own. */
function openEdge(id) {
  const edge = edgeById.get(id);
  if (edge) change({ edge: id, node: [edge.from, edge.to].includes(state.node) ? state.node : null });
}

function closePanel() {
  if (state.edge) change({ edge: null });
  else lookAt(null);
}

function toggle(group, key, on) {
  const next = new Set(state.off[group]);
  if (on) next.delete(key);
  else next.add(key);
  change({ off: { ...state.off, [group]: next } });
}

function toHash() {
  const parts = new URLSearchParams();
  if (state.node) parts.set("n", state.node);
  if (state.edge) parts.set("e", state.edge);
  if (state.lang !== data.lang) parts.set("l", state.lang);
  if (state.theme !== "auto") parts.set("t", state.theme);
  if (state.view !== "graph") parts.set("v", state.view);
  if (state.near) parts.set("a", "1");
  Object.entries(HIDDEN).forEach(([key, group]) => {
    if (state.off[group].size) parts.set(key, [...state.off[group]].sort().join(","));
  });
  const text = parts.toString();
  return text ? `#${text}` : "";
}

/** Read the address; what it does not know is left out. */
function fromHash() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const known = { families: familyOrder, columns: columnOrder, modes: statusOrder };
  const off = {};
  Object.entries(HIDDEN).forEach(([key, group]) => {
    const keys = (parts.get(key) || "").split(",");
    off[group] = new Set(keys.filter((each) => known[group].includes(each)));
  });
  const pick = (key, allowed, otherwise) => (allowed.includes(parts.get(key)) ? parts.get(key) : otherwise);
  return {
    lang: pick("l", ["vi", "en"], data.lang),
    theme: pick("t", ["light", "dark"], "auto"),
    view: pick("v", ["table"], "graph"),
    near: parts.get("a") === "1",
    node: nodeById.has(parts.get("n")) ? parts.get("n") : null,
    edge: edgeById.has(parts.get("e")) ? parts.get("e") : null,
    off,
  };
}

function passesNode(node) {
  return (
    !state.off.families.has(familyOrder[node.family]) &&
    !state.off.columns.has(node.column) &&
    (!state.off.modes.size || !node.modes.size || [...node.modes].some((mode) => !state.off.modes.has(mode)))
  );
}

function shownClaims(edge) {
  return edge.claims.filter((claim) => !state.off.modes.has(claim.mode));
}

function passesEdge(edge) {
  return (
    shownClaims(edge).length > 0 && passesNode(nodeById.get(edge.from)) && passesNode(nodeById.get(edge.to))
  );
}

/** What is shown passes the filters; near one thing, only it and its neighbours are. */
function isShownNode(node) {
  if (node.id === state.node) return true;
  if (isNear()) return [...node.out, ...node.in].some((edge) => touches(edge, state.node) && passesEdge(edge));
  return passesNode(node);
}

function isShownEdge(edge) {
  return isStated(edge) && isShownNode(nodeById.get(edge.from)) && isShownNode(nodeById.get(edge.to));
}

/** Tell whether a claim of a relation passes; near one thing, only its own relations are drawn. */
function isStated(edge) {
  const stated = edge.claims.some((claim) => !state.off.modes.has(claim.mode));
  return stated && (!isNear() || touches(edge, state.node));
}

function touches(edge, id) {
  return edge.from === id || edge.to === id;
}

/** Tell the style of a relation from the claims that are shown: the firmest of them leads. */
function leadMode(edge) {
  const modes = shownClaims(edge).map((claim) => claim.mode);
  const rank = (mode) => (SOLID.has(mode) ? 0 : mode === "denied" ? 3 : DASHED.has(mode) ? 2 : 1);
  return modes.sort((one, other) => rank(one) - rank(other))[0] || edge.claims[0].mode;
}

/** The pattern of a line in px on the screen; an empty one is solid. */
function dashOf(mode) {
  if (SOLID.has(mode) || mode === "denied") return [];
  return DASHED.has(mode) ? [7, 5] : [1.5, 4];
}
