// Search box: a combobox over every name and statement.

import { familyOf, nodeById, sentences } from "../data/page.js";
import { fitShown } from "../drawing/camera.js";
import { make, symbol } from "../drawing/elements.js";
import { announce } from "../drawing/messages.js";
import { stage } from "../drawing/network.js";
import { provinceOfColumn } from "../layout/country.js";
import { openView } from "../layout/dependencies.js";
import { modeBadges } from "./evidence.js";
import { typedQuestions } from "./questions.js";
import { openStatement } from "./statements.js";
import { questionIn } from "../state/questions.js";
import { find, findStatements } from "../state/search.js";
import { lookAt, showAll, state } from "../state/state.js";
import { measureName, objectWords } from "../wording/statements.js";
import { columnName, label, name, number, pick, t, tongue } from "../wording/words.js";

const MOST_OPTIONS = 12;
const FEW_OPTIONS = 5; // statements below many entities
export const searchInput = document.getElementById("search");
const optionList = document.getElementById("results");
let matches = [];
let active = -1; // position of the option that the arrow keys point at

function suggest() {
  const query = searchInput.value.trim();
  const about = questionIn(query)?.about || query;
  const found = { questions: typedQuestions(query), nodes: find(about), statements: findStatements(about) };
  const entities = found.nodes.slice(0, MOST_OPTIONS);
  const most = entities.length > FEW_OPTIONS ? FEW_OPTIONS : MOST_OPTIONS;
  matches = [...found.questions, ...entities, ...found.statements.slice(0, most)];
  active = -1;
  optionList.replaceChildren(...matches.map(option), ...leftOut(found, matches.length - found.questions.length));
  optionList.hidden = !query;
  if (!matches.length && query) optionList.append(emptyOption());
  searchInput.setAttribute("aria-expanded", String(!optionList.hidden));
  searchInput.removeAttribute("aria-activedescendant");
  const size = found.questions.length + found.nodes.length + found.statements.length;
  if (query) announce(size ? t("found", { n: size }) : t("notFound"));
}

function emptyOption() {
  return silentOption(t("notFoundTry"));
}

function silentOption(words) {
  const role = { role: "option", "aria-disabled": "true", "aria-selected": "false" };
  return make("li", { class: "none", ...role }, words);
}

/** How many results the list does not have, as its last line. */
function leftOut(found, shownSize) {
  const [entities, claims] = [found.nodes.length, found.statements.length];
  if (entities + claims <= shownSize) return [];
  return [silentOption(t("foundAll", { n: shownSize, entities: number(entities), statements: number(claims) }))];
}

/** A statement as an option: what it is about, what it says, how sure it is, its digest. */
function statementOption(statement, index) {
  const role = { id: `option-${index}`, role: "option", "aria-selected": "false" };
  const subject = nodeById.get(statement.subject);
  const about = subject ? name(subject) : statement.subject;
  const words = [about, measureName(statement), objectWords(statement)].join(" · ");
  return make(
    "li",
    { ...role, class: "statement", onmousedown: (event) => choose(event, statement) },
    make("span", { "aria-hidden": "true" }, "§"),
    make("span", {}, words, " ", ...modeBadges([statement])),
    make("span", { class: "meta" }, pick(sentences[statement.sentence].text)),
  );
}

/** A question as an option: choosing it answers it. */
function questionOption(question, index) {
  const role = { id: `option-${index}`, role: "option", "aria-selected": "false" };
  return make(
    "li",
    { ...role, class: "question", onmousedown: (event) => choose(event, question) },
    make("span", { "aria-hidden": "true" }, "?"),
    make("span", {}, question.words),
  );
}

function option(match, index) {
  if (match.open) return questionOption(match, index);
  return match.sureness ? statementOption(match, index) : nodeOption(match, index);
}

function nodeOption(node, index) {
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
function choose(event, match) {
  event.preventDefault();
  closeOptions();
  if (!match.passes) showAll();
  if (match.open) match.open();
  else if (match.sureness) openStatement(match);
  else openFound(match);
  fitShown();
  stage.focus({ preventScroll: true });
}

function openFound(node) {
  lookAt(node.id);
  if (state.view === "country" && provinceOfColumn(node.id)?.node !== node) openView("near");
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
  const size = matches.length;
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
