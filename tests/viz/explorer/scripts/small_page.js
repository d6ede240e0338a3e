// The data of the small test graph, as a page carries them; pytest writes them and names their file.

import { readFileSync } from "node:fs";

import { openPage } from "../../../../viz/explorer/static/data/page.js";
import { applyFilters } from "../../../../viz/explorer/static/state/filtering.js";
import { FIRST, showAll, state } from "../../../../viz/explorer/static/state/state.js";

const file = process.env.EGOVKG_SCRIPT_DATA;
if (!file) throw new Error("EGOVKG_SCRIPT_DATA is not set; run pytest tests/viz/test_scripts.py");
const { page, folding, formulas } = JSON.parse(readFileSync(file, "utf8"));

export const foldingCases = folding;
export const formulaCases = formulas;

/** Open the small graph anew, with some data changed; the state is that of a page just opened. */
export function openSmallPage(changes = {}) {
  const carried = { ...structuredClone(page), ...changes };
  openPage(carried);
  const { lang, view } = carried;
  Object.assign(state, { lang, view, theme: "auto", form: "drawing", node: null, edge: null, band: null });
  Object.assign(state, { cells: new Map(), grown: new Set(), limit: FIRST, tour: null, step: 0 });
  showAll();
  applyFilters();
  return carried;
}
