// Table: the same entities and relations as the drawing, for reading, for screen readers and for export.

const tables = document.getElementById("tables");

const NODE_COLUMNS = [
  ["name", (node) => name(node)],
  ["kind", (node) => word("kinds", node.kind)],
  ["layer", (node) => rowName(node.row)],
  ["province", (node) => columnName(node.column)],
  ["relations", (node) => String([...node.out, ...node.in].filter(isShownEdge).length)],
  ["statements", (node) => String(node.own.length + node.named.length)],
];
const EDGE_COLUMNS = [
  ["from", (edge) => name(nodeById.get(edge.from))],
  ["relation", (edge) => word("relations", edge.relation)],
  ["to", (edge) => name(nodeById.get(edge.to))],
  ["status", (edge) => [...new Set(shownClaims(edge).map((claim) => modeName(claim.mode)))].join("; ")],
  ["sentence", (edge) => sentenceOf(shownClaims(edge)[0])],
  ["source", (edge) => sourceOf(shownClaims(edge)[0])],
];

function sentenceOf(claim) {
  return pick(sentences[claim.sentence]);
}

function sourceOf(claim) {
  const article = data.articles[sentences[claim.sentence].article];
  return article ? `${pick(article.title)} (${time(article.published)})` : "";
}

function renderTables() {
  if (state.view !== "table") {
    tables.replaceChildren();
    return;
  }
  tables.replaceChildren(
    table(t("entities"), NODE_COLUMNS, nodes.filter(isShownNode), (node) => lookAt(node.id)),
    table(t("relationsTitle"), EDGE_COLUMNS, edges.filter(isShownEdge), (edge) => openEdge(edge.id)),
  );
}

function table(title, columns, rows, open) {
  const caption = `${title} (${rows.length})`;
  const heads = columns.map(([key]) => make("th", { scope: "col", class: `col-${key}` }, t(`col.${key}`)));
  return make(
    "div",
    { class: "sheet", role: "region", "aria-label": caption, tabindex: 0 },
    make(
      "table",
      {},
      make("caption", {}, caption),
      make("thead", {}, make("tr", {}, heads)),
      make("tbody", {}, rows.map((row) => tableRow(columns, row, open))),
    ),
  );
}

function tableRow(columns, row, open) {
  const cells = columns.map(([, value], index) => {
    if (index) return make("td", {}, value(row));
    const button = make("button", { type: "button", class: "inline", onclick: () => open(row) }, value(row));
    return make("th", { scope: "row" }, button);
  });
  return make("tr", { "data-id": row.id }, cells);
}

/** A table as CSV; a cell that a spreadsheet would run as a formula is defused. */
function csv(columns, rows) {
  const cell = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
  const cells = rows.map((row) => columns.map(([, value]) => value(row)));
  const lines = [columns.map(([key]) => t(`col.${key}`)), ...cells];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

function save(blob, file) {
  const link = make("a", { href: URL.createObjectURL(blob), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function saveCsv(columns, rows, file) {
  save(new Blob([csv(columns, rows)], { type: "text/csv;charset=utf-8" }), `${file}.csv`);
}

function saveNodes() {
  saveCsv(NODE_COLUMNS, nodes.filter(isShownNode), t("file.nodes"));
}

function saveEdges() {
  saveCsv(EDGE_COLUMNS, edges.filter(isShownEdge), t("file.edges"));
}

function savePng() {
  const canvas = stage.querySelector("canvas");
  const copy = make("canvas", { width: canvas.width, height: canvas.height });
  const ctx = copy.getContext("2d");
  ctx.fillStyle = token("--ground");
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => save(blob, `${t("file.picture")}.png`));
}
