"use strict";
// Tables: the head of a column sorts by it. The tables read without it, in the order that they were written.
(function () {
  const lang = document.documentElement.lang;
  const collator = new Intl.Collator(lang, { numeric: true });

  /** A row with the sentences below it stays together: it has a body of its own, or is alone in its row. */
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

  function compare(one, other) {
    if (!Number.isNaN(one.number) && !Number.isNaN(other.number)) return one.number - other.number;
    return collator.compare(one.text, other.text);
  }

  function sort(table, head) {
    const column = head.cellIndex;
    const down = head.getAttribute("aria-sort") === "ascending";
    const units = unitsOf(table).map((unit) => ({ unit, key: keyOf(unit, column) }));
    const filled = units.filter((each) => each.key.text); // what is empty comes last, either way
    filled.sort((one, other) => (down ? compare(other.key, one.key) : compare(one.key, other.key)));
    const ordered = [...filled, ...units.filter((each) => !each.key.text)];
    const parent = ordered[0].unit.parentNode;
    parent.append(...ordered.map((each) => each.unit));
    for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  }

  for (const table of document.querySelectorAll("table.answer, table.sortable")) {
    if (unitsOf(table).length < 2) continue;
    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, head));
      head.append(button);
    }
  }
})();
