// Elements: made from code, with texts as text and never as markup.

import { familyOf, modeOf } from "../data/page.js";
import { familyColour, lineColour } from "./theme.js";
import { dashOf } from "../state/filtering.js";
import { lookAt } from "../state/state.js";
import { name, tongue } from "../wording/words.js";

export const SVG = "http://www.w3.org/2000/svg";

/** Make an element: properties, then children; strings become text. A property without a value is left out. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  Object.entries(properties).forEach(([key, value]) => {
    if (value === null || value === undefined || value === false) return;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : value);
  });
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export function makeSvg(tag, properties) {
  const element = document.createElementNS(SVG, tag);
  Object.entries(properties).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}

export function button(properties, ...children) {
  return make("button", { type: "button", ...properties }, ...children);
}

/** A term and its value in a list of facts. */
export function pairElements([term, value, lang]) {
  return [make("dt", {}, term), make("dd", { lang }, value)];
}

/** The symbol of a family, as it is drawn. */
export function symbol(family) {
  const picture = makeSvg("svg", { viewBox: "-1.5 -1.5 3 3", width: 16, height: 16, "aria-hidden": "true" });
  picture.append(makeSvg("path", { d: family.path, fill: familyColour(family) }));
  return picture;
}

/** The pattern of a status, as it is drawn. */
export function lineSample(mode) {
  const picture = makeSvg("svg", { viewBox: "0 0 30 12", width: 30, height: 12, "aria-hidden": "true" });
  const stroke = { stroke: lineColour(mode), "stroke-width": 1.8 };
  const dash = dashOf(mode).join(" ") || "none";
  picture.append(makeSvg("line", { x1: 1, y1: 6, x2: 29, y2: 6, ...stroke, "stroke-dasharray": dash }));
  if (modeOf(mode).crossed) picture.append(makeSvg("path", { d: "M11 2l8 8M19 2l-8 8", ...stroke }));
  return picture;
}

/** A button that leads to an entity. */
export function nodeLink(node) {
  const properties = { class: "link", onclick: () => lookAt(node.id), lang: tongue(node.names) };
  return button(properties, symbol(familyOf(node)), make("span", {}, name(node)));
}
