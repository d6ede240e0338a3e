// Times: stated times (EDTF: years, months, days, quarters, intervals) as numbers, in years since 0.

const ALWAYS = [-Infinity, Infinity];
const TIME_KEYS = ["from", "to", "as_of", "period", "due_by"];
const spansByText = new Map();
const spansByClaim = new Map();

/** First and last moment of a stated time: "2019-36" (fourth quarter) is [2019.75, 2020]; null for other texts. */
export function span(edtf) {
  if (!spansByText.has(edtf)) spansByText.set(edtf, intervalSpan(edtf));
  return spansByText.get(edtf);
}

function intervalSpan(edtf) {
  const parts = edtf.split("/").map(momentSpan).filter(Boolean);
  return parts.length ? [parts[0][0], parts.at(-1)[1]] : null;
}

function momentSpan(text) {
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

/** The times that a statement names; when it names none, the day it was stated. Equal ones are one list. */
export function spansOf(claim) {
  const key = [...TIME_KEYS, "stated"].map((field) => claim[field]).join("|");
  if (!spansByClaim.has(key)) spansByClaim.set(key, listSpans(claim));
  return spansByClaim.get(key);
}

function listSpans(claim) {
  const named = TIME_KEYS.map((key) => claim[key] && span(claim[key])).filter(Boolean);
  return named.length ? named : [span(claim.stated) || ALWAYS];
}

/** From when to when a statement holds, as far as it says: [begin, end]. */
export function validityOf(claim) {
  const begins = [claim.from, claim.as_of, claim.period, claim.stated].map((text) => text && span(text));
  return [(begins.find(Boolean) || ALWAYS)[0], ((claim.to && span(claim.to)) || ALWAYS)[1]];
}

/** Every year from the first to the last that the statements name. */
export function yearsOf(statements) {
  const lists = new Set(statements.map((statement) => statement.spans)); // equal ones are one list
  const starts = [...lists].flatMap((spans) => spans.map(([start]) => Math.floor(start)));
  const named = new Set(starts.filter(Number.isFinite));
  if (!named.size) return [];
  const first = Math.min(...named);
  return Array.from({ length: Math.max(...named) - first + 1 }, (_, index) => first + index);
}
