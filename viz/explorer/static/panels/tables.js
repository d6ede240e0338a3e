// Tables: the same entities and relations as the drawing, for reading and for screen readers.

import { edges, nodes } from "../data/page.js";
import { button, make } from "../drawing/elements.js";
import { nodeColumns } from "../drawing/fates.js";
import { bandName, cellName } from "../drawing/tips.js";
import { bandSizes } from "../layout/bands.js";
import { countryRows, openProvince } from "../layout/country.js";
import { showsBands } from "../layout/frame.js";
import { openTile } from "../layout/opening_tiles.js";
import { shownEdges, shownNodes, tiles } from "../layout/scene.js";
import { countryColumns } from "./country.js";
import { sortedByMeasure } from "../state/measures.js";
import { change, lookAt, openEdge, state } from "../state/state.js";
import { columnHeads, EDGE_COLUMNS, NODE_COLUMNS } from "../wording/columns.js";
import { number, t } from "../wording/words.js";

const ROWS_AT_ONCE = 200;
const TILE_COLUMNS = [
  ["cell", (tile) => cellName(tile.cell)],
  ["hidden", (tile) => t("ofAll", { n: number(tile.count), all: number(tile.total) })],
];
const BAND_COLUMNS = [
  ["between", ({ id }) => bandName(id)],
  ["relations", ({ count }) => number(count)],
];
export const tablesPart = document.getElementById("tables");

export function renderTables() {
  tablesPart.replaceChildren(...(state.form === "table" ? tableParts() : []));
}

function tableParts() {
  if (state.view === "country") return countryTables();
  const parts = [
    table(t("entities"), nodeColumns(), { rows: shownNodes, open: (node) => lookAt(node.id) }),
    table(t("relationsTitle"), EDGE_COLUMNS, { rows: shownEdges, open: (edge) => openEdge(edge.id) }),
  ];
  if (tiles.length) parts.push(tileTable());
  if (showsBands()) parts.push(bandTable());
  return parts;
}

/** The provinces of the map in the order of its measure, then all that passes the filters. */
function countryTables() {
  const passing = (list) => list.filter(({ passes }) => passes);
  const open = ({ node }) => (node ? lookAt(node.id) : openProvince(null));
  const rows = sortedByMeasure(countryRows(), state.measure, state.component);
  return [
    table(t("provinces"), countryColumns(), { rows, open }),
    table(t("entities"), NODE_COLUMNS, { rows: passing(nodes), open: (node) => lookAt(node.id) }),
    table(t("relationsTitle"), EDGE_COLUMNS, { rows: passing(edges), open: (edge) => openEdge(edge.id) }),
  ];
}

function tileTable() {
  return table(t("closedCells"), TILE_COLUMNS, { rows: tiles, open: openTile });
}

function bandTable() {
  const rows = [...bandSizes()].sort(([, a], [, b]) => b - a).map(([id, count]) => ({ id, count }));
  return table(t("bands"), BAND_COLUMNS, { rows, open: ({ id }) => change({ band: id, node: null, edge: null }) });
}

/** A table that fills as it is asked for: hundreds of rows at once, never all of a large graph. */
function table(title, columns, { rows: given, open }) {
  let rows = given;
  const sortBy = (position, isDown) => {
    rows = sortedRows(given, columns[position][1], isDown);
    body.replaceChildren();
    add();
  };
  const heads = sortHeads(columns, sortBy);
  const caption = make("caption");
  const body = make("tbody");
  const moreButton = button({ class: "plain more" });
  const allButton = button({ class: "plain more", onclick: () => add(Infinity) });
  const box = make("div", { class: "sheet", role: "region", tabindex: 0 });
  const add = (atOnce = ROWS_AT_ONCE) => {
    const next = rows.slice(body.rows.length, body.rows.length + atOnce);
    body.append(...next.map((row) => tableRow(columns, row, open)));
    const count = body.rows.length;
    const size = { n: number(count), all: number(rows.length) };
    caption.textContent = `${title} (${count < rows.length ? t("ofAll", size) : size.all})`;
    box.setAttribute("aria-label", caption.textContent);
    moreButton.textContent = t("more", { n: Math.min(ROWS_AT_ONCE, rows.length - count) });
    moreButton.hidden = count >= rows.length;
    allButton.textContent = t("moreAll", { n: number(rows.length) });
    allButton.hidden = count + ROWS_AT_ONCE >= rows.length;
  };
  moreButton.addEventListener("click", () => add());
  add();
  const look = { class: columns.some(([key]) => key === "fate") ? "with-fates" : "" };
  box.append(make("table", look, caption, make("thead", {}, make("tr", {}, heads)), body), moreButton, allButton);
  return box;
}

/** Headings that sort: the first click puts the least first, the next one the greatest. */
function sortHeads(columns, sortBy) {
  const titles = columnHeads(columns);
  const heads = columns.map(([key], index) => {
    const sorter = button({ class: "sorter" }, titles[index]);
    const head = make("th", { scope: "col", class: `col-${key}`, "aria-sort": "none" }, sorter);
    sorter.addEventListener("click", () => {
      const isDown = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      sortBy(index, isDown);
    });
    return head;
  });
  return heads;
}

/** Rows by what a column says; numbers as numbers, and what says nothing last. */
function sortedRows(rows, valueOf, isDown) {
  const collator = new Intl.Collator(state.lang, { numeric: true });
  const keyed = rows.map((row) => [sortKey(valueOf(row)), row]);
  const order = ([a], [b]) => {
    if (a === "" || b === "") return (a === "") - (b === "");
    return collator.compare(a, b) * (isDown ? -1 : 1);
  };
  return keyed.sort(order).map(([, row]) => row);
}

/** A cell as it is sorted: without the marks that group digits; empty where nothing is stated. */
function sortKey(text) {
  return text === "–" ? "" : text.replace(/(\d)[.,](?=\d{3}(?!\d))/g, "$1");
}

function tableRow(columns, row, open) {
  const cells = columns.map(([, value], index) => {
    if (index) return make("td", {}, value(row));
    return make("th", { scope: "row" }, button({ class: "inline", onclick: () => open(row) }, value(row)));
  });
  return make("tr", { "data-id": row.id }, cells);
}
