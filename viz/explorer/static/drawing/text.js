// Text on a canvas: broken into lines, cut to a width, written with a rim.

import { colour } from "./theme.js";

export const FONT = 'system-ui, "Noto Sans", sans-serif';
export const LEADING = 14;
export const RIM = 3.5; // px, of the ground around letters
export const WIDE_RIM = 7; // px, where many lines cross names
const ENDING = 0.5; // of a line, for the last words of a name that is too long

export function setFont(ctx, size, weight = 400) {
  ctx.font = `${weight} ${size}px ${FONT}`;
}

/** Write lines with a rim in the colour of the ground, so that edges do not cross the letters. */
export function writeLines(ctx, texts, { x, top, align, property = "--text", rim = RIM }) {
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.lineWidth = rim;
  ctx.strokeStyle = colour("--ground");
  ctx.fillStyle = colour(property);
  const levels = texts.map((_, index) => top + LEADING * (index + 0.5));
  texts.forEach((line, index) => ctx.strokeText(line, x, levels[index]));
  texts.forEach((line, index) => ctx.fillText(line, x, levels[index]));
}

/** Words as they can be parted between lines: after spaces and hyphens. */
function wordsOf(text) {
  return text.split(/(?<=[\s-])/);
}

/** Lines of at most a width, as many as a text needs. */
function fillLines(ctx, text, width) {
  const lines = [""];
  wordsOf(text).forEach((word) => {
    const last = lines.length - 1;
    const longer = lines[last] + word;
    if (ctx.measureText(longer.trim()).width <= width || !lines[last]) lines[last] = longer;
    else lines.push(word);
  });
  return lines.map((line) => line.trim());
}

/** Break a text into at most so many lines; each is cut to the width. */
export function breakLines(ctx, text, width, lineLimit) {
  const lines = fillLines(ctx, text, width);
  if (lines.length > lineLimit) {
    lines.splice(lineLimit - 1, lines.length, lines.slice(lineLimit - 1).join(" "));
  }
  return lines.map((line) => clip(ctx, line, width));
}

/** Break a name into at most so many lines; of one that is too long the first and the last words stand. */
export function breakName(ctx, text, width, lineLimit) {
  const lines = fillLines(ctx, text, width);
  if (lines.length <= lineLimit) return breakLines(ctx, text, width, lineLimit);
  const end = lastWords(ctx, text, lineLimit < 2 ? width * ENDING : width);
  if (!end) return breakLines(ctx, text, width, lineLimit);
  if (lineLimit < 2) return [clip(ctx, text, width - ctx.measureText(end).width) + end];
  return [...lines.slice(0, lineLimit - 1).map((line) => clip(ctx, line, width)), `…${end}`];
}

/** As many of the last words as a width has room for. */
function lastWords(ctx, text, width) {
  const words = wordsOf(text);
  let end = "";
  while (words.length && ctx.measureText(`…${words.at(-1)}${end}`).width <= width) end = words.pop() + end;
  return end;
}

function clip(ctx, text, width) {
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
