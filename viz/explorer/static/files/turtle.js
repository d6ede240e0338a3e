// Turtle: entities and relations as RDF. Only what is stated to hold becomes a plain triple; every claim keeps its
// status.

import { ID } from "../data/graph.js";
import { articleOf, fullIdOf, modeOf, page, sentences } from "../data/page.js";
import { passingClaims } from "../state/filtering.js";

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

/** Write entities, relations, and the claims that say them with their sentences; filtered claims are left out. */
export function turtleText(entities, relations) {
  const heads = Object.entries(PREFIXES).map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .`);
  return `${[...heads, "", ...entities.map(turtleNode), ...relations.flatMap(turtleEdge)].join("\n")}\n`;
}

function turtleNode(node) {
  return block(address(node.iri), [
    ["a", term(EGOV, node.kind)],
    ["rdfs:label", languageLiterals(node.names)],
    ["egov:curie", literal(node.id)],
  ]);
}

function turtleEdge(edge) {
  const [from, to] = edge.ends.map((node) => address(node.iri));
  const claims = passingClaims(edge);
  const holds = claims.some((claim) => modeOf(claim.status).holds && !claim.denied);
  const plain = holds ? [`${from} ${term(EGOV, edge.relation)} ${to} .`] : [];
  return [...plain, ...claims.map((claim) => turtleClaim(claim, edge, [from, to]))];
}

function turtleClaim(claim, edge, [from, to]) {
  return block(address(ID + fullIdOf(claim)), [
    ["a", "egov:Claim"],
    ["egov:subject", from],
    ["egov:predicate", term(EGOV, edge.relation)],
    ["egov:object", to],
    ["egov:status", term(CODE, claim.status)],
    ["egov:polarity", term(CODE, claim.denied ? page.denied : page.asserted)],
    ["egov:certainty", literal(claim.sureness)],
    ...(claim.extent ? [["egov:extent", term(CODE, claim.extent)]] : []),
    ["egov:statedOn", literal(claim.stated, "^^xsd:date")],
    ["egov:text", languageLiterals(sentences[claim.sentence].text)],
    ["egov:inArticle", address(`${ID}article/${articleOf(claim).id}`)],
  ]);
}

function block(subject, pairs) {
  return `${subject} ${pairs.map(([predicate, object]) => `${predicate} ${object}`).join(" ;\n  ")} .\n`;
}

function term(base, localName) {
  const prefix = base === EGOV ? "egov" : "code";
  return /^[A-Za-z][\w-]*$/.test(localName) ? `${prefix}:${localName}` : address(base + localName);
}

/** An address between angle brackets; what may not stand there is written as a percent code. */
function address(text) {
  return `<${text.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (sign) => encodeURIComponent(sign))}>`;
}

function literal(text, suffix = "") {
  return `"${text.replace(/[\\"\n\r\t\b\f]/g, (sign) => LITERAL_SIGNS[sign])}"${suffix}`;
}

/** One literal for each language that has a text. */
function languageLiterals(texts) {
  const present = Object.entries(texts).filter(([, text]) => text);
  return present.map(([lang, text]) => literal(text, `@${lang}`)).join(", ");
}
