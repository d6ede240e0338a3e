// SVG of the country: the tiles of the map as they stand in the page.

import { MIDDLE, svgWords } from "./svg_words.js";
import { makeSvg } from "../drawing/elements.js";

const countryMap = document.getElementById("country");

function boxIn(element, frame) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left - frame.left + countryMap.scrollLeft, y: top - frame.top + countryMap.scrollTop, width, height };
}

/** Width and height of the whole map, in px. */
export function countrySize() {
  return [countryMap.clientWidth, countryMap.scrollHeight];
}

export function svgCountry() {
  const frame = countryMap.getBoundingClientRect();
  const tiles = [...countryMap.querySelectorAll(".tile")].map((tile) => {
    const { backgroundColor, borderTopColor, borderTopStyle } = getComputedStyle(tile);
    const dash = borderTopStyle === "dashed" ? "4 3" : "none";
    const style = { rx: 6, fill: backgroundColor, stroke: borderTopColor, "stroke-dasharray": dash };
    return makeSvg("rect", { ...boxIn(tile, frame), ...style });
  });
  const texts = [...countryMap.querySelectorAll(".tile .word, .tile b, .map-key li, .map-head label")];
  return [...tiles, ...texts.flatMap((element) => countryWords(element, frame))];
}

/** The own text of an element where it stands; of a choice, what is chosen. */
function countryWords(element, frame) {
  const select = element.querySelector("select");
  const chosen = select && `${element.firstChild.textContent}: ${select.selectedOptions[0].textContent}`;
  const words = chosen || element.textContent;
  const sample = element.querySelector(".tile");
  const { x, y, height } = boxIn(element, frame);
  const { color, fontSize, fontWeight } = getComputedStyle(element);
  const left = sample ? x + boxIn(sample, frame).width + 6 : x;
  const style = { "font-size": parseFloat(fontSize), "font-weight": fontWeight, fill: color };
  return [svgWords("text", { x: left, y: y + height / 2, ...MIDDLE, ...style }, words.trim())];
}
