// The answers of the service as tables: rows of terms under named columns.
import { words } from "./page.js";

const TERM = /\s*(?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?)/y; // of N-Triples
const ESCAPE = /\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)/g;
const CONTROL_CHARACTERS = { n: "\n", t: "\t", r: "\r" };

/** Read SPARQL results in JSON; a yes or no becomes a table of one cell. */
export function tableOfResults(json) {
  if (typeof json.boolean === "boolean") {
    const value = booleanText(json.boolean);
    return { boolean: json.boolean, columns: [words.result], rows: [[{ type: "literal", value }]] };
  }
  const columns = json.head.vars;
  return { columns, rows: json.results.bindings.map((row) => columns.map((name) => row[name] || null)) };
}

export const booleanText = (value) => words[String(value)];

/** Read N-Triples. */
export function tableOfTriples(text) {
  const rows = text.split("\n").filter(Boolean).map((line) => {
    TERM.lastIndex = 0;
    return [readTerm(line), readTerm(line), readTerm(line)];
  });
  return { columns: [words.subject, words.predicate, words.object], rows, hasTriples: true };
}

/** Read the next term of a line, from where the one before it ended. */
function readTerm(line) {
  const match = TERM.exec(line);
  if (!match) return null;
  const [, address, blankNode, text, language] = match;
  if (address !== undefined) return { type: "uri", value: unescaped(address) };
  if (blankNode) return { type: "bnode", value: blankNode };
  return { type: "literal", value: unescaped(text), "xml:lang": language };
}

function unescaped(text) {
  return text.replace(ESCAPE, (_, four, eight, character) =>
    character ? CONTROL_CHARACTERS[character] || character : String.fromCodePoint(parseInt(four || eight, 16)));
}
