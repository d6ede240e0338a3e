// Site: the ways from this page to the other pages of the site that it stands in.

import { page } from "../data/page.js";
import { state } from "../state/state.js";
import { articleLanguage } from "./words.js";

const PLAIN = /^(?!(con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-zA-Z0-9-]{0,99}$/; // file names that every system can hold

/** The address of a page of the site; null from a page that stands alone, and for names that are no file names. */
export function sitePage(...steps) {
  if (!page.home || !steps.every((step) => PLAIN.test(step))) return null;
  const folder = state.lang === articleLanguage() ? "" : `${state.lang}/`;
  return `${folder}${steps.join("/")}.html`;
}
