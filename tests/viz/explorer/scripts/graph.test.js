import assert from "node:assert/strict";
import test from "node:test";

import { bendOf, fullId, parallelEdges, touches } from "../../../../viz/explorer/static/data/graph.js";
import {
  byWeight,
  edgeById,
  edges,
  fullIdOf,
  nodeById,
  nodes,
  statements,
} from "../../../../viz/explorer/static/data/page.js";
import { openSmallPage } from "./small_page.js";

test.beforeEach(() => openSmallPage());

test("nodes know their names, address, neighbours and claims", () => {
  const lgsp = nodeById.get("hb:lgsp");
  assert.equal(lgsp.names.en, "Hoa Binh sharing platform");
  assert.equal(lgsp.iri, "https://w3id.org/egovkg/id/system/hb-lgsp");
  assert.deepEqual([...lgsp.neighbours].sort(), ["hb:cong-dvc", "hb:so-tttt", "nat:ngsp", "vn:hoa-binh"]);
  assert.equal(nodeById.get("hb:cong-dvc").names.vi, "Cổng dịch vụ công tỉnh Hoà Bình"); // the short name is the name
  assert.equal(byWeight[0], lgsp);
});

test("edges are found by their id and hold their claims", () => {
  const edge = edgeById.get("hb:lgsp|connectsTo|nat:ngsp");
  assert.deepEqual(edge.claims.map((claim) => claim.mode), ["planned", "denied"]);
  assert.ok(edge.claims.every((claim) => claim.subject === "hb:lgsp" && claim.object === "nat:ngsp"));
  assert.equal(edgeById.get("a|b|c"), undefined);
  assert.ok(touches(edge, "nat:ngsp") && !touches(edge, "hb:cong-dvc"));
  assert.equal(edges.length, 5);
});

test("statements that are no edge stand with their subject, and with what they name", () => {
  const task = statements.find((statement) => statement.relation === "hasTask");
  assert.ok(nodeById.get("vn:hoa-binh").own.includes(task));
  assert.ok(nodeById.get("hb:lgsp").named.includes(task) && nodeById.get("hb:so-tttt").named.includes(task));
});

test("ids get their article back", () => {
  assert.equal(fullId("claim\u001fd1-1", "hoa-binh-2020"), "claim/hoa-binh-2020/d1-1");
  const ids = statements.map((statement) => fullIdOf(statement));
  assert.ok(ids.includes("claim/hoa-binh-2020/d1-00000001") && ids.every((id) => !id.includes("\u001f")));
});

test("a relation of reference data stands beside what is stated, or alone", () => {
  const references = [
    ["hb:lgsp", "connectsTo", "nat:ngsp", { vi: "Khung" }],
    ["nat:ngsp", "connectsTo", "hb:lgsp", { vi: "Khung" }],
  ];
  openSmallPage({ references });
  assert.equal(edges.length, 6);
  const [stated, expected] = references.map(([from, relation, to]) => edgeById.get(`${from}|${relation}|${to}`));
  assert.deepEqual([stated.references.length, stated.claims.length, expected.claims.length], [1, 2, 0]);
  assert.deepEqual(parallelEdges(stated), [stated, expected]);
  assert.equal(bendOf(stated), bendOf(expected)); // each lies on its own side, seen from its start
  assert.notEqual(bendOf(stated), 0);
});

test("nodes without texts in a language have null for it", () => {
  assert.ok(nodes.every((node) => node.names.vi && "en" in node.names));
});
