// Lists: relations and statements as rows that open, some of many at first.

import { familyOf, nodeById } from "../data/page.js";
import { button, make, symbol } from "../drawing/elements.js";
import { growNear, isNear } from "../layout/neighbours.js";
import { hiddenNeighbours, scene } from "../layout/scene.js";
import { modeBadges, referenceBadge } from "./evidence.js";
import { FIRST, lookAt, openEdge, state } from "../state/state.js";
import { label, name, t, tongue } from "../wording/words.js";

/** A titled list that shows some of many at first, and tells how many there are; null when it has no items. */
export function group(title, items, row, atOnce = FIRST) {
  if (!items.length) return null;
  const holder = make("ul", { class: "rows" });
  const moreButton = button({ class: "plain more" });
  const size = make("span", { class: "count" });
  const add = () => {
    const from = holder.children.length;
    holder.append(...items.slice(from, from + (from ? FIRST : atOnce)).map(row));
    const count = holder.children.length;
    size.textContent = count < items.length ? t("ofAll", { n: count, all: items.length }) : String(items.length);
    moreButton.textContent = t("more", { n: Math.min(FIRST, items.length - count) });
    moreButton.hidden = count >= items.length;
    if (from) holder.children[from].querySelector("button, summary, a")?.focus();
  };
  moreButton.addEventListener("click", add);
  add();
  return make("section", { class: "group" }, make("h3", {}, title, " ", size), holder, moreButton);
}

/** One relation: a click opens its evidence, the symbol leads to the entity at its other end. */
export function edgeRow(edge, otherId, isIncoming) {
  const node = nodeById.get(otherId);
  const words = label("relations", edge.relation);
  const goLabel = t("goTo", { name: name(node) });
  const badges = [modeBadges(edge.claims), referenceBadge(edge)];
  return make(
    "li",
    { class: edge.passes ? "" : "filtered" },
    button(
      { class: "row", onclick: () => openEdge(edge.id) },
      make("span", { class: "relation" }, isIncoming ? t("incomingRelation", { words }) : words, " ", ...badges),
      make("span", { class: "target", lang: tongue(node.names) }, name(node)),
    ),
    growButton(node),
    button(
      { class: "go", "aria-label": goLabel, title: goLabel, onclick: () => lookAt(node.id) },
      symbol(familyOf(node)),
    ),
  );
}

/** In the view of neighbours: opens the neighbours of a neighbour, or closes them. */
function growButton(node) {
  if (!isNear() || state.edge || !scene.places.has(node.id) || node.id === state.node) return null;
  const isOpen = state.grown.has(node.id);
  if (!isOpen && !hiddenNeighbours(node)) return null;
  const title = t(isOpen ? "shrink" : "grow", { name: name(node) });
  const properties = { class: "go", "aria-label": title, "aria-expanded": String(isOpen), title };
  return button({ ...properties, onclick: () => growNear(node.id) }, isOpen ? "−" : "+");
}

/** A relation between two layers. */
export function bandRow(edge) {
  const [from, to] = edge.ends;
  return make(
    "li",
    {},
    button(
      { class: "row", onclick: () => openEdge(edge.id) },
      make("span", { class: "target" }, name(from)),
      make("span", { class: "relation" }, label("relations", edge.relation), " ", modeBadges(edge.claims)),
      make("span", { class: "target" }, name(to)),
    ),
  );
}
