import assert from "node:assert/strict";
import test from "node:test";

import { edgeById } from "../../../../viz/explorer/static/data/page.js";
import { countStopping, fatesWith, stoppingWith } from "../../../../viz/explorer/static/layout/stopping.js";
import { applyFilters } from "../../../../viz/explorer/static/state/filtering.js";
import { openSmallPage } from "./small_page.js";

const PORTAL_LGSP = "hb:cong-dvc|connectsTo|hb:lgsp";
const ONE_STOP_NGSP = "cm:mot-cua|connectsTo|nat:ngsp";

test.beforeEach(() => openSmallPage());

const counts = (id) => {
  const { systems, services, foreseen } = countStopping(id);
  return [systems, services, foreseen.systems + foreseen.services];
};

test("what runs or is on trial stops, what is planned is counted apart", () => {
  assert.deepEqual(counts("hb:lgsp"), [1, 0, 0]);
  // the one-stop system by a pilot; the platform of Hòa Bình, and with it the portal, by a plan
  assert.deepEqual(counts("nat:ngsp"), [1, 0, 2]);
  assert.deepEqual([...stoppingWith("nat:ngsp").keys()], ["cm:mot-cua"]);
});

test("what is denied, ended or guessed stops nothing", () => {
  const [claim] = edgeById.get(ONE_STOP_NGSP).claims;
  const asked = (change) => {
    Object.assign(claim, { denied: null, status: "pilot", sureness: "high" }, change);
    applyFilters();
    return counts("nat:ngsp")[0];
  };
  assert.deepEqual([{ denied: true }, { status: "ended" }, { sureness: "low" }, {}].map(asked), [0, 0, 0, 1]);
});

test("what would stop by plans is counted as systems and as services", () => {
  assert.deepEqual(countStopping("nat:ngsp").foreseen, { systems: 2, services: 0 });
  const page = openSmallPage();
  openSmallPage({ delivers: "connectsTo", depends: page.depends });
  assert.deepEqual(countStopping("nat:ngsp").foreseen, { systems: 0, services: 1 });
});

test("a service stops with what it is delivered through", () => {
  const page = openSmallPage();
  openSmallPage({ delivers: "operatedBy", depends: page.depends });
  assert.deepEqual(counts("hb:so-tttt"), [0, 1, 0]); // the platform stands for a service here
  assert.equal(stoppingWith("hb:so-tttt").get("hb:lgsp").isDelivered, true);
});

test("of two of one class and relation the second keeps things going", () => {
  const edge = edgeById.get(PORTAL_LGSP);
  const [portal, platform] = edge.ends;
  const other = edgeById.get(ONE_STOP_NGSP).ends[1];
  const spare = Object.create(edge, {
    to: { value: other.id },
    ends: { value: [portal, other] },
    passes: { value: true },
  });
  portal.out.push(spare);
  assert.deepEqual(counts(platform.id), [0, 0, 0]);
  assert.deepEqual([...fatesWith(platform.id, [portal.id])], [[portal.id, "goesOn"]]);
});

test("what a platform joins depends on it, whatever the order of the words", () => {
  const page = openSmallPage();
  openSmallPage({ ...page, joins: [PORTAL_LGSP] });
  assert.deepEqual([...stoppingWith("hb:cong-dvc").keys()], ["hb:lgsp"]);
  assert.deepEqual(counts("hb:lgsp")[0], 0);
});
