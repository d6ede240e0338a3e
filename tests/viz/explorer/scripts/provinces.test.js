import assert from "node:assert/strict";
import test from "node:test";

import { detailsOf, listProvinces } from "../../../../viz/explorer/static/data/provinces.js";

const province = (id, label, successor) => ({
  id,
  label,
  kind: "Province",
  details: successor ? [["validTo", { vi: "2025-06-30" }, null], ["succeededBy", { vi: successor }, successor]] : [],
});

test("former provinces stand with the one that they are part of today", () => {
  const nodes = [
    province("ca-mau-2025", "Cà Mau"),
    province("bac-lieu", "Bạc Liêu", "ca-mau-2025"),
    province("hue-2025", "Huế"),
    province("thua-thien", "Thừa Thiên", "hue-2024"),
    province("hue-2024", "Huế", "hue-2025"),
    province("lost", "Mất", "not-here"),
    { id: "lgsp", label: "LGSP", kind: "IntegrationPlatform", details: [] },
  ];
  const provinces = listProvinces(nodes, new Map(nodes.map((node) => [node.id, node])), "vi");
  const rows = provinces.map(({ node, former, keys }) => [node.id, former.map(({ id }) => id), keys.size]);
  assert.deepEqual(rows, [
    ["ca-mau-2025", ["bac-lieu"], 2],
    ["hue-2025", ["thua-thien", "hue-2024"], 3],
    ["lost", [], 1],
  ]);
});

test("units that succeed each other in a circle stay where they are", () => {
  const nodes = [province("a", "A", "b"), province("b", "B", "a")];
  const provinces = listProvinces(nodes, new Map(nodes.map((node) => [node.id, node])), "vi");
  assert.equal(provinces.length, 2);
  assert.equal(detailsOf(nodes[0], "succeededBy")[0][2], "b");
});
