// Panel: all that is known of what is looked at, each statement with its sentence, article and date.

const panel = document.getElementById("panel");
const GROUPS = ["hasResult", "hasGoal", "hasTask", "hasLimitation"];

/** Draw the panel anew; who stood in it with the keyboard stands at its heading then. */
function renderPanel() {
  const inside = panel.contains(document.activeElement) && document.activeElement !== panel;
  panel.replaceChildren();
  if (state.edge) panel.append(...edgePanel(edgeById.get(state.edge)));
  else if (state.node) panel.append(...nodePanel(nodeById.get(state.node)));
  else if (state.band) panel.append(...bandPanel(state.band));
  else panel.append(...introduction());
  panel.scrollTop = 0;
  if (inside) panel.querySelector("h2").focus();
}

function introduction() {
  const steps = ["intro.rows", "intro.click", "intro.lines", "intro.bands", "intro.gap", "intro.keys"];
  const famous = byWeight.filter((node) => known.families[node.family] !== "place");
  return [
    make("h2", { tabindex: -1 }, t("intro.title")),
    make("ul", { class: "intro" }, steps.map((key) => make("li", {}, t(key)))),
    make("h3", {}, t("intro.start")),
    make("ul", { class: "links" }, famous.slice(0, 6).map((node) => make("li", {}, nodeLink(node)))),
    make("h3", {}, t("sources")),
    make("ul", { class: "sources" }, data.articles.map((article) => make("li", {}, ...articleLine(article)))),
  ];
}

function ownPage(node) {
  const page = node.iri.startsWith(ID) ? sitePage("id", ...node.iri.slice(ID.length).split("/")) : null;
  return page ? make("p", { class: "meta" }, make("a", { href: page }, t("ownPage"))) : null;
}

/** A button that goes to a thing. */
function nodeLink(node) {
  return make(
    "button",
    { type: "button", class: "link", onclick: () => lookAt(node.id), lang: tongue({ en: node.en }) },
    symbol(node.family),
    make("span", {}, name(node)),
  );
}

function nodePanel(node) {
  const place = node.province && nodeById.get(node.province);
  const facts = [
    [t("kind"), word("kinds", node.kind)],
    [t("province"), place && place !== node ? columnName(node.province) : null],
    [t("aliases"), node.aliases ? node.aliases.join("; ") : null],
    ...(node.details || []).filter(([key]) => key !== "ofTerritory").map(detailPair),
    [t("address"), node.iri],
  ];
  return [
    closer(),
    make(
      "h2",
      { lang: tongue({ en: node.en }), tabindex: -1 },
      symbol(node.family),
      make("span", {}, name(node)),
    ),
    otherName(node),
    standing(node),
    ownPage(node),
    make("dl", { class: "facts" }, facts.filter(([, value]) => value).flatMap(pairElements)),
    definition(node),
    ...groups(node),
    node.claims.length ? null : make("p", { class: "meta" }, t("onlyMentioned")),
  ].filter(Boolean);
}

function otherName(node) {
  const other = state.lang === "vi" ? node.en : node.vi;
  const lang = state.lang === "vi" ? "en" : "vi";
  return other && other !== name(node) ? make("p", { class: "other", lang }, other) : null;
}

function definition(node) {
  const texts = data.words.definitions[node.kind];
  return texts && pick(texts) ? make("p", { class: "definition" }, pick(texts)) : null;
}

function detailPair([relation, vi, en]) {
  const value = (state.lang === "en" && en) || vi;
  const words = relation === "sameAs" ? t("sameAs") : capital(word("relations", relation));
  return [words, /^\d{4}(-\d\d)*$/.test(value) ? time(value) : value];
}

function pairElements([term, value, lang]) {
  return [make("dt", {}, term), make("dd", { lang }, value)];
}

function closer() {
  return make(
    "button",
    { type: "button", class: "close", "aria-label": t("close"), title: t("close"), onclick: closePanel },
    "✕",
  );
}

function groups(node) {
  const figures = node.own.filter((statement) => statement.value !== null);
  const texts = (relation) => node.own.filter((statement) => statement.relation === relation);
  const rest = node.own.filter(
    (statement) => statement.value === null && !GROUPS.includes(statement.relation),
  );
  return [
    group(t("outgoing"), byRelation(node.out), (edge) => edgeRow(edge, edge.to, false)),
    group(t("incoming"), byRelation(node.in), (edge) => edgeRow(edge, edge.from, true)),
    group(t("figures"), figures, statementRow),
    ...GROUPS.map((relation) => group(t(`group.${relation}`), texts(relation), statementRow)),
    group(t("texts"), rest, statementRow),
    group(t("named"), node.named, namedRow),
  ];
}

function byRelation(list) {
  const key = (edge) => word("relations", edge.relation);
  return [...list].sort((one, other) => key(one).localeCompare(key(other), state.lang));
}

/** A titled list that shows some of many at first, and tells how many there are. */
function group(title, items, row) {
  if (!items.length) return null;
  const holder = make("ul", { class: "rows" });
  const more = make("button", { type: "button", class: "plain more" });
  const size = make("span", { class: "count" });
  const add = () => {
    const from = holder.children.length;
    holder.append(...items.slice(from, from + FIRST).map(row));
    const shown = holder.children.length;
    size.textContent = shown < items.length ? t("ofAll", { n: shown, all: items.length }) : String(items.length);
    more.textContent = t("more", { n: Math.min(FIRST, items.length - shown) });
    more.hidden = shown >= items.length;
    if (from) holder.children[from].querySelector("button, summary").focus();
  };
  more.addEventListener("click", add);
  add();
  return make("section", { class: "group" }, make("h3", {}, title, " ", size), holder, more);
}

/** One relation: a click opens its evidence, the symbol goes to the other thing. */
function edgeRow(edge, otherId, incoming) {
  const other = nodeById.get(otherId);
  const words = relationParts(edge.relation, incoming);
  const label = t("goTo", { name: name(other) });
  return make(
    "li",
    { class: edge.passes ? "" : "filtered" },
    make(
      "button",
      { type: "button", class: "row", onclick: () => openEdge(edge.id) },
      make("span", { class: "relation" }, words, " ", modeBadges(edge.claims), referenceBadge(edge)),
      make("span", { class: "target", lang: tongue({ en: other.en }) }, name(other)),
    ),
    growButton(other),
    make(
      "button",
      { type: "button", class: "go", "aria-label": label, title: label, onclick: () => lookAt(other.id) },
      symbol(other.family),
    ),
  );
}

/** In the near view: opens the neighbours of a neighbour, or closes them. */
function growButton(other) {
  if (!isNear() || state.edge || !scene.places.has(other.id) || other.id === state.node) return null;
  const isOpen = state.grown.has(other.id);
  if (!isOpen && !hiddenNeighbours(other)) return null;
  const label = t(isOpen ? "shrink" : "grow", { name: name(other) });
  const shape = { type: "button", class: "go", "aria-label": label, "aria-expanded": String(isOpen), title: label };
  return make("button", { ...shape, onclick: () => growNear(other.id) }, isOpen ? "−" : "+");
}

/** Ways on from a thing: its neighbours, and what stops with it. */
function standing(node) {
  const words = dependantsText(node.id) || t("viewDeps");
  const isPart = [...node.out, ...node.in].some((edge) => depends.has(edge.relation));
  const go = (view, text) => make("button", { type: "button", class: "plain", onclick: () => openView(view) }, text);
  return make(
    "p",
    { class: "ways" },
    state.view === "near" ? null : go("near", t("viewNear")),
    isPart && state.view !== "deps" ? go("deps", words) : null,
    state.view === "grid" ? null : go("grid", t("viewGrid")),
  );
}

/** The relations between two layers. */
function bandPanel(band) {
  const held = bandEdges(band);
  return [
    closer(),
    make("p", { class: "kicker" }, t("bands")),
    make("h2", { tabindex: -1 }, make("span", {}, bandName(band))),
    group(t("relationsTitle"), held, bandRow),
  ].filter(Boolean);
}

function bandRow(edge) {
  const [from, to] = [nodeById.get(edge.from), nodeById.get(edge.to)];
  return make(
    "li",
    {},
    make(
      "button",
      { type: "button", class: "row", onclick: () => openEdge(edge.id) },
      make("span", { class: "target" }, name(from)),
      make("span", { class: "relation" }, word("relations", edge.relation), " ", modeBadges(edge.claims)),
      make("span", { class: "target" }, name(to)),
    ),
  );
}

/** The words of a relation in a list: the thing that stands after or before it is listed below. */
function relationParts(relation, incoming) {
  const words = word("relations", relation);
  return incoming ? t("reads", { words }) : words;
}

function edgePanel(edge) {
  const from = nodeById.get(edge.from);
  const to = nodeById.get(edge.to);
  const modes = new Set(edge.claims.map((claim) => claim.mode));
  return [
    closer(),
    make("p", { class: "kicker" }, t("relation")),
    make("h2", { class: "sentence", tabindex: -1 }, ...relationSentence(edge, from, to)),
    make("p", { class: "meta" }, t("claims", { n: edge.claims.length })),
    modes.has("denied") && modes.size > 1 ? make("p", { class: "warning" }, t("conflict")) : null,
    ...edge.claims.map(claimCard),
    ...edge.references.map(referenceCard),
    group(t("twins"), twinsOf(edge).filter((other) => other !== edge), (other) => edgeRow(other, other.to, false)),
  ].filter(Boolean);
}

/** "A is operated by B", with both names as buttons; "…" in a label marks where the object stands. */
function relationSentence(edge, from, to) {
  const [before, after = ""] = word("relations", edge.relation).split("…");
  const thing = (node) =>
    make("button", { type: "button", class: "inline", onclick: () => lookAt(node.id) }, name(node));
  return [thing(from), ` ${before.trim()} `, thing(to), after.trim() ? ` ${after.trim()}` : ""];
}
