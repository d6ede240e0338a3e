import assert from "node:assert/strict";
import test from "node:test";

import { filterKeys } from "../../../../viz/explorer/static/data/page.js";
import { applyFilters } from "../../../../viz/explorer/static/state/filtering.js";
import { choosesSources, chosenSources } from "../../../../viz/explorer/static/state/news.js";
import { keepOnly } from "../../../../viz/explorer/static/state/state.js";
import { openSmallPage } from "./small_page.js";

test("the sources chosen stand by province, each with what it says", () => {
  openSmallPage();
  assert.equal(choosesSources(), false);
  assert.ok(filterKeys.articles.length > 1);
  keepOnly("articles", "ca-mau-2021");
  applyFilters();
  assert.equal(choosesSources(), true);
  const [{ node, sources }, ...others] = chosenSources();
  assert.deepEqual([node.id, sources.map(({ article }) => article.id), others], ["vn:ca-mau", ["ca-mau-2021"], []]);
  assert.ok(sources[0].claims.length && sources[0].claims.every((claim) => claim.passes));
});
