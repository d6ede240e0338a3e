// CSV: rows for a spreadsheet, in which no text can run as a formula.

const BYTE_ORDER_MARK = "\ufeff"; // tells a spreadsheet that the text is UTF-8

/** A cell that a spreadsheet would run as a formula is defused; so is one behind blanks or in wide letters. */
function csvCell(text) {
  const isFormula = /^[\s\u0000-\u001f\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text);
  return `"${(isFormula ? `'${text}` : text).replace(/"/g, '""')}"`;
}

/** Write headings and rows of texts as CSV (RFC 4180). */
export function csvText(heads, rows) {
  return `${BYTE_ORDER_MARK}${[heads, ...rows].map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
