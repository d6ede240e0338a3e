// SVG frame: title above a picture, legend and sources below it, so that it can be read and cited alone.

import { pictureLegend, pictureScope, pictureSource, pictureTitle } from "./caption.js";
import { MIDDLE, svgLines, svgWords } from "./svg_words.js";
import { makeSvg } from "../drawing/elements.js";
import { breakLines, setFont } from "../drawing/text.js";
import { colour, familyColour, lineColour } from "../drawing/theme.js";
import { dashOf } from "../state/filtering.js";

const MARGIN_OF_PICTURE = 14; // px
const ROW = 20; // px, of the legend
const ENTRY_GAP = 18; // px

/** Title and scope above a picture: elements, and the height that they need. */
export function svgHead(ctx, width) {
  const room = width - 2 * MARGIN_OF_PICTURE;
  setFont(ctx, 17, 700);
  const title = breakLines(ctx, pictureTitle(), room, 3);
  setFont(ctx, 12);
  const scope = breakLines(ctx, pictureScope(), room, 3);
  const x = MARGIN_OF_PICTURE;
  const top = 12 + title.length * 22;
  return {
    height: top + scope.length * 16 + 10,
    elements: [
      ...svgLines(title, { x, top: 10, leading: 22, size: 17, weight: 700, fill: colour("--text") }),
      ...svgLines(scope, { x, top, leading: 16, size: 12, fill: colour("--muted") }),
    ],
  };
}

/** Legend and source below a picture. */
export function svgFoot(ctx, width, top) {
  const { families, modes, marks, arcs } = pictureLegend();
  const entries = [
    ...families.map(([family, words]) => ({ words, wide: 16, sign: () => familySign(family) })),
    ...modes.map(([mode, words]) => ({ words, wide: 34, sign: () => modeSign(mode) })),
    ...marks.map(([mark, words]) => ({ words, wide: 14, sign: () => markSign(mark) })),
    ...(arcs ? [{ words: arcs, wide: 14, sign: arcSign }] : []),
  ];
  setFont(ctx, 12);
  let [x, y] = [MARGIN_OF_PICTURE, top + 12];
  const legend = entries.flatMap(({ words, wide, sign }) => {
    const size = wide + 6 + ctx.measureText(words).width;
    if (x + size > width - MARGIN_OF_PICTURE) [x, y] = [MARGIN_OF_PICTURE, y + ROW];
    const group = makeSvg("g", { class: "legend", transform: `translate(${x.toFixed(1)} ${y + ROW / 2})` });
    const style = { x: wide + 6, y: 0, "font-size": 12, ...MIDDLE, fill: colour("--text") };
    group.append(sign(), svgWords("text", style, words));
    x += size + ENTRY_GAP;
    return [group];
  });
  const source = breakLines(ctx, pictureSource(), width - 2 * MARGIN_OF_PICTURE, 4);
  const below = y + (entries.length ? ROW : 0) + 8;
  const place = { x: MARGIN_OF_PICTURE, top: below, leading: 16, size: 12, fill: colour("--muted") };
  return { height: below + source.length * 16 + 12 - top, elements: [...legend, ...svgLines(source, place)] };
}

function familySign(family) {
  return makeSvg("path", { d: family.path, transform: "translate(8 0) scale(6)", fill: familyColour(family) });
}

function markSign(mark) {
  return svgWords("text", { x: 0, y: 0, "font-size": 12, "font-weight": 700, ...MIDDLE, fill: colour("--text") }, mark);
}

function arcSign() {
  return makeSvg("path", { d: "M2 -7C16 -7 16 7 2 7", fill: "none", stroke: colour("--edge"), "stroke-width": 2 });
}

function modeSign(mode) {
  const dash = dashOf(mode).join(" ") || "none";
  const stroke = { stroke: lineColour(mode), "stroke-width": 1.8, "stroke-dasharray": dash };
  return makeSvg("line", { x1: 0, x2: 34, y1: 0, y2: 0, ...stroke });
}
