// Introduction: what stands in the panel while nothing is looked at: how to read the drawing, where to start, what the
// words mean, and the sources.

import { byWeight, familyOf, modeOf, page } from "../data/page.js";
import { button, lineSample, make, nodeLink } from "../drawing/elements.js";
import { group } from "./lists.js";
import { newsParts } from "./news.js";
import { byDay, sourceRow } from "./province.js";
import { startQuestions } from "./questions.js";
import { tourList } from "./tour.js";
import { state } from "../state/state.js";
import { readingKeys } from "../wording/reading.js";
import { capital, label, modeName, pick, t } from "../wording/words.js";

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
  const asking = [t("intro.questions"), listOf(startQuestions().map(questionButton))];
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

function questionButton({ words, open }) {
  return button({ class: "link", onclick: open }, words);
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
