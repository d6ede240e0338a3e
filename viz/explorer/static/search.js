// Search: a combobox over every name; accents, case, normal form and tone placement do not matter.

const input = document.getElementById("search");
const list = document.getElementById("results");
const MOST = 12;
let results = [];
let active = -1;
const collator = new Intl.Collator("vi");

/** Make the keys of all names while nothing else is to be done, so that the first letter typed is as fast as the next. */
function prepareSearch(from) {
  nodes.slice(from, from + 400).forEach(keysOf);
  if (from + 400 < nodes.length) setTimeout(() => prepareSearch(from + 400), 30);
  else nodesByName();
}

let byName = null; // heavier ones first, then by name

function nodesByName() {
  const order = (one, other) =>
    other.neighbours.length - one.neighbours.length || collator.compare(one.label, other.label);
  if (!byName) byName = [...nodes].sort(order);
  return byName;
}

/** Find things by name: all words must occur; what begins like the query and has its accents comes first. */
function find(query) {
  const folded = fold(query);
  if (!folded) return [];
  const parts = folded.split(" ");
  const spelt = spelling(query);
  const ranked = [];
  nodesByName().forEach((node) => {
    if (!parts.every((part) => keysOf(node).folded.includes(part))) return;
    const rank = rankOf(node, folded, spelt);
    ranked[rank] = ranked[rank] || [];
    ranked[rank].push(node);
  });
  return ranked.flat(); // of equal rank in the order of names
}

/** What is named so comes first, then what begins so, then what holds it; with its accents before without. */
function rankOf(node, folded, spelt) {
  const place = [`\n${folded}\n`, `\n${folded}`, folded, ""].findIndex((each) => node.folded.includes(each));
  return place * 4 + (node.spelt.includes(spelt) ? 0 : 2) + (node.passes ? 0 : 1);
}

function suggest() {
  results = find(input.value);
  active = -1;
  const shown = results.slice(0, MOST);
  list.replaceChildren(...shown.map(option));
  list.hidden = !input.value.trim();
  if (!results.length && input.value.trim()) list.append(nothingFound());
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
  if (input.value.trim()) announce(results.length ? t("found", { n: results.length }) : t("notFound"));
}

function nothingFound() {
  const role = { role: "option", "aria-disabled": "true", "aria-selected": "false" };
  return make("li", { class: "none", ...role }, t("notFound"));
}

function option(node, index) {
  const role = { id: `option-${index}`, role: "option", "aria-selected": "false" };
  return make(
    "li",
    { ...role, onmousedown: (event) => take(event, node) },
    symbol(node.family),
    make("span", { lang: tongue({ en: node.en }) }, name(node)),
    make("span", { class: "meta" }, [word("kinds", node.kind), columnName(node.column)].join(" · ")),
  );
}

function take(event, node) {
  if (event) event.preventDefault();
  input.value = "";
  closeList();
  if (!node.passes) showAll();
  lookAt(node.id);
  fitShown();
  stage.focus({ preventScroll: true });
}

function closeList() {
  list.hidden = true;
  results = [];
  active = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function point(step) {
  const size = Math.min(results.length, MOST);
  if (!size) return;
  active = (active + step + size + (active < 0 && step < 0 ? 1 : 0)) % size;
  [...list.children].forEach((each, index) => each.setAttribute("aria-selected", String(index === active)));
  list.children[active].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", `option-${active}`);
}

function onSearchKey(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    point(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && results.length) {
    take(event, results[Math.max(0, active)]);
  } else if (event.key === "Escape") {
    if (input.value) event.stopPropagation();
    input.value = "";
    closeList();
  }
}

input.addEventListener("input", suggest);
input.addEventListener("focus", () => input.value && suggest());
input.addEventListener("blur", closeList);
input.addEventListener("keydown", onSearchKey);
