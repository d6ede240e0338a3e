// Tour: the step of a guided tour in the panel, above what is looked at. Whatever the reader opens, the tour stays.

import { nodeById, page, statements } from "../data/page.js";
import { button, make, nodeLink } from "../drawing/elements.js";
import { articleLine } from "./evidence.js";
import { statementButton } from "./statements.js";
import { lookAt, state } from "../state/state.js";
import { hasStrayed, leaveTour, openStep, stepNow, tourNow, walkTour } from "../state/tours.js";
import { sitePage } from "../wording/site.js";
import { capital, name, pick, t } from "../wording/words.js";

const TOUR_LINK = /\[([^[\]]+)\]\(([^()\s]+)\)/; // [words](target)

/** The tours as a list of buttons, each of which starts one. */
export function tourList() {
  return page.tours.map((tour) => [
    button({ class: "link", onclick: () => openStep(tour.name, 0) }, pick(tour.title)),
    make("span", { class: "meta about" }, `${sizeOf(tour)}. ${pick(tour.about)}`),
  ]);
}

function sizeOf(tour) {
  return `${t("tour.steps", { n: tour.steps.length })}, ${t("tour.minutes", { n: tour.minutes })}`;
}

/** The present step; nothing outside a tour. */
export function tourParts() {
  const step = stepNow();
  if (!step) return [];
  const section = make(
    "section",
    { class: "tour", "aria-label": pick(tourNow().title) },
    stepButtons(),
    make("h2", { tabindex: -1 }, make("span", {}, pick(step.title))),
    pick(step.text).split(/\n\s*\n/).map((text) => make("p", { class: "text" }, textPieces(text.trim()))),
    make("ul", { class: "rows" }, step.evidence.flatMap(evidenceRows)),
    step.check ? checkPart(step.check) : null,
    hasStrayed() ? button({ class: "plain", onclick: () => walkTour(0) }, t("tour.return")) : null,
  );
  return [section];
}

/** Where the reader is in the tour, and the ways back, on and out. */
function stepButtons() {
  const tour = tourNow();
  const last = tour.steps.length - 1;
  const go = (words, onclick, isDisabled = false) =>
    button({ class: "plain", onclick, disabled: isDisabled }, words);
  const place = t("tour.place", { n: state.step + 1, all: last + 1 });
  return [
    make("p", { class: "kicker" }, `${t("tour")}: ${pick(tour.title)}`),
    make(
      "p",
      { class: "ways", role: "group", "aria-label": t("tour.walk") },
      go(t("tour.back"), () => walkTour(-1), state.step === 0),
      make("span", { class: "count" }, place),
      state.step < last ? go(t("tour.next"), () => walkTour(1)) : null,
      go(state.step < last ? t("tour.leave") : t("tour.end"), leaveTour),
    ),
  ];
}

/** A text with its links: to an entity of this page, to a page of the site, or plain where there is no such page. */
function textPieces(text) {
  const match = TOUR_LINK.exec(text.replace(/\s+/g, " "));
  if (!match) return [text];
  const { 0: link, 1: words, 2: target, index, input } = match;
  const node = nodeById.get(target);
  const address = node ? null : sitePage(...target.split("/"));
  const way = node
    ? button({ class: "inline", onclick: () => lookAt(node.id) }, words)
    : address ? make("a", { href: address }, words) : words;
  return [input.slice(0, index), way, ...textPieces(input.slice(index + link.length))];
}

function evidenceRows(item) {
  if (item.statements) return item.statements.map((position) => make("li", {}, statementButton(statements[position])));
  if (item.entity) return [make("li", { class: "link-row" }, entityPart(item.entity))];
  if (item.paragraph) return [paragraphRow(item)];
  return [answerRow(item)];
}

function entityPart(id) {
  return nodeById.has(id) ? nodeLink(nodeById.get(id)) : id;
}

function paragraphRow({ paragraph, article }) {
  const source = page.articles.find(({ id }) => id === article);
  const line = source ? make("div", { class: "source" }, ...articleLine(source)) : null;
  return make("li", { class: "link-row" }, make("p", { class: "digest" }, pick(paragraph)), line);
}

/** The first rows of an answer: the first value as a heading, then the others, each with its column. */
function answerRow({ question, subject, answers }) {
  const { heads, rows, total } = answers[state.lang];
  const size = rows.length < total ? t("ofAll", { n: rows.length, all: total }) : String(total);
  const about = nodeById.has(subject) ? ` ${name(nodeById.get(subject))}` : "";
  const lines = rows.map((cells) => {
    const [first, ...others] = cells.map((texts, index) => [heads[index], texts]).filter(([, texts]) => texts.length);
    const values = others.map(([head, texts]) => {
      return make("span", { class: "limits" }, `${capital(head)}: `, valueParts(texts));
    });
    return make("li", {}, make("div", {}, valueParts(first?.[1] ?? []), values));
  });
  const caption = make("p", { class: "asked" }, `${pick(question)}${about} `, make("span", { class: "count" }, size));
  return make("li", { class: "link-row" }, caption, make("ul", { class: "answer" }, lines));
}

/** The texts of a cell; one that names an entity leads to it. */
function valueParts(texts) {
  return texts.flatMap(([text, id], index) => {
    const part = nodeById.has(id) ? button({ class: "inline", onclick: () => lookAt(id) }, text) : text;
    return index ? ["; ", part] : [part];
  });
}

function checkPart({ ask, answer }) {
  return make(
    "div",
    { class: "card" },
    make("p", { class: "kicker" }, t("tour.question")),
    make("p", {}, pick(ask)),
    make("details", {}, make("summary", {}, t("tour.answer")), make("p", {}, pick(answer))),
  );
}
