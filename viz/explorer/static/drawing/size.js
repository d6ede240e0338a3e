// Size: measures the parts of the window for the layout.

import { stage } from "./network.js";
import { useSizes } from "../layout/frame.js";

const mainPart = document.querySelector("main");
let mainWidth = mainPart.clientWidth; // asking for it makes the browser lay the page out

function readMainWidth() {
  mainWidth = mainPart.clientWidth;
}

/** Give the layout the sizes of the window, now and whenever they change. */
export function watchSize() {
  new ResizeObserver(readMainWidth).observe(mainPart);
  addEventListener("resize", readMainWidth);
  useSizes({
    get width() {
      return stage.clientWidth;
    },
    get height() {
      return stage.clientHeight;
    },
    get mainWidth() {
      return mainWidth;
    },
  });
}
