// Graph: entities, relations and statements with their neighbours, built from the data of the page.

import { unpack } from "./columns.js";
import { spansOf, validityOf } from "./times.js";

export const ID = "https://w3id.org/egovkg/id/";
const ARTICLE_MARK = "\u001f"; // stands in an id for the article of its statement

const EDGE = {
  get id() {
    return `${this.from}|${this.relation}|${this.to}`;
  },
};

/** Texts by language, from one column for each language; null when there is none in any language. */
function textsOf(record, key, languages) {
  const texts = Object.fromEntries(languages.map((lang) => [lang, record[`${key}.${lang}`] ?? null]));
  return Object.values(texts).some((text) => text !== null) ? texts : null;
}

/** Records whose texts are put together only when they are read. */
function withTexts(languages) {
  return {
    get text() {
      return textsOf(this, "text", languages);
    },
    get ofText() {
      return textsOf(this, "ofText", languages);
    },
  };
}

/**
 * Build the graph of a page.
 *
 * Returns nodes, edges, statements and sentences, `nodeById` and `edgeById`, and `byWeight`: the nodes by their
 * number of neighbours, the greatest first.
 */
export function buildGraph(page) {
  const nodes = unpack(page.nodes);
  const nodeById = new Map(nodes.map((node) => [node.id, node]));
  const edgeById = edgeIndex(nodeById);
  const edges = unpack(page.edges, EDGE);
  const sentences = unpack(page.sentences, withTexts(page.languages));
  const statements = unpack(page.statements, withTexts(page.languages));
  nodes.forEach((node) => prepareNode(node, page.languages));
  edges.forEach((edge) => placeEnds(edge, nodes));
  statements.forEach((statement) => prepareStatement(statement, { page, edges, sentences }));
  edges.forEach(linkEdge);
  page.references.forEach((reference) => addReference(reference, { nodeById, edgeById, edges }));
  statements.forEach((statement) => linkStatement(statement, nodeById));
  nodes.forEach(gatherNeighbours);
  const byWeight = [...nodes].sort((a, b) => b.neighbours.length - a.neighbours.length || (a.id < b.id ? -1 : 1));
  return { nodes, edges, statements, sentences, nodeById, edgeById, byWeight };
}

/** Edges by id, reached from the node where they start: a map of all would cost more than everything else here. */
function edgeIndex(nodeById) {
  const get = (id) => {
    const parts = (id || "").split("|");
    const starts = parts.map((_, index) => nodeById.get(parts.slice(0, index).join("|"))).filter(Boolean);
    return starts.flatMap((node) => node.out).find((edge) => edge.id === id);
  };
  return { get, has: (id) => Boolean(get(id)) };
}

function prepareNode(node, languages) {
  node.names = textsOf(node, "names", languages) || {};
  node.names[languages[0]] ??= node.label;
  if (!node.iri.includes(":")) node.iri = `${ID}${node.iri}/${node.id.replace(":", "-")}`;
  node.out = [];
  node.in = [];
  node.own = []; // statements of it that are no edge: texts, figures, tasks, limitations
  node.named = []; // statements that are about it, or hold it responsible
}

function placeEnds(edge, nodes) {
  edge.ends = [nodes[edge.from], nodes[edge.to]];
  [edge.from, edge.to] = edge.ends.map((node) => node.id);
  edge.claims = [];
}

function prepareStatement(statement, { page, edges, sentences }) {
  statement.mode = statement.denied ? page.denied : statement.status;
  statement.sureness = statement.certainty ?? page.sure;
  statement.article = sentences[statement.sentence].article;
  statement.edge = edges[statement.edge - 1] || null;
  statement.spans = spansOf(statement);
  [statement.begin, statement.end] = validityOf(statement);
  if (statement.edge) statement.edge.claims.push(statement);
}

function linkEdge(edge) {
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

/** A relation of reference data stands beside what articles state, and may be there without any statement. */
function addReference([from, relation, to, source], { nodeById, edgeById, edges }) {
  let edge = edgeById.get(`${from}|${relation}|${to}`);
  if (!edge) {
    const ends = [nodeById.get(from), nodeById.get(to)];
    edge = linkEdge(Object.assign(Object.create(EDGE), { from, relation, to, claims: [], ends }));
    edges.push(edge);
  }
  edge.references.push(source);
}

function linkStatement(statement, nodeById) {
  const subject = nodeById.get(statement.subject);
  if (subject && !statement.edge) subject.own.push(statement);
  const topics = [...(statement.about || []), ...(statement.responsible || []), ...(statement.said_by || [])];
  if (statement.of) topics.push(statement.of);
  new Set(topics).forEach((id) => {
    if (nodeById.has(id) && id !== statement.subject) nodeById.get(id).named.push(statement);
  });
}

function gatherNeighbours(node) {
  node.claims = [...node.own, ...node.named];
  const neighbours = new Set();
  node.out.forEach((edge) => {
    node.claims.push(...edge.claims);
    neighbours.add(edge.to);
  });
  node.in.forEach((edge) => {
    node.claims.push(...edge.claims);
    neighbours.add(edge.from);
  });
  neighbours.delete(node.id);
  node.neighbours = [...neighbours];
}

/** The id of a statement, or of an item in it, with the id of its article, which the page leaves out. */
export function fullId(text, articleId) {
  return text.replace(ARTICLE_MARK, () => `/${articleId}/`);
}

/** The relations between the same two entities, in either direction, itself included. */
export function parallelEdges(edge) {
  const [start, end] = edge.ends;
  const forth = start.out.filter((candidate) => candidate.to === edge.to);
  if (start === end) return forth;
  const back = end.out.filter((candidate) => candidate.to === edge.from);
  return [...forth, ...back].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** How far a line is bent, so that it lies apart from those parallel to it. */
export function bendOf(edge) {
  const parallel = parallelEdges(edge);
  const bend = parallel.indexOf(edge) - (parallel.length - 1) / 2;
  return edge.from < edge.to ? bend : -bend;
}

export function touches(edge, id) {
  return edge.from === id || edge.to === id;
}
