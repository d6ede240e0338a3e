// Time: stated times (EDTF: years, months, days, quarters, intervals) as numbers, in years since 0.

const spans = new Map();

/** First and last moment of a stated time, worked out once: "2019-Q4" is [2019.75, 2020]. */
function span(edtf) {
  if (!spans.has(edtf)) spans.set(edtf, wholeSpan(edtf));
  return spans.get(edtf);
}

function wholeSpan(edtf) {
  const parts = edtf.split("/").map(spanOf).filter(Boolean);
  return parts.length ? [parts[0][0], parts.at(-1)[1]] : null;
}

function spanOf(text) {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text);
  if (!match) return null;
  const year = Number(match[1]);
  const month = Number(match[2] || 0);
  if (month > 32) return [year + (month - 33) / 4, year + (month - 32) / 4];
  if (!month) return [year, year + 1];
  const start = year + (month - 1) / 12;
  if (!match[3]) return [start, start + 1 / 12];
  return [start + (Number(match[3]) - 1) / 372, start + Number(match[3]) / 372];
}

const ALWAYS = [-Infinity, Infinity];
const TIMES = ["from", "to", "as_of", "period", "due_by"];

const timesByText = new Map();

/** The times that a statement speaks of; when it names none, the day it was said. Equal ones are one list. */
function timesOf(claim) {
  const key = `${claim.from}|${claim.to}|${claim.as_of}|${claim.period}|${claim.due_by}|${claim.stated}`;
  if (!timesByText.has(key)) timesByText.set(key, listTimes(claim));
  return timesByText.get(key);
}

function listTimes(claim) {
  const stated = TIMES.map((key) => claim[key] && span(claim[key])).filter(Boolean);
  return stated.length ? stated : [span(claim.stated) || ALWAYS];
}

statements.forEach((claim) => {
  const begins = [claim.from, claim.as_of, claim.period, claim.stated].map((text) => text && span(text));
  claim.spans = timesOf(claim);
  claim.begin = (begins.find(Boolean) || ALWAYS)[0];
  claim.end = ((claim.to && span(claim.to)) || ALWAYS)[1];
});

/** The years that a slider or a list offers. */
const years = (() => {
  const found = new Set([...timesByText.values()].flat().map(([start]) => Math.floor(start)).filter(Number.isFinite));
  const sorted = [...found].sort((one, other) => one - other);
  return sorted.length ? Array.from({ length: sorted.at(-1) - sorted[0] + 1 }, (_, index) => sorted[0] + index) : [];
})();

/** When a thing is dated: its own date, its start or a measured time; when it is due, if it is still planned. */
function datesOf(node) {
  const own = (node.details || []).find(([key]) => key === "documentDate");
  const mine = [...node.own, ...node.out.flatMap((edge) => edge.claims)].filter((claim) => !claim.denied);
  const starts = mine.filter((claim) => !UNUSED.has(claim.status)).map((claim) => claim.from || claim.as_of || claim.period);
  const plans = mine.filter((claim) => UNUSED.has(claim.status)).map((claim) => claim.due_by || claim.from || claim.period);
  const first = (list) => list.filter(Boolean).map((text) => span(text)).filter(Boolean).sort(([one], [other]) => one - other)[0];
  return { begun: own ? span(own[1]) : first(starts), due: first(plans) };
}
