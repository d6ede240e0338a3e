import assert from "node:assert/strict";
import test from "node:test";

import { nodes, provinces } from "../../../../viz/explorer/static/data/page.js";
import { layFitted, shareOut } from "../../../../viz/explorer/static/layout/fitted.js";
import { useSizes } from "../../../../viz/explorer/static/layout/frame.js";
import { gatheredColumns, narrowTo } from "../../../../viz/explorer/static/layout/gathering.js";
import { placeOfMoment, timeStretches } from "../../../../viz/explorer/static/layout/time_axis.js";
import { FIRST, change, state } from "../../../../viz/explorer/static/state/state.js";
import { openSmallPage } from "./small_page.js";

const WINDOW = { width: 800, height: 700, mainWidth: 800 };
const ids = (count, prefix = "n") => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

test.beforeEach(() => {
  openSmallPage();
  change({ view: "grid", form: "drawing", limit: FIRST });
  useSizes(WINDOW);
});

test("units go to the neediest, none to what is satisfied", () => {
  assert.deepEqual(shareOut([9, 3, 1], 8), [5, 2, 1]);
  assert.deepEqual(shareOut([1, 1], 10), [1, 1]);
});

test("what has no room is counted by the tile of its cell, the first ones are drawn apart", () => {
  const items = new Map([["a|x", ids(200)], ["b|x", ids(2, "m")]]);
  const { places, tiles, size } = layFitted(items, ["a", "b", "c"], ["x", "y"]);
  assert.equal(tiles.length, 1);
  const drawn = [...places.keys()].filter((id) => !id.startsWith("cell:"));
  assert.equal(drawn.length + tiles[0].count, 202);
  assert.ok(drawn.includes("n0") && drawn.includes("m1") && !drawn.includes("n199"));
  assert.equal(new Set(drawn.map((id) => `${places.get(id).x} ${places.get(id).y}`)).size, drawn.length);
  assert.ok(size.width <= WINDOW.width && size.height <= WINDOW.height);
  assert.ok(drawn.every((id) => places.get(id).room > 30));
});

test("a tall grid has two of a cell below each other, and side by side only where they have no room", () => {
  const columns = (count, isTall) => {
    const { places } = layFitted(new Map([["a|x", ids(count)]]), ["a"], ["x", "y"], isTall);
    return new Set([...places.values()].map(({ x }) => x)).size;
  };
  assert.deepEqual([columns(2, true), columns(2, false)], [1, 2]);
  assert.ok(columns(60, true) > 1);
});

test("showing more makes the scene higher, a table has all", () => {
  const items = new Map([["a|x", ids(400)]]);
  const first = layFitted(items, ["a"], ["x"]);
  change({ limit: 2 * FIRST });
  const second = layFitted(items, ["a"], ["x"]);
  assert.ok(second.size.height > first.size.height && second.tiles[0].count < first.tiles[0].count);
  change({ form: "table" });
  assert.equal(layFitted(items, ["a"], ["x"]).tiles.length, 0);
});

test("columns that are too narrow are gathered, with the national one apart, and open into fewer", () => {
  assert.deepEqual([...gatheredColumns().values()].flat(), ["vn:ca-mau", "vn:hoa-binh", "shared"]);
  useSizes({ ...WINDOW, width: 300, mainWidth: 300 });
  const gathered = gatheredColumns();
  assert.ok(gathered.size < 3 && gathered.has("shared"));
  const [group] = gathered.keys();
  narrowTo(null, group);
  assert.deepEqual([...state.off.columns], ["shared"]);
  narrowTo(null, [...gatheredColumns().keys()][0]);
  assert.ok(provinces.length && nodes.length);
});

test("years are to scale, and what is sparse for long is broken off", () => {
  const counts = new Map([[2001, 1], [2006, 1], [2013, 5], [2014, 2], [2016, 4]]);
  const stretches = timeStretches(counts, 460);
  assert.deepEqual(stretches.map(({ key, isBroken }) => [key, isBroken]), [
    ["2001..2012", true], ["2013", false], ["2014", false], ["2015", false], ["2016", false],
  ]);
  const place = (moment) => placeOfMoment(stretches, moment);
  const year = place(2014) - place(2013);
  assert.ok(Math.abs(place(2016.5) - place(2013) - 3.5 * year) < 1e-6);
  assert.ok(place(2006) > place(2001) && place(2012.9) < place(2013));
  assert.ok(Math.abs(place(2017) - 460) < 1e-6);
});
