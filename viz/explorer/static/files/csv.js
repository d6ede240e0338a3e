// CSV: rows for a spreadsheet, in which no text can run as a formula.

const BYTE_ORDER_MARK = "\ufeff"; // tells a spreadsheet that the text is UTF-8

// What a formula needs to reach anything: a call, another sheet, a program, or a cell.
const REACH = /[\p{L}\p{N}_]\(|[|!]|(?<![\p{L}\p{N}])\$?[A-Za-z]{1,3}\$?\d+(?![\p{L}\p{N}])/u;

/** Tell whether a spreadsheet would run a text; the same rule as in `viz/tables/csv_writer.py`. */
function isFormula(text) {
  const [, sign, content] = text.normalize("NFKC").match(/^[\s\u0000-\u001f\u200b\ufeff]*([=+\-@]?)([^]*)$/);
  if (sign === "=") return /[\p{L}\p{N}]/u.test(content);
  return sign !== "" && REACH.test(content);
}

/** A text that would run gets an apostrophe; every other one stays as it is. */
function csvCell(text) {
  return `"${(isFormula(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
}

/** Write headings and rows of texts as CSV (RFC 4180). */
export function csvText(heads, rows) {
  return `${BYTE_ORDER_MARK}${[heads, ...rows].map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
