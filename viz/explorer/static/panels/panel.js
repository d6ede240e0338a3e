// Panel: all that is known of what is looked at, each statement with its sentence, article and date.

import { ID, parallelEdges } from "../data/graph.js";
import { dependencies, edgeById, familyOf, modeOf, nodeById, page } from "../data/page.js";
import { PROVINCE_KIND } from "../data/provinces.js";
import { button, make, pairElements, symbol } from "../drawing/elements.js";
import { dependantsText } from "../drawing/messages.js";
import { bandName, bandWords } from "../drawing/tips.js";
import { bandEdges } from "../layout/bands.js";
import { openProvince } from "../layout/country.js";
import { isProposed, openView } from "../layout/dependencies.js";
import { compareParts } from "./compare.js";
import { claimCard, namedRow, referenceCard, statementRow, TEXT_RELATIONS } from "./evidence.js";
import { bandRow, edgeRow, group } from "./lists.js";
import { introduction } from "./introduction.js";
import { pathButton, pathParts } from "./path.js";
import { provinceParts } from "./province.js";
import { panel } from "./statements.js";
import { isOfLife, lifeParts } from "./unit_life.js";
import { tourParts } from "./tour.js";
import { modesOf } from "../state/filtering.js";
import { closePanel, lookAt, state } from "../state/state.js";
import { sitePage } from "../wording/site.js";
import { capital, columnName, label, name, pick, t, time, tongue, withDays } from "../wording/words.js";

const SLIDING = "(max-width: 900px) and (min-height: 480px)"; // windows in which the panel slides in
let drawnStep = ""; // of a tour
let drawnSubject = ""; // what the panel was drawn for last

/** Draw the panel anew; who stood in it with the keyboard stands at its heading then. */
export function renderPanel() {
  const isInside = panel.contains(document.activeElement) && document.activeElement !== panel;
  const step = `${state.tour}~${state.step}`;
  const isNewStep = state.tour !== null && step !== drawnStep;
  drawnStep = step;
  panel.replaceChildren(...tourParts(), ...lookParts());
  panel.classList.toggle("touring", state.tour !== null);
  const subject = [state.node, state.edge, state.band, state.view, state.lang, step].join();
  if (subject !== drawnSubject) showFromTop();
  drawnSubject = subject;
  if (isInside && isNewStep) panel.querySelector("h2").focus();
  else if (isInside) focusPanel();
}

/** On a narrow window what is looked at slides in over the picture, which stays in sight above it. */
function showFromTop() {
  const isLooked = Boolean(state.edge || state.band || (state.node && !isProposed()));
  panel.classList.toggle("opened", isLooked); // what is on paper beside the picture
  const slides = panel.classList.toggle("looked", isLooked && !state.tour);
  panel.scrollTop = 0;
  if (slides && matchMedia(SLIDING).matches) document.getElementById("drawing").scrollIntoView();
}

/** What is looked at; during a tour it stands below the step. */
function lookParts() {
  const parts = panelParts().filter(Boolean);
  return state.tour ? [make("div", { class: "look" }, parts)] : parts;
}

export function focusPanel() {
  panelHeading().focus();
}

export function panelHeading() {
  return [...panel.querySelectorAll("h2")].at(-1);
}

function panelParts() {
  if (state.edge) return edgePanel(edgeById.get(state.edge));
  if (state.node) return nodePanel(nodeById.get(state.node));
  if (state.band) return bandPanel(state.band);
  return state.tour ? [] : introduction();
}

function closer() {
  return button({ class: "close", "aria-label": t("close"), title: t("close"), onclick: closePanel }, "✕");
}

function nodePanel(node) {
  const title = { lang: tongue(node.names), tabindex: -1 };
  return [
    closer(),
    make("h2", title, symbol(familyOf(node)), make("span", {}, name(node))),
    ...otherNames(node),
    ...lifeParts(node),
    waysOn(node),
    ...ownPages(node),
    ...pathParts(node),
    ...compareParts(node),
    ...provinceParts(node),
    make("dl", { class: "facts" }, nodeFacts(node).flatMap(pairElements)),
    definition(node),
    ...nodeGroups(node),
    node.claims.length ? null : make("p", { class: "meta" }, t("onlyMentioned")),
  ];
}

function nodeFacts(node) {
  const place = node.province && nodeById.get(node.province);
  const facts = [
    [t("kind"), label("kinds", node.kind)],
    [t("province"), place && place !== node ? columnName(node.province) : null],
    [t("aliases"), node.aliases ? node.aliases.join("; ") : null],
    ...(node.details || []).filter((detail) => detail[0] !== "ofTerritory" && !isOfLife(detail)).map(detailPair),
    [t("address"), node.iri],
  ];
  return facts.filter(([, value]) => value);
}

/** The ways to the pages of the site about an entity: its own, and that of a province of today. */
function ownPages(node) {
  const own = node.iri.startsWith(ID) ? sitePage("id", ...node.iri.slice(ID.length).split("/")) : null;
  const links = [[provincePage(node.id), t("provincePage")], [own, t("ownPage")]].filter(([address]) => address);
  return links.map(([href, words]) => make("p", { class: "meta" }, make("a", { href }, words)));
}

/** The page of the site about a province; null for other entities, and where the site has no such pages. */
function provincePage(id) {
  const fileName = page.provincePages?.[id];
  return fileName ? sitePage("province", fileName) : null;
}

/** The names of an entity in the other languages. */
function otherNames(node) {
  return page.languages
    .filter((lang) => lang !== state.lang && node.names[lang] && node.names[lang] !== name(node))
    .map((lang) => make("p", { class: "other", lang }, withDays(node.names[lang])));
}

function definition(node) {
  const texts = page.words.definitions[node.kind];
  return texts && pick(texts) ? make("p", { class: "definition" }, pick(texts)) : null;
}

function detailPair([relation, texts]) {
  const value = pick(texts);
  const term = relation === "sameAs" ? t("sameAs") : capital(label("relations", relation));
  if (relation === "codeEdition") return [term, editionWords(value)];
  return [term, /^\d{4}(-\d\d)*$/.test(value) ? time(value) : withDays(value)];
}

/** The edition of a code; of the list that the present one replaced, the register says only until when it was used. */
function editionWords(value) {
  const [, day] = /^legacy \(before (\S+)\)$/.exec(value) ?? [];
  return day ? t("edition.before", { date: time(day) }) : value;
}

function nodeGroups(node) {
  const figures = node.own.filter((statement) => statement.value !== null);
  const texts = node.own.filter((statement) => statement.value === null);
  const textsOf = (relation) => texts.filter((statement) => statement.relation === relation);
  const loose = texts.filter((statement) => !TEXT_RELATIONS.includes(statement.relation));
  return [
    group(t("outgoing"), byRelation(node.out), (edge) => edgeRow(edge, edge.to, false)),
    group(t("incoming"), byRelation(node.in), (edge) => edgeRow(edge, edge.from, true)),
    group(t("figures"), figures, statementRow),
    ...TEXT_RELATIONS.map((relation) => group(t(`group.${relation}`), textsOf(relation), statementRow)),
    group(t("texts"), loose, statementRow),
    group(t("named"), node.named, namedRow),
  ];
}

function byRelation(list) {
  const words = (edge) => label("relations", edge.relation);
  return [...list].sort((a, b) => words(a).localeCompare(words(b), state.lang));
}

/** Ways on from an entity: its neighbours, and what stops with it. */
function waysOn(node) {
  const province = node.kind === PROVINCE_KIND;
  const isDependent = [...node.out, ...node.in].some((edge) => dependencies.has(edge.relation));
  const go = (view, words) => button({ class: "plain", onclick: () => openView(view, node.id) }, words);
  return make(
    "p",
    { class: "ways" },
    state.view === "near" ? null : go("near", t("view.near")),
    isDependent && state.view !== "deps" ? go("deps", dependantsText(node.id) || t("view.deps")) : null,
    state.view === "grid" || province ? null : go("grid", t("view.grid")),
    province ? button({ class: "plain", onclick: () => openProvince(node) }, t("openProvince")) : null,
    node.neighbours.length ? pathButton(node) : null,
  );
}

/** The relations between two layers. */
function bandPanel(band) {
  return [
    closer(),
    make("p", { class: "kicker" }, t("bands")),
    make("h2", { tabindex: -1 }, make("span", {}, bandName(band))),
    make("p", { class: "meta" }, bandWords(band, bandEdges(band).length)),
    group(t("relationsTitle"), bandEdges(band), bandRow),
  ];
}

function edgePanel(edge) {
  const modes = modesOf(edge.claims);
  const isContradicted = modes.length > 1 && modes.some((mode) => modeOf(mode).crossed);
  const parallel = parallelEdges(edge).filter((candidate) => candidate !== edge);
  return [
    closer(),
    make("p", { class: "kicker" }, t("relation")),
    make("h2", { class: "sentence", tabindex: -1 }, ...relationSentence(edge)),
    make("p", { class: "meta" }, t("claims", { n: edge.claims.length })),
    isContradicted ? make("p", { class: "warning" }, t("conflict")) : null,
    ...edge.claims.map(claimCard),
    ...edge.references.map(referenceCard),
    group(t("parallel"), parallel, (candidate) => edgeRow(candidate, candidate.to, false)),
  ];
}

/** "A is operated by B", with both names as buttons; "…" in a label marks where the object stands. */
function relationSentence(edge) {
  const [before, after = ""] = label("relations", edge.relation).split("…");
  const [start, end] = edge.ends.map((node) => button({ class: "inline", onclick: () => lookAt(node.id) }, name(node)));
  return [start, ` ${before.trim()} `, end, after.trim() ? ` ${after.trim()}` : ""];
}
