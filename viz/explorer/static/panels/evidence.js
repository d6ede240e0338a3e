// Evidence: statements in words, and below each its sentence, article, dates and bounds.

import { modeOf, nodeById, page, REFERENCE, sentences } from "../data/page.js";
import { lineSample, make, pairElements } from "../drawing/elements.js";
import { modesOf } from "../state/filtering.js";
import { state } from "../state/state.js";
import { sitePage } from "../wording/site.js";
import {
  boundPairs, certaintyName, extentName, limitPairs, measureName, objectWords, times, timeWords, unstatedWords,
  webAddress,
} from "../wording/statements.js";
import {
  articleLanguage, capital, label, modeName, name, number, pick, relationName, t, time, tongue, withDays,
} from "../wording/words.js";

export const TEXT_RELATIONS = ["hasResult", "hasGoal", "hasTask", "hasLimitation"]; // each has a list of its own

export function articleLine(article) {
  const read = article.read ? pick(article.read) : ""; // what of it was read, where that is not the whole original
  const source = [pick(article.publisher), time(article.published), read].filter(Boolean).join(", ");
  const address = sitePage("article", article.id);
  const title = address ? make("a", { href: address }, pick(article.title)) : pick(article.title);
  const web = webAddress(article);
  return [
    make("cite", { lang: tongue(article.title) }, title),
    make("span", { class: "meta" }, source),
    article.again ? readingsPart(article.again) : null,
    web ? make("a", { class: "web", href: web, target: "_blank", rel: "noopener noreferrer" }, web) : null,
  ];
}

/** How an article was read a second time: in short, and by whom with what result where the reader opens it. */
function readingsPart(again) {
  const [summary, ...readings] = pick(again);
  if (!readings.length) return make("span", { class: "meta again" }, summary);
  const rows = readings.map((text) => make("li", {}, withDays(text)));
  return make("details", { class: "meta again" }, make("summary", {}, summary), make("ul", {}, rows));
}

/** A short remark in a frame; its definition is told on hover. */
function badge(words, { sample = null, tone = "", meaning = "" } = {}) {
  return make("span", { class: `badge ${tone}`.trim(), title: meaning }, sample, sample ? " " : null, words);
}

function modeBadge(mode) {
  const { tone, meaning } = modeOf(mode);
  return badge(modeName(mode), { sample: lineSample(mode), tone, meaning: meaning ? pick(meaning) : "" });
}

/** How sure a statement is, where it is less than certain, and of how much of a group it speaks. */
function limitBadges(claims) {
  const unsure = [...new Set(claims.map((claim) => claim.sureness))].filter((key) => key !== page.sure);
  const extents = [...new Set(claims.map((claim) => claim.extent).filter(Boolean))];
  return [
    ...unsure.map((key) =>
      badge(`${page.marks.unsure} ${t("certaintyOf", { words: certaintyName(key) })}`, {
        meaning: meaningOf(page.certainties, key),
      }),
    ),
    ...extents.map((key) => {
      const isPart = Object.hasOwn(page.extents, key) && page.extents[key].hedges;
      const words = isPart ? `${page.marks.partly} ${extentName(key)}` : extentName(key);
      return badge(words, { meaning: meaningOf(page.extents, key) });
    }),
  ];
}

/** The definition of a code in a list; empty for one that the list does not have. */
function meaningOf(codes, key) {
  return Object.hasOwn(codes, key) ? pick(codes[key].meaning) : "";
}

/** The statuses of statements; one that simply holds needs no badge. */
export function modeBadges(claims) {
  const modes = modesOf(claims);
  const telling = modes.length > 1 ? modes : modes.filter((mode) => !modeOf(mode)?.plain);
  return [...telling.map(modeBadge), ...limitBadges(claims)];
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
    ...unstatedWords(statement),
  ];
  if (statement.target) parts.unshift(label("codes", "target"));
  return parts.length ? make("span", { class: "limits" }, parts.join(" · ")) : null;
}

export function namedRow(statement) {
  const subject = nodeById.get(statement.subject);
  const about = `${subject ? name(subject) : statement.subject}: ${measureName(statement)}`;
  return unfolding(statement, [
    make("span", { class: "relation" }, about, " "),
    make("span", { class: "target" }, objectWords(statement)),
    ...modeBadges([statement]),
  ]);
}

function unfolding(statement, words) {
  const summary = make("summary", { class: "row" }, words);
  const properties = { class: statement.passes ? "" : "filtered", "data-statement": statement.id };
  return make("li", properties, make("details", {}, summary, evidence(statement)));
}

/** The evidence of one statement: sentence, article, dates, and what bounds it. */
function evidence(statement) {
  const sentence = sentences[statement.sentence];
  const article = page.articles[sentence.article];
  const line = [capital(t("line")), number(statement.line)];
  return make(
    "div",
    { class: "evidence" },
    ...digest(sentence.text),
    article ? make("div", { class: "source" }, ...articleLine(article)) : null,
    make("p", { class: "meta" }, times(statement)),
    make("dl", { class: "facts" }, [...boundPairs(statement), line].flatMap(pairElements)),
  );
}

/** What an article says, in the words of the project, below its translation where the reader has another language. */
function digest(texts) {
  const original = articleLanguage();
  const translation = state.lang === original ? null : texts[state.lang];
  return [
    make("p", { class: "kicker" }, t("digest")),
    translation ? make("p", { class: "digest", lang: state.lang }, translation) : null,
    make("p", { class: translation ? "digest original" : "digest", lang: original }, texts[original]),
  ];
}

export function claimCard(claim) {
  const status = claim.denied ? modeBadge(claim.status) : null;
  const head = make("p", { class: "status" }, modeBadge(claim.mode), status, ...limitBadges([claim]));
  return make("section", { class: "card" }, head, evidence(claim));
}

export function referenceBadge(edge) {
  return edge.references.length ? modeBadge(REFERENCE) : null;
}

/** What reference data say; no article states it. */
export function referenceCard(source) {
  const status = make("p", { class: "status" }, modeBadge(REFERENCE));
  return make("section", { class: "card" }, status, make("p", {}, pick(source)));
}
