// Turtle: what is shown as RDF. Only what is stated to hold becomes a plain triple; every claim keeps its own status.

const EGOV = "https://w3id.org/egovkg/ontology#";
const CODE = "https://w3id.org/egovkg/code/";
const PREFIXES = {
  egov: EGOV,
  code: CODE,
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};
const LITERAL_SIGNS = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };

/** Write the shown things, their shown relations, and the claims that say them with their sentences. */
function turtle() {
  const heads = Object.entries(PREFIXES).map(([prefix, address]) => `@prefix ${prefix}: <${address}> .`);
  const things = shownNodes.map(turtleNode);
  const relations = shownEdges.flatMap(turtleEdge);
  return `${[...heads, "", ...things, ...relations].join("\n")}\n`;
}

function turtleNode(node) {
  const labels = [literal(node.vi, "@vi"), node.en ? literal(node.en, "@en") : null].filter(Boolean);
  return block(address(node.iri), [
    ["a", term(EGOV, node.kind)],
    ["rdfs:label", labels.join(", ")],
    ["egov:curie", literal(node.id)],
  ]);
}

function turtleEdge(edge) {
  const [from, to] = [nodeById.get(edge.from), nodeById.get(edge.to)].map((node) => address(node.iri));
  const claims = shownClaims(edge);
  const holds = claims.some((claim) => HOLDING.has(claim.status) && !claim.denied);
  const plain = holds ? [`${from} ${term(EGOV, edge.relation)} ${to} .`] : [];
  return [...plain, ...claims.map((claim) => turtleClaim(claim, edge, from, to))];
}

function turtleClaim(claim, edge, from, to) {
  const sentence = sentences[claim.sentence];
  const texts = [literal(sentence.vi, "@vi"), sentence.en ? literal(sentence.en, "@en") : null].filter(Boolean);
  return block(address(ID + wholeId(claim.id, claim)), [
    ["a", "egov:Claim"],
    ["egov:subject", from],
    ["egov:predicate", term(EGOV, edge.relation)],
    ["egov:object", to],
    ["egov:status", term(CODE, claim.status)],
    ["egov:polarity", term(CODE, claim.denied ? "denied" : "asserted")],
    ["egov:statedOn", literal(claim.stated, "^^xsd:date")],
    ["egov:text", texts.join(", ")],
    ["egov:inArticle", address(`${ID}article/${known.articles[claim.article]}`)],
  ]);
}

function block(subject, pairs) {
  return `${subject} ${pairs.map(([predicate, object]) => `${predicate} ${object}`).join(" ;\n  ")} .\n`;
}

function term(base, name) {
  const prefix = base === EGOV ? "egov" : "code";
  return /^[A-Za-z][\w-]*$/.test(name) ? `${prefix}:${name}` : address(base + name);
}

/** An address between angle brackets; what may not stand there is written as a percent code. */
function address(text) {
  return `<${text.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (sign) => encodeURIComponent(sign))}>`;
}

function literal(text, kind = "") {
  return `"${text.replace(/[\\"\n\r\t\b\f]/g, (sign) => LITERAL_SIGNS[sign])}"${kind}`;
}
