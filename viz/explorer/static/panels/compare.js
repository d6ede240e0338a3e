// Compare: the figures of the province looked at beside those of another, with the verdict whether they compare.

import { articleOf, nodeById, page, provinces, statements } from "../data/page.js";
import { button, make } from "../drawing/elements.js";
import { openStatement } from "./statements.js";
import { provinceWith, reservationsOf, sideBySide } from "../state/comparison.js";
import { change, state } from "../state/state.js";
import { limitPairs, objectWords, SIGNS, statedWords, timeWords, unstatedWords } from "../wording/statements.js";
import { capital, columnName, label, name, number, pick, t } from "../wording/words.js";

/** The choice of another province and, once it is made, the figures of both; nothing for what is no province. */
export function compareParts(node) {
  const own = provinceWith(node.id);
  if (!own || !(own.node === node || own.former.includes(node))) return [];
  const others = provinces.filter((province) => province !== own);
  if (!others.length || !Object.keys(page.comparisons).length) return [];
  const chosen = others.find((province) => province.node.id === state.versus);
  return [chooser(others, chosen), chosen ? comparison(own, chosen) : null];
}

function chooser(others, chosen) {
  const options = [["", "–"], ...others.map(({ node }) => [node.id, columnName(node.id)])];
  const select = make("select", { id: "versus" }, options.map(([value, words]) => make("option", { value }, words)));
  select.value = chosen?.node.id ?? "";
  select.addEventListener("change", () => {
    change({ versus: select.value || null });
    document.getElementById("versus").focus();
  });
  return make("p", { class: "versus" }, make("label", {}, t("compareWith"), " ", select));
}

function comparison(own, other) {
  const measures = sideBySide(own.node.id, other.node.id);
  const title = t("compareTitle", { left: name(own.node), right: name(other.node) });
  const pairs = measures.flatMap((measure) => measure.pairs);
  const comparable = pairs.filter(({ reasons }) => !reasons.length);
  const reserved = comparable.filter(({ left, right }) => reservationsOf(left, right).length);
  const counts = { n: comparable.length, all: pairs.length, reserved: reserved.length, measures: measures.length };
  Object.keys(counts).forEach((key) => (counts[key] = number(counts[key])));
  const size = t("compareCount", counts);
  return make(
    "section",
    { class: "group compare" },
    make("h3", {}, title),
    make("p", { class: "meta" }, pairs.length ? size : t("compareNone")),
    measures.map(measurePart),
  );
}

function measurePart({ measure, pairs, alone }) {
  const rest = alone.length ? make("p", { class: "meta" }, t("compareAlone", { n: number(alone.length) })) : null;
  return make("div", {}, make("h4", {}, capital(label("measures", measure))), pairs.map(pairPart), rest);
}

function pairPart({ left, right, reasons }) {
  const reservations = reasons.length ? [] : reservationsOf(left, right).map((key) => t(`reservation.${key}`));
  const words = reasons.length
    ? `${t("compareNot")}: ${reasons.map((key) => pick(page.reasons[key])).join("; ")}`
    : reservations.length ? `≈ ${t("compareReserved")}: ${reservations.join("; ")}` : `✓ ${t("compareYes")}`;
  const sides = make("div", { class: "sides" }, [left, right].map((position) => sidePart(statements[position])));
  const verdict = make("p", { class: reasons.length || reservations.length ? "apart" : "alike" }, words);
  return make("div", { class: "pair-of-figures" }, sides, verdict);
}

/** One figure with its unit of government, what it is of, its bounds and who says it; a click opens its evidence. */
function sidePart(statement) {
  const { figures } = page.comparisons[statement.relation];
  const subject = nodeById.get(statement.subject);
  const [, place] = figures.find(([position]) => statements[position] === statement);
  const bounds = [
    ...limitPairs(statement).filter(([term]) => term !== t("saidBy")).map(([, value]) => value),
    ...timeWords(statement, ["as_of", "period"]),
    ...unstatedWords(statement),
  ];
  if (!statement.as_of && !statement.period) bounds.push(t("compareStated", { date: statedWords(statement) }));
  const row = button(
    { class: "row", onclick: () => openStatement(statement) },
    make("span", { class: "relation" }, columnName(place)),
    make("span", { class: "target figure" }, signedFigure(statement)),
    subject && subject.id !== place ? make("span", { class: "limits" }, name(subject)) : null,
    bounds.length ? make("span", { class: "limits" }, bounds.join(" · ")) : null,
    make("span", { class: "limits" }, `${t("saidBy")}: ${speakerOf(statement)}`),
  );
  return make("div", {}, row);
}

/** Who says a figure: whom the article names, else the one who published it. */
function speakerOf(statement) {
  const stated = limitPairs(statement).find(([term]) => term === t("saidBy"));
  return stated ? stated[1] : pick(articleOf(statement)?.publisher ?? {});
}

/** A figure with its sign in words: "about 304"; "…" in the words marks where the number stands. */
function signedFigure(statement) {
  const labels = page.comparators[statement.comparator];
  const words = objectWords(statement);
  if (!labels) return words;
  const bare = words.slice((SIGNS[statement.comparator] ?? "").length);
  return pick(labels).includes("…") ? pick(labels).replace("…", bare) : `${pick(labels)} ${bare}`;
}
