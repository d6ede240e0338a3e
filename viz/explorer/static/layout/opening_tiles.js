// Opening tiles: what a click on a tile does in each view.

import { toggleCell } from "./cells.js";
import { narrowTo } from "./gathering.js";
import { scene } from "./scene.js";
import { narrowToYears } from "./timeline.js";
import { change, FIRST, state } from "../state/state.js";

/** Open a tile: show its cell alone, or, where nothing else is drawn, more of it. */
export function openTile({ cell }) {
  const [row, column] = cell.split("|");
  if (state.view === "time") narrowToYears(column);
  else if (state.view === "grid" && scene.isFitted) narrowTo(row, column);
  else if (state.view === "grid") toggleCell(cell);
  else change({ limit: state.limit + FIRST });
}
