import assert from "node:assert/strict";
import test from "node:test";

import { nodes } from "../../../../viz/explorer/static/data/page.js";
import { find, findStatements } from "../../../../viz/explorer/static/state/search.js";
import { openSmallPage } from "./small_page.js";

const ids = (query) => find(query).map((node) => node.id);

test.beforeEach(() => openSmallPage());

test("names are found with and without accents, in any normal form", () => {
  for (const node of nodes) {
    const spread = node.names.vi.normalize("NFD");
    const bare = spread.replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
    for (const query of [node.names.vi, spread, bare, bare.toUpperCase()]) assert.ok(find(query).includes(node), query);
  }
});

test("a whole name comes before what holds it", () => {
  assert.equal(ids("lgsp")[0], "hb:lgsp");
  assert.equal(ids("NGSP")[0], "nat:ngsp");
});

test("all words must occur, in any order", () => {
  assert.deepEqual(ids("cà mau một cửa"), ["cm:mot-cua"]);
  assert.deepEqual(ids("cửa xyz"), []);
});

test("what the filters hide comes after what is shown", () => {
  assert.deepEqual(ids("nen tang tich hop"), ["hb:lgsp", "nat:ngsp"]);
  nodes.find((node) => node.id === "hb:lgsp").passes = false;
  assert.deepEqual(ids("nen tang tich hop"), ["nat:ngsp", "hb:lgsp"]);
});

test("nothing is found for blanks", () => {
  assert.deepEqual(ids(" \u200b "), []);
});

test("small words do not keep a name from being found", () => {
  assert.deepEqual(find("LGSP của Hoà Bình").map(({ id }) => id), ["hb:lgsp"]);

});

test("statements are found by what they say and by their digest, with and without accents", () => {
  const found = findStatements("chung thu 75005");
  assert.deepEqual(found.map(({ relation }) => relation), ["certificatesIssued"]);
  assert.ok(findStatements("so van hanh").some(({ edge }) => edge?.id === "hb:cong-dvc|connectsTo|hb:lgsp"));
  assert.deepEqual(findStatements("of"), []);
});
