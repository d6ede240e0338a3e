// Gathering: columns that would be too narrow for names are gathered: former provinces with the one of today, then
// provinces in groups that follow the order of their names.

import { nodeById, page, provinces } from "../data/page.js";
import { mostColumns, slotsAcross } from "./capacity.js";
import { change, FIRST, state } from "../state/state.js";
import { RANGE } from "../wording/words.js";

function openColumns() {
  return page.columns.filter((column) => !state.off.columns.has(column));
}

/** The columns to draw: a key for each, with the keys of the columns that it stands for. */
export function gatheredColumns() {
  const open = openColumns();
  const most = mostColumns();
  if (open.length <= most) return new Map(open.map((key) => [key, [key]]));
  const today = byProvince(open);
  return today.size <= most ? today : inGroups(today, Math.max(1, slotsAcross() - (today.has(page.shared) ? 1 : 0)));
}

/** Columns by the province of today that they belong to, by its name; those of none stand alone. */
function byProvince(open) {
  const keyOf = (column) => provinces.find(({ keys }) => keys.has(column))?.node.id ?? column;
  const columns = new Map();
  open.forEach((column) => {
    const key = keyOf(column);
    columns.set(key, [...(columns.get(key) || []), column]);
  });
  const label = (key) => nodeById.get(key)?.label ?? "";
  const last = (key) => Number(key === page.shared);
  const order = page.languages[0];
  return new Map([...columns].sort(([a], [b]) => last(a) - last(b) || label(a).localeCompare(label(b), order)));
}

/** Groups of about the same number of provinces; what is national stands alone. */
function inGroups(columns, count) {
  const provincial = [...columns].filter(([key]) => key !== page.shared);
  const groups = new Map();
  for (let index = 0; index < count; index += 1) {
    const [from, to] = [index, index + 1].map((part) => Math.round((part * provincial.length) / count));
    const members = provincial.slice(from, to);
    if (members.length) groups.set(rangeKey(members), members.flatMap(([, keys]) => keys));
  }
  if (columns.has(page.shared)) groups.set(page.shared, [page.shared]);
  return groups;
}

function rangeKey(members) {
  const [first, last] = [members[0][0], members.at(-1)[0]];
  return first === last ? first : `${first}${RANGE}${last}`;
}

/**
 * Keep only some rows and columns in the drawing, by the keys that it has for them; where nothing else is drawn
 * anyway, show more of what is there.
 */
export function narrowTo(row, column) {
  const columns = column === null ? openColumns() : gatheredColumns().get(column) ?? [column];
  const rows = row === null ? page.rows.filter((key) => !state.off.rows.has(key)) : [row];
  const off = {
    ...state.off,
    columns: new Set(page.columns.filter((key) => !columns.includes(key))),
    rows: new Set(page.rows.filter((key) => !rows.includes(key))),
  };
  const isSame = off.columns.size === state.off.columns.size && off.rows.size === state.off.rows.size;
  change(isSame ? { limit: state.limit + FIRST } : { off, limit: FIRST, cells: new Map() });
}
