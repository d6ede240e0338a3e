// Documents: the legal document whose number a text names.

import { nodes } from "../data/page.js";
import { detailsOf } from "../data/provinces.js";

let byNumber = { of: null, documents: new Map() };

/** Documents by number; of several with one number, none. */
function documentsByNumber() {
  if (byNumber.of === nodes) return byNumber.documents;
  const documents = new Map();
  nodes.forEach((node) => detailsOf(node, "number").forEach(([, texts]) => {
    const [number] = Object.values(texts);
    documents.set(number, documents.has(number) ? null : node);
  }));
  byNumber = { of: nodes, documents };
  return documents;
}

/** The first document whose number stands as a word in a text; null where there is none. */
export function documentIn(text) {
  const numbers = text.split(/\s+/).map((word) => word.replace(/^[(.,;]+|[).,;]+$/g, ""));
  return numbers.map((number) => documentsByNumber().get(number)).find(Boolean) ?? null;
}
