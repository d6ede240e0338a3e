// Filters: the legend can be clicked. Shape, line and colour are those of the drawing.

const FILTER_WORDS = {
  families: (key) => [symbol(known.families.indexOf(key)), familyName(known.families.indexOf(key))],
  modes: (key) => [lineSample(key), capital(modeName(key))],
  bases: (key) => [lineSample(key === "reference" ? "reference" : data.usual), t(`base.${key}`)],
  columns: (key) => [null, columnName(key)],
  rows: (key) => [null, rowName(key)],
  articles: (key) => [null, pick(data.articles[known.articles.indexOf(key)].title)],
};
const COUNTED = {
  families: (add) => nodes.forEach((node) => add(known.families[node.family])),
  columns: (add) => nodes.forEach((node) => add(node.column)),
  rows: (add) => nodes.forEach((node) => add(node.row)),
  modes: (add) => statements.forEach((statement) => add(statement.mode)),
  articles: (add) => statements.forEach((statement) => add(known.articles[statement.article])),
  bases: (add) => edges.forEach((edge) => {
    if (edge.claims.length) add("stated");
    if (edge.references.length) add("reference");
  }),
};
const counted = Object.fromEntries(Object.entries(COUNTED).map(([group, each]) => {
  const found = new Map();
  each((key) => found.set(key, (found.get(key) || 0) + 1));
  return [group, found];
}));

/** Bring the boxes in line with the state, without making them anew. */
function syncFilters() {
  document.querySelectorAll("[id^='filter-'] input[type='checkbox']").forEach((box) => {
    box.checked = !state.off[box.closest("ul").id.replace("filter-", "")].has(box.value);
  });
  renderYears();
  document.getElementById("all").hidden = !isFiltered();
}

function renderFilters() {
  Object.keys(FILTER_WORDS).forEach((group) => {
    const keys = known[group].filter((key) => counted[group].has(key));
    const holder = document.getElementById(`filter-${group}`);
    const isTold = group === "bases" && keys.length < 2 && edges.length > 0;
    holder.closest("details").hidden = keys.length < 2 && !isTold;
    if (isTold) holder.replaceChildren(make("li", { class: "none" }, t("allStated")));
    else fill(holder, group, keys);
  });
  fillYears();
  renderYears();
  document.getElementById("all").hidden = !isFiltered();
}

/** Fill one list; the box that had the focus keeps it. */
function fill(holder, group, keys) {
  const focused = holder.contains(document.activeElement) ? document.activeElement.value : null;
  holder.replaceChildren(...keys.map((key) => filterItem(group, key)));
  if (focused) [...holder.querySelectorAll("input")].find((box) => box.value === focused)?.focus();
}

function filterItem(group, key) {
  const [picture, words] = FILTER_WORDS[group](key);
  const box = make("input", { type: "checkbox", value: key });
  box.checked = !state.off[group].has(key);
  box.addEventListener("change", () => toggle(group, key, box.checked));
  const only = { type: "button", class: "only", "aria-label": t("onlyThis", { name: words }), onclick: () => keepOnly(group, key) };
  const size = make("span", { class: "count" }, number(String(counted[group].get(key) || 0)));
  return make(
    "li",
    {},
    make("label", {}, box, picture, make("span", { class: "word" }, words), size),
    make("button", only, t("only")),
  );
}

function keepOnly(group, key) {
  change({ off: { ...state.off, [group]: new Set(known[group].filter((each) => each !== key)) } });
}

const slider = document.getElementById("as-of");
const [sinceBox, untilBox] = [document.getElementById("since"), document.getElementById("until")];

function fillYears() {
  [sinceBox, untilBox].forEach((box) => {
    const all = years.map((year) => make("option", { value: String(year) }, String(year)));
    box.replaceChildren(make("option", { value: "" }, t("anyYear")), ...all);
  });
}

/** The slider has one step more than there are years: the last one stands for all times. */
function renderYears() {
  document.getElementById("filter-years").hidden = years.length < 2;
  if (years.length < 2) return;
  Object.assign(slider, { min: years[0], max: years.at(-1) + 1 });
  slider.value = state.asOf || years.at(-1) + 1;
  const said = state.asOf ? String(state.asOf) : t("anyTime");
  slider.setAttribute("aria-valuetext", said);
  document.getElementById("as-of-value").textContent = said;
  [[sinceBox, state.since], [untilBox, state.until]].forEach(([box, chosen]) => {
    box.value = chosen ? String(chosen) : "";
  });
}

function wireYears() {
  slider.addEventListener("input", () => {
    const year = Number(slider.value);
    change({ asOf: year > years.at(-1) ? null : year });
  });
  sinceBox.addEventListener("change", () => change({ since: Number(sinceBox.value) || null }));
  untilBox.addEventListener("change", () => change({ until: Number(untilBox.value) || null }));
}
