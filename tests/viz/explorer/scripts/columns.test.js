import assert from "node:assert/strict";
import test from "node:test";

import { unpack } from "../../../../viz/explorer/static/data/columns.js";

const plain = (records, keys) => records.map((record) => Object.fromEntries(keys.map((key) => [key, record[key]])));

test("columns become records", () => {
  const columns = { id: ["a", "b"], kind: { c: "x", n: 2 }, place: { i: "#$", w: 1, d: ["up", "down"] } };
  assert.deepEqual(plain(unpack(columns), ["id", "kind", "place"]), [
    { id: "a", kind: "x", place: "up" },
    { id: "b", kind: "x", place: "down" },
  ]);
});

test("numbers are read digit by digit, and as steps", () => {
  assert.deepEqual(plain(unpack({ n: { i: "#$(#", w: 2 } }), ["n"]), [{ n: 5 }, { n: 90 }]);
  assert.deepEqual(plain(unpack({ n: { i: "#$$$", w: 1, s: 1 } }), ["n"]), [{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }]);
});

test("the letter that JSON would escape is no digit", () => {
  assert.equal(unpack({ n: { i: "]", w: 1 } })[0].n, 57); // one less than its place among all letters
});

test("nothing becomes no records, equal values as many as are counted", () => {
  assert.deepEqual(unpack({}), []);
  assert.equal(unpack({ kind: { c: null, n: 3 } }).length, 3);
});

test("records take what their prototype offers", () => {
  const shape = {
    get twice() {
      return this.n * 2;
    },
  };
  assert.equal(unpack({ n: [4] }, shape)[0].twice, 8);
});
