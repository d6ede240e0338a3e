import assert from "node:assert/strict";
import test from "node:test";

import { edgeById, nodeById, page, statements } from "../../../../viz/explorer/static/data/page.js";
import { state } from "../../../../viz/explorer/static/state/state.js";
import { sitePage } from "../../../../viz/explorer/static/wording/site.js";
import {
  boundPairs, edgeLabel, measureName, objectWords, statedWords, times, unstatedWords,
} from "../../../../viz/explorer/static/wording/statements.js";
import { drawnName, name, number, t, time, tongue, withDays } from "../../../../viz/explorer/static/wording/words.js";
import { openSmallPage } from "./small_page.js";

test.beforeEach(() => openSmallPage());

test("numbers and dates are written as the language has them", () => {
  assert.deepEqual([number("75005.50"), time("2020-05-04")], ["75.005,50", "4/5/2020"]);
  assert.equal(time("2020-01/2020-04"), "1/2020 – 4/2020");
  state.lang = "en";
  assert.equal(number("75005.50"), "75,005.50");
  assert.deepEqual([time("2020-05-04"), time("2020-01")], ["4 May 2020", "January 2020"]);
  assert.equal(time("2019-36"), "Q4 2019");
  assert.equal(time("unknown"), "unknown");
  assert.equal(withDays("Bạc Liêu Province (until 2025-06-30)"), "Bạc Liêu Province (until 30 June 2025)");
});

test("one thing has words of its own where the language has them", () => {
  state.lang = "en";
  assert.equal(t("stops.systems", { n: "1" }), "1 system");
  assert.equal(t("stops.systems", { n: "2" }), "2 systems");
});

test("when a statement was made is said as it is known, not as its latest possible day", () => {
  const [statement] = statements;
  const article = page.articles[statement.article];
  const stated = { ...statement, stated: "2024-12-31" };
  state.lang = "en";
  article.published = "2023~";
  assert.equal(statedWords(stated), "about 2023");
  article.published = "2025-07/2025-12";
  assert.equal(statedWords(stated), "July 2025 – December 2025");
  assert.equal(statedWords({ ...stated, article: -1 }), "31 December 2024");
});

test("a line says its status where the relation does not simply hold", () => {
  assert.equal(edgeLabel(edgeById.get("hb:cong-dvc|connectsTo|hb:lgsp")), "kết nối với");
  assert.equal(edgeLabel(edgeById.get("hb:lgsp|connectsTo|nat:ngsp")), "✕ kết nối với (dự kiến; phủ định)");
});

test("statements say figures, texts and levels", () => {
  const of = (relation) => statements.find((statement) => statement.relation === relation);
  assert.equal(objectWords(of("certificatesIssued")), "> 75.005,5 chứng thư số");
  assert.equal(objectWords(of("hasTask")), "Kết nối LGSP với nền tảng quốc gia");
  assert.equal(objectWords(of("atServiceLevel")), "mức độ 4");
  assert.ok(times(of("certificatesIssued")).startsWith("kỳ 1/2020 – 4/2020 · "));
  assert.deepEqual(boundPairs(of("hasTask")).map(([term]) => term), ["Về", "Chịu trách nhiệm", "Độ chắc chắn"]);
});

test("a rank has its index and its time, or says that the source does not", () => {
  const figure = statements.find(({ value }) => value !== null);
  const bare = { ...figure, unit: page.rankUnit, about: null, as_of: null, period: null, due_by: null };
  assert.deepEqual(unstatedWords(bare), [t("rank.noIndex"), t("rank.noTime")]);
  assert.ok(measureName(bare).endsWith(`(${t("rank.noIndex")}, ${t("rank.noTime")})`));
  const told = { ...bare, about: ["hb:lgsp"], period: "2020" };
  assert.deepEqual(unstatedWords(told), []);
  assert.ok(measureName(told).endsWith(`(${name(nodeById.get("hb:lgsp"))}, ${t("time.period")} 2020)`));
  assert.deepEqual(unstatedWords(figure), []);
});

test("a third language needs words and labels only; what has none is in the language of the articles", () => {
  const { ui, languages } = openSmallPage();
  const french = { ...ui.en, title: "Graphe", locale: "fr-FR" };
  openSmallPage({ ui: { ...ui, fr: french }, languages: [...languages, "fr"], lang: "fr" });
  assert.equal(state.lang, "fr");
  assert.equal(t("title"), "Graphe");
  const node = nodeById.get("hb:lgsp");
  assert.equal(name(node), node.names.vi);
  assert.equal(tongue(node.names), "vi");
  node.names.fr = "Plateforme";
  assert.deepEqual([name(node), tongue(node.names)], ["Plateforme", null]);
});

test("only a page of a site leads to other pages", () => {
  assert.equal(sitePage("id", "system", "hb-lgsp"), null);
  page.home = "index.html";
  assert.equal(sitePage("id", "system", "hb-lgsp"), "id/system/hb-lgsp.html");
  state.lang = "en";
  assert.equal(sitePage("index"), "en/index.html");
  assert.equal(sitePage("id", "con"), null);
  assert.equal(sitePage("id", "a/b"), null);
});

test("a former unit says so where its successor bears its name", () => {
  const [unit, successor] = ["vn:hoa-binh", "vn:ca-mau"].map((id) => nodeById.get(id));
  state.view = "force";
  unit.details = [["succeededBy", unit.names, successor.id]];
  assert.equal(drawnName(unit), unit.label);
  successor.label = unit.label;
  assert.equal(drawnName(unit), `${unit.label} (cũ)`);
  state.view = "grid"; // its column tells the years
  assert.equal(drawnName(unit), unit.label);
});
