// Data: records with their neighbours, made from the columns that the page carries.

const SOLID = new Set(["operational", "completed"]);
const DASHED = new Set(["planned", "approved", "under-construction"]);
const SHARED = "shared";

/** Turn columns back into records; a column may hold each value once and positions, or one value for all. */
function unpack(packedColumns) {
  const keys = Object.keys(packedColumns);
  const columnsOfAll = keys.filter((key) => "c" in packedColumns[key]);
  const shared = Object.fromEntries(columnsOfAll.map((key) => [key, packedColumns[key].c]));
  const own = keys.filter((key) => !columnsOfAll.includes(key));
  const lists = own.map((key) => {
    const column = packedColumns[key];
    return Array.isArray(column) ? column : column.i.map((position) => column.d[position]);
  });
  const size = lists.length ? lists[0].length : keys.length ? packedColumns[keys[0]].n : 0;
  return Array.from({ length: size }, (_, row) => {
    const record = { ...shared };
    own.forEach((key, index) => {
      record[key] = lists[index][row];
    });
    return record;
  });
}

const nodes = unpack(data.nodes);
const statements = unpack(data.statements);
const sentences = unpack(data.sentences);
const edges = unpack(data.edges);
const nodeById = new Map(nodes.map((node) => [node.id, node]));
const edgeById = new Map();

statements.forEach((statement) => {
  statement.mode = statement.denied ? "denied" : statement.status;
  statement.article = sentences[statement.sentence].article;
});
nodes.forEach((node) => {
  node.out = [];
  node.in = [];
  node.own = []; // statements of it that are no edge: texts, figures, tasks, limitations
  node.named = []; // statements that are about it, or hold it responsible
});

function addEdge(edge) {
  edge.id = `${edge.from}|${edge.relation}|${edge.to}`;
  edge.claims = edge.statements.map((position) => statements[position]);
  edge.references = [];
  edge.claims.forEach((claim) => {
    claim.edge = edge;
  });
  edgeById.set(edge.id, edge);
  nodeById.get(edge.from).out.push(edge);
  nodeById.get(edge.to).in.push(edge);
  return edge;
}

edges.forEach(addEdge);
// A relation of reference data stands beside what articles state, and may be there without any statement.
data.references.forEach(([from, relation, to, source]) => {
  let edge = edgeById.get(`${from}|${relation}|${to}`);
  if (!edge) edges.push((edge = addEdge({ from, relation, to, statements: [] })));
  edge.references.push(source);
});

statements.forEach((statement) => {
  const subject = nodeById.get(statement.subject);
  if (subject && !statement.edge) subject.own.push(statement);
  if (!statement.about && !statement.responsible) return;
  new Set([...(statement.about || []), ...(statement.responsible || [])]).forEach((id) => {
    if (nodeById.has(id) && id !== statement.subject) nodeById.get(id).named.push(statement);
  });
});
nodes.forEach((node) => {
  node.claims = [...node.own, ...node.named];
  const others = new Set();
  node.out.forEach((edge) => {
    node.claims.push(...edge.claims);
    others.add(edge.to);
  });
  node.in.forEach((edge) => {
    node.claims.push(...edge.claims);
    others.add(edge.from);
  });
  others.delete(node.id);
  node.neighbours = [...others];
  node.modes = new Set(node.claims.map((claim) => claim.mode));
});

/** The relations between the same two things, in either direction. */
function twinsOf(edge) {
  const back = nodeById.get(edge.to).out.filter((each) => each.to === edge.from);
  const same = nodeById.get(edge.from).out.filter((each) => each.to === edge.to);
  return edge.from === edge.to ? same : [...same, ...back].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** How far a line is bent, so that it lies apart from its twins. */
function spreadOf(edge) {
  const twins = twinsOf(edge);
  const spread = twins.indexOf(edge) - (twins.length - 1) / 2;
  return edge.from < edge.to ? spread : -spread;
}

const depends = new Set(data.depends);
const byWeight = [...nodes].sort(
  (one, other) => other.neighbours.length - one.neighbours.length || (one.id < other.id ? -1 : 1),
);
