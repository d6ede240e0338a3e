// The places of a drawing: the same for the same links, inside it, and names that touch nothing.
import assert from "node:assert/strict";
import test from "node:test";

import { labelPlaces, nodePlaces } from "../../../service/answers/static/graph_layout.js";

const WIDTH = 600;
const HEIGHT = 400;
const STAR = [[0, 1], [0, 2], [0, 3], [0, 4], [0, 5]];
const textWidth = (text) => 7 * text.length;

test("places are the same for the same links, and inside the drawing", () => {
  const places = nodePlaces(6, STAR, WIDTH, HEIGHT);
  assert.deepEqual(places, nodePlaces(6, STAR, WIDTH, HEIGHT));
  for (const { x, y } of places) assert.ok(x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT);
});

test("a single node has a place", () => {
  assert.equal(nodePlaces(1, [], WIDTH, HEIGHT).length, 1);
});

test("names touch no other name", () => {
  const places = nodePlaces(6, STAR, WIDTH - 150, HEIGHT);
  const names = ["a:hub", "b:one", "c:two", "d:three", "e:four", "f:five"];
  const labels = labelPlaces(names, places, [5, 1, 1, 1, 1, 1], { width: WIDTH, height: HEIGHT, textWidth });
  const boxes = labels.map(({ x, y, text }) => [x, y - 12, x + textWidth(text), y + 4]);
  boxes.forEach((a, at) => boxes.slice(at + 1).forEach((b) => {
    assert.ok(a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3]);
  }));
  assert.equal(labels[0].text, "a:hub", "the node with most links is named first");
});

test("a name is shortened where there is little room", () => {
  const long = "x".repeat(50);
  const size = { width: 260, height: 100, textWidth };
  const [label] = labelPlaces([long], [{ x: 10, y: 50 }], [0], size);
  assert.match(label.text, /^x{31}…$/);
});
