// Country: the map of tiles. Each tile is a button with the name of a province and a number; its colour says the same.

import { nodeById, page, provinces } from "../data/page.js";
import { button, make } from "../drawing/elements.js";
import { countryRows, openProvince, provinceOfColumn, stepsOf } from "../layout/country.js";
import { componentName, countedWords, countsBar, verdictKey, verdictWords } from "./verdicts.js";
import { componentCodes, measureKeys, MEASURES } from "../state/measures.js";
import { change, lookAt, state } from "../state/state.js";
import { marksNow } from "../state/tours.js";
import { columnName, name, number, pick, t, time } from "../wording/words.js";

const STEPS = [1, 2, 3, 4];
const NATIONAL = [0, 6]; // where the tile of what is national stands, in the free corner
const countryPart = document.getElementById("country");
const MEASURE_WORDS = {
  newest: String,
  ahead: (value) => `${value} %`,
  age: (value) => (value ? t("measure.years", { n: value }) : t("measure.underYear")),
};

/** A measure of a province in words. */
function measureWords(key, row) {
  const value = MEASURES[key](row);
  if (value === null) return "–";
  return key === "verdicts" ? verdictWords(row.standing) : (MEASURE_WORDS[key] ?? number)(value);
}

function provinceName(row) {
  return row.node ? row.node.label : t("shared");
}

/** Draw the map anew: colours, numbers, and what is looked at. */
export function renderCountry() {
  const isShown = state.view === "country" && state.form === "drawing";
  countryPart.hidden = !isShown;
  if (!isShown) return;
  const { id: focusedId, dataset: { id: focusedTile } } = focusedElement();
  const rows = countryRows();
  const values = rows.map((row) => MEASURES[state.measure](row));
  const steps = state.measure === "verdicts" ? rows.map(verdictStep) : stepsOf(values.slice(0, -1));
  const map = make("div", { class: "map", role: "group", "aria-label": t("drawing.country") });
  map.append(...rows.map((row, index) => tile(row, row.node ? steps[index] : "national")));
  countryPart.replaceChildren(head(values.slice(0, -1), steps), map);
  if (focusedTile) map.querySelector(`[data-id="${CSS.escape(focusedTile)}"]`)?.focus();
  else if (focusedId) document.getElementById(focusedId)?.focus();
}

/** The style of a tile of verdicts: that of one verdict, of several, or of none. */
function verdictStep({ standing }) {
  if (!standing) return "0";
  return standing.counts ? "verdict" : `verdict ${page.verdicts.verdicts[standing.verdict].tone}`;
}

/** What has the focus inside the map. */
function focusedElement() {
  return countryPart.contains(document.activeElement) ? document.activeElement : { id: "", dataset: {} };
}

function tile(row, step) {
  const isOn = row.node !== null && provinceOfColumn(nodeById.get(state.node)?.column)?.node === row.node;
  const all = measureKeys().map((key) => `${t(`measure.${key}`)}: ${measureWords(key, row)}`);
  const properties = {
    class: `tile step-${step}${isMarked(row) ? " marked" : ""}`,
    "data-id": row.id,
    "aria-pressed": String(isOn),
    "aria-label": [provinceName(row), ...all].join(", "),
    title: [row.node ? name(row.node) : t("shared"), ...all].join("\n"),
    onclick: () => (row.node ? lookAt(row.id) : openProvince(null)),
  };
  const words = make("b", {}, measureWords(state.measure, row));
  const element = button(properties, make("span", { class: "word" }, provinceName(row)), words, barOf(row));
  const [column, line] = page.country[row.id] ?? (row.node ? [] : NATIONAL);
  if (column !== undefined) Object.assign(element.style, { gridColumn: String(column + 1), gridRow: String(line + 1) });
  return element;
}

/** The bar of verdicts in a tile; none where the map shows something else, or nothing is judged. */
function barOf({ standing }) {
  return state.measure === "verdicts" && standing ? countsBar(standing) : null;
}

/** Whether the step of a tour speaks of a province, or of something in it. */
function isMarked(row) {
  const place = row.node ? provinces.find(({ node }) => node === row.node).keys : new Set([row.id]);
  return [...marksNow()].some((id) => place.has(nodeById.get(id)?.column));
}

/** The choice of the measure, what the colours mean, and on what verdicts rest. */
function head(values, steps) {
  const isJudged = state.measure === "verdicts" || state.measure === "age";
  const options = measureKeys().map((key) => [key, t(`measure.${key}`)]);
  const components = [["", t("allComponents")], ...componentCodes().map((code) => [code, componentName(code)])];
  const take = (value) => change({ component: value || null });
  const silent = isJudged && values.includes(null) ? [silentKey(t("unjudged"))] : [];
  return make(
    "div",
    { class: "map-head" },
    choice("measure", t("measure"), { options, value: state.measure, take: (measure) => change({ measure }) }),
    isJudged
      ? choice("component", t("component"), { options: components, value: state.component ?? "", take })
      : null,
    make("ul", { class: "map-key" }, state.measure === "verdicts" ? verdictKey() : stepKeys(values, steps), ...silent),
    isJudged ? basisOfVerdicts() : null,
  );
}

function choice(id, words, { options, value, take }) {
  const entries = options.map(([key, text]) => make("option", { value: key }, text));
  const select = make("select", { id, class: "measure" }, entries);
  select.value = value;
  select.addEventListener("change", () => take(select.value));
  return make("label", {}, words, " ", select);
}

function stepKeys(values, steps) {
  const keys = STEPS.filter((step) => steps.includes(step)).map((step) => legendKey(step, values, steps));
  if (steps.includes(0) && state.measure !== "age") keys.unshift(silentKey(t("gap")));
  return keys;
}

/** What a tile without a value means. */
function silentKey(words) {
  return make("li", {}, make("span", { class: "tile step-0" }), words);
}

function legendKey(step, values, steps) {
  const own = values.filter((_, index) => steps[index] === step);
  const [least, greatest] = [Math.min(...own), Math.max(...own)].map(MEASURE_WORDS[state.measure] ?? String);
  const words = least === greatest ? least : `${least}–${greatest}`;
  return make("li", {}, make("span", { class: `tile step-${step}` }), words);
}

function basisOfVerdicts() {
  const { framework, day, scope } = page.verdicts;
  const basis = t("verdictBasis", { framework: pick(framework), day: time(day) });
  const counted = state.measure === "verdicts" && !state.component ? countedWords() : "";
  return make("p", { class: "meta" }, [counted, basis, pick(scope)].filter(Boolean).join(" "));
}

/** The names of the former units of a province, with their years. */
function formerNames(row) {
  return row.former.map((unit) => columnName(unit.id)).join(", ");
}

/** The columns of the table of provinces, as the map has them: counts by verdict, or the verdict on one component. */
export function countryColumns() {
  const isOfVerdicts = state.measure === "verdicts";
  const others = isOfVerdicts ? ["age"] : measureKeys().filter((key) => key !== "verdicts");
  const counts = (page.verdicts?.verdicts ?? []).map((verdict, place) => [
    "verdict",
    ({ standing }) => (standing ? String(standing.counts[place]) : "–"),
    `${verdict.symbol} ${pick(verdict.label)}`,
  ]);
  const judged = state.component ? [["verdict", (row) => measureWords("verdicts", row)]] : counts;
  return [
    ["province", provinceName],
    ["former", formerNames],
    ...(isOfVerdicts ? judged : []),
    ...others.map((key) => [key, (row) => measureWords(key, row)]),
  ];
}
