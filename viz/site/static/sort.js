"use strict";
// Tables: the heading of a column sorts by it. Without this script the tables keep the order they were written in.
(function () {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  /** List what is sorted: rows, or bodies where a row stands together with the sentences below it. */
  function unitsOf(table) {
    if (table.tBodies.length > 1) return [...table.tBodies];
    return table.tBodies.length ? [...table.tBodies[0].rows] : [];
  }

  function keyOf(unit, column) {
    const row = unit.rows ? unit.rows[0] : unit;
    const cell = row.cells[column];
    const text = cell.dataset.key || cell.textContent.trim();
    return { text, number: cell.classList.contains("number") && text !== "" ? Number(text) : NaN };
  }

  function compare(a, b) {
    if (!Number.isNaN(a.number) && !Number.isNaN(b.number)) return a.number - b.number;
    return collator.compare(a.text, b.text);
  }

  /** Sort the rows of a table; empty cells come last in both directions. */
  function sort(table, heading) {
    const isDescending = heading.getAttribute("aria-sort") === "ascending";
    const keyed = unitsOf(table).map((unit) => ({ unit, key: keyOf(unit, heading.cellIndex) }));
    const filled = keyed.filter(({ key }) => key.text);
    filled.sort((a, b) => (isDescending ? compare(b.key, a.key) : compare(a.key, b.key)));
    const ordered = [...filled, ...keyed.filter(({ key }) => !key.text)];
    ordered[0].unit.parentNode.append(...ordered.map(({ unit }) => unit));
    for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
  }

  function addButton(table, heading) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(table, heading));
    heading.append(button);
  }

  for (const table of document.querySelectorAll("table.answer, table.sortable")) {
    if (unitsOf(table).length < 2) continue;
    for (const heading of table.tHead.rows[0].cells) addButton(table, heading);
  }
})();
