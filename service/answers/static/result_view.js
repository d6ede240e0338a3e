// The answer on the page, as a table or as a drawing.
import { descriptionLink, longName, shortName } from "./entity_names.js";
import { drawLinks, linksOf } from "./graph.js";
import { byId, element, words } from "./page.js";

const LONG_TEXT = 60; // characters
let shownTable = null; // with the query that it answers

/** The table that is shown; null when there is none. */
export const currentTable = () => shownTable;

/** Show a table. `columnLabels`: name of a column -> its heading. */
export function showTable(table, columnLabels) {
  shownTable = table;
  const heading = element("tr");
  const cellOf = (name) => element("th", columnLabels.get(name) || name, { scope: "col", title: name });
  heading.append(...table.columns.map(cellOf));
  const head = element("thead");
  head.append(heading);
  const body = element("tbody");
  body.append(...table.rows.map(tableRow));
  const view = element("table");
  view.append(head, body);
  byId("table").replaceChildren(view);
  byId("save").textContent = table.hasTriples ? words.turtle : words.csv;
  byId("result").hidden = false;
  showAs(byId("as-graph").getAttribute("aria-pressed") === "true");
}

function tableRow(terms) {
  const row = element("tr");
  row.append(...terms.map(tableCell));
  return row;
}

function tableCell(term) {
  const cell = element("td");
  if (!term) return cell;
  const link = term.type === "uri" ? descriptionLink(term.value) : "";
  const attributes = { href: link, title: longName(term.value), rel: "noreferrer" };
  if (link) cell.append(element("a", shortName(term.value), attributes));
  else cell.textContent = cellText(term);
  if (cell.textContent.length > LONG_TEXT) cell.className = "long";
  if (term["xml:lang"]) cell.setAttribute("lang", term["xml:lang"]);
  return cell;
}

function cellText(term) {
  if (term.type === "uri") return shortName(term.value);
  return term.type === "triple" ? JSON.stringify(term.value) : term.value;
}

/** Show the answer as a drawing, or as a table. */
export function showAs(isGraph) {
  byId("as-table").setAttribute("aria-pressed", String(!isGraph));
  byId("as-graph").setAttribute("aria-pressed", String(isGraph));
  byId("table").hidden = isGraph;
  byId("graph").hidden = !isGraph;
  drawAgain();
}

/** Draw the answer in the room that there is, if it is shown as a drawing. */
export function drawAgain() {
  if (shownTable && !byId("graph").hidden) drawLinks(byId("graph"), linksOf(shownTable));
}
