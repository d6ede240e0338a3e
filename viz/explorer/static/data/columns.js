// Columns: reads back the records that `columnar.py` packs as one column for each key.

const FIRST_DIGIT = 35; // "#" stands for 0
const SKIPPED_DIGIT = 92; // "\" is no digit: JSON would escape it
const BASE = 90;

/** Read whole numbers: the first digit of each, then the second of each, and so on; with `s` they are steps. */
function numbersOf({ i: digits, w: width, s: areSteps }) {
  const size = digits.length / width;
  const numbers = new Array(size);
  let previous = 0;
  for (let row = 0; row < size; row += 1) {
    let value = 0;
    for (let place = row; place < digits.length; place += size) {
      const code = digits.charCodeAt(place);
      value = value * BASE + code - FIRST_DIGIT - (code > SKIPPED_DIGIT ? 1 : 0);
    }
    previous = areSteps ? previous + value : value;
    numbers[row] = previous;
  }
  return numbers;
}

/** Read a column: a list of values, whole numbers, or positions in a list of distinct values. */
function valuesOf(column) {
  if (Array.isArray(column)) return column;
  return column.d ? numbersOf(column).map((position) => column.d[position]) : numbersOf(column);
}

/** Turn columns into records; what is equal in all of them stands once, in their prototype. */
export function unpack(columns, prototype = null) {
  const keys = Object.keys(columns);
  const common = Object.create(prototype);
  const varying = keys.filter((key) => !("c" in columns[key]));
  keys.filter((key) => "c" in columns[key]).forEach((key) => {
    common[key] = columns[key].c;
  });
  const lists = varying.map((key) => valuesOf(columns[key]));
  const constant = keys.length ? columns[keys[0]].n : 0;
  return Array.from({ length: lists.length ? lists[0].length : constant }, (_, row) => {
    const record = Object.create(common);
    varying.forEach((key, index) => {
      record[key] = lists[index][row];
    });
    return record;
  });
}
