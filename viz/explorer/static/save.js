// Save: what is shown, as CSV, picture or RDF.

/** A cell that a spreadsheet would run as a formula is defused; so is one behind blanks or in wide letters. */
function csvCell(text) {
  const isFormula = /^[\s\u0000-\u001f\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text);
  return `"${(isFormula ? `'${text}` : text).replace(/"/g, '""')}"`;
}

function csv(shape, held) {
  const cells = held.map((row) => shape.map(([, value]) => value(row)));
  const all = [shape.map(([key]) => t(`col.${key}`)), ...cells];
  return `\ufeff${all.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

function save(blob, file) {
  const link = make("a", { href: URL.createObjectURL(blob), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function saveText(text, kind, file) {
  save(new Blob([text], { type: `${kind};charset=utf-8` }), file);
}

function saveNodes() {
  saveText(csv(NODE_COLUMNS, shownNodes), "text/csv", `${t("file.nodes")}.csv`);
}

function saveEdges() {
  saveText(csv(EDGE_COLUMNS, shownEdges), "text/csv", `${t("file.edges")}.csv`);
}

/** The picture as it stands in the window, with two points to a pixel. */
function savePng() {
  const [width, height] = [stage.clientWidth * 2, stage.clientHeight * 2];
  const copy = make("canvas", { width, height });
  const ctx = copy.getContext("2d");
  const canvas = stage.querySelector("canvas");
  const before = [canvas.width, canvas.height];
  network.canvas.pixelRatio = 2;
  Object.assign(canvas, { width, height });
  network.canvas.setTransform();
  network.renderer._redraw();
  ctx.fillStyle = token("--ground");
  ctx.fillRect(0, 0, width, height);
  ctx.drawImage(canvas, 0, 0);
  Object.assign(canvas, { width: before[0], height: before[1] });
  network.canvas.pixelRatio = before[0] / stage.clientWidth;
  network.canvas.setTransform();
  network.redraw();
  copy.toBlob((blob) => save(blob, `${t("file.picture")}.png`));
}

function saveSvg() {
  saveText(svgText(), "image/svg+xml", `${t("file.picture")}.svg`);
}

function saveTurtle() {
  saveText(turtle(), "text/turtle", `${t("file.graph")}.ttl`);
}

/** Copy the address of what is shown; the Back button never needs it, a colleague does. */
async function copyLink() {
  const link = `${location.href.split("#")[0]}${toHash()}`;
  try {
    await navigator.clipboard.writeText(link);
    announce(t("copied"));
    said.textContent = t("copied");
  } catch {
    said.textContent = link;
  }
}
