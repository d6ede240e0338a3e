import assert from "node:assert/strict";
import test from "node:test";

import { nodeById, page } from "../../../../viz/explorer/static/data/page.js";
import { countryRows } from "../../../../viz/explorer/static/layout/country.js";
import { applyFilters } from "../../../../viz/explorer/static/state/filtering.js";
import { openSmallPage } from "./small_page.js";

const systemsOf = (id) => countryRows().find((row) => row.id === id).sums.systems;

test("systems and services are counted by class: a body in one of their layers is none", () => {
  openSmallPage();
  nodeById.get("hb:so-tttt").row = page.layers[0];
  applyFilters();
  assert.equal(systemsOf("vn:hoa-binh"), 3);
  assert.equal(systemsOf("vn:ca-mau"), 1);
});
