// SVG words: texts of a picture, as text.

import { makeSvg } from "../drawing/elements.js";

export const MIDDLE = { "dominant-baseline": "central" }; // the place of a text is its middle

/** An element with a text; signs that XML does not allow are replaced. */
export function svgWords(tag, properties, text) {
  const element = makeSvg(tag, properties);
  element.textContent = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
  return element;
}

/** Lines of text below each other. */
export function svgLines(texts, { x, top, leading, size, weight = 400, fill, ...more }) {
  const style = { "font-size": size, "font-weight": weight, ...MIDDLE, fill, ...more };
  return texts.map((line, index) => svgWords("text", { x, y: top + leading * (index + 0.5), ...style }, line));
}
