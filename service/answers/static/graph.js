// A simple drawing of an answer: entities as circles, the links between them as arrows.
import { longName, shortName } from "./entity_names.js";
import { LETTER_SIZE, NODE_RADIUS, labelPlaces, nodePlaces } from "./graph_layout.js";
import { element, say, words } from "./page.js";

const NODE_LIMIT = 120;
const SVG = "http://www.w3.org/2000/svg";
const NARROW_WIDTH = 600;

/** Collect each pair of addresses that stand beside each other in a row, once: [from, to, name of the relation]. */
export function linksOf(table) {
  const links = new Map();
  for (const row of table.rows) {
    const ends = table.hasTriples ? [row[0], row[2]] : row.filter((term) => term && term.type === "uri");
    for (let at = 0; at + 1 < ends.length; at += 1) {
      const [from, to] = [ends[at], ends[at + 1]];
      if (from && to && from.type !== "literal" && to.type === "uri") {
        const name = table.hasTriples ? shortName(row[1].value) : "";
        links.set(from.value + "\n" + to.value, [from.value, to.value, name]);
      }
    }
  }
  return [...links.values()];
}

/** Draw links into a box; the same links give the same drawing. */
export function drawLinks(box, allLinks) {
  const allNodes = [...new Set(allLinks.flatMap(([from, to]) => [from, to]))];
  if (!allNodes.length) return box.replaceChildren(element("p", words["no-graph"]));
  const nodes = allNodes.slice(0, NODE_LIMIT);
  const index = new Map(nodes.map((iri, at) => [iri, at]));
  const links = allLinks.filter(([from, to]) => index.has(from) && index.has(to));
  const ends = links.map(([from, to]) => [index.get(from), index.get(to)]);
  const width = Math.max(280, box.clientWidth - 2);
  const height = Math.round(Math.min(600, Math.max(360, width * 0.55)));
  const places = nodePlaces(nodes.length, ends, width - (width < NARROW_WIDTH ? 90 : 150), height);
  const degrees = nodes.map((_, at) => ends.filter((pair) => pair.includes(at)).length);
  const labels = labelPlaces(nodes.map(shortName), places, degrees, { width, height, textWidth: textMeasure(box) });
  const caption = say("graph-label", { nodes: nodes.length, links: links.length });
  const viewBox = `0 0 ${width} ${height}`; // as wide as it is shown: letters keep their size
  const drawing = svgElement("svg", { viewBox, role: "img", "aria-label": caption });
  links.forEach(([, , name], at) => drawing.append(...arrow(places[ends[at][0]], places[ends[at][1]], name)));
  nodes.forEach((iri, at) => drawing.append(circle(places[at], longName(iri))));
  labels.forEach(({ x, y, text, node }) => drawing.append(svgElement("text", { x, y }, text, longName(nodes[node]))));
  const notes = [caption];
  if (allNodes.length > nodes.length) notes.push(say("first-nodes", { nodes: nodes.length }));
  if (labels.length < nodes.length) notes.push(say("unnamed-nodes", { nodes: nodes.length - labels.length }));
  box.replaceChildren(drawing, ...notes.map((note) => element("p", note)));
}

const circle = ({ x, y }, title) => svgElement("circle", { cx: x, cy: y, r: NODE_RADIUS }, "", title);

/** A line with a triangle at its middle that shows the direction. */
function arrow(from, to, name) {
  const degrees = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  const middle = `translate(${(from.x + to.x) / 2} ${(from.y + to.y) / 2})`;
  return [
    svgElement("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y }, "", name),
    svgElement("path", { d: "M6 0L-4 4V-4Z", transform: `${middle} rotate(${degrees.toFixed(1)})` }),
  ];
}

function svgElement(name, attributes, text, title) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text) made.textContent = text;
  if (title) {
    const tooltip = document.createElementNS(SVG, "title");
    tooltip.textContent = title;
    made.append(tooltip);
  }
  return made;
}

/** Make a function that measures the width of a text in the drawing. */
function textMeasure(box) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${LETTER_SIZE}px ${getComputedStyle(box).fontFamily}`;
  return (text) => pen.measureText(text).width;
}
