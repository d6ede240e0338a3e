// Statements: opened from a list, with their evidence unfolded in the panel.

import { change, lookAt, openEdge, state } from "../state/state.js";

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
