// SVG: the scene as vectors, at the size of the window, written anew from the places; vis-network has no such output.

/** Write the drawing: every shown thing, every line, the labels and headings that stand in the window. */
function svgText() {
  network.redraw();
  const [width, height] = [stage.clientWidth, stage.clientHeight];
  const root = makeSvg("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "system-ui, 'Noto Sans', sans-serif" });
  root.append(
    svgWords("title", {}, document.title),
    svgWords("desc", {}, shownLine.textContent),
    makeSvg("rect", { width, height, fill: token("--ground") }),
    ...(hasHeadings() ? svgGround() : []),
    ...lines.map(svgLine),
    ...shownNodes.map(svgNode),
    ...tiles.map(svgTile),
    ...placed.filter((box) => box.lines).flatMap(svgLabel),
    ...(hasHeadings() ? svgHeadings() : []),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

function svgWords(tag, properties, text) {
  const element = makeSvg(tag, properties);
  element.textContent = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
  return element;
}

function svgGround() {
  const from = toScreen(0, 0);
  const to = toScreen(scene.size.width, scene.size.height);
  const stripes = scene.columns.filter((_, index) => index % 2 === 0).map(([, start, end]) => {
    const left = toScreen(start, 0).x;
    return makeSvg("rect", { x: left, y: from.y, width: toScreen(end, 0).x - left, height: to.y - from.y, fill: token("--stripe") });
  });
  const rules = scene.rows.map(([, , end]) => {
    const y = toScreen(0, end).y;
    return makeSvg("line", { x1: from.x, x2: to.x, y1: y, y2: y, stroke: token("--line") });
  });
  return [...stripes, ...rules];
}

function svgLine(edge) {
  const points = [0, 0.25, 0.5, 0.75, 1].map((part) => network.body.edges[edge.id].edgeType.getPoint(part));
  const path = points.map(({ x, y }, index) => {
    const at = toScreen(x, y);
    return `${index ? "L" : "M"}${at.x.toFixed(1)} ${at.y.toFixed(1)}`;
  });
  const mode = leadMode(edge);
  const line = makeSvg("path", {
    class: "edge",
    d: path.join(""),
    fill: "none",
    stroke: token(mode === "denied" ? "--denied" : "--edge"),
    "stroke-width": edge.id === state.edge ? 2.6 : 1.2,
    "stroke-dasharray": dashOf(mode).join(" ") || "none",
  });
  line.append(svgWords("title", {}, `${name(nodeById.get(edge.from))} – ${edgeLabel(edge)} – ${name(nodeById.get(edge.to))}`));
  return line;
}

function svgNode(node) {
  const { x, y } = toScreen(node.x, node.y);
  const radius = symbolRadius(network.getScale());
  const group = makeSvg("g", { class: "node", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${radius.toFixed(2)})`, opacity: isDimmed(node.id) ? 0.2 : 1 });
  group.append(svgWords("title", {}, name(node)), makeSvg("path", { d: data.families[node.family].path, fill: familyColour(node.family) }));
  return group;
}

function svgTile(tile) {
  const { x, y } = toScreen(tile.x, tile.y);
  const half = tileSize(network.getScale());
  const group = makeSvg("g", { class: "tile", transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` });
  const box = { x: -half.x, y: -half.y, width: 2 * half.x, height: 2 * half.y, rx: 4, fill: token("--badge"), stroke: token("--control") };
  const words = { "text-anchor": "middle", "dominant-baseline": "central", "font-size": 11, fill: token("--text") };
  group.append(svgWords("title", {}, cellName(tile.cell)), makeSvg("rect", box), svgWords("text", words, String(tile.count)));
  return group;
}

function svgLabel(box) {
  return box.lines.map((line, index) =>
    svgWords(
      "text",
      { x: box.left, y: box.top + LEADING * (index + 0.5), "dominant-baseline": "central", "font-size": 12, fill: token("--text"), stroke: token("--ground"), "stroke-width": 3, "paint-order": "stroke" },
      line,
    ),
  );
}

function svgHeadings() {
  const room = headingRoom();
  const style = { "font-size": 12, "font-weight": 600, fill: token("--text"), "dominant-baseline": "central" };
  const bars = [
    makeSvg("rect", { width: stage.clientWidth, height: room.top, fill: token("--heading") }),
    makeSvg("rect", { width: room.left, height: stage.clientHeight, fill: token("--heading") }),
  ];
  const heads = scene.columns.map(([key, start, end]) => {
    const x = (Math.max(room.left, toScreen(start, 0).x) + Math.min(stage.clientWidth, toScreen(end, 0).x)) / 2;
    return svgWords("text", { ...style, class: "column", x, y: room.top / 2, "text-anchor": "middle" }, columnTitle(key));
  });
  const sides = scene.rows.map(([key, start, end]) => {
    const y = toScreen(0, (start + end) / 2).y;
    return svgWords("text", { ...style, class: "row", x: 10, y }, rowTitle(key));
  });
  return [...bars, ...heads, ...sides];
}
