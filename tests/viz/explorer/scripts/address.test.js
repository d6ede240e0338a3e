import assert from "node:assert/strict";
import test from "node:test";

import { cameraIn, fromHash, toHash, unknownIn } from "../../../../viz/explorer/static/state/address.js";
import { change, keepCameraPlace, state } from "../../../../viz/explorer/static/state/state.js";
import { openSmallPage } from "./small_page.js";

test.beforeEach(() => {
  openSmallPage();
  keepCameraPlace(null);
});

const ADDRESSES = [
  "",
  "#n=hb%3Algsp&l=en&t=dark",
  "#n=vn%3Ahoa-binh&v=table&w=near&k=body%2Cportal&p=vn%3Aca-mau&s=denied%2Cplanned",
  "#w=time&r=platform&q=ca-mau-2021&y=2020-2021&o=2020",
  "#g=portals%7Cplatform&w=force&c=platform%7Cvn%3Ahoa-binh%7E0&z=0.4%2C0.6%2C1.8",
  "#n=hb%3Algsp&w=near&x=vn%3Ahoa-binh&m=100",
];

for (const address of ADDRESSES) {
  test(`an address is written as it was read: ${address}`, () => {
    Object.assign(state, fromHash(address));
    keepCameraPlace(cameraIn(address));
    assert.equal(toHash(), address);
  });
}

test("what the page does not know is left out and named", () => {
  const read = fromHash("#n=nothing&k=evil,&l=xx&t=blue&w=deps&c=platform~1,a|b~2&m=-3&z=1,2");
  assert.deepEqual([read.node, read.lang, read.theme, read.view, read.limit], [null, "vi", "auto", "deps", 50]);
  assert.deepEqual([read.off.families.size, read.cells.size], [0, 0]);
  assert.equal(unknownIn("#n=nothing"), "nothing");
  assert.equal(unknownIn("#e=a|b|c"), "a|b|c");
  assert.equal(unknownIn("#n=hb:lgsp"), null);
  assert.equal(cameraIn("#z=1,2"), null);
});

test("the first state is no address", () => {
  assert.equal(toHash(), "");
  change({ node: "hb:lgsp" });
  assert.equal(toHash(), "#n=hb%3Algsp");
});
