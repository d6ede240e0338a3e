// Filters: the legend can be clicked. Shape, line and colour are those of the drawing.

const counted = {
  families: count((node) => familyOrder[node.family]),
  columns: count((node) => node.column),
};

function count(key) {
  const found = new Map();
  nodes.forEach((node) => found.set(key(node), (found.get(key(node)) || 0) + 1));
  return found;
}

function countModes() {
  const found = new Map();
  statements.forEach(({ mode }) => found.set(mode, (found.get(mode) || 0) + 1));
  return found;
}

counted.modes = countModes();

function renderFilters() {
  const used = familyOrder.filter((key) => counted.families.has(key));
  fill("families", used, (key) => [
    symbol(familyOrder.indexOf(key)),
    make("span", { class: "word" }, familyName(familyOrder.indexOf(key))),
  ]);
  fill("columns", columnOrder, (key) => [make("span", { class: "word" }, columnName(key))]);
  fill("modes", statusOrder, (key) => [
    lineSample(key),
    make("span", { class: "word" }, capital(modeName(key))),
  ]);
  document.getElementById("all").hidden = !Object.values(state.off).some((set) => set.size);
}

/** Fill one list; the box that had the focus keeps it. */
function fill(group, keys, words) {
  const holder = document.getElementById(`filter-${group}`);
  const focused = holder.contains(document.activeElement) ? document.activeElement.value : null;
  holder.replaceChildren(...keys.map((key) => filterItem(group, key, words(key))));
  if (focused) [...holder.querySelectorAll("input")].find((box) => box.value === focused)?.focus();
}

function filterItem(group, key, words) {
  const box = make("input", { type: "checkbox", value: key });
  box.checked = !state.off[group].has(key);
  box.addEventListener("change", () => toggle(group, key, box.checked));
  const only = make(
    "button",
    { type: "button", class: "only", "aria-label": t("onlyThis", { name: words.at(-1).textContent }) },
    t("only"),
  );
  only.addEventListener("click", () => keepOnly(group, key));
  const size = make("span", { class: "count" }, String(counted[group].get(key) || 0));
  return make("li", {}, make("label", {}, box, words, size), only);
}

function keepOnly(group, key) {
  const all = { families: familyOrder, columns: columnOrder, modes: statusOrder }[group];
  change({ off: { ...state.off, [group]: new Set(all.filter((each) => each !== key)) } });
}

function showAll() {
  change({ off: { families: new Set(), columns: new Set(), modes: new Set() } });
}
