// Introduction: what stands in the panel while nothing is looked at: how to read the drawing, where to start, what the
// words mean, and the sources.

import {
  byWeight, dependencies, edges, familyOf, filterKeys, modeOf, nodeById, page, provinces,
} from "../data/page.js";
import { button, lineSample, make, nodeLink } from "../drawing/elements.js";
import { group } from "./lists.js";
import { newsParts } from "./news.js";
import { byDay, sourceRow } from "./province.js";
import { tourList } from "./tour.js";
import { countryRows } from "../layout/country.js";
import { openView } from "../layout/dependencies.js";
import { countStopping } from "../layout/stopping.js";
import { bestCompared } from "../state/comparison.js";
import { modesOf } from "../state/filtering.js";
import { change, lookAt, openEdge, state } from "../state/state.js";
import { readingKeys } from "../wording/reading.js";
import { capital, label, modeName, name, pick, t, time } from "../wording/words.js";

const STARTING_POINTS = 6;
const FEW_SOURCES = 10;

function listOf(children, style = "links") {
  return make("ul", { class: style }, children.map((child) => make("li", {}, child)));
}

export function introduction() {
  const starts = byWeight.filter((node) => familyOf(node).isSuggested).slice(0, STARTING_POINTS);
  const isCountry = state.view === "country";
  const keys = readingKeys(state.view);
  const reading = [t("intro.title"), listOf(keys.map((key) => t(key, page.marks)), "intro")];
  const asking = [t("intro.questions"), listOf(startQuestions())];
  const [[title, first], [nextTitle, next]] = isCountry ? [asking, reading] : [reading, asking];
  return [
    make("h2", { tabindex: -1 }, title),
    first,
    ...newsParts(),
    ...(page.tours.length ? [make("h3", {}, t("tours")), listOf(tourList())] : []),
    make("h3", {}, nextTitle),
    next,
    make("h3", {}, t("intro.start")),
    listOf(starts.map(nodeLink)),
    glossary(),
    group(t("sources"), [...page.articles].sort(byDay), sourceRow, FEW_SOURCES),
  ];
}

/** Questions to start from, each a button that answers it; those that this graph cannot answer are left out. */
function startQuestions() {
  const link = (words, onclick) => button({ class: "link", onclick }, words);
  const richest = provinces.length ? richestProvince() : null;
  const hub = byWeight.find((node) => familyOf(node).isSuggested && countStopping(node.id).systems) ?? null;
  const disputed = edges.find((edge) => {
    const modes = modesOf(edge.claims);
    return modes.length > 1 && modes.some((mode) => modeOf(mode).crossed);
  });
  const stated = mostStated();
  const compared = bestCompared();
  const [since, newest] = newestArticles();
  return [
    richest && link(t("start.province", { name: richest.label }), () => lookAt(richest.id)),
    hub && link(t("start.stops", { name: name(hub) }), () => openView("deps", hub.id)),
    stated && link(t("start.says", endNames(stated)), () => openEdge(stated.id)),
    newest.size && link(t("start.newest", { since: time(since) }), () => keepArticles(newest)),
    compared && link(t("start.compare", comparedNames(compared)), () => compare(compared)),
    disputed && link(t("start.disputed"), () => openEdge(disputed.id)),
  ].filter(Boolean);
}

function comparedNames(ids) {
  const [left, right] = ids.map((id) => nodeById.get(id).label);
  return { left, right };
}

function compare([left, right]) {
  lookAt(left);
  change({ versus: right });
}

function endNames({ ends: [from, to] }) {
  return { from: name(from), to: name(to) };
}

/** The province of today that most sources are about. */
function richestProvince() {
  const rows = countryRows().filter(({ node }) => node);
  return rows.reduce((best, row) => (row.sums.articles.size > best.sums.articles.size ? row : best)).node;
}

/** The month since which sources count as new, three months before the newest, and their ids. */
function newestArticles() {
  const days = page.articles.map(({ published }) => published);
  const months = days.map((day) => day.slice(0, 7)).filter((month) => /^\d{4}-\d\d$/.test(month));
  if (!months.length) return ["", new Set()];
  const [year, last] = months.sort().at(-1).split("-").map(Number);
  const since = new Date(Date.UTC(year, last - 3, 1)).toISOString().slice(0, 7);
  return [since, new Set(page.articles.filter(({ published }) => published >= since).map(({ id }) => id))];
}

function keepArticles(ids) {
  const articles = new Set(filterKeys.articles.filter((id) => !ids.has(id)));
  change({ off: { ...state.off, articles } });
}

/** The relation that is stated most often, a dependency before others. */
function mostStated() {
  const candidates = edges.filter((edge) => dependencies.has(edge.relation) && edge.claims.length > 1);
  const more = (best, edge) => (edge.claims.length > (best?.claims.length ?? 1) ? edge : best);
  return (candidates.length ? candidates : edges).reduce(more, null);
}

/** What the words of statuses, certainty, extent and kinds mean. */
function glossary() {
  const entry = (words, texts, sample = null) => [
    make("dt", {}, sample, " ", capital(words)),
    make("dd", {}, pick(texts)),
  ];
  const modes = Object.keys(page.modes).filter((mode) => modeOf(mode).meaning);
  const codes = [...Object.values(page.certainties), ...Object.values(page.extents)];
  const kinds = Object.entries(page.words.definitions).filter(([, texts]) => pick(texts));
  return make(
    "details",
    { class: "glossary" },
    make("summary", {}, t("glossary")),
    make(
      "dl",
      {},
      modes.flatMap((mode) => entry(modeName(mode), modeOf(mode).meaning, lineSample(mode))),
      codes.flatMap((code) => entry(pick(code.label), code.meaning)),
      kinds.flatMap(([kind, texts]) => entry(label("kinds", kind), texts)),
    ),
  );
}
