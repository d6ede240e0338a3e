// Filtering: which statements, and through them which things and relations, pass the filters.

let filterTurn = 0; // counts the changes of filters

/** Tell whether a statement passes: its status, its article, and the years it speaks of. */
function passesClaim(claim) {
  const { off, since, until, asOf } = state;
  if (off.modes.has(claim.mode) || off.bases.has("stated")) return false;
  if (off.articles.size && off.articles.has(known.articles[claim.article])) return false;
  if (asOf && (claim.begin >= asOf + 1 || claim.end <= asOf)) return false;
  if (!since && !until) return true;
  return claim.spans.some(([start, end]) => start < (until || 9999) + 1 && end > (since || 0));
}

function isTimed() {
  return Boolean(state.since || state.until || state.asOf);
}

/** Mark every statement, thing and relation; all else reads these marks. */
function applyFilters() {
  filterTurn += 1;
  const { off } = state;
  const byClaims = off.modes.size || off.articles.size || off.bases.size || isTimed();
  statements.forEach((claim) => {
    claim.passes = !byClaims || passesClaim(claim);
  });
  nodes.forEach((node) => {
    node.passes = passesPlace(node) && (!byClaims || passesByClaims(node));
  });
  edges.forEach((edge) => {
    edge.holds = edge.claims.some((claim) => claim.passes) || passesReference(edge);
    edge.passes = edge.holds && edge.ends[0].passes && edge.ends[1].passes;
  });
}

function passesPlace(node) {
  const { off } = state;
  return !off.families.has(known.families[node.family]) && !off.columns.has(node.column) && !off.rows.has(node.row);
}

/** A thing passes with one of its statements; one that is only named passes with an article that names it. */
function passesByClaims(node) {
  const { off } = state;
  if (node.claims.length) return node.claims.some((claim) => claim.passes) || node.out.some(passesReference) || node.in.some(passesReference);
  if (isTimed()) return false;
  return !off.articles.size || (node.articles || []).some((index) => !off.articles.has(known.articles[index]));
}

function passesReference(edge) {
  return edge.references.length > 0 && !state.off.bases.has("reference");
}

function isFiltered() {
  return isTimed() || Object.values(state.off).some((set) => set.size > 0);
}

function shownClaims(edge) {
  return edge.claims.filter((claim) => claim.passes);
}

/** Tell the style of a relation from the claims that are shown: the firmest of them leads. */
function leadMode(edge) {
  if (edge.modeTurn === filterTurn) return edge.mode;
  const rank = (mode) => (SOLID.has(mode) ? 0 : mode === "denied" ? 3 : DASHED.has(mode) ? 2 : 1);
  const modes = shownClaims(edge).map((claim) => claim.mode).sort((one, other) => rank(one) - rank(other));
  edge.modeTurn = filterTurn;
  edge.mode = modes[0] || (edge.claims.length ? edge.claims[0].mode : "reference");
  return edge.mode;
}

/** The pattern of a line in px on the screen; an empty one is solid. */
function dashOf(mode) {
  if (SOLID.has(mode) || mode === "denied") return [];
  if (mode === "reference") return [8, 3, 1.5, 3];
  return DASHED.has(mode) ? [7, 5] : [1.5, 4];
}
