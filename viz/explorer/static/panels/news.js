// News: the sources that the reader has chosen, such as the new ones, by province; each opens with what it says.

import { page } from "../data/page.js";
import { make } from "../drawing/elements.js";
import { articleLine } from "./evidence.js";
import { group } from "./lists.js";
import { statementButton } from "./statements.js";
import { choosesSources, chosenSources } from "../state/news.js";
import { state } from "../state/state.js";
import { columnName, number, pick, t } from "../wording/words.js";

const SOURCES_AT_ONCE = 3;

/** The sources chosen; nothing where no choice among them is made. */
export function newsParts() {
  if (!choosesSources()) return [];
  const parts = chosenSources().map(({ node, sources }) =>
    group(node ? columnName(node.id) : t("shared"), sources, chosenSourceRow, SOURCES_AT_ONCE),
  );
  return [make("section", { class: "news" }, make("h3", {}, t("news")), periodLine(), parts)];
}

/** Of which days the news of the page are, and why; nothing where the reader has chosen other sources. */
function periodLine() {
  const newest = page.news?.articles ?? [];
  const isOfNews = page.articles.every(({ id }) => newest.includes(id) !== state.off.articles.has(id));
  return isOfNews ? make("p", { class: "meta" }, pick(page.news.period)) : null;
}

function chosenSourceRow({ article, claims }) {
  return make("li", { class: "source-row" }, ...articleLine(article), claimsPart(claims));
}

/** The statements of a source; they are made when the reader opens them. */
function claimsPart(claims) {
  const list = make("ul", { class: "rows" });
  const fill = () => {
    if (!list.children.length) list.append(...claims.map((claim) => make("li", {}, statementButton(claim))));
  };
  return make("details", { ontoggle: fill }, make("summary", {}, t("claims", { n: number(claims.length) })), list);
}
