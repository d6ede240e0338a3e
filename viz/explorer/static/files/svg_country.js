// SVG of the country: the map as it stands in the page, with its legend, its bars and what they rest on.

import { svgLines } from "./svg_words.js";
import { makeSvg } from "../drawing/elements.js";
import { verdictPattern } from "../drawing/patterns.js";
import { breakLines, setFont } from "../drawing/text.js";
import { colour } from "../drawing/theme.js";

const DASHES = { dashed: "4 3", dotted: "1 2" };
const SAMPLE_GAP = 6; // px, between a sample of the legend and its words
const LINES_OF_WORDS = 9;
const countryMap = document.getElementById("country");

function boxIn(element, frame) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left - frame.left + countryMap.scrollLeft, y: top - frame.top + countryMap.scrollTop, width, height };
}

/** Width and height of the whole map, in px. */
export function countrySize() {
  return [countryMap.clientWidth, countryMap.scrollHeight];
}

export function svgCountry(ctx) {
  const frame = countryMap.getBoundingClientRect();
  const drawn = (selector, draw) =>
    [...countryMap.querySelectorAll(selector)].flatMap((element) => draw(element, boxIn(element, frame)));
  return [
    ...drawn(".tile", countryTile),
    ...drawn(".verdict", countryVerdict),
    ...drawn(".tile .word, .tile b, .map-key li, .map-head label, .map-head .meta", (element, box) =>
      countryWords(ctx, element, box)),
  ];
}

function countryTile(tile, box) {
  const { backgroundColor, borderTopColor, borderTopStyle, borderTopLeftRadius } = getComputedStyle(tile);
  const border = { stroke: borderTopColor, "stroke-dasharray": DASHES[borderTopStyle] ?? "none" };
  return makeSvg("rect", { ...box, rx: parseFloat(borderTopLeftRadius), ...fillOf(backgroundColor), ...border });
}

/** A computed colour as SVG writes it, for programs that know neither `color()` nor transparent colours. */
function fillOf(computed) {
  const [red, green, blue, opacity = 1] = computed.match(/[\d.]+(?:e-?\d+)?/g).map(Number);
  const most = computed.startsWith("color(") ? 1 : 255;
  const channels = [red, green, blue].map((channel) => Math.round((channel * 255) / most));
  return { fill: `rgb(${channels.join(", ")})`, "fill-opacity": opacity };
}

/** A part of a bar, or a sample of the legend, which has a border. */
function countryVerdict(sample, box) {
  const ink = colour(`--${sample.dataset.tone}`);
  const pattern = verdictPattern(sample.dataset.tone, ink, colour("--ground"));
  Object.entries(box).forEach(([key, value]) => pattern.setAttribute(key, value));
  if (!parseFloat(getComputedStyle(sample).borderTopWidth)) return pattern;
  return [pattern, makeSvg("rect", { ...box, rx: 2, fill: "none", stroke: ink })];
}

/** The own text of an element where it stands; of a choice, what is chosen. */
function countryWords(ctx, element, { x, y, width, height }) {
  const select = element.querySelector("select");
  const chosen = select && `${element.firstChild.textContent}: ${select.selectedOptions[0].textContent}`;
  const sample = element.querySelector(".tile, .verdict");
  const aside = sample ? sample.getBoundingClientRect().width + SAMPLE_GAP : 0;
  const { color, fontSize, fontWeight } = getComputedStyle(element);
  const [size, weight] = [parseFloat(fontSize), fontWeight];
  setFont(ctx, size, weight);
  const texts = breakLines(ctx, (chosen || element.textContent).trim(), width - aside + 1, LINES_OF_WORDS);
  const leading = size * 1.3;
  const top = y + (height - texts.length * leading) / 2;
  return svgLines(texts, { x: x + aside, top, leading, size, weight, fill: color });
}
