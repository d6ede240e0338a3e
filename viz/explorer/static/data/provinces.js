// Provinces: those of today, each with the former ones that have become part of it.

export const PROVINCE_KIND = "Province";

/** The values of a detail of an entity. */
export function detailsOf(node, relation) {
  return (node.details || []).filter(([key]) => key === relation);
}

/** The unit of today that a unit has become part of: itself where it still exists, or where none is known. */
function presentUnit(node, nodeById) {
  const passed = new Set([node.id]);
  let unit = node;
  for (;;) {
    const [successor] = detailsOf(unit, "succeededBy").map(([, , id]) => nodeById.get(id));
    if (!successor || passed.has(successor.id)) return unit;
    passed.add(successor.id);
    unit = successor;
  }
}

/**
 * List the provinces of today in the order that a language gives their names: { node, former, keys }; `keys` are those
 * of its columns.
 */
export function listProvinces(nodes, nodeById, lang) {
  const byId = new Map();
  nodes.filter((node) => node.kind === PROVINCE_KIND).forEach((node) => {
    const present = presentUnit(node, nodeById);
    if (!byId.has(present.id)) byId.set(present.id, { node: present, former: [], keys: new Set([present.id]) });
    if (node === present) return;
    byId.get(present.id).former.push(node);
    byId.get(present.id).keys.add(node.id);
  });
  return [...byId.values()].sort((a, b) => a.node.label.localeCompare(b.node.label, lang));
}
