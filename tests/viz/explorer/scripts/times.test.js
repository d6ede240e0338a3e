import assert from "node:assert/strict";
import test from "node:test";

import { span, spansOf, validityOf, yearsOf } from "../../../../viz/explorer/static/data/times.js";

test("stated times are spans in years", () => {
  assert.deepEqual(span("2019"), [2019, 2020]);
  assert.deepEqual(span("2019-36"), [2019.75, 2020]);
  assert.deepEqual(span("2020-07"), [2020.5, 2020 + 7 / 12]);
  assert.deepEqual(span("2018/2020-06"), [2018, 2020 + 5 / 12 + 1 / 12]);
  assert.equal(span("soon"), null);
});

test("a day lies in its month", () => {
  const [[monthStart, monthEnd], [start, end]] = [span("2020-12"), span("2020-12-31")];
  assert.ok(monthStart < start && start < end && end <= monthEnd);
});

test("a statement without a time counts from its day", () => {
  assert.deepEqual(spansOf({ stated: "2021-02-01" }), [span("2021-02-01")]);
  assert.deepEqual(spansOf({ due_by: "2025", stated: "2021-02-01" }), [[2025, 2026]]);
  assert.equal(spansOf({ stated: "2021-02-01" }), spansOf({ stated: "2021-02-01" }));
});

test("validity ends only where an end is stated", () => {
  assert.deepEqual(validityOf({ from: "2018", to: "2020", stated: "2021-02-01" }), [2018, 2021]);
  assert.deepEqual(validityOf({ stated: "2021" }), [2021, Infinity]);
  assert.deepEqual(validityOf({ stated: "?" }), [-Infinity, Infinity]);
});

test("years run from the first to the last", () => {
  assert.deepEqual(yearsOf([{ spans: [[2021.5, 2022]] }, { spans: [[2018, 2019]] }]), [2018, 2019, 2020, 2021]);
  assert.deepEqual(yearsOf([{ spans: [[-Infinity, Infinity]] }]), []);
});
