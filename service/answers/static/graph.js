"use strict";
// A simple drawing of rows: places by springs, from a circle, always the same for the same rows.
(function () {
  const MOST_NODES = 120;
  const SVG = "http://www.w3.org/2000/svg";
  const LETTERS = 12; // size of the words
  const RADIUS = 4;
  const HUB = 5; // links of a node
  const GAP = 2; // between what must not touch

  /** Each pair of addresses that stand beside each other in a row, once. */
  function linksOf(table, short) {
    const links = new Map();
    for (const row of table.rows) {
      const ends = table.triples ? [row[0], row[2]] : row.filter((term) => term && term.type === "uri");
      for (let at = 0; at + 1 < ends.length; at += 1) {
        const [from, to] = [ends[at], ends[at + 1]];
        if (from && to && from.type !== "literal" && to.type === "uri") {
          links.set(from.value + "\n" + to.value, [from.value, to.value, table.triples ? short(row[1].value) : ""]);
        }
      }
    }
    return [...links.values()];
  }

  /** Draw links into a box. `short` names a node, `title` says all of it, `say` words a sentence. */
  function draw(box, every, { short, title, say, element }) {
    const names = [...new Set(every.flatMap(([from, to]) => [from, to]))];
    if (!names.length) return box.replaceChildren(element("p", say("nograph")));
    const kept = names.slice(0, MOST_NODES);
    const index = new Map(kept.map((name, at) => [name, at]));
    const links = every.filter(([from, to]) => index.has(from) && index.has(to));
    const label = say("graphlabel", { n: kept.length, m: links.length });
    const width = Math.max(280, box.clientWidth - 2), height = Math.round(Math.min(600, Math.max(360, width * 0.55)));
    const svg = node("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label }); // as wide as it is shown: words keep their size
    const points = placed(kept, links.map(([from, to]) => [index.get(from), index.get(to)]), width - (width < 600 ? 90 : 150), height);
    const degrees = kept.map((name) => links.filter(([from, to]) => from === name || to === name).length);
    for (const [from, to, name] of links) {
      const [a, b] = [points[index.get(from)], points[index.get(to)]];
      svg.append(node("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y }, "", name));
      const turn = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI; // which way it leads, at its middle
      svg.append(node("path", { d: "M6 0L-4 4V-4Z", transform: `translate(${(a.x + b.x) / 2} ${(a.y + b.y) / 2}) rotate(${turn.toFixed(1)})` }));
    }
    const shown = labels(kept.map(short), points, degrees, { width, height, measure: measure(box) });
    kept.forEach((name, at) => svg.append(node("circle", { cx: points[at].x, cy: points[at].y, r: RADIUS }, "", title(name))));
    shown.forEach((one) => svg.append(node("text", { x: one.x, y: one.y }, one.words, title(kept[one.at]))));
    const told = [element("p", label)];
    if (names.length > kept.length) told.push(element("p", say("cut", { n: kept.length })));
    if (shown.length < kept.length) told.push(element("p", say("unnamed", { n: kept.length - shown.length })));
    box.replaceChildren(svg, ...told);
  }
  function node(name, attributes, text, title) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    if (text) made.textContent = text;
    if (title) {
      const told = document.createElementNS(SVG, "title");
      told.textContent = title;
      made.append(told);
    }
    return made;
  }
  function measure(box) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${LETTERS}px ${getComputedStyle(box).fontFamily}`;
    return (words) => pen.measureText(words).width;
  }

  /** Choose a place for each name where it touches nothing, the nodes with most links first; shortened, or left out, where there is none. */
  function labels(names, points, degrees, { width, height, measure }) {
    const taken = points.map(({ x, y }) => [x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS]);
    const free = ([left, top, right, bottom], from, own) => left >= 0 && top >= 0 && right <= width && bottom <= height && !taken.some((other, at) => at >= from && at !== own && left < other[2] + GAP && right > other[0] - GAP && top < other[3] + GAP && bottom > other[1] - GAP);
    const shown = [];
    const order = names.map((_, at) => at).sort((a, b) => degrees[b] - degrees[a] || a - b);
    for (const at of order) {
      const boxes = wordings(names[at]).flatMap((words) => around(points[at], measure(words)).map((box) => ({ words, box })));
      // a node that much leads to is named even where its neighbours leave no room
      const found = boxes.find((one) => free(one.box, 0, at)) || (degrees[at] >= HUB && boxes.find((one) => free(one.box, points.length)));
      if (!found) continue;
      taken.push(found.box);
      shown.push({ at, words: found.words, x: found.box[0], y: found.box[1] + LETTERS });
    }
    return shown;
  }
  /** A name, and what is left of it when there is less room. */
  function wordings(name) {
    const cut = [32, 20, 12].filter((long) => name.length > long).map((long) => name.slice(0, long - 1) + "…");
    return name.length > 32 ? cut : [name, ...cut];
  }
  /** The boxes that words of a width may have at a point: right, left, above, below of it. */
  function around({ x, y }, wide) {
    const tall = LETTERS + 4, side = RADIUS + 2;
    return [[x + side, y - tall / 2], [x - side - wide, y - tall / 2], [x - wide / 2, y - side - tall], [x - wide / 2, y + side]].map(([left, top]) => [left, top, left + wide, top + tall]);
  }
  function placed(names, links, right, bottom) {
    const points = names.map((_, at) => ({ x: Math.cos((2 * Math.PI * at) / names.length), y: Math.sin((2 * Math.PI * at) / names.length) }));
    const ideal = 1.6 / Math.sqrt(names.length);
    for (let step = 0, heat = 0.2; step < 150; step += 1, heat *= 0.975) {
      const moves = points.map(() => ({ x: 0, y: 0 }));
      const push = (a, b, force) => {
        const dx = points[a].x - points[b].x, dy = points[a].y - points[b].y;
        const far = Math.max(Math.hypot(dx, dy), 0.001);
        const by = force(far) / far;
        moves[a].x += dx * by; moves[a].y += dy * by;
        moves[b].x -= dx * by; moves[b].y -= dy * by;
      };
      for (let a = 0; a < points.length; a += 1) for (let b = 0; b < a; b += 1) push(a, b, (far) => (ideal * ideal) / far);
      for (const [a, b] of links) if (a !== b) push(a, b, (far) => -(far * far) / ideal);
      points.forEach((point, at) => {
        moves[at].x -= point.x * 0.4; // nothing drifts away that has no link to the rest
        moves[at].y -= point.y * 0.4;
        const far = Math.max(Math.hypot(moves[at].x, moves[at].y), 0.001);
        point.x += (moves[at].x / far) * Math.min(far, heat);
        point.y += (moves[at].y / far) * Math.min(far, heat);
      });
    }
    const span = (values, from, to) => {
      const low = Math.min(...values), high = Math.max(...values), size = high - low || 1;
      return values.map((value) => Math.round(from + ((value - low) / size) * (to - from)));
    };
    const xs = span(points.map((point) => point.x), 14, right), ys = span(points.map((point) => point.y), 20, bottom - 20);
    return points.map((_, at) => ({ x: xs[at], y: ys[at] }));
  }

  window.egovkgGraph = { draw, linksOf };
})();
