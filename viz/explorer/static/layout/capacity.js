// Capacity: how many names the window has room for.

import { freeRoom } from "./frame.js";

export const LINE = 29; // px, of a symbol with a name in two lines
const SLOT = 118; // px, of a symbol and a name that can be read
const SQUEEZE = 1.2; // so many times more columns than slots are still drawn, with shorter names
const EASY = 0.8; // of the capacity: beyond, entities in unequal cells cannot all be named

/** How many names fit beside and below each other. */
export function nameCapacity() {
  const { width, height } = freeRoom();
  return { slots: Math.max(1, Math.floor(width / SLOT)), lines: Math.max(1, Math.floor(height / LINE)) };
}

/** Tell whether so many entities in so many columns could not all be named side by side. */
export function areTooMany(count, columns = 1) {
  const { slots, lines } = nameCapacity();
  return count > EASY * slots * lines || (columns > SQUEEZE * slots && count > slots);
}

/** How many columns can stand side by side. */
export function mostColumns() {
  return Math.max(1, Math.floor(SQUEEZE * nameCapacity().slots));
}

export function slotsAcross() {
  return nameCapacity().slots;
}

