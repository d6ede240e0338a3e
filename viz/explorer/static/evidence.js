// Evidence: statements in words, and below each its sentence, article, dates and bounds.

const UNSAID = { note: null, certainty: null, extent: null, target: null }; // not in the short form

function articleLine(article) {
  const source = [pick(article.publisher), time(article.published)].filter(Boolean).join(", ");
  const page = sitePage("article", article.id);
  const title = page ? make("a", { href: page }, pick(article.title)) : pick(article.title);
  return [
    make("cite", { lang: tongue(article.title) }, title),
    make("span", { class: "meta" }, source),
  ];
}

function modeBadges(claims) {
  const all = [...new Set(claims.map((claim) => claim.mode))];
  const modes = all.length > 1 ? all : all.filter((mode) => mode !== data.usual);
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
  const hidden = !statement.passes;
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
  const rest = [...bounds(statement), [t("id"), `${wholeId(statement.id, statement)} · ${t("line")} ${statement.line}`]];
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

function claimCard(claim) {
  const label = make("span", { class: `badge ${badgeClass(claim.mode)}` }, modeName(claim.mode));
  const status = claim.denied ? make("span", { class: "badge" }, modeName(claim.status)) : null;
  return make("section", { class: "card" }, make("p", { class: "status" }, label, status), evidence(claim));
}

function referenceBadge(edge) {
  return edge.references.length ? make("span", { class: "badge dotted" }, t("base.reference")) : null;
}

/** What reference data say; no article states it. */
function referenceCard(source) {
  const label = make("span", { class: "badge dotted" }, t("base.reference"));
  return make("section", { class: "card" }, make("p", { class: "status" }, label), make("p", {}, pick(source)));
}
