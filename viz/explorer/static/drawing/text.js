// Text on a canvas: broken into lines, cut to a width, written with a rim.

import { colour } from "./theme.js";

export const FONT = 'system-ui, "Noto Sans", sans-serif';
export const LEADING = 14;

export function setFont(ctx, size, weight = 400) {
  ctx.font = `${weight} ${size}px ${FONT}`;
}

/** Write lines with a rim in the colour of the ground, so that edges do not cross the letters. */
export function writeLines(ctx, texts, { x, top, align, property = "--text" }) {
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = colour("--ground");
  ctx.fillStyle = colour(property);
  texts.forEach((line, index) => {
    const y = top + LEADING * (index + 0.5);
    ctx.strokeText(line, x, y);
    ctx.fillText(line, x, y);
  });
}

/** Break a text into at most so many lines; each is cut to the width. */
export function breakLines(ctx, text, width, lineLimit) {
  const lines = [""];
  text.split(" ").forEach((word) => {
    const last = lines.length - 1;
    const longer = `${lines[last]} ${word}`.trim();
    if (ctx.measureText(longer).width <= width || !lines[last]) lines[last] = longer;
    else lines.push(word);
  });
  if (lines.length > lineLimit) {
    lines.splice(lineLimit - 1, lines.length, lines.slice(lineLimit - 1).join(" "));
  }
  return lines.map((line) => clip(ctx, line, width));
}

export function clip(ctx, text, width) {
  if (ctx.measureText(text).width <= width) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ctx.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low).replace(/[\s,.;:-]+$/, "")}…`;
}

export function widestOf(ctx, texts) {
  return Math.max(...texts.map((line) => ctx.measureText(line).width));
}
