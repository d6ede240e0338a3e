// Views: architecture, dependencies and timeline are grids; what a row and a column mean is their difference.

/** Architecture: layers by provinces. What is filtered out leaves its place empty, unless cells are counts. */
function gridScene() {
  const items = new Map();
  const made = [];
  const drawn = [];
  const surfaced = new Set(surfacedIds());
  cellMembers().forEach((held, cell) => {
    const limit = limitOf(cell);
    const passing = held.filter((node) => node.passes);
    const isWhole = limit >= passing.length;
    const near = (node, index) => index < limit || surfaced.has(node.id);
    const one = isWhole ? held : passing.filter(near);
    const ids = one.map((node) => node.id);
    drawn.push(...one.filter((node) => node.passes || surfaced.has(node.id)));
    const rest = passing.length - one.filter((node) => node.passes).length;
    if (!isWhole && rest > 0) {
      made.push({ id: TILE + cell, cell, count: rest, total: passing.length });
      ids.push(TILE + cell);
    }
    items.set(cell, ids);
  });
  const laid = layGrid(items, data.rows, data.columns);
  return { ...laid, nodes: drawn, tiles: made };
}

/** Things that are drawn even in a closed cell: what is looked at, and its weightiest neighbours. */
function surfacedIds() {
  if (state.edge) return [edgeById.get(state.edge).from, edgeById.get(state.edge).to];
  if (!state.node) return [];
  const others = [...nodeById.get(state.node).neighbours].sort(
    (one, other) => nodeById.get(other).neighbours.length - nodeById.get(one).neighbours.length,
  );
  return [state.node, ...others.filter((id) => nodeById.get(id).passes).slice(0, state.most)];
}

/** Dependencies: what stops with a thing stands left of it, what it needs right of it, each step a column. */
function depsScene() {
  const middle = state.node;
  const levels = new Map(middle ? [[middle, 0]] : []);
  const used = [];
  [-1, 1].forEach((side) => followDependencies(middle, side, levels, used));
  const all = [...levels.keys()].map((id) => nodeById.get(id)).filter((node) => node.passes || node.id === middle);
  const step = (node) => Math.abs(levels.get(node.id));
  const kept = [...all].sort((one, other) => step(one) - step(other)).slice(0, 3 * state.most + 1); // nearest first
  const rowKeys = data.rows.filter((row) => kept.some((node) => node.row === row));
  const steps = [...new Set(kept.map((node) => levels.get(node.id)))].sort((one, other) => one - other);
  const items = new Map();
  const order = [...kept].sort((one, other) => levels.get(one.id) - levels.get(other.id) || one.rank - other.rank);
  order.forEach((node) => {
    const cell = `${node.row}|${levels.get(node.id)}`;
    items.set(cell, [...(items.get(cell) || []), node.id]);
  });
  return { ...layGrid(items, rowKeys, steps.map(String)), nodes: kept, edges: [...new Set(used)], levels, rest: all.length - kept.length };
}

/** Walk dependencies step by step; side -1 goes to what depends, 1 to what is needed. Denied ones carry nothing. */
function followDependencies(start, side, levels, used, most = Infinity) {
  let front = start ? [start] : [];
  for (let step = side; front.length && levels.size <= most; step += side) {
    const next = [];
    front.forEach((id) => {
      const node = nodeById.get(id);
      (side < 0 ? node.in : node.out).forEach((relation) => {
        if (!depends.has(relation.relation) || !relation.passes || leadMode(relation) === "denied") return;
        used.push(relation);
        const other = side < 0 ? relation.from : relation.to;
        if (levels.has(other)) return;
        levels.set(other, step);
        next.push(other);
      });
    });
    front = next;
  }
}

const MANY_STOP = 200; // beyond, they are not counted to the end

/** How many things stop with a thing; at least so many, when there are very many. */
function dependants(id) {
  const all = new Map([[id, 0]]);
  followDependencies(id, -1, all, [], MANY_STOP);
  return all.size - 1;
}

/** That number in words. */
function dependantsText(id) {
  const count = dependants(id);
  return count ? t("stops", { n: `${count > MANY_STOP ? "≥ " : ""}${number(String(count))}` }) : "";
}

const LANES = ["documents", "plans", "launches", "planned"];
const UNDATED = new Set(["place", "people"]);

/** Timeline: lanes by years. Only what has a stated time is there. */
function timeScene() {
  const all = nodes.filter((node) => node.passes && laneOf(node)).sort((one, other) => momentOf(one) - momentOf(other) || (one.id < other.id ? -1 : 1));
  const dated = fewInEach(all, (node) => `${laneOf(node)}|${yearOf(node)}`);
  const columnKeys = [...new Set(dated.flatMap(yearsOf))].sort((one, other) => one - other).map(String);
  const items = new Map();
  dated.forEach((node) => {
    const cell = `${laneOf(node)}|${yearOf(node)}`;
    items.set(cell, [...(items.get(cell) || []), node.id]);
  });
  const rowKeys = LANES.filter((lane) => dated.some((node) => laneOf(node) === lane));
  return { ...layGrid(items, rowKeys, columnKeys), nodes: dated, rest: all.length - dated.length };
}

/** The first of each group, as many as are asked for. */
function fewInEach(list, groupOf) {
  const counts = new Map();
  return list.filter((node) => {
    const count = (counts.get(groupOf(node)) || 0) + 1;
    counts.set(groupOf(node), count);
    return count <= state.most;
  });
}

function datesFor(node) {
  if (!node.dates) node.dates = datesOf(node);
  return node.dates;
}

function momentOf(node) {
  const { begun, due } = datesFor(node);
  return (begun || due)[0];
}

function yearOf(node) {
  return Math.floor(momentOf(node));
}

/** The year in which a thing stands, and the later one in which something planned of it is due. */
function yearsOf(node) {
  const { begun, due } = datesFor(node);
  const last = begun && due && Math.floor(due[1] - 0.001);
  return last && last > yearOf(node) ? [yearOf(node), last] : [yearOf(node)];
}

function laneOf(node) {
  const family = known.families[node.family];
  const { begun, due } = datesFor(node);
  if (UNDATED.has(family) || !(begun || due)) return null;
  if (family === "document") return "documents";
  if (family === "plan") return "plans";
  return begun ? "launches" : "planned";
}

/** What a view stands on when nothing is looked at: the thing that most others depend on. */
function firstFor(view) {
  if (view === "deps") {
    const hosts = byWeight.filter((node) => node.in.some((edge) => depends.has(edge.relation))).slice(0, 60);
    const most = hosts.map((node) => [node, dependants(node.id)]).sort(([, one], [, other]) => other - one)[0];
    return most ? most[0].id : byWeight[0]?.id;
  }
  return byWeight.find((node) => known.families[node.family] !== "place")?.id ?? byWeight[0]?.id;
}

function openView(view) {
  const needs = view === "deps" || view === "near";
  const node = needs && !state.node && nodes.length ? firstFor(view) : state.node;
  camera = null;
  change({ view, node, band: null, edge: null });
}
