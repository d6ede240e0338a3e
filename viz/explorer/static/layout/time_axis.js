// Time axis: years to scale, with breaks. Years of which nothing is stated, or hardly anything for long, are drawn
// together as one narrow stretch whose borders are marked.

const FEW_IN_A_YEAR = 1; // entities a year; at most so many, for long, are no reason to draw each year
const LONG = 3; // years
const BREAK_WIDTH = 1.6; // of a broken stretch, in years

/**
 * List the stretches of the axis: { key, from, to, isBroken, start, end }; years `from` to before `to`, places `start`
 * to `end` in px.
 *
 * counts: year -> how many entities stand in it; width: of the axis in px.
 */
export function timeStretches(counts, width) {
  const years = [...counts.keys()].sort((a, b) => a - b);
  if (!years.length) return [];
  const stretches = [];
  for (let year = years[0]; year <= years.at(-1); year += 1) {
    const isSparse = (counts.get(year) ?? 0) <= FEW_IN_A_YEAR;
    const last = stretches.at(-1);
    if (isSparse && last?.isBroken) last.to = year + 1;
    else stretches.push({ from: year, to: year + 1, isBroken: isSparse });
  }
  const whole = stretches.flatMap((stretch) => (isLong(stretch) ? [stretch] : singleYears(stretch)));
  return placeStretches(whole, width);
}

function isLong({ from, to, isBroken }) {
  return isBroken && to - from >= LONG;
}

function singleYears({ from, to }) {
  const years = Array.from({ length: to - from }, (_, index) => from + index);
  return years.map((year) => ({ from: year, to: year + 1, isBroken: false }));
}

function placeStretches(stretches, width) {
  const unitsOf = ({ isBroken }) => (isBroken ? BREAK_WIDTH : 1);
  const unit = width / stretches.reduce((sum, stretch) => sum + unitsOf(stretch), 0);
  let start = 0;
  return stretches.map((stretch) => {
    const end = start + unit * unitsOf(stretch);
    const { from, to } = stretch;
    const key = to - from === 1 ? String(from) : `${from}..${to - 1}`;
    const result = { ...stretch, key, start, end };
    start = end;
    return result;
  });
}

/** The place of a moment on the axis, in px. */
export function placeOfMoment(stretches, moment) {
  const stretch = stretches.find(({ to }) => moment < to) ?? stretches.at(-1);
  const share = Math.min(1, Math.max(0, (moment - stretch.from) / (stretch.to - stretch.from)));
  return stretch.start + share * (stretch.end - stretch.start);
}
