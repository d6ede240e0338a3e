// Search: finds entities by every name and statements by what they say; accents, case, normal form and tone placement
// do not matter.

import { fold, spelling } from "../../../static/folding.js";
import { nodeById, nodes, page, sentences, statements } from "../data/page.js";
import { detailsOf } from "../data/provinces.js";

const AT_ONCE = 400; // names folded in one go while nothing else is to be done
const PAUSE = 30; // ms
const LEAST_LETTERS = 3; // of a query that is searched for in statements
let sorted = { of: null, nodes: [] };

/** What a unit that ended or followed others is searched by beside its names; empty for other entities. */
function wordsOfLife(node) {
  const hasChanged = ["succeededBy", "succeeds"].some((relation) => detailsOf(node, relation).length);
  return hasChanged ? Object.values(page.ui).map((words) => words.lifeWords) : [];
}

/** Names of an entity as keys, made when they are first needed. */
function searchKeys(node) {
  if (!node.searchKeys) {
    const texts = [node.label, ...Object.values(node.names), ...(node.aliases || []), node.id];
    const names = [...new Set(texts)].filter(Boolean);
    const keys = [...names, ...wordsOfLife(node)];
    node.searchKeys = { folded: `\n${keys.map(fold).join("\n")}\n`, spelt: names.map(spelling).join("\n") };
  }
  return node.searchKeys;
}

/** Make the keys of all names little by little, so that the first letter typed is as fast as the next. */
export function prepareSearch(from = 0) {
  nodes.slice(from, from + AT_ONCE).forEach(searchKeys);
  statements.slice(from, from + AT_ONCE).forEach(statementKey);
  const next = from + AT_ONCE;
  if (next < Math.max(nodes.length, statements.length)) setTimeout(() => prepareSearch(next), PAUSE);
  else nodesByName();
}

/** Those with most neighbours first, then by name. */
function nodesByName() {
  if (sorted.of !== nodes) {
    const collator = new Intl.Collator(page.languages[0]);
    const order = (a, b) => b.neighbours.length - a.neighbours.length || collator.compare(a.label, b.label);
    sorted = { of: nodes, nodes: [...nodes].sort(order) };
  }
  return sorted.nodes;
}

/** Find entities by name: all words must occur; what begins like the query and has its accents comes first. */
export function find(query) {
  const folded = fold(query);
  if (!folded) return [];
  const matches = findWords(query, folded, folded.split(" "));
  return matches.length ? matches : findWords(query, folded, tellingWords(folded));
}

/** The words of a query without small ones such as "of"; none when all are small. */
function tellingWords(folded) {
  const small = new Set(Object.values(page.ui).flatMap((words) => fold(words.smallWords).split(" ")));
  return folded.split(" ").filter((word) => !small.has(word));
}

function findWords(query, folded, words) {
  if (!words.length) return [];
  const spelt = spelling(query);
  const ranked = [];
  nodesByName().forEach((node) => {
    const keys = searchKeys(node).folded;
    if (!words.every((word) => keys.includes(word))) return;
    const rank = rankOf(node, folded, spelt);
    ranked[rank] = ranked[rank] || [];
    ranked[rank].push(node);
  });
  return ranked.flat(); // those of equal rank in the order of names
}

/** The words of a statement as a key: what it is about, what it says, and its digest, in every language. */
function statementKey(statement) {
  if (!statement.searchKey) {
    const ends = [statement.subject, statement.object].map((id) => nodeById.get(id)).filter(Boolean);
    const labels = page.words.relations[statement.relation] ?? page.words.measures[statement.relation] ?? {};
    const names = ends.flatMap((node) => Object.values(node.names));
    const texts = [...names, ...Object.values(labels), ...Object.values(statement.text ?? {}), statement.value ?? ""];
    statement.searchKey = `${fold(texts.filter(Boolean).join("\n"))} ${sentenceKey(sentences[statement.sentence])}`;
  }
  return statement.searchKey;
}

function sentenceKey(sentence) {
  sentence.searchKey ??= fold(Object.values(sentence.text ?? {}).filter(Boolean).join("\n"));
  return sentence.searchKey;
}

/** Find statements and figures: all words but the small ones must occur in what they say or in their digest. */
export function findStatements(query) {
  const words = tellingWords(fold(query));
  if (!words.length || words.join("").length < LEAST_LETTERS) return [];
  return statements.filter((statement) => {
    const key = statementKey(statement);
    return words.every((word) => key.includes(word));
  });
}

/** A whole name comes first, then what begins so, then what holds it; with its accents before without. */
function rankOf(node, folded, spelt) {
  const keys = searchKeys(node);
  const place = [`\n${folded}\n`, `\n${folded}`, folded, ""].findIndex((text) => keys.folded.includes(text));
  return place * 4 + (keys.spelt.includes(spelt) ? 0 : 2) + (node.passes ? 0 : 1);
}
