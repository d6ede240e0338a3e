// Frame: the size of the window's parts, and what it leaves to the scene beside headings and bands.

import { edges, page } from "../data/page.js";
import { state } from "../state/state.js";

export const FEW_LINES = 80; // at an overview with more relations, these are drawn as bands between layers
const NARROW = 560; // px of the main part
const MANY_COLUMNS = 24; // whose names do not fit beside each other: they are written upwards
const UPRIGHT = 124; // px for names that are written upwards

let sizes = { width: 1000, height: 700, mainWidth: 1000 };

/** Take the sizes from an object: width and height of the stage and the width of the main part, in px. */
export function useSizes(source) {
  sizes = source;
}

export function frameSize() {
  return sizes;
}

let measureText = (text) => text.length * 6.6; // px of a name in letters of 12 px, until the page measures it itself

/** Take over how wide a name is drawn, in px. */
export function useTextWidth(measure) {
  measureText = measure;
}

export function textWidth(text) {
  return measureText(text);
}

/** The room of the scene beside headings and bands, in px. */
export function freeRoom() {
  const room = headingRoom();
  return {
    width: Math.max(80, sizes.width - room.left - room.right - 6),
    height: Math.max(80, sizes.height - room.top - 6),
  };
}

function isNarrow() {
  return sizes.mainWidth < NARROW;
}

export function hasHeadings() {
  return state.view === "grid" || state.view === "deps" || state.view === "time";
}

export function showsBands() {
  return state.view === "grid" && !isNarrow() && edges.length > FEW_LINES;
}

/** Tell whether the columns are too many for their names to stand beside each other: only where cells were opened. */
export function hasUprightNames() {
  return state.view === "grid" && state.cells.size > 0 && page.columns.length - state.off.columns.size > MANY_COLUMNS;
}

/** Room for headings at the left and the top, and for bands at the right, in px. */
export function headingRoom() {
  if (state.view === "force") return { left: 8, top: 34, right: 110 }; // names stand right of the symbols
  if (state.view === "near") return { left: 0, top: 34, right: 0 }; // the buttons for the zoom
  if (!hasHeadings()) return { left: 0, top: 0, right: 0 };
  const right = showsBands() ? 72 : 0;
  const upright = hasUprightNames();
  return isNarrow()
    ? { left: 84, top: upright ? UPRIGHT : 34, right }
    : { left: 132, top: upright ? UPRIGHT : 36, right };
}
