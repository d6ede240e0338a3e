// Table: the same entities and relations as the drawing, for reading, for screen readers and for export.

const tables = document.getElementById("tables");
const ROWS_AT_ONCE = 200;

const NODE_COLUMNS = [
  ["name", (node) => name(node)],
  ["kind", (node) => word("kinds", node.kind)],
  ["layer", (node) => rowName(node.row)],
  ["province", (node) => columnName(node.column)],
  ["relations", (node) => String([...node.out, ...node.in].filter((edge) => edge.passes).length)],
  ["statements", (node) => String(node.own.length + node.named.length)],
];
const EDGE_COLUMNS = [
  ["from", (edge) => name(nodeById.get(edge.from))],
  ["relation", (edge) => word("relations", edge.relation)],
  ["to", (edge) => name(nodeById.get(edge.to))],
  ["status", (edge) => statusOf(edge)],
  ["sentence", (edge) => sentenceOf(edge)],
  ["source", (edge) => sourceOf(edge)],
];
const TILE_COLUMNS = [
  ["cell", (tile) => cellName(tile.cell)],
  ["hidden", (tile) => t("ofAll", { n: number(String(tile.count)), all: number(String(tile.total)) })],
];
const BAND_COLUMNS = [
  ["between", ({ id }) => bandName(id)],
  ["relations", ({ count }) => number(String(count))],
];

function statusOf(edge) {
  const modes = [...new Set(shownClaims(edge).map((claim) => claim.mode))];
  if (edge.references.length) modes.push("reference");
  return modes.map(modeName).join("; ");
}

function sentenceOf(edge) {
  const claim = shownClaims(edge)[0];
  return claim ? pick(sentences[claim.sentence]) : "";
}

function sourceOf(edge) {
  const claim = shownClaims(edge)[0];
  if (!claim) return edge.references.map(pick).join("; ");
  const article = data.articles[claim.article];
  return article ? `${pick(article.title)} (${time(article.published)})` : "";
}

function renderTables() {
  if (state.form !== "table") {
    tables.replaceChildren();
    return;
  }
  const between = [...bandSizes()].sort(([, one], [, other]) => other - one).map(([id, count]) => ({ id, count }));
  tables.replaceChildren(
    ...[
      table(t("entities"), NODE_COLUMNS, shownNodes, (node) => lookAt(node.id)),
      table(t("relationsTitle"), EDGE_COLUMNS, shownEdges, (edge) => openEdge(edge.id)),
      tiles.length ? table(t("closedCells"), TILE_COLUMNS, tiles, (tile) => toggleCell(tile.cell)) : null,
      showsBands() ? table(t("bands"), BAND_COLUMNS, between, ({ id }) => change({ band: id, node: null, edge: null })) : null,
    ].filter(Boolean),
  );
}

/** A table that fills as it is asked for: hundreds of rows at once, never all of a large graph. */
function table(title, shape, held, open) {
  const heads = shape.map(([key]) => make("th", { scope: "col", class: `col-${key}` }, t(`col.${key}`)));
  const caption = make("caption");
  const body = make("tbody");
  const more = make("button", { type: "button", class: "plain more" });
  const box = make("div", { class: "sheet", role: "region", tabindex: 0 });
  const add = () => {
    body.append(...held.slice(body.rows.length, body.rows.length + ROWS_AT_ONCE).map((row) => tableRow(shape, row, open)));
    const shown = body.rows.length;
    const size = { n: number(String(shown)), all: number(String(held.length)) };
    caption.textContent = `${title} (${shown < held.length ? t("ofAll", size) : size.all})`;
    box.setAttribute("aria-label", caption.textContent);
    more.textContent = t("more", { n: Math.min(ROWS_AT_ONCE, held.length - shown) });
    more.hidden = shown >= held.length;
  };
  more.addEventListener("click", add);
  add();
  box.append(make("table", {}, caption, make("thead", {}, make("tr", {}, heads)), body), more);
  return box;
}

function tableRow(shape, row, open) {
  const cells = shape.map(([, value], index) => {
    if (index) return make("td", {}, value(row));
    const button = make("button", { type: "button", class: "inline", onclick: () => open(row) }, value(row));
    return make("th", { scope: "row" }, button);
  });
  return make("tr", { "data-id": row.id }, cells);
}
