import assert from "node:assert/strict";
import test from "node:test";

import { nodes, page } from "../../../../viz/explorer/static/data/page.js";
import { fateWords, nodeColumns } from "../../../../viz/explorer/static/drawing/fates.js";
import { bandSizes, countMarked } from "../../../../viz/explorer/static/layout/bands.js";
import { cellMembers, isTile, setAllCells, toggleCell } from "../../../../viz/explorer/static/layout/cells.js";
import { firstFor } from "../../../../viz/explorer/static/layout/dependencies.js";
import { useSizes } from "../../../../viz/explorer/static/layout/frame.js";
import { layGrid } from "../../../../viz/explorer/static/layout/grid.js";
import {
  arrangeScene,
  isDimmed,
  linesNow,
  litNodes,
  scene,
  shownNodes,
  tiles,
} from "../../../../viz/explorer/static/layout/scene.js";
import { applyFilters } from "../../../../viz/explorer/static/state/filtering.js";
import { change, toggleFilter } from "../../../../viz/explorer/static/state/state.js";
import { NODE_COLUMNS } from "../../../../viz/explorer/static/wording/columns.js";
import { openSmallPage } from "./small_page.js";

test.beforeEach(() => {
  openSmallPage();
  useSizes({ width: 1000, height: 700, mainWidth: 1000 });
});

const shown = () => shownNodes.map((node) => node.id).sort();

function draw(changes) {
  change(changes);
  applyFilters();
  arrangeScene();
}

test("in the architecture every entity stands in its row and column, apart from all others", () => {
  draw({ view: "grid" });
  const within = (bands, key, place) =>
    bands.some(([name, start, end]) => name === key && start < place && place < end);
  for (const node of nodes) {
    const { x, y } = scene.places.get(node.id);
    assert.ok(within(scene.rows, node.row, y) && within(scene.columns, node.column, x), node.id);
  }
  assert.equal(new Set([...scene.places.values()].map(({ x, y }) => `${x} ${y}`)).size, nodes.length);
});

test("a grid takes the shape of the window", () => {
  const items = new Map([["users|a", Array.from({ length: 40 }, (_, index) => `n${index}`)]]);
  const ratio = ({ size }) => size.width / size.height;
  useSizes({ width: 1800, height: 500, mainWidth: 1800 });
  const wide = layGrid(items, ["users"], ["a"]);
  useSizes({ width: 600, height: 1000, mainWidth: 600 });
  assert.ok(ratio(wide) > 2 && ratio(layGrid(items, ["users"], ["a"])) < 1);
});

test("closed cells are tiles that count their entities, and open again", () => {
  setAllCells(false);
  draw({ view: "grid" });
  assert.deepEqual(shown(), []);
  assert.equal(tiles.reduce((sum, tile) => sum + tile.count, 0), nodes.length);
  assert.ok(tiles.every((tile) => isTile(tile.id) && tile.x > 0));
  toggleCell("platform|vn:hoa-binh");
  draw({ node: "hb:so-tttt" });
  assert.ok(shown().includes("hb:lgsp") && shown().includes("hb:so-tttt")); // opened; and what is looked at
  assert.equal([...cellMembers().values()].flat().length, nodes.length);
});

test("a narrow window opens a large graph as counts", () => {
  useSizes({ width: 390, height: 700, mainWidth: 390 });
  draw({ view: "grid" });
  assert.equal(tiles.length, 0); // ten entities have room
});

test("dependencies go step by step to both sides, denied ones carry nothing", () => {
  draw({ view: "deps", node: "hb:lgsp" });
  assert.deepEqual(Object.fromEntries(scene.levels), { "hb:lgsp": 0, "hb:cong-dvc": 1, "nat:ngsp": -1 });
  assert.deepEqual(scene.columns.map(([key]) => key), ["-1", "0", "1 stops"]);
  toggleFilter("modes", "planned", false);
  draw({});
  assert.deepEqual(shown(), ["hb:cong-dvc", "hb:lgsp"]);
});

test("what stops, what would by plans only, and what goes on stand in columns of their own", () => {
  draw({ view: "deps", node: "nat:ngsp" });
  assert.deepEqual(scene.columns.map(([key]) => key), ["0", "1 stops", "1 foreseen", "2 foreseen"]);
  assert.deepEqual(["nat:ngsp", "cm:mot-cua", "hb:lgsp"].map(isDimmed), [false, false, true]);
  assert.equal(fateWords("nat:ngsp"), "");
  assert.notEqual(fateWords("cm:mot-cua"), fateWords("hb:lgsp"));
  assert.deepEqual(nodeColumns().map(([key]) => key).slice(0, 3), ["name", "fate", "kind"]);
  draw({ view: "grid" });
  assert.ok(!isDimmed("cm:mot-cua") && nodeColumns() === NODE_COLUMNS);
});

test("a view that needs an entity starts where most stops", () => {
  assert.equal(firstFor("deps"), "nat:ngsp");
  assert.equal(firstFor("near"), "hb:lgsp");
});

test("the timeline shows what has a time in its year and lane", () => {
  draw({ view: "time" });
  const place = (id) => [scene.places.get(id).row, scene.places.get(id).column];
  assert.deepEqual(place("hb:qd-12-2019"), ["documents", "2019"]);
  assert.deepEqual(place("hb:lgsp"), ["expected", "2021"]);
  assert.ok(!scene.places.has("vn:hoa-binh"));
});

test("neighbours stand on the side of their relation, opened ones one ring farther", () => {
  draw({ view: "near", node: "hb:cong-dvc" });
  assert.deepEqual([...scene.places].map(([id, { ring }]) => [id, ring]), [["hb:cong-dvc", 0], ["hb:lgsp", 1]]);
  draw({ grown: new Set(["hb:lgsp"]) });
  assert.equal(scene.places.get("nat:ngsp").ring, 2);
  assert.equal(litNodes(), null);
  assert.ok(linesNow().length > 1);
});

test("forces give the same places each time, and no two entities one place", () => {
  draw({ view: "force" });
  const first = [...scene.places.values()].map(({ x, y }) => `${x} ${y}`);
  openSmallPage();
  draw({ view: "force" });
  assert.deepEqual([...scene.places.values()].map(({ x, y }) => `${x} ${y}`), first);
  assert.equal(new Set(first).size, nodes.length);
});

test("bands count the relations between rows, the upper one first", () => {
  const sizes = Object.fromEntries(bandSizes());
  assert.equal(sizes["portals|platform"], 1);
  assert.equal(Object.values(sizes).reduce((sum, count) => sum + count, 0), 5);
  assert.ok(Object.keys(sizes).every((band) => band.split("|").every((row) => page.rows.includes(row))));
});

test("an arc tells how many of its relations are denied or doubtful", () => {
  // the platform of Hòa Bình and that of the country: planned, and denied
  assert.deepEqual(["platform|platform", "portals|platform"].map(countMarked), [1, 0]);
});
