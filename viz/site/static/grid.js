"use strict";
// The matrix of gaps: arrow keys move from cell to cell, Home and End to the ends of a row; Tab and Enter work as always.
(function () {
  const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  const table = document.querySelector("table.heat");
  if (!table) return;
  const rows = [...table.rows].map((row) => [...row.querySelectorAll("a")]).filter((links) => links.length);

  function next(row, column, key) {
    if (key === "Home") return rows[row][0];
    if (key === "End") return rows[row][rows[row].length - 1];
    const [down, right] = STEPS[key];
    return rows[row + down] && rows[row + down][column + right];
  }

  table.addEventListener("keydown", (event) => {
    const row = rows.findIndex((links) => links.includes(event.target));
    if (row < 0 || !(event.key in STEPS || event.key === "Home" || event.key === "End")) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = next(row, rows[row].indexOf(event.target), event.key);
    event.preventDefault();
    if (link) link.focus();
  });
})();
