import assert from "node:assert/strict";
import test from "node:test";

import { fold, spelling } from "../../../../viz/static/folding.js";
import { foldingCases, openSmallPage } from "./small_page.js";

openSmallPage();

for (const { why, names, spelling: accented, fold: bare } of foldingCases) {
  test(`names have the keys of Python: ${why}`, () => {
    for (const name of names) assert.deepEqual([spelling(name), fold(name)], [accented, bare]);
  });
}
