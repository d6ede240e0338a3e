// Columns of tables and of CSV files: a key for the heading, and what stands in a cell.

import {
  extentWords, sentenceWords, sourceAddress, sourceWords, statusWords, surenessWords,
} from "./statements.js";
import { columnName, label, name, rowName, t } from "./words.js";

export const NODE_COLUMNS = [
  ["name", (node) => name(node)],
  ["kind", (node) => label("kinds", node.kind)],
  ["layer", (node) => rowName(node.row)],
  ["province", (node) => columnName(node.column)],
  ["relations", (node) => String([...node.out, ...node.in].filter((edge) => edge.passes).length)],
  ["statements", (node) => String(node.own.length + node.named.length)],
  ["figures", (node) => countOwn(node, ({ value }) => value !== null)],
  ["goals", (node) => countOwn(node, ({ relation }) => relation === "hasGoal")],
  ["results", (node) => countOwn(node, ({ relation }) => relation === "hasResult")],
];
export const EDGE_COLUMNS = [
  ["from", (edge) => name(edge.ends[0])],
  ["relation", (edge) => label("relations", edge.relation)],
  ["to", (edge) => name(edge.ends[1])],
  ["status", statusWords],
  ["certainty", surenessWords],
  ["extent", extentWords],
  ["sentence", sentenceWords],
  ["source", sourceWords],
  ["web", sourceAddress],
];

/** How many statements about an entity itself are of a kind; empty when there is none. */
function countOwn(node, isOfKind) {
  return String(node.own.filter((statement) => statement.passes && isOfKind(statement)).length || "");
}

/** The headings of columns, in words: those of its key, unless it has its own. */
export function columnHeads(columns) {
  return columns.map(([key, , words]) => words ?? t(`col.${key}`));
}
