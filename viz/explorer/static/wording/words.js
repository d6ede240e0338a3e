// Words: labels, numbers and dates in the language of the reader.

import { nodeById, page, REFERENCE } from "../data/page.js";
import { detailsOf } from "../data/provinces.js";
import { state } from "../state/state.js";

const ARTICLE_LANGUAGE = 0; // position in the list of languages: articles are written in the first one
const numberForms = new Map(); // making one costs far more than using it

/** Words of the page, values filled in; for `n` = 1 the words under `KEY.one` are taken, where there are any. */
export function t(key, values = {}) {
  const catalogue = page.ui[state.lang];
  const words = (String(values.n) === "1" && catalogue[`${key}.one`]) || catalogue[key] || key;
  return words.replace(/\{(\w+)\}/g, (_, field) => values[field] ?? "");
}

/** The language of the articles, and of every label that has no translation. */
export function articleLanguage() {
  return page.languages[ARTICLE_LANGUAGE];
}

/** The text in the language of the reader; without one, that in the language of the articles. */
export function pick(texts) {
  return texts[state.lang] || texts[articleLanguage()] || "";
}

/** The language of texts that are not in that of the page, so that they are read out rightly; else null. */
export function tongue(texts) {
  return state.lang !== articleLanguage() && !texts[state.lang] ? articleLanguage() : null;
}

/** Label of a class, relation, measure or code. */
export function label(group, key) {
  const labels = page.words[group][key];
  return labels ? pick(labels) : key;
}

export function name(node) {
  return withDays(pick(node.names));
}

/** A full name without what a short one leaves out at its end: years in brackets, and words such as "Province". */
function withoutUnit(text) {
  const bare = text.replace(/\s*\([^()]*\d[^()]*\)$/, "");
  const [unit] = t("unitWords").split(" ").filter((word) => bare.endsWith(` ${word}`));
  return unit ? bare.slice(0, -unit.length - 1) : bare;
}

/** The words beside a symbol: the short name, without the province where the column says it. */
export function shortName(node) {
  if (state.lang !== articleLanguage()) return withoutUnit(node.names[state.lang] || node.label);
  const place = node.province && node.province !== node.id && nodeById.get(node.province);
  const isSaid = place && state.view === "grid" && node.isUnderProvince;
  if (!isSaid || !node.label.endsWith(place.label)) return node.label;
  const shortened = node.label.slice(0, -place.label.length).replace(/[\s,]+$/, "");
  return shortened.length > 1 ? shortened : node.label;
}

/** The same; a former unit whose successor bears its name says that it is the former one. */
export function drawnName(node) {
  const words = shortName(node);
  const isTwin = detailsOf(node, "succeededBy").some(([, , id]) => nodeById.get(id)?.label === node.label);
  return isTwin && state.view !== "grid" ? t("formerName", { name: words }) : words;
}

export function capital(text) {
  return text.charAt(0).toLocaleUpperCase(state.lang) + text.slice(1);
}

export function relationName(statement) {
  const group = statement.relation in page.words.relations ? "relations" : "measures";
  return capital(label(group, statement.relation));
}

export function modeName(mode) {
  return mode === REFERENCE ? t(`base.${REFERENCE}`) : label("codes", mode);
}

export const RANGE = ".."; // between the first and the last of what is drawn together

function rangeNames(key) {
  const [first, last] = key.split(RANGE).map((id) => nodeById.get(id)?.label ?? id);
  return { first, last };
}

/**
 * The name of a column or of a group of columns; of two provinces of one name, each with the year that its full name
 * states.
 */
export function columnName(key) {
  if (key === page.shared) return t("shared");
  if (key.includes(RANGE)) return t("columnRange", rangeNames(key));
  const node = nodeById.get(key);
  if (!node) return key;
  const hasTwin = page.columns.some((other) => other !== key && nodeById.get(other)?.label === node.label);
  const years = hasTwin && /\((\S+ \d{4})/.exec(pick(node.names));
  return years ? `${node.label} (${years[1]})` : node.label;
}

export function rowName(key) {
  return key in page.words.codes ? capital(label("codes", key)) : t(`row.${key}`);
}

export function familyName(family) {
  return t(`family.${family}`);
}

/** A number as a reader of the language writes it; digits are kept as stated. */
export function number(text) {
  const decimals = (String(text).split(".")[1] || "").length;
  const key = `${state.lang}${decimals}`;
  if (!numberForms.has(key)) {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    numberForms.set(key, new Intl.NumberFormat(t("locale"), digits));
  }
  return numberForms.get(key).format(text);
}

/** A text with the days in it as a reader of the language writes them. */
export function withDays(text) {
  return text.replace(/\b\d{4}-\d\d-\d\d\b/g, (day) => time(day));
}

/** A stated time (EDTF: years, months, days, quarters, intervals, each with its certainty) in words. */
export function time(edtf) {
  return edtf.split("/").map(momentWords).join(" – ");
}

const CERTAINTIES = { "~": "approximate", "?": "uncertain", "%": "both" }; // marks of EDTF -> key of the words

function momentWords(text) {
  const certainty = CERTAINTIES[text.at(-1)];
  if (certainty) return t(`date.${certainty}`, { date: momentWords(text.slice(0, -1)) });
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text);
  if (!match) return text;
  const [, year, month, day] = match;
  if (!month) return year;
  if (Number(month) >= 33 && Number(month) <= 36) return t("date.quarter", { quarter: Number(month) - 32, year });
  const monthName = t("date.months").split(" ")[Number(month) - 1] ?? month;
  return t(day ? "date.day" : "date.month", { year, month: monthName, day: day && Number(day) });
}
