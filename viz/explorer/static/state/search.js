// Search: finds entities by every name; accents, case, normal form and tone placement do not matter.

import { fold, spelling } from "../../../static/folding.js";
import { nodes, page } from "../data/page.js";

const AT_ONCE = 400; // names folded in one go while nothing else is to be done
const PAUSE = 30; // ms
let sorted = { of: null, nodes: [] };

/** Names of an entity as keys, made when they are first needed. */
function searchKeys(node) {
  if (!node.searchKeys) {
    const texts = [node.label, ...Object.values(node.names), ...(node.aliases || []), node.id];
    const names = [...new Set(texts)].filter(Boolean);
    node.searchKeys = { folded: `\n${names.map(fold).join("\n")}\n`, spelt: names.map(spelling).join("\n") };
  }
  return node.searchKeys;
}

/** Make the keys of all names little by little, so that the first letter typed is as fast as the next. */
export function prepareSearch(from = 0) {
  nodes.slice(from, from + AT_ONCE).forEach(searchKeys);
  if (from + AT_ONCE < nodes.length) setTimeout(() => prepareSearch(from + AT_ONCE), PAUSE);
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
  const words = folded.split(" ");
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

/** A whole name comes first, then what begins so, then what holds it; with its accents before without. */
function rankOf(node, folded, spelt) {
  const keys = searchKeys(node);
  const place = [`\n${folded}\n`, `\n${folded}`, folded, ""].findIndex((text) => keys.folded.includes(text));
  return place * 4 + (keys.spelt.includes(spelt) ? 0 : 2) + (node.passes ? 0 : 1);
}
