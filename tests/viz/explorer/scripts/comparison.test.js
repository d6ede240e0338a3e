import assert from "node:assert/strict";
import test from "node:test";

import { fromHash, toHash } from "../../../../viz/explorer/static/state/address.js";
import {
  bestCompared, provinceWith, reservationsOf, sideBySide,
} from "../../../../viz/explorer/static/state/comparison.js";
import { change } from "../../../../viz/explorer/static/state/state.js";
import { statements } from "../../../../viz/explorer/static/data/page.js";
import { openSmallPage } from "./small_page.js";

const [LEFT, RIGHT, OTHER] = ["vn:ca-mau", "vn:hoa-binh", "vn:lao-cai"];
const comparisons = {
  share: {
    figures: [[0, LEFT, 0], [1, LEFT, 1], [2, RIGHT, 1], [3, RIGHT, 2], [4, RIGHT, 2], [5, OTHER, 0]],
    reasons: { "0|1": ["time"], "0|2": ["scope", "time"], "1|2": ["scope"] },
  },
  users: { figures: [[6, LEFT, 0], [7, RIGHT, 1]], reasons: { "0|1": ["kind"] } },
  alone: { figures: [[8, LEFT, 0], [9, OTHER, 0]], reasons: {} },
};

test.beforeEach(() => openSmallPage({ comparisons: { users: comparisons.users, ...comparisons } }));

test("each figure stands with the one that it compares with best, and what is left over stands alone", () => {
  const [share, users] = sideBySide(LEFT, RIGHT);
  assert.deepEqual([share.measure, users.measure], ["share", "users"]); // what compares comes first
  assert.deepEqual(share.pairs, [
    { left: 1, right: 2, reasons: [] },
    { left: 0, right: 3, reasons: ["scope", "time"] },
  ]);
  assert.deepEqual(share.alone, [4]);
  assert.deepEqual(users.pairs, [{ left: 6, right: 7, reasons: ["kind"] }]);
});

test("a measure that one province lacks, and a province beside itself, have no pairs", () => {
  assert.deepEqual(sideBySide(LEFT, LEFT), []);
  assert.deepEqual(sideBySide(LEFT, "vn:nowhere"), []);
  assert.equal(sideBySide(RIGHT, LEFT).some(({ measure }) => measure === "alone"), false);
  assert.equal(provinceWith("vn:nowhere"), null);
});

test("the provinces of which most figures compare are proposed", () => {
  assert.deepEqual(bestCompared(), [LEFT, OTHER]);
  openSmallPage({ comparisons: { users: comparisons.users } });
  assert.equal(bestCompared(), null);
});

test("an address holds the province to compare with", () => {
  change({ versus: RIGHT });
  assert.equal(fromHash(toHash()).versus, RIGHT);
  assert.equal(fromHash("#a=vn:nowhere").versus, null);
  change({ versus: null });
});

test("figures without a period, of two kinds of thing or of two totals compare with a reservation only", () => {
  const [left, right] = [statements[0], statements[1]];
  Object.assign(left, { subject: "hb:lgsp", period: "2020", denominator: null });
  Object.assign(right, { subject: "hb:lgsp", period: "2020", denominator: null });
  assert.deepEqual(reservationsOf(0, 1), []);
  Object.assign(left, { period: null, denominator: "34" });
  assert.deepEqual(reservationsOf(0, 1), ["denominator"]);
  Object.assign(right, { period: null, subject: "vn:ca-mau" });
  assert.deepEqual(reservationsOf(0, 1), ["undated", "subject", "denominator"]);
});
