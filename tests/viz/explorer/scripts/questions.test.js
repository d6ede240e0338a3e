import assert from "node:assert/strict";
import test from "node:test";

import { page } from "../../../../viz/explorer/static/data/page.js";
import { questionIn } from "../../../../viz/explorer/static/state/questions.js";
import { openSmallPage } from "./small_page.js";

test.beforeEach(() => openSmallPage());

test("each form of a start question is known in every language, with and without accents", () => {
  for (const words of Object.values(page.ui)) {
    for (const question of ["province", "stops", "says", "newest"]) {
      for (const form of words[`asked.${question}`].split("|")) {
        const typed = form.replace("…", "Cà Mau");
        const about = form.includes("…") ? "ca mau" : "";
        assert.deepEqual(questionIn(`${typed.toUpperCase()}?`), { question, about }, typed);
        assert.deepEqual(questionIn(typed.normalize("NFD")), { question, about }, typed);
      }
    }
  }
});

test("a name is no question", () => {
  const names = ["", "Cà Mau", "what", "LGSP của Hòa Bình"];
  for (const query of names) assert.equal(questionIn(query), null, query);
});
