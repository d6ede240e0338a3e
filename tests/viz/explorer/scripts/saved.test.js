import assert from "node:assert/strict";
import test from "node:test";

import {
  deleteView, isStored, reachOfLink, readView, savedViews, saveView, viewText,
} from "../../../../viz/explorer/static/state/saved.js";

const view = (name, address = "#w=time") => ({ name, address, day: "2026-11-30" });

/** A storage like that of a browser; a full one throws. */
function storage(isFull = false) {
  const items = new Map();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem(key, text) {
      if (isFull) throw new Error("QuotaExceededError");
      items.set(key, text);
    },
    removeItem: (key) => items.delete(key),
  };
}

test("views are kept by name, the newest first, and can be deleted", () => {
  globalThis.localStorage = storage();
  saveView(view("a"));
  saveView(view("b"));
  saveView(view("a", "#n=hb:lgsp"));
  assert.deepEqual(savedViews().map(({ name, address }) => [name, address]), [["a", "#n=hb:lgsp"], ["b", "#w=time"]]);
  deleteView("a");
  assert.deepEqual(savedViews(), [view("b")]);
});

test("where the browser keeps nothing, the list lives as long as the page", () => {
  for (const place of [undefined, storage(true)]) {
    globalThis.localStorage = place;
    assert.equal(isStored(), false);
    saveView(view("only here"));
    assert.ok(savedViews().some(({ name }) => name === "only here"));
  }
});

test("what stands in the storage and is no view is left out", () => {
  globalThis.localStorage = storage();
  const others = [null, { name: 1 }, { name: "x", address: "javascript:" }];
  globalThis.localStorage.setItem("egovkg.views", JSON.stringify([...others, view("y")]));
  assert.deepEqual(savedViews(), [view("y")]);
  globalThis.localStorage.setItem("egovkg.views", "{");
  assert.deepEqual(savedViews(), []);
});

test("a file is read back, and another file is none", () => {
  assert.deepEqual(readView(viewText(view("Cà Mau"))), view("Cà Mau"));
  const nameless = { format: "egovkg-view", name: "x" };
  const others = ["", "{}", "[]", "null", JSON.stringify(nameless), viewText(view("x", "x"))];
  others.forEach((text) => assert.equal(readView(text), null));
});

test("a link from a file or a notebook is no address for others", () => {
  assert.equal(reachOfLink("file:///D:/one.html"), "machine");
  assert.equal(reachOfLink("about:srcdoc"), "nowhere");
  assert.equal(reachOfLink("https://example.org/explorer.html"), "site");
});
