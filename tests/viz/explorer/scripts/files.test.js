import assert from "node:assert/strict";
import test from "node:test";

import { edges, nodes } from "../../../../viz/explorer/static/data/page.js";
import { csvText } from "../../../../viz/explorer/static/files/csv.js";
import { turtleText } from "../../../../viz/explorer/static/files/turtle.js";
import { columnHeads, EDGE_COLUMNS, NODE_COLUMNS } from "../../../../viz/explorer/static/wording/columns.js";
import { formulaCases, openSmallPage } from "./small_page.js";

test.beforeEach(() => openSmallPage());

test("CSV doubles quotes and defuses formulas, those that Python defuses", () => {
  assert.equal(csvText(["a"], [['x "y"'], ["-1"]]), '\ufeff"a"\r\n"x ""y"""\r\n"-1"\r\n');
  const cell = (text) => csvText([text], []).slice(2, -3).replaceAll('""', '"');
  for (const text of formulaCases.formulas) assert.equal(cell(text), `'${text}`);
  for (const text of formulaCases.values) assert.equal(cell(text), text);
});

test("tables have a heading and a text for every column", () => {
  for (const [columns, rows] of [[NODE_COLUMNS, nodes], [EDGE_COLUMNS, edges]]) {
    assert.ok(columnHeads(columns).every((head) => !head.startsWith("col.")));
    rows.forEach((row) => columns.forEach(([key, value]) => assert.equal(typeof value(row), "string", key)));
  }
});

test("in Turtle only what holds is a plain triple", () => {
  const text = turtleText(nodes, edges);
  const iri = (path) => `<https://w3id.org/egovkg/id/${path}>`;
  assert.ok(text.includes(`${iri("system/hb-cong-dvc")} egov:connectsTo ${iri("system/hb-lgsp")} .`));
  const planned = `${iri("system/hb-lgsp")} egov:connectsTo ${iri("system/nat-ngsp")} .`;
  assert.ok(!text.includes(planned)); // planned, and denied
  assert.equal(text.match(/a egov:Claim/g).length, 6);
  assert.ok(text.includes("egov:polarity code:denied"));
  assert.ok(text.includes('rdfs:label "Nền tảng tích hợp quốc gia"@vi, "National integration platform"@en'));
});

test("Turtle escapes what would end a literal or an address", () => {
  const [node] = nodes;
  node.names = { vi: 'a "b" \\ \n', en: null };
  node.iri = "https://example.org/a b>";
  const text = turtleText([node], []);
  assert.ok(text.includes('"a \\"b\\" \\\\ \\n"@vi ;') && text.includes("<https://example.org/a%20b%3E>"));
});
