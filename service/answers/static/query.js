// The query page: writing, running and stopping a query, saved questions, links, faults.
import { learnNames } from "./entity_names.js";
import { entityText, parameterField } from "./fields.js";
import { addresses, byId, element, lang, say, words } from "./page.js";
import { EXAMPLE, filled, isQuestionText, slotNames, withPrefixes } from "./query_text.js";
import { currentTable, drawAgain, showAs, showTable } from "./result_view.js";
import { booleanText, tableOfResults, tableOfTriples } from "./results.js";

const TRIPLES = "application/n-triples";
const QUESTION_LIMIT = 1000;
const REVOKE_MILLISECONDS = 10000;
const editor = byId("query");
const status = byId("said");
const questions = new Map(); // saved questions by name
let question = null; // the saved question that stands in the editor
let fields = []; // one for each of its parameters
let running = null; // aborts the query that runs

// -- the link to the page

function keepInAddress() {
  const isQuestion = question && isUnedited();
  const questionHash = () => new URLSearchParams([["ask", question.name], ...fieldValues()]);
  const hash = "#" + (isQuestion ? questionHash() : "q=" + encodeURIComponent(editor.value));
  if (location.hash !== hash) history.replaceState(null, "", hash);
  for (const link of languageLinks()) link.setAttribute("href", link.getAttribute("href").split("#")[0] + hash);
}

/** The links to the page in other languages. */
const languageLinks = () => document.querySelectorAll("a.language");
const fieldValues = () => fields.filter((field) => field.value()).map((field) => [field.name, field.value()]);

/** Take the question or the query that the address holds; tell whether there is one. */
async function readAddress() {
  if (location.hash.startsWith("#ask=")) {
    const { ask: name, ...values } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    await questionsLoaded;
    return chooseQuestion(name, values);
  }
  const match = /^#q=(.*)$/.exec(location.hash);
  if (!match) return false;
  try {
    editor.value = decodeURIComponent(match[1]);
  } catch {
    return false;
  }
  leaveQuestion();
  return true;
}

// -- saved questions

const isUnedited = () => isQuestionText(editor.value, question);

async function loadQuestions() {
  const response = await fetch(`${addresses.questions}?limit=${QUESTION_LIMIT}&lang=${lang}`).catch(() => null);
  if (!response || !response.ok) return;
  for (const saved of (await response.json()).questions) questions.set(saved.name, saved);
  byId("saved").append(...[...questions.values()].map((saved) => element("option", saved.asks, { value: saved.name })));
}

/** Put a saved question into the editor, and a field for each parameter above it; without values they show examples. */
function chooseQuestion(name, values) {
  leaveQuestion();
  question = questions.get(name) || null;
  if (!question) return false;
  byId("saved").value = name;
  const givenValue = ({ name: parameter }) => (values ? values[parameter] || "" : undefined);
  fields = question.parameters.map((parameter) => parameterField(parameter, givenValue(parameter)));
  byId("fields").replaceChildren(...fields.map((field) => field.box));
  byId("fields").hidden = !fields.length;
  editor.value = question.query;
  return true;
}

/** From now on the editor holds a query of its own. */
function leaveQuestion() {
  question = null;
  fields = [];
  byId("saved").value = "";
  byId("fields").hidden = true;
  byId("fields").replaceChildren();
}

function noticeEdit() {
  if (!question) return;
  const names = slotNames(editor.value);
  const hasNoSlot = () => !question.parameters.some((parameter) => names.includes(parameter.name));
  const isLeft = question.parameters.length ? hasNoSlot() : !isUnedited();
  if (isLeft) leaveQuestion();
}

/** Ask the service what the fields mean, and fill that in; returns the question in words, or a fault. */
async function bindFields(signal) {
  if (!question.parameters.length) return { summary: question.asks };
  const parameters = new URLSearchParams([["question", question.name], ["lang", lang], ...fieldValues()]);
  const response = await fetch(`${addresses.bind}?${parameters}`, { signal });
  if (!response.ok) return { fault: await response.text() };
  const bindings = (await response.json()).parameters;
  const meanings = bindings.map((binding) => {
    fields.find((field) => field.name === binding.name).settle(binding.means);
    const given = binding.given === "*" ? words.any : binding.given;
    return binding.label + ": " + (binding.means.map(entityText).join(", ") || given);
  });
  editor.value = filled(editor.value, Object.fromEntries(bindings.map((binding) => [binding.name, binding.terms])));
  return { summary: (isUnedited() ? question.asks : words.edited) + " — " + meanings.join("; ") };
}

// -- running a query

function askSparql(query, accept, signal) {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept, "Accept-Language": lang };
  return fetch(addresses.sparql, { method: "POST", headers, body: query, signal });
}

/** Run what stands in the editor; a query that still runs is given up. */
async function run() {
  if (running) running.abort();
  const own = (running = new AbortController());
  showRunning();
  try {
    const summary = await questionSummary(own.signal);
    if (own !== running || summary === null) return;
    keepInAddress();
    await runQuery(editor.value, summary, own);
  } catch {
    if (own === running) showMessage(words.offline);
  } finally {
    if (own === running) showIdle();
  }
}

/** Check and bind the fields of a saved question; null after a fault, empty when there is no question. */
async function questionSummary(signal) {
  if (!question) return "";
  const invalid = fields.find((field) => !field.input.validity.valid);
  if (invalid) return showMissing(invalid);
  const { summary, fault } = await bindFields(signal);
  if (signal.aborted) return null;
  return fault ? showFault(fault) : summary + " · ";
}

async function runQuery(query, summary, own) {
  const start = performance.now();
  const response = await askSparql(query, `application/sparql-results+json, ${TRIPLES};q=0.9`, own.signal);
  const mediaType = (response.headers.get("Content-Type") || "").split(";")[0];
  const text = await response.text();
  if (own !== running) return;
  if (!response.ok) return showFault(text);
  const table = mediaType === TRIPLES ? tableOfTriples(text) : tableOfResults(JSON.parse(text));
  const milliseconds = Math.round(performance.now() - start);
  await learnNames(table, askSparql, own.signal);
  if (own !== running) return;
  const columns = question && isUnedited() ? question.columns : [];
  showTable({ ...table, query }, new Map(columns.map((column) => [column.name, column.label])));
  const version = response.headers.get("Egovkg-Version");
  status.textContent = summary + tableSummary(table, { rows: table.rows.length, milliseconds, version });
}

function tableSummary(table, values) {
  if (typeof table.boolean === "boolean") return booleanText(table.boolean);
  return (table.rows.length ? "" : words["no-row"] + " · ") + say("rows", values);
}

function stop() {
  if (!running) return;
  running.abort();
  showIdle();
  byId("result").hidden = true; // it is not the answer to the last query
  status.textContent = words.stopped;
}

async function save() {
  const { query, hasTriples } = currentTable();
  const response = await askSparql(query, hasTriples ? "text/turtle" : "text/csv").catch(() => null);
  if (!response) return showMessage(words.offline);
  if (!response.ok) return showFault(await response.text());
  const link = element("a", undefined, { download: "egovkg." + (hasTriples ? "ttl" : "csv") });
  link.href = URL.createObjectURL(await response.blob());
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_MILLISECONDS);
}

// -- what the page says

function showRunning() {
  byId("fault").replaceChildren();
  status.textContent = words.running;
  byId("result").setAttribute("aria-busy", "true");
  byId("stop").hidden = false;
}

function showIdle() {
  running = null;
  byId("result").removeAttribute("aria-busy");
  if (document.activeElement === byId("stop")) byId("run").focus();
  byId("stop").hidden = true;
}

function showMissing(field) {
  const { label } = question.parameters.find((parameter) => parameter.name === field.name);
  showMessage(say("missing", { label }));
  field.input.focus();
  return null;
}

function showMessage(message) {
  showFault(JSON.stringify({ message }));
}

/** Show a refusal of the service, which words it in the language of the page. */
function showFault(text) {
  const fault = parsedFault(text);
  status.textContent = "";
  byId("result").hidden = true;
  const parts = [element("strong", words.error + ": "), element("span", fault.message)];
  if (fault.line) {
    const button = element("button", words["go-to-error"], { type: "button", id: "goto" });
    button.addEventListener("click", () => goTo(fault.line, fault.column || 1));
    parts.push(document.createTextNode(" "), button);
  }
  byId("fault").replaceChildren(...parts);
  return null;
}

/** Read an error of the service; a text that is no JSON is the message. */
function parsedFault(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}

/** Select the character at a place of the query; columns count characters, not UTF-16 units. */
function goTo(line, column) {
  const lines = editor.value.split("\n");
  const lineStart = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const start = lineStart + Array.from(lines[line - 1] || "").slice(0, column - 1).join("").length;
  editor.focus();
  editor.setSelectionRange(start, Math.min(start + 1, editor.value.length));
  showPlace();
}

function showPlace() {
  const lines = editor.value.slice(0, editor.selectionStart).split("\n");
  const column = Array.from(lines[lines.length - 1]).length + 1;
  byId("place").textContent = say("place", { line: lines.length, column });
}

async function copyLink() {
  keepInAddress();
  try {
    await navigator.clipboard.writeText(location.href);
    status.textContent = words["link-copied"];
  } catch {
    status.textContent = words["link-shown"];
  }
}

// -- events

byId("saved").addEventListener("change", (event) => {
  if (chooseQuestion(event.target.value)) run();
});
byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
byId("ask").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
editor.addEventListener("input", noticeEdit);
for (const kind of ["keyup", "click", "input"]) editor.addEventListener(kind, showPlace);
byId("prefixes").addEventListener("click", () => {
  editor.value = withPrefixes(editor.value);
  showPlace();
});
byId("share").addEventListener("click", copyLink);
for (const link of languageLinks()) link.addEventListener("click", keepInAddress); // after the handler of every page
byId("save").addEventListener("click", save);
byId("stop").addEventListener("click", stop);
byId("as-table").addEventListener("click", () => showAs(false));
byId("as-graph").addEventListener("click", () => showAs(true));
addEventListener("resize", drawAgain);

async function open() {
  if (await readAddress()) run();
  else if (location.hash.startsWith("#ask=")) showMessage(words["no-saved"]);
  showPlace();
}
window.addEventListener("hashchange", open);
const questionsLoaded = loadQuestions();
if (/^#(q|ask)=/.test(location.hash)) open();
else editor.value = withPrefixes(EXAMPLE);
showPlace();
