// Path: from an entity that the reader has set as the start to the one looked at, relation by relation.

import { nodeById } from "../data/page.js";
import { button, make } from "../drawing/elements.js";
import { showMessage } from "../drawing/messages.js";
import { bandRow, group } from "./lists.js";
import { shortestPath } from "../layout/path.js";
import { isDenied } from "../state/filtering.js";
import { change, state } from "../state/state.js";
import { name, t } from "../wording/words.js";

/** A button that makes an entity the start of a path, or ends the search for one. */
export function pathButton(node) {
  if (state.start === node.id) {
    return button({ class: "plain", onclick: () => change({ start: null }) }, t("pathEnd"));
  }
  return button({ class: "plain", onclick: () => startAt(node) }, t("pathFrom"));
}

function startAt(node) {
  change({ start: node.id });
  showMessage(t("pathNext", { name: name(node) }));
}

/** The path to an entity, where a start is set; each step opens its evidence. */
export function pathParts(node) {
  if (!state.start || state.start === node.id) return [];
  const start = nodeById.get(state.start);
  const path = shortestPath(start.id, node.id, (edge) => edge.passes && !isDenied(edge));
  const title = t("pathTitle", { name: name(start) });
  const end = button({ class: "link", onclick: () => change({ start: null }) }, t("pathEnd"));
  if (!path) return [make("section", { class: "group" }, make("h3", {}, title), make("p", {}, t("pathNone")), end)];
  return [group(title, path, bandRow), end];
}
