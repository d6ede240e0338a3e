// Statements: opened from a list, with their evidence unfolded in the panel.

import { nodeById } from "../data/page.js";
import { button, make } from "../drawing/elements.js";
import { modeBadges } from "./evidence.js";
import { change, lookAt, openEdge, state } from "../state/state.js";
import { measureName, objectWords } from "../wording/statements.js";
import { name } from "../wording/words.js";

export const panel = document.getElementById("panel");

/** Go to a statement: its relation, or what it is about, with the statement unfolded. */
export function openStatement(statement) {
  if (statement.edge) {
    lookAt(statement.edge.from);
    openEdge(statement.edge.id);
  } else lookAt(statement.subject);
  if (state.view === "country") change({ view: "near" });
  if (!statement.edge) unfoldStatement(statement);
}

/** Unfold the evidence of a statement in the panel, and bring it into sight. */
function unfoldStatement(statement) {
  const row = panel.querySelector(`[data-statement="${CSS.escape(statement.id)}"] details`);
  if (!row) return;
  row.open = true;
  row.scrollIntoView({ block: "center" });
}

/** A statement in three lines; a click opens its evidence. */
export function statementButton(statement) {
  const subject = nodeById.get(statement.subject);
  return button(
    { class: "row", onclick: () => openStatement(statement) },
    make("span", { class: "target" }, subject ? name(subject) : statement.subject),
    make("span", { class: "relation" }, measureName(statement), " ", ...modeBadges([statement])),
    make("span", { class: "target" }, objectWords(statement)),
  );
}
