// Evidence: statements in words, and below each its sentence, article, dates and bounds.

import { fullIdOf, modeOf, nodeById, page, REFERENCE, sentences } from "../data/page.js";
import { make, pairElements } from "../drawing/elements.js";
import { modesOf } from "../state/filtering.js";
import { state } from "../state/state.js";
import { sitePage } from "../wording/site.js";
import { boundPairs, limitPairs, objectWords, times, timeWords } from "../wording/statements.js";
import { articleLanguage, label, modeName, name, pick, relationName, t, time, tongue } from "../wording/words.js";

export const TEXT_RELATIONS = ["hasResult", "hasGoal", "hasTask", "hasLimitation"]; // each has a list of its own

export function articleLine(article) {
  const read = article.read ? pick(article.read) : ""; // what of it was read, where that is not the whole original
  const source = [pick(article.publisher), time(article.published), read].filter(Boolean).join(", ");
  const address = sitePage("article", article.id);
  const title = address ? make("a", { href: address }, pick(article.title)) : pick(article.title);
  return [make("cite", { lang: tongue(article.title) }, title), make("span", { class: "meta" }, source)];
}

function badge(words, style = "") {
  return make("span", { class: `badge ${style}`.trim() }, words);
}

function modeBadge(mode) {
  const { crossed, line } = modeOf(mode);
  return badge(modeName(mode), crossed ? "crossed" : line === "solid" ? "" : line);
}

/** The statuses of statements; one that simply holds needs no badge. */
export function modeBadges(claims) {
  const modes = modesOf(claims);
  const telling = modes.length > 1 ? modes : modes.filter((mode) => !modeOf(mode)?.plain);
  const extents = [...new Set(claims.map((claim) => claim.extent).filter(Boolean))];
  return [...telling.map(modeBadge), ...extents.map((extent) => badge(label("codes", extent)))];
}

/** One text or figure: a click opens its sentence below it. */
export function statementRow(statement) {
  const isText = TEXT_RELATIONS.includes(statement.relation);
  const head = isText ? null : make("span", { class: "relation" }, relationName(statement), " ");
  const lang = statement.text ? tongue(statement.text) : null;
  const words = make("span", { class: "target", lang }, objectWords(statement));
  return unfolding(statement, [head, words, ...modeBadges([statement]), limits(statement)]);
}

/** What tells one figure or text from the next: level, time, what it is about. */
function limits(statement) {
  const parts = [
    ...limitPairs(statement).map(([, value]) => value),
    ...timeWords(statement, ["as_of", "period", "due_by"]),
  ];
  if (statement.target) parts.unshift(label("codes", "target"));
  return parts.length ? make("span", { class: "limits" }, parts.join(" · ")) : null;
}

export function namedRow(statement) {
  const subject = nodeById.get(statement.subject);
  const about = `${subject ? name(subject) : statement.subject}: ${relationName(statement)}`;
  return unfolding(statement, [
    make("span", { class: "relation" }, about, " "),
    make("span", { class: "target" }, objectWords(statement)),
    ...modeBadges([statement]),
  ]);
}

function unfolding(statement, words) {
  const summary = make("summary", { class: "row" }, words);
  return make("li", { class: statement.passes ? "" : "filtered" }, make("details", {}, summary, evidence(statement)));
}

/** The evidence of one statement: sentence, article, dates, and what bounds it. */
function evidence(statement) {
  const sentence = sentences[statement.sentence];
  const article = page.articles[sentence.article];
  const id = [t("id"), `${fullIdOf(statement)} · ${t("line")} ${statement.line}`];
  return make(
    "div",
    { class: "evidence" },
    ...quotes(sentence.text),
    article ? make("p", { class: "source" }, ...articleLine(article)) : null,
    make("p", { class: "meta" }, times(statement)),
    make("dl", { class: "facts" }, [...boundPairs(statement), id].flatMap(pairElements)),
  );
}

/** A sentence as the article says it, below its translation where the reader has another language. */
function quotes(texts) {
  const original = articleLanguage();
  const translation = state.lang === original ? null : texts[state.lang];
  return [
    translation ? make("blockquote", { lang: state.lang }, translation) : null,
    make("blockquote", { lang: original, class: translation ? "original" : "" }, texts[original]),
  ];
}

export function claimCard(claim) {
  const status = claim.denied ? badge(modeName(claim.status)) : null;
  const head = make("p", { class: "status" }, modeBadge(claim.mode), status);
  return make("section", { class: "card" }, head, evidence(claim));
}

export function referenceBadge(edge) {
  return edge.references.length ? badge(modeName(REFERENCE), "dotted") : null;
}

/** What reference data say; no article states it. */
export function referenceCard(source) {
  const status = make("p", { class: "status" }, badge(modeName(REFERENCE), "dotted"));
  return make("section", { class: "card" }, status, make("p", {}, pick(source)));
}
