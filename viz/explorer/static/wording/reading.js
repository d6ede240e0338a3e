// Reading: which sentences tell how the drawing of a view is read.

// what is told of a view before and after what holds for all; of the others their description comes first
const READING = {
  country: [["intro.tiles"], ["intro.gap"]],
  grid: [["intro.rows"], ["intro.bands", "intro.gap"]],
  time: [["drawing.time", "intro.due"], []],
};
const OF_ALL_VIEWS = ["intro.click", "intro.lines"];

/** The keys of the sentences that tell how the drawing of a view is read, in their order. */
export function readingKeys(view) {
  const [before, after] = READING[view] ?? [[`drawing.${view}`], []];
  return [...before, ...OF_ALL_VIEWS, ...after, "intro.keys"];
}
