// Panel: all that is known of what is looked at, each statement with its sentence, article and date.

const panel = document.getElementById("panel");
const UNSAID = { note: null, certainty: null, extent: null, target: null }; // not in the short form
const GROUPS = ["hasResult", "hasGoal", "hasTask", "hasLimitation"];

/** Draw the panel anew; who stood in it with the keyboard stands at its heading then. */
function renderPanel() {
  const inside = panel.contains(document.activeElement) && document.activeElement !== panel;
  panel.replaceChildren();
  if (state.edge) panel.append(...edgePanel(edgeById.get(state.edge)));
  else if (state.node) panel.append(...nodePanel(nodeById.get(state.node)));
  else panel.append(...introduction());
  panel.scrollTop = 0;
  if (inside) panel.querySelector("h2").focus();
}

function introduction() {
  const steps = ["intro.rows", "intro.click", "intro.lines", "intro.gap", "intro.keys"];
  const things = nodes.filter((node) => familyOrder[node.family] !== "place");
  const famous = things.sort((one, other) => other.neighbours.length - one.neighbours.length);
  return [
    make("h2", { tabindex: -1 }, t("intro.title")),
    make("ul", { class: "intro" }, steps.map((key) => make("li", {}, t(key)))),
    make("h3", {}, t("intro.start")),
    make("ul", { class: "links" }, famous.slice(0, 6).map((node) => make("li", {}, nodeLink(node)))),
    make("h3", {}, t("sources")),
    make("ul", { class: "sources" }, data.articles.map((article) => make("li", {}, ...articleLine(article)))),
  ];
}

function articleLine(article) {
  const source = [pick(article.publisher), time(article.published)].filter(Boolean).join(", ");
  return [
    make("cite", { lang: tongue(article.title) }, pick(article.title)),
    make("span", { class: "meta" }, source),
  ];
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
    make("dl", { class: "facts" }, facts.filter(([, value]) => value).flatMap(pairElements)),
    definition(node),
    ...groups(node),
    node.modes.size ? null : make("p", { class: "meta" }, t("onlyMentioned")),
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
    group(t("outgoing"), byRelation(node.out).map((edge) => edgeRow(edge, edge.to, false))),
    group(t("incoming"), byRelation(node.in).map((edge) => edgeRow(edge, edge.from, true))),
    group(t("figures"), figures.map(statementRow)),
    ...GROUPS.map((relation) => group(t(`group.${relation}`), texts(relation).map(statementRow))),
    group(t("texts"), rest.map(statementRow)),
    group(t("named"), node.named.map(namedRow)),
  ];
}

function byRelation(list) {
  const key = (edge) => word("relations", edge.relation);
  return [...list].sort((one, other) => key(one).localeCompare(key(other), state.lang));
}

function group(title, rows) {
  if (!rows.length) return null;
  return make(
    "section",
    { class: "group" },
    make("h3", {}, title, " ", make("span", { class: "count" }, String(rows.length))),
    make("ul", { class: "rows" }, rows),
  );
}

/** One relation: a click opens its evidence, the symbol goes to the other thing. */
function edgeRow(edge, otherId, incoming) {
  const other = nodeById.get(otherId);
  const words = relationParts(edge.relation, incoming);
  const label = t("goTo", { name: name(other) });
  return make(
    "li",
    { class: isShownEdge(edge) ? "" : "filtered" },
    make(
      "button",
      { type: "button", class: "row", onclick: () => openEdge(edge.id) },
      make("span", { class: "relation" }, words, " ", modeBadges(edge.claims)),
      make("span", { class: "target", lang: tongue({ en: other.en }) }, name(other)),
    ),
    make(
      "button",
      { type: "button", class: "go", "aria-label": label, onclick: () => lookAt(other.id) },
      symbol(other.family),
    ),
  );
}

/** The words of a relation in a list: the thing that stands after or before it is listed below. */
function relationParts(relation, incoming) {
  const words = word("relations", relation);
  return incoming ? t("reads", { words }) : words;
}

function modeBadges(claims) {
  const all = [...new Set(claims.map((claim) => claim.mode))];
  const modes = all.length > 1 ? all : all.filter((mode) => mode !== "operational");
  const spread = [...new Set(claims.map((claim) => claim.extent).filter(Boolean))];
  return [
    ...modes.map((mode) => make("span", { class: `badge ${badgeClass(mode)}` }, modeName(mode))),
    ...spread.map((extent) => make("span", { class: "badge" }, word("codes", extent))),
  ];
}

function badgeClass(mode) {
  if (mode === "denied") return "denied";
  return DASHED.has(mode) ? "dashed" : SOLID.has(mode) ? "" : "dotted";
}

/** One text or figure: a click opens its sentence below it. */
function statementRow(statement) {
  const isText = GROUPS.includes(statement.relation);
  const head = isText ? null : make("span", { class: "relation" }, relationName(statement), " ");
  return unfolding(statement, [
    head,
    make("span", { class: "target", lang: tongue(statement.vi ? statement : { en: 1 }) }, saying(statement)),
    ...modeBadges([statement]),
    limits(statement),
  ]);
}

/** What tells one figure or text from the next: level, time, what it is about. */
function limits(statement) {
  const stated = ["as_of", "period", "due_by"].filter((key) => statement[key]);
  const parts = [
    ...bounds({ ...statement, ...UNSAID }).map(([, value]) => value),
    ...stated.map((key) => `${t(`time.${key}`)} ${time(statement[key])}`),
  ];
  if (statement.target) parts.unshift(word("codes", "target"));
  return parts.length ? make("span", { class: "limits" }, parts.join(" · ")) : null;
}

function namedRow(statement) {
  const subject = nodeById.get(statement.subject);
  const about = `${subject ? name(subject) : statement.subject}: ${relationName(statement)}`;
  return unfolding(statement, [
    make("span", { class: "relation" }, about, " "),
    make("span", { class: "target" }, saying(statement)),
    ...modeBadges([statement]),
  ]);
}

function unfolding(statement, words) {
  const hidden = state.off.modes.has(statement.mode);
  return make(
    "li",
    { class: hidden ? "filtered" : "" },
    make("details", {}, make("summary", { class: "row" }, words), evidence(statement)),
  );
}

/** The evidence of one statement: sentence, article, dates, and what bounds it. */
function evidence(statement) {
  const sentence = sentences[statement.sentence];
  const article = data.articles[sentence.article];
  const translated = state.lang === "en" && sentence.en;
  const rest = [...bounds(statement), [t("id"), `${statement.id} · ${t("line")} ${statement.line}`]];
  return make(
    "div",
    { class: "evidence" },
    translated ? make("blockquote", { lang: "en" }, sentence.en) : null,
    make("blockquote", { lang: "vi", class: translated ? "original" : "" }, sentence.vi),
    article ? make("p", { class: "source" }, ...articleLine(article)) : null,
    make("p", { class: "meta" }, times(statement)),
    make("dl", { class: "facts" }, rest.flatMap(pairElements)),
  );
}

function edgePanel(edge) {
  const from = nodeById.get(edge.from);
  const to = nodeById.get(edge.to);
  const modes = new Set(edge.claims.map((claim) => claim.mode));
  const twins = edges.filter(
    (other) =>
      other !== edge &&
      [other.from, other.to].sort().join("|") === [edge.from, edge.to].sort().join("|"),
  );
  return [
    closer(),
    make("p", { class: "kicker" }, t("relation")),
    make("h2", { class: "sentence", tabindex: -1 }, ...relationSentence(edge, from, to)),
    make("p", { class: "meta" }, t("claims", { n: edge.claims.length })),
    modes.has("denied") && modes.size > 1 ? make("p", { class: "warning" }, t("conflict")) : null,
    ...edge.claims.map(claimCard),
    group(t("twins"), twins.map((other) => edgeRow(other, other.to, false))),
  ].filter(Boolean);
}

/** "A is operated by B", with both names as buttons; "…" in a label marks where the object stands. */
function relationSentence(edge, from, to) {
  const [before, after = ""] = word("relations", edge.relation).split("…");
  const thing = (node) =>
    make("button", { type: "button", class: "inline", onclick: () => lookAt(node.id) }, name(node));
  return [thing(from), ` ${before.trim()} `, thing(to), after.trim() ? ` ${after.trim()}` : ""];
}

function claimCard(claim) {
  const label = make("span", { class: `badge ${badgeClass(claim.mode)}` }, modeName(claim.mode));
  const status = claim.denied ? make("span", { class: "badge" }, modeName(claim.status)) : null;
  return make("section", { class: "card" }, make("p", { class: "status" }, label, status), evidence(claim));
}
