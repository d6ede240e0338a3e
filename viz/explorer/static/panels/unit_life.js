// Life of a unit: what became of it, or of what it was made, when, and by which legal document.

import { detailsOf } from "../data/provinces.js";
import { nodeById } from "../data/page.js";
import { button, make } from "../drawing/elements.js";
import { documentIn } from "../state/documents.js";
import { lookAt } from "../state/state.js";
import { name, pick, t, time, withDays } from "../wording/words.js";

const DETAILS_OF_LIFE = ["succeededBy", "succeeds", "unitChange"];

/** Whether a detail of an entity stands in the lines on its life, and not in the list of what is known of it. */
export function isOfLife([relation]) {
  return DETAILS_OF_LIFE.includes(relation);
}

/** The lines on the life of a unit or body; nothing for what neither ended nor followed another. */
export function lifeParts(node) {
  const [successors, predecessors] = ["succeededBy", "succeeds"].map((relation) => detailsOf(node, relation));
  const changes = detailsOf(node, "unitChange");
  if (!successors.length && !predecessors.length && !changes.length) return [];
  const lines = [
    ...(successors.length ? daysOf(node, "validTo").map((date) => make("p", {}, t("life.ended", { date }))) : []),
    successors.length ? make("p", {}, `${t("life.into")} `, listed(successors), ".") : null,
    ...(predecessors.length ? daysOf(node, "validFrom").map((date) => make("p", {}, t("life.began", { date }))) : []),
    predecessors.length ? make("p", {}, `${t("life.from")} `, listed(predecessors), ".") : null,
    ...changes.map(changeLine),
    successors.length ? make("p", { class: "meta" }, t("life.ofItsTime")) : null,
  ];
  return [make("div", { class: "life" }, lines.filter(Boolean))];
}

function daysOf(node, relation) {
  return detailsOf(node, relation).map(([, texts]) => time(pick(texts)));
}

/** Entities with a comma between them, each a way to it where the page has it. */
function listed(details) {
  return details.flatMap(([, texts, id], index) => [index ? ", " : "", way(nodeById.get(id), withDays(pick(texts)))]);
}

function way(node, words) {
  return node ? button({ class: "inline", onclick: () => lookAt(node.id) }, words) : words;
}

/** One change as the register words it, with the way to the legal document that it names. */
function changeLine([, texts]) {
  const words = pick(texts);
  const act = documentIn(words);
  const day = act && daysOf(act, "documentDate")[0];
  const link = act ? [" → ", way(act, [name(act), day].filter(Boolean).join(", "))] : [];
  return make("p", {}, withDays(words), ...link);
}
