// Size: measures the parts of the window for the layout.

import { stage } from "./network.js";
import { setFont } from "./text.js";
import { useSizes, useTextWidth } from "../layout/frame.js";

const mainPart = document.querySelector("main");
let measured = {}; // asking for sizes makes the browser lay the page out

/** Read how large the stage is, as after parts around it were written. */
export function readSizes() {
  if (!stage.clientWidth && measured.width) return; // the drawing is hidden
  measured = { width: stage.clientWidth, height: stage.clientHeight, mainWidth: mainPart.clientWidth };
}

/** Give the layout the sizes of the window, now and whenever they change. */
export function watchSize() {
  readSizes();
  const sizes = new ResizeObserver(readSizes);
  [mainPart, stage].forEach((element) => sizes.observe(element));
  addEventListener("resize", readSizes);
  const ctx = document.createElement("canvas").getContext("2d");
  setFont(ctx, 12);
  useTextWidth((text) => ctx.measureText(text).width);
  useSizes({
    get width() {
      return measured.width;
    },
    get height() {
      return measured.height;
    },
    get mainWidth() {
      return measured.mainWidth;
    },
  });
}
