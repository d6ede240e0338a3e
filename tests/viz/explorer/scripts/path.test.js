import assert from "node:assert/strict";
import test from "node:test";

import { shortestPath } from "../../../../viz/explorer/static/layout/path.js";
import { openSmallPage } from "./small_page.js";

const ids = (path) => path.map(({ id }) => id);

test.beforeEach(() => openSmallPage());

test("a path takes the fewest relations, whichever way they go", () => {
  const path = shortestPath("hb:cong-dvc", "cm:mot-cua", () => true);
  assert.deepEqual(ids(path), [
    "hb:cong-dvc|connectsTo|hb:lgsp",
    "hb:lgsp|connectsTo|nat:ngsp",
    "cm:mot-cua|connectsTo|nat:ngsp",
  ]);
  assert.deepEqual(shortestPath("hb:lgsp", "hb:lgsp", () => true), []);
});

test("no path leads over relations that lead nowhere", () => {
  assert.equal(shortestPath("hb:cong-dvc", "cm:mot-cua", ({ id }) => !id.includes("hb:lgsp|connectsTo")), null);
});
