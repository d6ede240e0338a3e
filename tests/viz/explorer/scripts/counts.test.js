import assert from "node:assert/strict";
import test from "node:test";

import { edgeById, nodes } from "../../../../viz/explorer/static/data/page.js";
import { articlesOf, countsOf } from "../../../../viz/explorer/static/state/counts.js";
import { applyFilters } from "../../../../viz/explorer/static/state/filtering.js";
import { keepOnly, toggleFilter } from "../../../../viz/explorer/static/state/state.js";
import { openSmallPage } from "./small_page.js";

test.beforeEach(() => {
  openSmallPage();
  applyFilters();
});

test("without filters the counts are of everything", () => {
  assert.deepEqual([...countsOf("columns")], [...countsOf("columns", true)]);
  assert.equal([...countsOf("families").values()].reduce((sum, count) => sum + count), 10);
});

test("counts of a group follow the filters of the others, not its own", () => {
  const before = countsOf("modes").get("planned");
  assert.ok(before > 0);
  toggleFilter("modes", "planned", false);
  applyFilters();
  assert.equal(countsOf("modes").get("planned"), before);
  keepOnly("columns", "vn:ca-mau");
  applyFilters();
  assert.equal([...countsOf("rows").values()].reduce((sum, count) => sum + count), 2);
  assert.ok(countsOf("columns").get("vn:hoa-binh") > 0);
});

test("a picture names the sources of what is drawn", () => {
  const ids = (items) => articlesOf(items).map(({ id }) => id);
  assert.deepEqual(ids([edgeById.get("cm:mot-cua|connectsTo|nat:ngsp")]), ["ca-mau-2021"]);
  assert.equal(ids(nodes).length, 2);
  assert.deepEqual(ids([]), []);
});
