// Folding: names made comparable, so that they are found with and without accents. The rules are those of
// `egovkg.graph.text`: they arrive as a table in the data of the page.

let rules = null;

/** A pattern for any of some characters, written as inside brackets. */
function anyOf(characters, quantifier = "") {
  return new RegExp(`[${characters}]${quantifier}`, "gu");
}

/** Letters to replace, with a pattern that finds them. */
function letterMap(letters) {
  return { pattern: anyOf(Object.keys(letters).join("")), letters };
}

/** Take over the table of `egovkg.graph.text.folding_table`. */
export function useFolding(table) {
  rules = {
    dropped: anyOf(table.dropped),
    blanks: anyOf(table.blanks, "+"),
    marks: anyOf(table.marks),
    tones: new RegExp(table.tone_pattern, "gu"),
    letters: letterMap(table.letters),
    bareLetters: letterMap(table.bare_letters),
  };
}

function mapLetters(text, { pattern, letters }) {
  return text.replace(pattern, (letter) => letters[letter]);
}

/** Case, blanks and characters without width made equal, accents apart from their letters. */
function spread(text) {
  const lowered = mapLetters(text.replace(rules.dropped, "").toLowerCase(), rules.letters);
  return lowered.normalize("NFD").replace(rules.blanks, " ").trim();
}

/** Drop accents, case and odd blanks: the key that people type without them. NFC and NFD give one key. */
export function fold(text) {
  return mapLetters(spread(text).replace(rules.marks, ""), rules.bareLetters);
}

/** Keep accents, but make the two tone placements (hoà, hòa) and both normal forms equal. */
export function spelling(text) {
  return spread(text).replace(rules.tones, "$1$2$4$3").normalize("NFC");
}
