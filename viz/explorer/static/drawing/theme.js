// Theme: colours of the style sheet and of the families, on a light or a dark ground.

import { modeOf } from "../data/page.js";
import { state } from "../state/state.js";

let shade = "light"; // of the theme that is shown
let isOnPaper = false;
let colours = new Map(); // of the style sheet, read anew when the theme changes

export function isDark() {
  if (isOnPaper) return false;
  return state.theme === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : state.theme === "dark";
}

export function applyTheme() {
  shade = isDark() ? "dark" : "light";
  document.documentElement.dataset.theme = shade;
  colours = new Map();
}

/** Paper is light, whatever the theme of the screen. */
export function usePaper(isPrinted) {
  isOnPaper = isPrinted;
  applyTheme();
}

/** A colour of the style sheet, by the name of its property. */
export function colour(property) {
  if (!colours.has(property)) {
    colours.set(property, getComputedStyle(document.documentElement).getPropertyValue(property).trim());
  }
  return colours.get(property);
}

export function familyColour(family) {
  return family[shade];
}

/** The colour of a relation. */
export function lineColour(mode) {
  return colour(`--${modeOf(mode).tone}`);
}
