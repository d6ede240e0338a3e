// Statements in words: figures, times, bounds, and what stands on a line.

import { articleOf, fullIdOf, modeOf, nodeById, page, REFERENCE, sentences, statements } from "../data/page.js";
import { marksOf, modesOf, passingClaims } from "../state/filtering.js";
import { articleLanguage, label, modeName, name, number, pick, relationName, t, time } from "./words.js";

export const SIGNS = { ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ ", "~>": "≳ " };
const MEANT_TIMES = ["as_of", "period", "due_by"]; // what a figure is of, not what it is compared with
const UNSTATED = ["rank.noIndex", "rank.noTime"];
const TIME_WORDS = ["from", "to", "as_of", "period", "baseline", "due_by"];

/** What stands on a line: the relation, and its status where it does not simply hold. */
export function edgeLabel(edge) {
  const modes = modesOf(passingClaims(edge));
  if (!modes.length && edge.references.length) modes.push(REFERENCE);
  const telling = modes.length > 1 ? modes : modes.filter((mode) => !modeOf(mode).holds);
  const marks = marksOf(passingClaims(edge));
  const status = telling.length ? ` (${telling.map(modeName).join("; ")})` : "";
  return `${marks ? `${marks} ` : ""}${label("relations", edge.relation)}${status}`;
}

export function certaintyName(key) {
  return Object.hasOwn(page.certainties, key) ? pick(page.certainties[key].label) : key;
}

export function extentName(key) {
  return Object.hasOwn(page.extents, key) ? pick(page.extents[key].label) : label("codes", key);
}

/** How sure the claims of a relation are, and of how much of the group they speak. */
export function surenessWords(edge) {
  return [...new Set(passingClaims(edge).map((claim) => certaintyName(claim.sureness)))].join("; ");
}

export function extentWords(edge) {
  const extents = passingClaims(edge).map((claim) => claim.extent).filter(Boolean);
  return [...new Set(extents)].map(extentName).join("; ");
}

function figure(statement) {
  const scale = statement.denominator ? `/${number(statement.denominator)}` : "";
  const unit = statement.unit ? ` ${label("units", statement.unit)}` : "";
  return (SIGNS[statement.comparator] || "") + number(statement.value) + scale + unit;
}

/** The times among some fields of a statement, in words. */
export function timeWords(statement, fields) {
  return fields.filter((key) => statement[key]).map((key) => `${t(`time.${key}`)} ${time(statement[key])}`);
}

/** When a statement was made: the publication of its article, as precise and as certain as it is known. */
export function statedWords(statement) {
  return time(articleOf(statement)?.published ?? statement.stated);
}

/** The times of a statement and on what they rest. */
export function times(statement) {
  const basis = t(`basis.${statement.basis}`, { date: statedWords(statement) });
  return [...timeWords(statement, TIME_WORDS), basis].join(" · ");
}

/** Whether a statement says a rank: it means nothing without the index and the time. */
function isRank(statement) {
  return statement.value !== null && statement.unit === page.rankUnit;
}

/** The index of a rank and the time that it is of, in words; what the source does not say is said to be unstated. */
function rankWords(statement) {
  const index = statement.about ? nodeNames(statement.about) : t("rank.noIndex");
  return [index, timeWords(statement, MEANT_TIMES).join(" ") || t("rank.noTime")];
}

/** The name of a relation or measure where no bounds stand beside it; that of a rank has its index and its time. */
export function measureName(statement) {
  const words = relationName(statement);
  return isRank(statement) ? `${words} (${rankWords(statement).join(", ")})` : words;
}

/** What a rank should say of itself and its source does not; empty for other statements. */
export function unstatedWords(statement) {
  return isRank(statement) ? rankWords(statement).filter((words) => UNSTATED.map((key) => t(key)).includes(words)) : [];
}

function codeNames(codes) {
  return [].concat(codes).map(codeName).join(", ");
}

/** Label of a code; that of a service level is filed under its number. */
function codeName(code) {
  return label("codes", `level-${code}` in page.words.codes ? `level-${code}` : code);
}

function nodeNames(ids) {
  return ids.map((id) => (nodeById.has(id) ? name(nodeById.get(id)) : id)).join(", ");
}

/** The total that a figure is part of, in words. */
function totalWords(statement) {
  const total = statements.find((other) => other.id === statement.partOf && other.article === statement.article);
  return total ? `${relationName(total)}: ${figure(total)}` : "";
}

/** What bounds a statement in short: pairs of a term and its value. */
export function limitPairs(statement) {
  const pairs = [];
  if (statement.scope) pairs.push([t("scope"), codeNames(statement.scope)]);
  if (statement.level) pairs.push([t("level"), codeNames(statement.level)]);
  if (statement.of || statement.ofText) {
    pairs.push([t("of"), statement.of ? nodeNames([statement.of]) : pick(statement.ofText)]);
  }
  if (statement.partOf) pairs.push([t("partOf"), totalWords(statement)]);
  if (statement.said_by) pairs.push([t("saidBy"), nodeNames(statement.said_by)]);
  if (statement.about) pairs.push([t("about"), nodeNames(statement.about)]);
  if (statement.responsible) pairs.push([t("responsible"), nodeNames(statement.responsible)]);
  return pairs;
}

/** All that bounds a statement: pairs of a term and its value, the third item being the language of the value. */
export function boundPairs(statement) {
  const pairs = limitPairs(statement);
  if (statement.extent) pairs.unshift([t("extent"), codeNames(statement.extent)]);
  if (statement.target) pairs.push([t("figureKind"), label("codes", "target")]);
  pairs.push([t("certainty"), certaintyName(statement.sureness)]);
  if (statement.note) pairs.push([t("note"), statement.note, articleLanguage()]);
  return pairs;
}

/** What a statement says of its subject: another entity, a text, or a figure. */
export function objectWords(statement) {
  if (statement.value !== null) return figure(statement);
  if (statement.text) return pick(statement.text);
  if (nodeById.has(statement.object)) return name(nodeById.get(statement.object));
  return label("codes", fullIdOf(statement, statement.object || "").replace(/^code:/, ""));
}

export function statusWords(edge) {
  const modes = modesOf(passingClaims(edge));
  if (edge.references.length) modes.push(REFERENCE);
  return modes.map(modeName).join("; ");
}

export function sentenceWords(edge) {
  const claim = passingClaims(edge)[0];
  return claim ? pick(sentences[claim.sentence].text) : "";
}

export function sourceWords(edge) {
  const claim = passingClaims(edge)[0];
  if (!claim) return edge.references.map(pick).join("; ");
  const article = articleOf(claim);
  return article ? `${pick(article.title)} (${time(article.published)})` : "";
}

/** The web address of the source of a relation; empty when the page has none. */
export function sourceAddress(edge) {
  const claim = passingClaims(edge)[0];
  return (claim && webAddress(articleOf(claim))) || "";
}

/** The web address of an article; null where it is none that a browser should follow. */
export function webAddress(article) {
  return /^https?:\/\//.test(article?.address || "") ? article.address : null;
}
