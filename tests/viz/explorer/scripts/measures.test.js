import assert from "node:assert/strict";
import test from "node:test";

import { fromHash, toHash } from "../../../../viz/explorer/static/state/address.js";
import {
  componentCodes, FIRST_MEASURE, measureKeys, MEASURES, sortedByMeasure, standingOf,
} from "../../../../viz/explorer/static/state/measures.js";
import { change } from "../../../../viz/explorer/static/state/state.js";
import { openSmallPage } from "./small_page.js";

const verdicts = {
  verdicts: [{ id: "a" }, { id: "b" }, { id: "c" }],
  components: [["LGSP", {}], ["PORTAL", {}], ["DC", {}]],
  provinces: {
    "vn:ca-mau": { age: 2, cells: [[0, 1, [4]], [2, null, []], [0, 3, [5, 6]]] },
    "vn:hoa-binh": { age: null, cells: [[1, 0, [7]], [2, null, []], [null, null, []]] },
  },
};
const rowsOf = (component) =>
  ["vn:lao-cai", "vn:hoa-binh", "vn:ca-mau"].map((id) => ({ id, standing: standingOf(id, component) }));

test("a page without verdicts offers no measure of them", () => {
  openSmallPage();
  assert.ok(!measureKeys().includes("verdicts"));
  assert.equal(standingOf("vn:ca-mau", null), null);
  assert.equal(fromHash("#d=verdicts").measure, FIRST_MEASURE);
});

test("a province stands by all components or by one; without verdicts it stands nowhere", () => {
  openSmallPage({ verdicts });
  assert.deepEqual(standingOf("vn:ca-mau", null), { counts: [2, 0, 1], age: 2 });
  assert.deepEqual(standingOf("vn:ca-mau", "DC"), { verdict: 0, age: 3, claims: [5, 6] });
  assert.equal(standingOf("vn:hoa-binh", "DC"), null);
  assert.equal(standingOf("vn:lao-cai", null), null);
  assert.deepEqual(componentCodes(), ["LGSP", "PORTAL", "DC"]);
});

test("rows stand as the map colours them: most met first, a single verdict in its order, nothing last", () => {
  openSmallPage({ verdicts });
  const ids = (rows, key, component) => sortedByMeasure(rows, key, component).map(({ id }) => id);
  assert.deepEqual(ids(rowsOf(null), "verdicts", null), ["vn:ca-mau", "vn:hoa-binh", "vn:lao-cai"]);
  assert.deepEqual(ids(rowsOf("LGSP"), "verdicts", "LGSP"), ["vn:ca-mau", "vn:hoa-binh", "vn:lao-cai"]);
  assert.deepEqual(rowsOf("LGSP").map(MEASURES.age), [null, 0, 1]);
});

test("an address holds measure and component", () => {
  openSmallPage({ verdicts });
  change({ measure: "verdicts", component: "DC" });
  const { measure, component } = fromHash(toHash());
  assert.deepEqual([measure, component], ["verdicts", "DC"]);
  change({ measure: FIRST_MEASURE, component: null });
  assert.equal(fromHash("#d=verdicts&j=NONE").component, null);
});
