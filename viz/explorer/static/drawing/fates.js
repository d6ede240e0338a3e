// Fates: what becomes of an entity when the one looked at stops, in words.

import { nodeById } from "../data/page.js";
import { scene } from "../layout/scene.js";
import { state } from "../state/state.js";
import { NODE_COLUMNS } from "../wording/columns.js";
import { name, t } from "../wording/words.js";

/** What becomes of an entity when the one looked at stops; empty for what does not depend on it. */
export function fateWords(id) {
  const fate = scene.fates?.get(id);
  return fate ? t(`fate.${fate}`) : "";
}

/** The columns of the entities that are shown: where one is looked at with what depends on it, their fate too. */
export function nodeColumns() {
  const looked = scene.fates && nodeById.get(state.node);
  if (!looked) return NODE_COLUMNS;
  const [first, ...others] = NODE_COLUMNS;
  return [first, ["fate", ({ id }) => fateWords(id) || "–", t("col.fate", { name: name(looked) })], ...others];
}
