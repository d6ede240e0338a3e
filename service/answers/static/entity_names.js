// The names of the entities in an answer: CURIEs and labels, links to their descriptions.
import { addresses, lang, prefixes } from "./page.js";

const BATCH_SIZE = 2000; // entities whose names are asked for at a time
const UNSAFE = /[<>"{}|^`\\\s]/; // in an address: it cannot stand in a query
const names = new Map(); // address -> CURIE and label

/** Ask for the names of what a table shows; where that fails, addresses stand for them. */
export async function learnNames(table, askSparql, signal) {
  const terms = table.rows.flat().filter((term) => term && term.type === "uri" && term.value.startsWith(prefixes.id));
  const unknown = [...new Set(terms.map((term) => term.value))].filter((iri) => !names.has(iri) && !UNSAFE.test(iri));
  for (let start = 0; start < unknown.length; start += BATCH_SIZE) {
    const batch = unknown.slice(start, start + BATCH_SIZE);
    const response = await askSparql(nameQuery(batch), "application/sparql-results+json", signal).catch(() => null);
    if (!response || !response.ok) return;
    for (const iri of batch) names.set(iri, {});
    for (const row of (await response.json()).results.bindings) {
      names.set(row.thing.value, { curie: row.curie.value, label: row.label ? row.label.value : "" });
    }
  }
}

function nameQuery(iris) {
  const values = iris.map((iri) => `<${iri}>`).join(" ");
  const label = `?thing <${prefixes.rdfs}label> ?label FILTER(LANG(?label) = "${lang}")`;
  const patterns = `VALUES ?thing { ${values} } ?thing <${prefixes.egov}curie> ?curie OPTIONAL { ${label} }`;
  return `SELECT DISTINCT ?thing ?curie ?label { ${patterns} }`;
}

/** The CURIE of an entity, else the address with its prefix, else what follows the namespace of entities. */
export function shortName(iri) {
  const { curie } = names.get(iri) || {};
  if (curie && curie.includes(":")) return curie;
  for (const [name, start] of Object.entries(prefixes)) {
    if (iri.startsWith(start) && start !== prefixes.id) return name + ":" + iri.slice(start.length);
  }
  return iri.startsWith(prefixes.id) ? iri.slice(prefixes.id.length) : iri;
}

/** The complete address of an entity, with its label. */
export function longName(iri) {
  const { label } = names.get(iri) || {};
  return label ? iri + "\n" + label : iri;
}

/** The link to what is said of an address; empty where there is none. */
export function descriptionLink(iri) {
  const path = descriptionPath(iri);
  if (path) return addresses.resources + path.split("/").map(encodeURIComponent).join("/") + ".html";
  return /^https?:\/\//.test(iri) ? iri : "";
}

function descriptionPath(iri) {
  if (iri.startsWith(prefixes.id)) return iri.slice(prefixes.id.length);
  return iri.startsWith(prefixes.code) ? "code/" + iri.slice(prefixes.code.length) : "";
}
