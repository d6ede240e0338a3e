// The text of a query: its prefixes, and the slots of a saved question.
import { lang, prefixes } from "./page.js";

const SLOT = /^(\s*VALUES \?([a-z_]+) \{) [^{}]* (\})/gm; // of a parameter: `VALUES ?name { terms }`

export const EXAMPLE = `SELECT ?system ?label {
  ?system a egov:IntegrationPlatform ; rdfs:label ?label .
  FILTER(LANG(?label) = "${lang}")
}
ORDER BY ?label`;

/** Declare the prefixes that a query uses and does not declare. */
export function withPrefixes(text) {
  const lines = Object.entries(prefixes)
    .filter(([name]) => isUsed(text, name) && !isDeclared(text, name))
    .map(([name, iri]) => "PREFIX " + name + ": <" + iri + ">");
  return lines.length ? lines.join("\n") + "\n" + text : text;
}

const isUsed = (text, name) => new RegExp("(^|[^\\w:-])" + name + ":").test(text);
const isDeclared = (text, name) => new RegExp("prefix\\s+" + name + ":", "i").test(text);

/** Fill terms into the slots of the parameters. */
export function filled(text, terms) {
  return text.replace(SLOT, (slot, start, name, end) => (name in terms ? `${start} ${terms[name]} ${end}` : slot));
}

/** The names of the parameters that a text has slots for. */
export const slotNames = (text) => [...text.matchAll(SLOT)].map((match) => match[2]);

/** Tell whether a text is that of a saved question, whatever its parameters are. */
export function isQuestionText(text, question) {
  const empty = Object.fromEntries(question.parameters.map((parameter) => [parameter.name, ""]));
  return filled(text, empty) === filled(question.query, empty);
}
