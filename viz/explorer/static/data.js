// Data: records with their neighbours, made from the columns that the page carries.

const SHARED = "shared";

const data = globalThis.carried;
const statusesWith = (key, value) => Object.keys(data.statuses).filter((code) => data.statuses[code][key] === value);
const SOLID = new Set(statusesWith("line", "solid"));
const DASHED = new Set(statusesWith("line", "dashed"));
const HOLDING = new Set(statusesWith("holds", true)); // what they say is an edge of the graph
const UNUSED = new Set(statusesWith("unused", true)); // planned, or work has only begun
const ID = "https://w3id.org/egovkg/id/";

/** The whole numbers that a column writes as letters, digit after digit; `s` says that they are steps. */
function numbersOf({ i: digits, w: width, s: areSteps }) {
  const size = digits.length / width;
  const found = new Array(size);
  let before = 0;
  for (let row = 0; row < size; row += 1) {
    let value = 0;
    for (let at = row; at < digits.length; at += size) {
      const code = digits.charCodeAt(at);
      value = value * 90 + code - (code > 92 ? 36 : 35); // the letter 92 is left out
    }
    before = areSteps ? before + value : value;
    found[row] = before;
  }
  return found;
}

/** Turn columns back into records; a column may be letters for numbers, or hold one value for all. */
function unpack(packedColumns, kind = null) {
  const keys = Object.keys(packedColumns);
  const own = keys.filter((key) => !("c" in packedColumns[key]));
  const shared = Object.create(kind); // what all have in common stands there once
  keys.filter((key) => !own.includes(key)).forEach((key) => {
    shared[key] = packedColumns[key].c;
  });
  const lists = own.map((key) => {
    const column = packedColumns[key];
    if (Array.isArray(column)) return column;
    return column.d ? numbersOf(column).map((position) => column.d[position]) : numbersOf(column);
  });
  const size = lists.length ? lists[0].length : keys.length ? packedColumns[keys[0]].n : 0;
  return Array.from({ length: size }, (_, row) => {
    const record = Object.create(shared);
    own.forEach((key, index) => {
      record[key] = lists[index][row];
    });
    return record;
  });
}

const nodes = unpack(data.nodes);
const statements = unpack(data.statements);
const sentences = unpack(data.sentences);
const EDGE = {
  get id() {
    return `${this.from}|${this.relation}|${this.to}`;
  },
};
const edges = unpack(data.edges, EDGE);
const nodeById = new Map(nodes.map((node) => [node.id, node]));
const edgeById = {
  // found from the thing that it starts at: a map of all would cost more than everything else at the start
  get(id) {
    const texts = (id || "").split("|");
    const starts = texts.map((_, index) => nodeById.get(texts.slice(0, index).join("|"))).filter(Boolean);
    return starts.flatMap((node) => node.out).find((edge) => edge.id === id);
  },
  has: (id) => Boolean(edgeById.get(id)),
};

edges.forEach((edge) => {
  edge.ends = [nodes[edge.from], nodes[edge.to]];
  [edge.from, edge.to] = [edge.ends[0].id, edge.ends[1].id];
  edge.claims = [];
});
statements.forEach((statement) => {
  statement.mode = statement.denied ? "denied" : statement.status;
  statement.article = sentences[statement.sentence].article;
  statement.edge = edges[statement.edge - 1] || null;
  if (statement.edge) statement.edge.claims.push(statement);
});
nodes.forEach((node) => {
  node.vi = node.vi ?? node.label;
  if (!node.iri.includes(":")) node.iri = `${ID}${node.iri}/${node.id.replace(":", "-")}`;
  node.out = [];
  node.in = [];
  node.own = []; // statements of it that are no edge: texts, figures, tasks, limitations
  node.named = []; // statements that are about it, or hold it responsible
});

function addEdge(edge) {
  edge.references = [];
  edge.claims.forEach((claim) => {
    claim.subject = edge.from;
    claim.relation = edge.relation;
    claim.object = edge.to;
  });
  edge.ends[0].out.push(edge);
  edge.ends[1].in.push(edge);
  return edge;
}

edges.forEach(addEdge);
// A relation of reference data stands beside what articles state, and may be there without any statement.
data.references.forEach(([from, relation, to, source]) => {
  let edge = edgeById.get(`${from}|${relation}|${to}`);
  if (!edge) {
    edge = Object.assign(Object.create(EDGE), { from, relation, to, claims: [], ends: [nodeById.get(from), nodeById.get(to)] });
    edges.push(addEdge(edge));
  }
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
});

/** The id of a statement, or of an item, with the article that the page leaves out of it. */
function wholeId(text, statement) {
  return text.replace("\u001f", () => `/${data.articles[statement.article].id}/`);
}

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
