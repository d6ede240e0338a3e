// State: what is looked at, in which view, and what is filtered. It lives in the address, so that a view can be
// kept and sent; where the page has no address of its own, as in a notebook, it lives in a trail.

const GROUPS_OFF = { k: "families", p: "columns", s: "modes", r: "rows", q: "articles", b: "bases" };
const VIEWS = ["grid", "deps", "time", "near", "force"];
const BASES = ["stated", "reference"];
const FIRST = 50; // how many of many are shown at first, and how many more each time
const usedModes = new Set(statements.map((statement) => statement.mode));
const known = {
  families: data.families.map((family) => family.id),
  columns: data.columns,
  modes: Object.keys(data.words.codes).filter((code) => usedModes.has(code)),
  rows: data.rows,
  articles: data.articles.map((article) => article.id),
  bases: data.references.length ? BASES : [],
};

function nothingOff() {
  return Object.fromEntries(Object.values(GROUPS_OFF).map((group) => [group, new Set()]));
}

const state = {
  lang: data.lang,
  theme: "auto",
  form: "drawing", // or "table"
  view: data.view,
  node: null,
  edge: null,
  band: null, // two rows, "row|row": the relations between these layers
  cells: new Map(), // cell -> how many of its things are shown; the others are as the view has them
  grown: new Set(), // near: neighbours whose own neighbours are shown too
  most: FIRST, // near: how many neighbours of one thing are shown
  since: null, // years
  until: null,
  asOf: null,
  off: nothingOff(),
};
const watchers = [];
const STEPS = ["node", "edge", "view", "form", "band", "grown"]; // changes that Back takes back

/** Call a function after each change, with the names of what changed. */
function watch(react) {
  watchers.push(react);
}

/** Change the state, and note it in the address. */
function change(patch) {
  const same = (key) => !(patch[key] instanceof Object) && state[key] === patch[key];
  const changed = new Set(Object.keys(patch).filter((key) => !same(key)));
  if (!changed.size) return;
  Object.assign(state, patch);
  note(STEPS.some((key) => changed.has(key)));
  watchers.forEach((react) => react(changed));
}

const trail = { steps: [], at: 0 };

/** Note the state in the trail and, where the page has an address, in the address. */
function note(isStep) {
  const address = toHash();
  if (address === trail.steps[trail.at]) return;
  if (isStep) trail.steps.splice(trail.at + 1, Infinity, address);
  if (isStep) trail.at += 1;
  else trail.steps[trail.at] = address;
  try {
    history[isStep ? "pushState" : "replaceState"]({ at: trail.at }, "", address || "#");
  } catch {
    trail.apart = true; // a frame without an address: Back and Forward of the page still work
  }
}

/** Go one step back or forward. */
function travel(step) {
  const at = trail.at + step;
  if (at < 0 || at >= trail.steps.length) return;
  if (!trail.apart) history.go(step);
  else follow(trail.steps[at], at);
}

/** Take over what an address says, as after Back, Forward or an edit by hand. */
function follow(address, at) {
  if (address === toHash()) return;
  trail.at = at ?? Math.max(0, trail.steps.indexOf(address));
  if (trail.steps[trail.at] !== address) trail.steps[trail.at] = address;
  const next = fromHash(address);
  Object.assign(state, next);
  watchers.forEach((react) => react(new Set(Object.keys(next))));
}

function lookAt(id) {
  if (id === null || nodeById.has(id)) change({ node: id, edge: null, band: null });
}

/** Open a relation; the thing that was looked at stays, if the relation is its own or the view stands on it. */
function openEdge(id) {
  const edge = edgeById.get(id);
  if (!edge) return;
  const stays = touches(edge, state.node) || state.view === "deps" || state.view === "near";
  change({ edge: id, band: null, node: stays ? state.node : null });
}

function closePanel() {
  if (state.edge) return change({ edge: null });
  const view = state.view === "near" || state.view === "deps" ? "grid" : state.view;
  return change({ view, node: null, edge: null, band: null });
}

function toggle(group, key, isOn) {
  const next = new Set(state.off[group]);
  if (isOn) next.delete(key);
  else next.add(key);
  change({ off: { ...state.off, [group]: next } });
}

function showAll() {
  change({ off: nothingOff(), since: null, until: null, asOf: null });
}

function toHash() {
  const parts = new URLSearchParams();
  const put = (key, value) => value !== null && value !== "" && parts.set(key, value);
  put("n", state.node);
  put("e", state.edge);
  put("g", state.band);
  if (state.lang !== data.lang) put("l", state.lang);
  if (state.theme !== "auto") put("t", state.theme);
  if (state.form !== "drawing") put("v", state.form);
  if (state.view !== data.view) put("w", state.view);
  Object.entries(GROUPS_OFF).forEach(([key, group]) => put(key, [...state.off[group]].sort().join(",")));
  if (state.since || state.until) put("y", `${state.since || ""}-${state.until || ""}`);
  put("o", state.asOf);
  put("c", [...state.cells].map(([cell, count]) => `${cell}~${count}`).sort().join(","));
  put("x", [...state.grown].join(","));
  if (state.most !== FIRST) put("m", String(state.most));
  if (camera) put("z", camera.join(","));
  const text = parts.toString();
  return text ? `#${text}` : "";
}

/** The thing or relation that an address names and this page does not have. */
function unknownIn(address) {
  const parts = new URLSearchParams(address.replace(/^#/, ""));
  const [node, edge] = [parts.get("n"), parts.get("e")];
  if (node && !nodeById.has(node)) return node;
  return edge && !edgeById.has(edge) ? edge : null;
}

/** Read an address; what it does not know is left out, and `unknownIn` names it. */
function fromHash(address) {
  const parts = new URLSearchParams(address.replace(/^#/, ""));
  const list = (key) => (parts.get(key) || "").split(",").filter(Boolean);
  const one = (key, allowed, otherwise) => (allowed.includes(parts.get(key)) ? parts.get(key) : otherwise);
  const isYear = (text) => (years.includes(Number(text)) ? Number(text) : null);
  const [since, until] = (parts.get("y") || "-").split("-").map(isYear);
  const off = Object.entries(GROUPS_OFF).map(([key, group]) => [
    group,
    new Set(list(key).filter((each) => known[group].includes(each))),
  ]);
  const places = list("z").map(Number);
  camera = places.length === 3 && places.every(Number.isFinite) ? places : null;
  return {
    lang: one("l", ["vi", "en"], data.lang),
    theme: one("t", ["light", "dark"], "auto"),
    form: one("v", ["table"], "drawing"),
    view: one("w", VIEWS, data.view),
    node: nodeById.has(parts.get("n")) ? parts.get("n") : null,
    edge: edgeById.has(parts.get("e")) ? parts.get("e") : null,
    band: isBand(parts.get("g")) ? parts.get("g") : null,
    cells: new Map(list("c").map((each) => each.split("~")).filter(isCell).map(([cell, count]) => [cell, Number(count)])),
    grown: new Set(list("x").filter((id) => nodeById.has(id))),
    most: Math.min(1e4, Math.max(FIRST, Number(parts.get("m")) || FIRST)),
    since,
    until: until ?? null,
    asOf: isYear(parts.get("o")),
    off: Object.fromEntries(off),
  };
}

function isBand(text) {
  const ends = (text || "").split("|");
  return ends.length === 2 && ends.every((row) => data.rows.includes(row));
}

function isCell([cell, count]) {
  const [row, column] = cell.split("|");
  return data.rows.includes(row) && data.columns.includes(column) && /^\d{1,5}$/.test(count);
}

function touches(edge, id) {
  return edge.from === id || edge.to === id;
}
