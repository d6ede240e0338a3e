// CSV: rows for a spreadsheet, in which no text can run as a formula.

const BYTE_ORDER_MARK = "\ufeff"; // tells a spreadsheet that the text is UTF-8

/**
 * What a spreadsheet would run: after an equals sign anything, after the other signs what calls a function, or
 * names a cell, another sheet or a program. The same as in `viz/tables/csv_writer.py`.
 */
const FORMULA =
  /^[\s\u0000-\u001f\u200b\ufeff]*(?:=[^]*?[\p{L}\p{N}]|[+\-@][^]*?(?:[\p{L}\p{N}_]\(|[|!]|(?<![\p{L}\p{N}])\$?[A-Za-z]{1,3}\$?\d+(?![\p{L}\p{N}])))/u;

/** A text that would run gets an apostrophe; every other one stays as it is. */
function csvCell(text) {
  const isFormula = FORMULA.test(text.normalize("NFKC"));
  return `"${(isFormula ? `'${text}` : text).replace(/"/g, '""')}"`;
}

/** Write headings and rows of texts as CSV (RFC 4180). */
export function csvText(heads, rows) {
  return `${BYTE_ORDER_MARK}${[heads, ...rows].map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
