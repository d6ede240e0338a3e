// Caption: what a picture says of itself once it has left the page: its title, what its symbols and lines mean, its
// sources and its date.

import { edgeById, familyOf, modeOf, nodeById, page } from "../data/page.js";
import { shownLine } from "../drawing/messages.js";
import { lines } from "../drawing/network.js";
import { showsBands } from "../layout/frame.js";
import { shownNodes } from "../layout/scene.js";
import { toHash } from "../state/address.js";
import { articlesOf } from "../state/counts.js";
import { isFiltered, leadMode, marksOf, passingClaims } from "../state/filtering.js";
import { standsOnNode, state } from "../state/state.js";
import { edgeLabel } from "../wording/statements.js";
import { capital, familyName, modeName, name, number, t, time } from "../wording/words.js";

/** The title of what is shown: the graph, the view, and what is looked at. */
export function pictureTitle() {
  const edge = state.edge && edgeById.get(state.edge);
  const looked = edge ? `${name(edge.ends[0])} – ${edgeLabel(edge)} – ${name(edge.ends[1])}` : nodeById.get(state.node);
  const subject = typeof looked === "string" ? looked : looked && name(looked);
  return [`${t("title")} – ${t(`view.${state.view}`)}`, subject].filter(Boolean).join(": ");
}

/** How much is shown, and that filters leave something out. */
export function pictureScope() {
  return [shownLine.textContent, isFiltered() ? t("caption.filtered") : ""].filter(Boolean).join(" · ");
}

/** Where it comes from, and when the picture was made. */
export function pictureSource() {
  const drawn = standsOnNode(state.view) && lines.length ? lines : shownNodes;
  const articles = state.view === "country" ? page.articles : articlesOf(drawn);
  const days = articles.map(({ published }) => published).filter((day) => /^\d{4}/.test(day)).sort();
  const newest = days.length ? time(days.at(-1)) : "–";
  const counts = { n: number(articles.length), all: number(page.articles.length) };
  return t("caption.source", { ...counts, newest, date: time(today()) });
}

function today() {
  const now = new Date();
  const digits = (part) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${digits(now.getMonth() + 1)}-${digits(now.getDate())}`;
}

/** A sentence with which what is shown can be cited, with its address where the page has one for others. */
export function citation() {
  const isShared = location.protocol.startsWith("http");
  const address = isShared ? ` ${location.href.split("#")[0]}${toHash()}` : "";
  return `${pictureTitle()}. ${pictureSource()}${address}`;
}

/** The families and the statuses of lines that are drawn, each with its words. */
export function pictureLegend() {
  const drawn = new Set(shownNodes.map(familyOf));
  const marks = new Set(lines.flatMap((edge) => [...marksOf(passingClaims(edge))]));
  const modes = new Set(lines.map(leadMode));
  return {
    families: page.families.filter((family) => drawn.has(family)).map((family) => [family, familyName(family.id)]),
    modes: Object.keys(page.modes)
      .filter((mode) => modes.has(mode))
      .sort((a, b) => modeOf(a).rank - modeOf(b).rank)
      .map((mode) => [mode, capital(modeName(mode))]),
    marks: Object.entries(page.marks)
      .filter(([, mark]) => marks.has(mark))
      .map(([key, mark]) => [mark, t(`mark.${key}`)]),
    arcs: showsBands() ? t("caption.arc") : null,
  };
}
