// Data: what the page holds, unpacked and indexed. Nothing here touches the document but to read the data.

const data = JSON.parse(document.getElementById("data").textContent);
const SOLID = new Set(["operational", "completed"]);
const DASHED = new Set(["planned", "approved", "under-construction"]);
const SHARED = "shared";

/** Turn columns back into records; a column may hold each value once, and positions. */
function unpack(columns) {
  const keys = Object.keys(columns);
  const lists = keys.map((key) => {
    const column = columns[key];
    return Array.isArray(column) ? column : column.i.map((position) => column.d[position]);
  });
  const size = lists.length ? lists[0].length : 0;
  return Array.from({ length: size }, (_, row) =>
    Object.fromEntries(keys.map((key, index) => [key, lists[index][row]])),
  );
}

const nodes = unpack(data.nodes);
const statements = unpack(data.statements);
const sentences = unpack(data.sentences);
const edges = unpack(data.edges);
const nodeById = new Map(nodes.map((node) => [node.id, node]));
const edgeById = new Map();

statements.forEach((statement) => {
  statement.mode = statement.denied ? "denied" : statement.status;
});
nodes.forEach((node) => {
  node.out = [];
  node.in = [];
  node.own = []; // statements of it that are no edge: texts, figures, tasks, limitations
  node.named = []; // statements that are about it, or hold it responsible
});
edges.forEach((edge) => {
  edge.id = `${edge.from}|${edge.relation}|${edge.to}`;
  edge.claims = edge.statements.map((position) => statements[position]);
  edge.claims.forEach((claim) => {
    claim.edge = edge;
  });
  edgeById.set(edge.id, edge);
  nodeById.get(edge.from).out.push(edge);
  nodeById.get(edge.to).in.push(edge);
});
statements.forEach((statement) => {
  const subject = nodeById.get(statement.subject);
  if (subject && !statement.edge) subject.own.push(statement);
  new Set([...(statement.about || []), ...(statement.responsible || [])]).forEach((id) => {
    if (nodeById.has(id) && id !== statement.subject) nodeById.get(id).named.push(statement);
  });
});
nodes.forEach((node) => {
  node.modes = new Set([
    ...node.own.map((statement) => statement.mode),
    ...node.named.map((statement) => statement.mode),
    ...[...node.out, ...node.in].flatMap((edge) => edge.claims.map((claim) => claim.mode)),
  ]);
  const others = [...node.out.map((edge) => edge.to), ...node.in.map((edge) => edge.from)];
  node.neighbours = [...new Set(others)].filter((id) => id !== node.id);
});
spreadParallels();

// The grid as computed; the window may be wider or higher, then the page stretches it.
const columns = data.columns.map((band) => [...band]);
const rows = data.rows.map((band) => [...band]);
const gridWidth = columns.length ? columns.at(-1)[2] : 1;
const gridHeight = rows.length ? rows.at(-1)[2] : 1;
const computed = new Map(nodes.map((node) => [node.id, { x: node.x, y: node.y }]));

let slotHeight = data.slot; // room from line to line on the grid

/** Stretch the grid; a factor below 1 would make labels collide. */
function stretchGrid(across, down) {
  slotHeight = data.slot * down;
  nodes.forEach((node) => {
    const { x, y } = computed.get(node.id);
    node.grid = { x: x * across, y: y * down };
  });
  data.columns.forEach(([, start, end], index) => columns[index].splice(1, 2, start * across, end * across));
  data.rows.forEach(([, start, end], index) => rows[index].splice(1, 2, start * down, end * down));
}

/** Tell whether a straight line would run through what stands between the two. */
function isUpright(edge) {
  return Math.abs(nodeById.get(edge.from).x - nodeById.get(edge.to).x) < 1;
}

/** Number the edges between the same two nodes, so that they can be bent apart. */
function spreadParallels() {
  const pairs = new Map();
  edges.forEach((edge) => {
    const key = [edge.from, edge.to].sort().join("|");
    pairs.set(key, [...(pairs.get(key) || []), edge]);
  });
  pairs.forEach((group) => {
    group.forEach((edge, index) => {
      const spread = index - (group.length - 1) / 2;
      edge.spread = edge.from < edge.to ? spread : -spread;
      edge.bend = edge.spread || (isUpright(edge) ? 0.7 : 0);
    });
  });
}

/** Drop accents, case and odd blanks: the key people type without them. NFC and NFD give one key. */
function fold(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/g, "d")
    .replace(/[\s\u200b\u2060\ufeff]+/g, " ")
    .trim();
}

/** Keep accents, but make the two tone placements (hoà, hòa) and both normal forms equal. */
function spelling(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/(^|[^q])(o[ae]|uy)([\u0300\u0301\u0309\u0303\u0323])(?!\p{L})/gu, (_, before, pair, tone) =>
      before + pair[0] + tone + pair[1],
    )
    .normalize("NFC")
    .replace(/[\s\u200b\u2060\ufeff]+/g, " ")
    .trim();
}

nodes.forEach((node) => {
  const names = [node.label, node.vi, node.en, ...(node.aliases || []), node.id];
  node.names = names.filter(Boolean);
  node.folded = node.names.map(fold);
  node.spelt = node.names.map(spelling);
});
