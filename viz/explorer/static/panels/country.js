// Country: the map of tiles. Each tile is a button with the name of a province and a number; its colour says the same.

import { nodeById, page, provinces } from "../data/page.js";
import { button, make } from "../drawing/elements.js";
import { countryRows, MEASURES, openProvince, provinceOfColumn, stepsOf } from "../layout/country.js";
import { change, lookAt, state } from "../state/state.js";
import { marksNow } from "../state/tours.js";
import { columnName, name, number, t } from "../wording/words.js";

const STEPS = [1, 2, 3, 4];
const NATIONAL = [0, 6]; // where the tile of what is national stands, in the free corner
const countryPart = document.getElementById("country");
/** A measure of a province in words. */
export function measureWords(key, sums) {
  const value = MEASURES[key](sums);
  if (value === null) return "–";
  return key === "newest" ? String(value) : key === "ahead" ? `${value} %` : number(value);
}

export function provinceName(row) {
  return row.node ? row.node.label : t("shared");
}

/** Draw the map anew: colours, numbers, and what is looked at. */
export function renderCountry() {
  const isShown = state.view === "country" && state.form === "drawing";
  countryPart.hidden = !isShown;
  if (!isShown) return;
  const focused = countryPart.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  const rows = countryRows();
  const values = rows.map(({ sums }) => MEASURES[state.measure](sums));
  const steps = stepsOf(values.slice(0, -1));
  const map = make("div", { class: "map", role: "group", "aria-label": t("drawing.country") });
  map.append(...rows.map((row, index) => tile(row, steps[index] ?? "national")));
  countryPart.replaceChildren(head(values.slice(0, -1), steps), map);
  if (focused) map.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}

function tile(row, step) {
  const words = measureWords(state.measure, row.sums);
  const isOn = row.node !== null && provinceOfColumn(nodeById.get(state.node)?.column)?.node === row.node;
  const all = Object.keys(MEASURES).map((key) => `${t(`measure.${key}`)}: ${measureWords(key, row.sums)}`);
  const properties = {
    class: `tile step-${step}${isMarked(row) ? " marked" : ""}`,
    "data-id": row.id,
    "aria-pressed": String(isOn),
    "aria-label": [provinceName(row), ...all].join(", "),
    title: [row.node ? name(row.node) : t("shared"), ...all].join("\n"),
    onclick: () => (row.node ? lookAt(row.id) : openProvince(null)),
  };
  const element = button(properties, make("span", { class: "word" }, provinceName(row)), make("b", {}, words));
  const [column, line] = page.country[row.id] ?? (row.node ? [] : NATIONAL);
  if (column !== undefined) Object.assign(element.style, { gridColumn: String(column + 1), gridRow: String(line + 1) });
  return element;
}

/** Whether the step of a tour speaks of a province, or of something in it. */
function isMarked(row) {
  const place = row.node ? provinces.find(({ node }) => node === row.node).keys : new Set([row.id]);
  return [...marksNow()].some((id) => place.has(nodeById.get(id)?.column));
}

/** The choice of the measure, and what the colours mean. */
function head(values, steps) {
  const options = Object.keys(MEASURES).map((key) => make("option", { value: key }, t(`measure.${key}`)));
  const select = make("select", { id: "measure", class: "measure" }, options);
  select.value = state.measure;
  select.addEventListener("change", () => change({ measure: select.value }));
  const label = make("label", {}, t("measure"), " ", select);
  const keys = STEPS.filter((step) => steps.includes(step)).map((step) => legendKey(step, values, steps));
  if (steps.includes(0)) keys.unshift(make("li", {}, make("span", { class: "tile step-0" }), t("gap")));
  return make("div", { class: "map-head" }, label, make("ul", { class: "map-key" }, keys));
}

function legendKey(step, values, steps) {
  const own = values.filter((_, index) => steps[index] === step);
  const [least, greatest] = [Math.min(...own), Math.max(...own)].map((value) => String(value));
  const words = least === greatest ? least : `${least}–${greatest}`;
  return make("li", {}, make("span", { class: `tile step-${step}` }), words);
}

/** The names of the former units of a province, with their years. */
export function formerNames(row) {
  return row.former.map((unit) => columnName(unit.id)).join(", ");
}
