// Questions: which of the start questions a reader has typed, and of what. "…" in the words of a question marks where
// the name stands.

import { fold } from "../../../static/folding.js";
import { page } from "../data/page.js";

const QUESTIONS = ["province", "stops", "says", "newest"];

/** The question that a query asks: { question, about }; null where it asks none. */
export function questionIn(query) {
  const folded = fold(query.replace(/[?!.\s]+$/u, ""));
  for (const question of QUESTIONS) {
    for (const form of formsOf(question)) {
      const about = aboutIn(folded, form);
      if (about !== null) return { question, about };
    }
  }
  return null;
}

/** The forms of a question in every language, folded, the longest first. */
function formsOf(question) {
  const forms = Object.values(page.ui).flatMap((words) => (words[`asked.${question}`] ?? "").split("|"));
  const folded = forms.filter(Boolean).map((form) => form.split("…").map(fold));
  return folded.sort((a, b) => b.join("").length - a.join("").length);
}

/** What stands where the form has its name; empty for a form without one, null where the query is not of the form. */
function aboutIn(folded, [before, after]) {
  if (after === undefined) return folded === before ? "" : null;
  const [start, end] = [before && `${before} `, after && ` ${after}`];
  if (!folded.startsWith(start) || !folded.endsWith(end)) return null;
  return folded.slice(start.length, folded.length - end.length).trim() || null;
}
