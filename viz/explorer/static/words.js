// Words: labels in the language of the reader, dates, numbers, and elements that hold them as plain text.

/** Words of the page; {braces} are filled in. */
function t(key, values = {}) {
  const words = data.ui[state.lang][key] ?? data.ui.vi[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (_, each) => values[each] ?? "");
}

/** Words of a class, relation, measure or code. */
function word(group, key) {
  const labels = data.words[group][key];
  return labels ? labels[state.lang] || labels.vi : key;
}

function pick(texts) {
  return texts[state.lang] || texts.vi || "";
}

function name(node) {
  return pick(node);
}

function relationName(statement) {
  const group = statement.relation in data.words.relations ? "relations" : "measures";
  return capital(word(group, statement.relation));
}

function capital(text) {
  return text.charAt(0).toLocaleUpperCase(state.lang) + text.slice(1);
}

function modeName(mode) {
  return mode === "reference" ? t("base.reference") : word("codes", mode);
}

function columnName(key) {
  return key === SHARED ? t("shared") : nodeById.get(key) ? nodeById.get(key).label : key;
}

function rowName(key) {
  return key in data.words.codes ? capital(word("codes", key)) : t(`row.${key}`);
}

function familyName(position) {
  return pick(data.families[position]);
}

/** What stands on a line: the relation, and its status where it does not simply hold. */
function edgeLabel(edge) {
  const all = [...new Set(shownClaims(edge).map((claim) => claim.mode))];
  if (!all.length && edge.references.length) all.push("reference");
  const modes = all.length > 1 ? all : all.filter((mode) => !SOLID.has(mode));
  const cross = modes.includes("denied") ? "✕ " : "";
  const extra = modes.length ? ` (${modes.map(modeName).join("; ")})` : "";
  return cross + word("relations", edge.relation) + extra;
}

const numberForms = new Map(); // making one costs far more than using it

/** A number as a reader of the language writes it; digits are kept as stated. */
function number(text) {
  const decimals = (text.split(".")[1] || "").length;
  const key = `${state.lang}${decimals}`;
  if (!numberForms.has(key)) {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    numberForms.set(key, new Intl.NumberFormat(state.lang === "vi" ? "vi-VN" : "en-GB", digits));
  }
  return numberForms.get(key).format(text);
}

function figure(statement) {
  const signs = { ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ " };
  const scale = statement.denominator ? `/${number(statement.denominator)}` : "";
  const unit = statement.unit ? ` ${word("units", statement.unit)}` : "";
  return (signs[statement.comparator] || "") + number(statement.value) + scale + unit;
}

/** A stated time (EDTF: years, months, days, quarters, intervals) in words. */
function time(edtf) {
  return edtf.split("/").map(moment).join(" – ");
}

function moment(text) {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text);
  if (!match) return text;
  const [, year, month, day] = match;
  if (!month) return year;
  if (Number(month) >= 33 && Number(month) <= 36) return t("quarter", { n: Number(month) - 32, year });
  if (state.lang === "vi") return [day, month, year].filter(Boolean).join("/");
  const parts = { day: day && "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat("en-GB", parts).format(new Date(`${year}-${month}-${day || "01"}`));
}

/** The times of a statement and on what they rest. */
function times(statement) {
  const parts = ["from", "to", "as_of", "period", "baseline", "due_by"]
    .filter((key) => statement[key])
    .map((key) => `${t(`time.${key}`)} ${time(statement[key])}`);
  parts.push(t(`basis.${statement.basis}`, { date: time(statement.stated) }));
  return parts.join(" · ");
}

/** What else bounds a statement, as pairs of words. */
function bounds(statement) {
  const codes = (value) => [].concat(value).map((code) => level(code)).join(", ");
  const things = (value) => value.map((id) => (nodeById.has(id) ? name(nodeById.get(id)) : id)).join(", ");
  const pairs = [];
  if (statement.extent) pairs.push([t("extent"), codes(statement.extent)]);
  if (statement.scope) pairs.push([t("scope"), codes(statement.scope)]);
  if (statement.level) pairs.push([t("level"), codes(statement.level)]);
  if (statement.about) pairs.push([t("about"), things(statement.about)]);
  if (statement.responsible) pairs.push([t("responsible"), things(statement.responsible)]);
  if (statement.target) pairs.push([t("figureKind"), word("codes", "target")]);
  if (statement.certainty) pairs.push([t("certainty"), t(`certainty.${statement.certainty}`)]);
  if (statement.note) pairs.push([t("note"), statement.note, "vi"]);
  return pairs;
}

function level(code) {
  return word("codes", /^[1-4]$/.test(code) ? `level-${code}` : code);
}

/** What a statement says of its subject: another thing, a text, or a figure. */
function saying(statement) {
  if (statement.value !== null) return figure(statement);
  if (statement.vi) return statement[state.lang] || statement.vi;
  if (nodeById.has(statement.object)) return name(nodeById.get(statement.object));
  return word("codes", wholeId(statement.object || "", statement).replace(/^code:/, ""));
}

const PLAIN = /^(?!(con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-zA-Z0-9-]{0,99}$/; // what a site takes for a file name as it is

/** The way to a page of the site that this one stands in; none from a page that stands alone. */
function sitePage(...steps) {
  if (!data.home || !steps.every((step) => PLAIN.test(step))) return null;
  return `${state.lang === "vi" ? "" : `${state.lang}/`}${steps.join("/")}.html`;
}

/** Make an element: properties, then children; strings become text, never markup. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  Object.entries(properties).forEach(([key, value]) => {
    if (value === null || value === undefined || value === false) return;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : value);
  });
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

function makeSvg(tag, properties) {
  const element = document.createElementNS(SVG, tag);
  Object.entries(properties).forEach(([key, value]) => element.setAttribute(key, value));
  return element;
}

/** The symbol of a family, as it is drawn. */
function symbol(position) {
  const picture = makeSvg("svg", { viewBox: "-1.5 -1.5 3 3", width: 16, height: 16, "aria-hidden": "true" });
  picture.append(makeSvg("path", { d: data.families[position].path, fill: familyColour(position) }));
  return picture;
}

/** The pattern of a status, as it is drawn. */
function lineSample(mode) {
  const picture = makeSvg("svg", { viewBox: "0 0 30 12", width: 30, height: 12, "aria-hidden": "true" });
  const colour = token(mode === "denied" ? "--denied" : "--edge");
  const line = { x1: 1, y1: 6, x2: 29, y2: 6, stroke: colour, "stroke-width": 1.8 };
  picture.append(makeSvg("line", { ...line, "stroke-dasharray": dashOf(mode).join(" ") || "none" }));
  if (mode === "denied") {
    picture.append(makeSvg("path", { d: "M11 2l8 8M19 2l-8 8", stroke: colour, "stroke-width": 1.8 }));
  }
  return picture;
}

/** Text that may be Vietnamese in an English page: marked, so that it is read out rightly. */
function tongue(texts) {
  return state.lang === "en" && !texts.en ? "vi" : null;
}
