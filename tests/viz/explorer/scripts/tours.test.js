import assert from "node:assert/strict";
import test from "node:test";

import { statements } from "../../../../viz/explorer/static/data/page.js";
import { fromHash, toHash } from "../../../../viz/explorer/static/state/address.js";
import { lookAt, state } from "../../../../viz/explorer/static/state/state.js";
import {
  hasStrayed, leaveTour, lookOf, marksNow, openStep, stepNow, tourNow, walkTour,
} from "../../../../viz/explorer/static/state/tours.js";
import { openSmallPage } from "./small_page.js";

const LGSP_NGSP = "hb:lgsp|connectsTo|nat:ngsp";

test.beforeEach(() => {
  openSmallPage();
  const relation = statements.findIndex(({ edge }) => edge?.id === LGSP_NGSP);
  const own = statements.findIndex((statement) => !statement.edge && statement.subject === "vn:ca-mau");
  const step = (changes) => ({ view: null, marks: [], evidence: [], check: null, ...changes });
  const steps = [
    step({ evidence: [{ statements: [relation] }], marks: ["hb:lgsp", "nat:ngsp"] }),
    step({ evidence: [{ question: {}, answers: {} }], marks: ["vn:ca-mau"] }),
    step({ evidence: [{ entity: "nat:ngsp" }], marks: ["nat:ngsp"], view: "deps" }),
    step({ evidence: [{ statements: [own] }], marks: ["vn:ca-mau"] }),
  ];
  openSmallPage({ tours: [{ name: "thu", steps }] });
});

test("a step looks at what it rests on, in its view", () => {
  const [relation, answer, entity] = tourOf("thu").steps.map(lookOf);
  assert.deepEqual(relation, { view: "near", node: "hb:lgsp", edge: LGSP_NGSP });
  assert.deepEqual(answer, { view: "grid", node: null, edge: null });
  assert.deepEqual(entity, { view: "deps", node: "nat:ngsp", edge: null });
});

function tourOf(name) {
  openStep(name, 0);
  return tourNow();
}

test("walking goes to the ends and no further, and looking elsewhere does not leave the tour", () => {
  openStep("thu", 0);
  walkTour(-1);
  assert.equal(state.step, 0);
  assert.deepEqual([...marksNow()], ["hb:lgsp", "nat:ngsp"]);
  lookAt("vn:ca-mau");
  assert.equal(hasStrayed(), true);
  assert.equal(state.tour, "thu");
  walkTour(0);
  assert.equal(hasStrayed(), false);
  [1, 1, 1, 1].forEach(walkTour);
  assert.equal(state.step, 3);
  leaveTour();
  assert.equal(stepNow(), null);
  assert.equal(marksNow().size, 0);
});

test("an address holds the step, and looks at what it does when it names only the step", () => {
  openStep("thu", 2);
  const address = toHash();
  assert.match(address, /i=thu%7E3/);
  assert.deepEqual([fromHash(address).tour, fromHash(address).step], ["thu", 2]);
  const { view, node } = fromHash("#i=thu~3");
  assert.deepEqual([view, node], ["deps", "nat:ngsp"]);
  ["#i=thu~9", "#i=none~1", "#i=thu"].forEach((text) => assert.equal(fromHash(text).tour, null));
});
