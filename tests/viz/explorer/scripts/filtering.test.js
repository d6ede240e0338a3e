import assert from "node:assert/strict";
import test from "node:test";

import { edgeById, edges, filterKeys, modeOf, nodes, page } from "../../../../viz/explorer/static/data/page.js";
import {
  applyFilters,
  dashOf,
  isDenied,
  isFiltered,
  leadMode,
  marksOf,
} from "../../../../viz/explorer/static/state/filtering.js";
import { keepOnly, state, toggleFilter } from "../../../../viz/explorer/static/state/state.js";
import { openSmallPage } from "./small_page.js";

const LGSP_NGSP = "hb:lgsp|connectsTo|nat:ngsp";
const passing = (list) => list.filter(({ passes }) => passes).map(({ id }) => id).sort();

test.beforeEach(() => openSmallPage());

test("without filters everything passes", () => {
  assert.equal(passing(nodes).length, 10);
  assert.equal(passing(edges).length, 5);
  assert.ok(!isFiltered());
});

test("a relation passes with one of its claims, and is drawn as the firmest of them", () => {
  const edge = edgeById.get(LGSP_NGSP);
  assert.equal(leadMode(edge), "planned");
  toggleFilter("modes", "planned", false);
  applyFilters();
  assert.ok(edge.passes && isDenied(edge));
  toggleFilter("modes", page.denied, false);
  applyFilters();
  assert.ok(!edge.passes && isFiltered());
});

test("years keep what speaks of them", () => {
  state.since = 2021;
  applyFilters();
  assert.deepEqual(passing(edges), ["cm:mot-cua|connectsTo|nat:ngsp", LGSP_NGSP]);
});

test("as of a year, what was stated later does not hold", () => {
  state.asOf = 2020;
  applyFilters();
  assert.ok(!passing(edges).includes("cm:mot-cua|connectsTo|nat:ngsp"));
});

test("only one province leaves its entities and their relations", () => {
  keepOnly("columns", "vn:ca-mau");
  applyFilters();
  assert.deepEqual(passing(nodes), ["cm:mot-cua", "vn:ca-mau"]);
  assert.deepEqual(passing(edges), []);
});

test("every mode of the page has a line", () => {
  assert.ok(filterKeys.modes.length > 3);
  Object.keys(page.modes).forEach((mode) => assert.ok(Array.isArray(dashOf(mode)), mode));
  assert.deepEqual([dashOf("operational"), dashOf("planned"), dashOf("pilot")], [[], [7, 5], [1.5, 4]]);
});

test("no two statuses are drawn alike", () => {
  const lines = Object.keys(page.modes).map((mode) => `${page.modes[mode].tone} ${dashOf(mode)}`);
  assert.equal(new Set(lines).size, lines.length);
});

test("what is unsure or true of a part only is marked, and can be filtered out", () => {
  const edge = edgeById.get("hb:cong-dvc|connectsTo|hb:lgsp");
  assert.equal(marksOf(edge.claims), "");
  Object.assign(edge.claims[0], { sureness: "medium", extent: "some" });
  assert.equal(marksOf(edge.claims), "?½");
  state.off.certainties = new Set(["medium"]);
  applyFilters();
  assert.ok(!passing(edges).includes(edge.id));
});

test("a status that the scripts have never heard of is drawn as the page says", () => {
  const page2 = openSmallPage();
  const modes = { ...page2.modes, suspended: { line: "dotted", rank: 1 } };
  const statements = structuredClone(page2.statements);
  statements.status.d = statements.status.d.map((status) => (status === "pilot" ? "suspended" : status));
  openSmallPage({ modes, statements });
  const edge = edgeById.get("cm:mot-cua|connectsTo|nat:ngsp");
  assert.equal(leadMode(edge), "suspended");
  assert.deepEqual(dashOf(leadMode(edge)), [1.5, 4]);
  assert.ok(!modeOf("suspended").holds && filterKeys.modes.includes("suspended"));
});
