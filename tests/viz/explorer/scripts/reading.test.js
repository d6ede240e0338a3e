import assert from "node:assert/strict";
import test from "node:test";

import { page } from "../../../../viz/explorer/static/data/page.js";
import { readingKeys } from "../../../../viz/explorer/static/wording/reading.js";
import { openSmallPage } from "./small_page.js";

test.beforeEach(() => openSmallPage());

test("how to read is told of each view by sentences of its own", () => {
  assert.equal(new Set(page.views.map((view) => readingKeys(view)[0])).size, page.views.length);
  const keys = new Set(page.views.flatMap(readingKeys));
  page.languages.forEach((lang) => keys.forEach((key) => assert.ok(page.ui[lang][key], key)));
});

test("rows, columns and arcs are spoken of where they are drawn", () => {
  const told = (view) => readingKeys(view).filter((key) => ["intro.rows", "intro.bands"].includes(key)).length;
  assert.deepEqual(["grid", "time", "force", "near"].map(told), [2, 0, 0, 0]);
});
