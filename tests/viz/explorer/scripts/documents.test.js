import assert from "node:assert/strict";
import test from "node:test";

import { nodes } from "../../../../viz/explorer/static/data/page.js";
import { documentIn } from "../../../../viz/explorer/static/state/documents.js";
import { find } from "../../../../viz/explorer/static/state/search.js";
import { openSmallPage } from "./small_page.js";

function numbered(count) {
  openSmallPage();
  nodes.slice(0, count).forEach((node) => (node.details = [["number", { vi: "202/2025/QH15" }, null]]));
}

test("the document that a change names is found by its number, one of several namesakes is not", () => {
  numbered(1);
  assert.equal(documentIn("2025-07-01: sáp nhập (Nghị quyết 202/2025/QH15)"), nodes[0]);
  assert.equal(documentIn("2025-07-01: sáp nhập (Nghị quyết 1202/2025/QH15)"), null);
  numbered(2);
  assert.equal(documentIn("Nghị quyết 202/2025/QH15"), null);
});

test("a unit that was merged is found by what happened to it, in each language", () => {
  openSmallPage();
  const unit = nodes.find(({ id }) => id === "vn:ca-mau");
  unit.details = [["succeededBy", { vi: "Tỉnh Cà Mau (từ 2025-07-01)" }, "vn:ca-mau-2025"]];
  for (const query of ["Cà Mau sáp nhập", "ca mau sap nhap", "Ca Mau merger", "Ca Mau merged"]) {
    assert.deepEqual(find(query).map(({ id }) => id), ["vn:ca-mau"], query);
  }
});
