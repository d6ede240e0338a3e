// Painting: in which order everything is painted.

import { paintBands } from "./bands.js";
import { clearBoxes } from "./boxes.js";
import { paintGaps, paintGround, paintHeadings } from "./headings.js";
import { paintEdgeLabels, paintLabels } from "./labels.js";
import { paintNear } from "./neighbours.js";
import { stage, styleLinesForZoom } from "./network.js";
import { paintHoverLines, paintPlans, paintRings } from "./symbols.js";
import { paintHover } from "./tips.js";
import { hasHeadings, showsBands } from "../layout/frame.js";
import { isNear } from "../layout/neighbours.js";
import { state } from "../state/state.js";

/** Run a painter with one unit = one CSS pixel, the origin in the upper left corner. */
function inPixels(ctx, painter) {
  const ratio = ctx.canvas.width / stage.clientWidth;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  painter();
  ctx.restore();
}

export function paintBelow(ctx) {
  styleLinesForZoom();
  inPixels(ctx, () => {
    if (hasHeadings()) paintGround(ctx);
    paintHoverLines(ctx);
    if (state.view === "time") paintPlans(ctx);
  });
}

/** After the symbols: rings, labels, then the headings over what slides below them. */
export function paintAbove(ctx) {
  inPixels(ctx, () => {
    clearBoxes();
    ctx.lineJoin = "round";
    paintRings(ctx);
    if (isNear()) paintNear(ctx);
    else {
      paintLabels(ctx);
      paintEdgeLabels(ctx);
    }
    if (state.view === "grid") paintGaps(ctx);
    if (hasHeadings()) paintHeadings(ctx);
    if (showsBands()) paintBands(ctx);
    paintHover(ctx);
  });
}
