// Filters: the legend can be clicked. Shape, line and colour are those of the drawing.

import { edges, filterKeys, modeOf, page, REFERENCE, years } from "../data/page.js";
import { button, lineSample, make, symbol } from "../drawing/elements.js";
import { countsOf } from "../state/counts.js";
import { isFiltered } from "../state/filtering.js";
import { change, keepOnly, state, toggleFilter } from "../state/state.js";
import { certaintyName, extentName } from "../wording/statements.js";
import { capital, columnName, familyName, modeName, number, pick, rowName, t } from "../wording/words.js";

const STATED_SAMPLE = (mode) => modeOf(mode).plain; // the line of what is stated: that of the status that simply holds
const slider = document.getElementById("as-of");
const [sinceBox, untilBox] = [document.getElementById("since"), document.getElementById("until")];

/** What stands before and in the label of a key, by group. */
const FILTER_WORDS = {
  families: (key) => [symbol(page.families[filterKeys.families.indexOf(key)]), familyName(key)],
  modes: (key) => [lineSample(key), capital(modeName(key)), modeOf(key).meaning],
  certainties: (key) => [
    mark(key === page.sure ? "" : page.marks.unsure), certaintyName(key), page.certainties[key].meaning,
  ],
  extents: (key) => [
    mark(page.extents[key].hedges ? page.marks.partly : ""), extentName(key), page.extents[key].meaning,
  ],
  bases: (key) => [lineSample(key === REFERENCE ? key : Object.keys(page.modes).find(STATED_SAMPLE)), t(`base.${key}`)],
  columns: (key) => [null, columnName(key)],
  rows: (key) => [null, rowName(key)],
  articles: (key) => [null, pick(page.articles[filterKeys.articles.indexOf(key)].title)],
};
/** Bring the boxes in line with the state, without making them anew. */
export function syncFilters() {
  document.querySelectorAll("[id^='filter-'] input[type='checkbox']").forEach((box) => {
    const group = box.closest("ul").id.replace("filter-", "");
    box.checked = !state.off[group].has(box.value);
    rewriteText(box.parentElement.querySelector(".count"), number(countsOf(group).get(box.value) || 0));
  });
  renderYears();
  showResetButton();
}

/** Write a text only where it is another one: else the browser would lay the list out anew for nothing. */
function rewriteText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function renderFilters() {
  Object.keys(FILTER_WORDS).forEach(renderGroup);
  fillYears();
  renderYears();
  showResetButton();
}

function showResetButton() {
  document.getElementById("all").hidden = !isFiltered();
}

function renderGroup(groupName) {
  const keys = filterKeys[groupName].filter((key) => countsOf(groupName, true).has(key));
  const holder = document.getElementById(`filter-${groupName}`);
  const saysAllStated = groupName === "bases" && keys.length < 2 && edges.length > 0;
  holder.closest("details").hidden = keys.length < 2 && !saysAllStated;
  if (saysAllStated) holder.replaceChildren(make("li", { class: "none" }, t("allStated")));
  else fillGroup(holder, groupName, keys);
}

/** Fill one list; the box that had the focus keeps it. */
function fillGroup(holder, groupName, keys) {
  const focused = holder.contains(document.activeElement) ? document.activeElement.value : null;
  holder.replaceChildren(...keys.map((key) => filterItem(groupName, key)));
  if (focused) [...holder.querySelectorAll("input")].find((box) => box.value === focused)?.focus();
}

/** A mark as it stands on lines and badges. */
function mark(text) {
  return make("span", { class: "mark", "aria-hidden": "true" }, text);
}

/** A button that tells what a word means, below it, until it is pressed again; on hover it tells at once. */
function meaningParts(words, texts) {
  if (!texts) return [];
  const meaning = make("p", { class: "meaning", hidden: true }, pick(texts));
  const asker = button({ class: "ask", "aria-expanded": "false", "aria-label": t("meaning", { name: words }) }, "?");
  asker.title = pick(texts);
  asker.addEventListener("click", () => {
    meaning.hidden = !meaning.hidden;
    asker.title = meaning.hidden ? pick(texts) : ""; // open, it would be covered by the hint that says the same
    asker.setAttribute("aria-expanded", String(!meaning.hidden));
  });
  return [asker, meaning];
}

function filterItem(groupName, key) {
  const [picture, words, meaning] = FILTER_WORDS[groupName](key);
  const box = make("input", { type: "checkbox", value: key });
  box.checked = !state.off[groupName].has(key);
  box.addEventListener("change", () => toggleFilter(groupName, key, box.checked));
  const only = { class: "only", "aria-label": t("onlyThis", { name: words }), onclick: () => keepOnly(groupName, key) };
  const size = make("span", { class: "count" }, number(countsOf(groupName).get(key) || 0));
  return make(
    "li",
    {},
    make("label", {}, box, picture, make("span", { class: "word" }, words), size),
    button(only, t("only")),
    ...meaningParts(words, meaning),
  );
}

function fillYears() {
  [sinceBox, untilBox].forEach((box) => {
    const options = years.map((year) => make("option", { value: String(year) }, String(year)));
    box.replaceChildren(make("option", { value: "" }, t("anyYear")), ...options);
  });
}

/** The slider has one step more than there are years: the last one stands for all times. */
function renderYears() {
  document.getElementById("filter-years").hidden = years.length < 2;
  if (years.length < 2) return;
  Object.assign(slider, { min: years[0], max: years.at(-1) + 1 });
  slider.value = state.asOf || years.at(-1) + 1;
  const words = state.asOf ? String(state.asOf) : t("anyTime");
  slider.setAttribute("aria-valuetext", words);
  document.getElementById("as-of-value").textContent = words;
  [[sinceBox, state.since], [untilBox, state.until]].forEach(([box, year]) => {
    box.value = year ? String(year) : "";
  });
}

export function wireYears() {
  slider.addEventListener("input", () => {
    const year = Number(slider.value);
    change({ asOf: year > years.at(-1) ? null : year });
  });
  sinceBox.addEventListener("change", () => change({ since: Number(sinceBox.value) || null }));
  untilBox.addEventListener("change", () => change({ until: Number(untilBox.value) || null }));
}
