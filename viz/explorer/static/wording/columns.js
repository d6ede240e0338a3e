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

/** The headings of columns, in words. */
export function columnHeads(columns) {
  return columns.map(([key]) => t(`col.${key}`));
}
