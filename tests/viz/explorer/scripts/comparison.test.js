import assert from "node:assert/strict";
import test from "node:test";

import { fromHash, toHash } from "../../../../viz/explorer/static/state/address.js";
import { bestCompared, provinceWith, sideBySide } from "../../../../viz/explorer/static/state/comparison.js";
import { change } from "../../../../viz/explorer/static/state/state.js";
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
