// Search box: a combobox over every name.

import { familyOf } from "../data/page.js";
import { fitShown } from "../drawing/camera.js";
import { make, symbol } from "../drawing/elements.js";
import { announce } from "../drawing/messages.js";
import { stage } from "../drawing/network.js";
import { provinceOfColumn } from "../layout/country.js";
import { openView } from "../layout/dependencies.js";
import { find } from "../state/search.js";
import { lookAt, showAll, state } from "../state/state.js";
import { columnName, label, name, t, tongue } from "../wording/words.js";

const MOST_OPTIONS = 12;
export const searchInput = document.getElementById("search");
const optionList = document.getElementById("results");
let matches = [];
let active = -1; // position of the option that the arrow keys point at

function suggest() {
  const query = searchInput.value.trim();
  matches = find(query);
  active = -1;
  optionList.replaceChildren(...matches.slice(0, MOST_OPTIONS).map(option));
  optionList.hidden = !query;
  if (!matches.length && query) optionList.append(emptyOption());
  searchInput.setAttribute("aria-expanded", String(!optionList.hidden));
  searchInput.removeAttribute("aria-activedescendant");
  if (query) announce(matches.length ? t("found", { n: matches.length }) : t("notFound"));
}

function emptyOption() {
  const role = { role: "option", "aria-disabled": "true", "aria-selected": "false" };
  return make("li", { class: "none", ...role }, t("notFound"));
}

function option(node, index) {
  const role = { id: `option-${index}`, role: "option", "aria-selected": "false" };
  return make(
    "li",
    { ...role, onmousedown: (event) => choose(event, node) },
    symbol(familyOf(node)),
    make("span", { lang: tongue(node.names) }, name(node)),
    make("span", { class: "meta" }, [label("kinds", node.kind), columnName(node.column)].join(" · ")),
  );
}

/** Go to an entity; when the filters hide it, all is shown again. */
function choose(event, node) {
  event.preventDefault();
  closeOptions();
  if (!node.passes) showAll();
  lookAt(node.id);
  if (state.view === "country" && provinceOfColumn(node.id)?.node !== node) openView("near");
  fitShown();
  stage.focus({ preventScroll: true });
}

function closeOptions() {
  searchInput.value = "";
  hideOptions();
}

function hideOptions() {
  optionList.hidden = true;
  matches = [];
  active = -1;
  searchInput.setAttribute("aria-expanded", "false");
  searchInput.removeAttribute("aria-activedescendant");
}

/** Move the pointed option up or down, around the ends. */
function movePoint(step) {
  const size = Math.min(matches.length, MOST_OPTIONS);
  if (!size) return;
  active = (active + step + size + (active < 0 && step < 0 ? 1 : 0)) % size;
  [...optionList.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
  optionList.children[active].scrollIntoView({ block: "nearest" });
  searchInput.setAttribute("aria-activedescendant", `option-${active}`);
}

function onSearchKey(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    movePoint(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && matches.length) {
    choose(event, matches[Math.max(0, active)]);
  } else if (event.key === "Escape") {
    if (searchInput.value) event.stopPropagation();
    closeOptions();
  }
}

export function wireSearch() {
  searchInput.addEventListener("input", suggest);
  searchInput.addEventListener("focus", () => searchInput.value && suggest());
  searchInput.addEventListener("blur", hideOptions);
  searchInput.addEventListener("keydown", onSearchKey);
}
