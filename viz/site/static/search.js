// Search over names, with or without accents: makes the search box of a page, whose words stand before this
// script. The index is loaded when somebody searches, not before.
import { fold, useFolding } from "../../static/folding.js";

const MOST_OPTIONS = 12;
const texts = window.egovkgWords[document.documentElement.lang];
const siteRoot = new URL(".", document.currentScript.src).href;
const list = element("ul", { id: "results", role: "listbox", "aria-label": texts.label, hidden: "" });
const resultCount = element("p", { id: "result-count", class: "quiet", role: "status" });
const field = element("input", {
  id: "search",
  type: "search",
  role: "combobox",
  "aria-expanded": "false",
  "aria-controls": "results",
  "aria-autocomplete": "list",
  autocomplete: "off",
  spellcheck: "false",
  placeholder: texts.hint,
});
let entries = null;
let isLoading = false;
let matches = [];
let chosen = -1;

function element(name, attributes) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function loadIndex() {
  if (entries || isLoading) return;
  isLoading = true;
  const script = document.createElement("script");
  script.src = `${siteRoot}search-index.js`;
  script.addEventListener("load", () => {
    const index = window.egovkgIndex;
    const language = Math.max(0, index.languages.indexOf(document.documentElement.lang));
    useFolding(index.folding);
    entries = index.rows.map((row) => entry(row, index, language));
    isLoading = false;
    update();
  });
  document.head.append(script);
}

function entry([path, kind, names, otherNames, weight], index, language) {
  const isTranslated = language === 0 || names[language] !== "";
  return {
    path,
    kind: index.kinds[kind][language],
    name: isTranslated ? names[language] : names[0],
    lang: index.languages[isTranslated ? language : 0],
    keys: [...names, ...otherNames].filter(Boolean).map(fold),
    weight,
  };
}

/** Rank a name: equal, begins so, a word begins so, holds every word; -1 when it does not match. */
function rank(key, text, words) {
  if (key === text) return 0;
  if (key.startsWith(text)) return 1;
  if (` ${key}`.includes(` ${text}`)) return 2;
  return words.every((word) => key.includes(word)) ? 3 : -1;
}

function bestRank(candidate, text, words) {
  const ranks = candidate.keys.map((key) => rank(key, text, words)).filter((value) => value >= 0);
  return ranks.length ? Math.min(...ranks) : -1;
}

/** Find the entries that hold every word, else those that hold the words that tell most. */
function search(query) {
  const words = fold(query).split(" ").filter(Boolean);
  if (!words.length) return [];
  const matching = searchWords(words);
  return matching.length ? matching : nearest(words);
}

function searchWords(words) {
  const text = words.join(" ");
  const ranked = entries.map((candidate) => [bestRank(candidate, text, words), candidate]);
  return ranked
    .filter(([value]) => value >= 0)
    .sort(([rankA, a], [rankB, b]) => rankA - rankB || b.weight - a.weight || a.path.localeCompare(b.path))
    .map(([, candidate]) => candidate);
}

/** Find the entries whose matching words are rarest together; none when they tell less than half of the query. */
function nearest(words) {
  const rarity = new Map(words.map((word) => [word, rarityOf(word)]));
  const told = (key) => words.reduce((sum, word) => sum + (key.includes(word) ? rarity.get(word) : 0), 0);
  const scored = entries.map((candidate) => [Math.max(...candidate.keys.map(told)), candidate]);
  const best = Math.max(...scored.map(([score]) => score));
  const whole = words.reduce((sum, word) => sum + rarity.get(word), 0);
  if (best * 2 < whole) return [];
  return scored
    .filter(([score]) => score === best)
    .map(([, candidate]) => candidate)
    .sort((a, b) => b.weight - a.weight || a.path.localeCompare(b.path));
}

function rarityOf(word) {
  const count = entries.filter((candidate) => candidate.keys.some((key) => key.includes(word))).length;
  return Math.log(1 + entries.length / (1 + count));
}

function address(match) {
  const path = match.path.split("/").map(encodeURIComponent).join("/");
  return `${siteRoot}${texts.folder}${path}`;
}

function update() {
  if (!entries) return loadIndex();
  matches = search(field.value);
  showOptions();
}

function showOptions() {
  const options = matches.slice(0, MOST_OPTIONS).map(option);
  list.replaceChildren(...options);
  list.hidden = !options.length;
  field.setAttribute("aria-expanded", String(options.length > 0));
  choose(options.length ? 0 : -1);
  const isAsked = field.value.trim() !== "";
  const text = matches.length ? texts.count.replace("{count}", String(matches.length)) : texts.none;
  resultCount.textContent = isAsked ? text : "";
  resultCount.className = isAsked && !matches.length ? "no-result" : "quiet";
}

function option(match, position) {
  const item = document.createElement("li");
  item.id = `result-${position}`;
  item.setAttribute("role", "option");
  item.append(nameElement(match), kindElement(match));
  item.addEventListener("pointerdown", (event) => event.preventDefault());
  item.addEventListener("click", () => open(position));
  return item;
}

function nameElement(match) {
  const isForeign = match.lang !== document.documentElement.lang;
  const name = element("span", isForeign ? { lang: match.lang } : {});
  name.textContent = match.name;
  return name;
}

function kindElement(match) {
  const kind = document.createElement("small");
  const statements = texts.statements.replace("{count}", String(match.weight));
  kind.textContent = match.weight ? `${match.kind} · ${statements}` : match.kind;
  return kind;
}

function choose(position) {
  chosen = position;
  [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === position)));
  if (position < 0) {
    field.removeAttribute("aria-activedescendant");
  } else {
    field.setAttribute("aria-activedescendant", `result-${position}`);
    list.children[position].scrollIntoView({ block: "nearest" });
  }
}

function close() {
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function open(position) {
  if (matches[position]) location.href = address(matches[position]);
}

function handleKey(event) {
  const last = list.children.length - 1;
  if (event.key === "Escape") return close();
  if (event.key === "Enter") open(chosen);
  else if (event.key === "ArrowDown" && last >= 0) choose(chosen < last ? chosen + 1 : 0);
  else if (event.key === "ArrowUp" && last >= 0) choose(chosen > 0 ? chosen - 1 : last);
  else return;
  event.preventDefault();
}

/** The key / leads to the search field, unless somebody types. */
function handleSlash(event) {
  const isTyping = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  field.focus();
}

field.addEventListener("focus", loadIndex);
field.addEventListener("input", update);
field.addEventListener("blur", close);
field.addEventListener("keydown", handleKey);
addEventListener("keydown", handleSlash);
const caption = element("label", { class: "quiet", for: "search" });
caption.textContent = texts.label;
document.getElementById("find").append(caption, field, list, resultCount);
