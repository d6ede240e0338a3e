// Fold: names made comparable, so that they are found with and without accents.

/** Drop accents, case and odd blanks: the key people type without them. NFC and NFD give one key. */
function fold(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/g, "d")
    .replace(/[\s\u200b\u2060\ufeff]+/g, " ")
    .trim();
}

/** Keep accents, but make the two tone placements (hoà, hòa) and both normal forms equal. */
function spelling(text) {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/(^|[^q])(o[ae]|uy)([\u0300\u0301\u0309\u0303\u0323])(?!\p{L})/gu, (_, before, pair, tone) =>
      before + pair[0] + tone + pair[1],
    )
    .normalize("NFC")
    .replace(/[\s\u200b\u2060\ufeff]+/g, " ")
    .trim();
}

/** Names and keys of a thing, made at the first search. */
function keysOf(node) {
  if (!node.folded) {
    const names = [...new Set([node.label, node.vi, node.en, ...(node.aliases || []), node.id])].filter(Boolean);
    node.folded = `\n${names.map(fold).join("\n")}\n`;
    node.spelt = names.map(spelling).join("\n");
  }
  return node;
}
