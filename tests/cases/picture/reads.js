// What the browser tests read from the live page; the page itself knows nothing of this file.
window.reads = {
  /** Place of an entity, or of the middle of a relation, in px of the stage. */
  node: (id) => explorer.live().canvasToDOM(explorer.live().getPosition(id)),
  edge: (id) => explorer.live().canvasToDOM(explorer.live().body.edges[id].edgeType.getPoint(0.5)),

  /** Entities whose name is not found when typed without accents or in decomposed form. */
  missed: () =>
    explorer.nodes
      .filter((node) => {
        const spread = node.names.vi.normalize("NFD");
        const bare = spread.replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
        return !explorer.find(bare).includes(node) || !explorer.find(spread).includes(node);
      })
      .map((node) => node.id),

  /** Colour of each entity on the live network, and of its family in the legend. */
  live: () =>
    Object.fromEntries(
      explorer.shown().nodes.map(({ id }) => [id, explorer.live().body.nodes[id].options.color.background]),
    ),
  legend: () => {
    const rows = [...document.querySelectorAll("#filter-families li")];
    const fill = (row) => [row.querySelector("input").value, row.querySelector("path").getAttribute("fill")];
    const colours = Object.fromEntries(rows.map(fill));
    const { families } = explorer.data;
    return Object.fromEntries(explorer.shown().nodes.map((node) => [node.id, colours[families[node.family].id]]));
  },

  /** Colour of the pixel in the middle of a symbol. */
  pixel: (id) => {
    explorer.live().redraw();
    const canvas = document.querySelector("#stage canvas");
    const copy = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const ctx = copy.getContext("2d", { willReadFrequently: true });
    const ratio = canvas.width / canvas.clientWidth;
    const { x, y } = reads.node(id);
    ctx.drawImage(canvas, Math.round(x * ratio), Math.round(y * ratio), 1, 1, 0, 0, 1, 1);
    const colour = [...ctx.getImageData(0, 0, 1, 1).data].slice(0, 3);
    return "#" + colour.map((part) => part.toString(16).padStart(2, "0")).join("");
  },

  /** Pattern of each line in px on the screen; false when it is solid. */
  dashes: () => {
    const scale = explorer.live().getScale();
    const pattern = (id) => explorer.live().body.edges[id].options.dashes;
    return Object.fromEntries(
      explorer.lines().map(({ id }) => [id, pattern(id) && pattern(id).map((part) => part * scale)]),
    );
  },

  /** What is looked at and shown, as a list that can be compared. */
  view: () => {
    const { lang, off, cells, grown, ...plain } = explorer.state; // a test changes the language itself
    const sets = Object.entries(off).map(([group, keys]) => [group, [...keys].sort()]);
    const ids = (list) => list.map((each) => each.id);
    const shown = explorer.shown();
    return [plain, sets, [...cells], [...grown], ids(shown.nodes), ids(shown.edges)];
  },

  /** What vis-network itself counts as visible. */
  visible: () => {
    const { nodeIndices, edgeIndices } = explorer.live().body;
    return [...nodeIndices, ...edgeIndices].sort();
  },

  /** Pairs of drawn labels that overlap. */
  overlaps: () => {
    explorer.live().redraw();
    const boxes = explorer.labels();
    const meet = (a, b) =>
      a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return boxes.filter((a, index) => boxes.slice(0, index).some((b) => meet(a, b))).length;
  },

  /** All texts of the panel for one entity, then for its first relation. */
  panel: (id) => {
    const all = (query) => [...document.querySelectorAll(`#panel ${query}`)].map((each) => each.textContent);
    explorer.lookAt(id);
    document.querySelectorAll("#panel details").forEach((each) => {
      each.open = true;
    });
    const texts = { title: all("h2 span"), facts: all("> dl dd"), says: all(".target"), quotes: all(".digest") };
    Object.assign(texts, { cites: all("cite"), bounds: all(".evidence dd") });
    explorer.openEdge(explorer.nodes.find((node) => node.id === id).out[0].id);
    return { ...texts, ends: all("h2 button"), sentence: all(".digest") };
  },
};
