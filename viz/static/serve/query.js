"use strict";
(function () {
  const form = document.getElementById("ask");
  const words = JSON.parse(form.dataset.words);
  const prefixes = JSON.parse(form.dataset.prefixes);
  const root = form.dataset.root;
  const lang = document.documentElement.lang;
  const $ = (id) => document.getElementById(id);
  const editor = $("query");
  const SPACE = "https://w3id.org/egovkg/";
  const MOST_NODES = 120;
  const SVG = "http://www.w3.org/2000/svg";
  const EXAMPLE = "SELECT ?system ?label {\n  ?system a egov:IntegrationPlatform ; rdfs:label ?label .\n  FILTER(LANG(?label) = \"" + lang + "\")\n}\nORDER BY ?label";
  let shown = null; // the answer on the page, and what it answers
  let running = null; // gives up the query that runs

  const say = (key, values) => words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const element = (name, text, attributes) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    return made;
  };

  // -- the query and its link

  const declared = (text, name) => new RegExp("prefix\\s+" + name + ":", "i").test(text);
  function withPrefixes(text) {
    const lines = Object.entries(prefixes)
      .filter(([name]) => new RegExp("(^|[^\\w:-])" + name + ":").test(text) && !declared(text, name))
      .map(([name, iri]) => "PREFIX " + name + ": <" + iri + ">");
    return lines.length ? lines.join("\n") + "\n" + text : text;
  }
  function keepInAddress() {
    const hash = "#q=" + encodeURIComponent(editor.value);
    if (location.hash !== hash) history.replaceState(null, "", hash);
    const other = $("language");
    if (other) other.setAttribute("href", other.getAttribute("href").split("#")[0] + hash);
  }
  function fromAddress() {
    const match = /^#q=(.*)$/.exec(location.hash);
    if (!match) return false;
    try {
      editor.value = decodeURIComponent(match[1]);
    } catch {
      return false;
    }
    return true;
  }

  // -- asking

  async function ask(query, accept, signal) {
    return fetch(form.dataset.endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", Accept: accept },
      body: query,
      signal,
    });
  }
  /** Ask what stands in the editor. What still runs is given up: its answer would come too late. */
  async function run() {
    if (running) running.abort();
    const mine = (running = new AbortController());
    $("fault").replaceChildren();
    $("said").textContent = words.running;
    $("result").setAttribute("aria-busy", "true");
    $("stop").hidden = false;
    keepInAddress();
    const query = editor.value;
    const start = performance.now();
    try {
      const answer = await ask(query, "application/sparql-results+json, application/n-triples;q=0.9", mine.signal);
      const kind = (answer.headers.get("Content-Type") || "").split(";")[0];
      const text = await answer.text();
      if (mine !== running) return;
      if (!answer.ok) return fault(text);
      const table = kind === "application/n-triples" ? fromTriples(text) : fromResults(JSON.parse(text));
      const facts = { n: table.rows.length, ms: Math.round(performance.now() - start), v: answer.headers.get("Egovkg-Version") };
      show({ ...table, query });
      $("said").textContent = typeof table.answer === "boolean" ? (table.answer ? words.istrue : words.isfalse) : (table.rows.length ? "" : words.none + " · ") + say("rows", facts);
    } catch {
      if (mine === running) fault(JSON.stringify({ message: words.offline }));
    } finally {
      if (mine === running) ended();
    }
  }
  function ended() {
    running = null;
    $("result").removeAttribute("aria-busy");
    if (document.activeElement === $("stop")) $("run").focus();
    $("stop").hidden = true;
  }
  function stop() {
    if (!running) return;
    running.abort();
    ended();
    $("result").hidden = true; // it is not the answer to what was asked last
    $("said").textContent = words.stopped;
  }
  function fault(text) {
    let told = { message: text };
    try {
      told = JSON.parse(text);
    } catch {
      // what is no JSON is shown as it came
    }
    $("said").textContent = "";
    $("result").hidden = true;
    // in the reader's language what is wrong; the words of the service, which are English, behind it
    const own = words["fault." + told.error];
    const box = [element("strong", words.error + ": ")];
    if (own) box.push(element("span", (told.line ? say("place", { l: told.line, c: told.column || 1 }) + ": " : "") + own));
    box.push(own ? element("small", told.message, { lang: "en" }) : element("span", told.message));
    if (told.line) {
      const button = element("button", words.goto, { type: "button", id: "goto" });
      button.addEventListener("click", () => goTo(told.line, told.column || 1));
      box.push(document.createTextNode(" "), button);
    }
    $("fault").replaceChildren(...box);
  }
  function goTo(line, column) {
    const lines = editor.value.split("\n");
    const at = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    const before = Array.from(lines[line - 1] || "").slice(0, column - 1).join("").length;
    editor.focus();
    editor.setSelectionRange(at + before, Math.min(at + before + 1, editor.value.length));
    place();
  }
  function place() {
    const before = editor.value.slice(0, editor.selectionStart).split("\n");
    $("place").textContent = say("place", { l: before.length, c: Array.from(before[before.length - 1]).length + 1 });
  }

  // -- answers

  function fromResults(json) {
    if (typeof json.boolean === "boolean") {
      return { answer: json.boolean, columns: [words.result], rows: [[{ type: "literal", value: json.boolean ? words.istrue : words.isfalse }]] };
    }
    const columns = json.head.vars;
    return { columns, rows: json.results.bindings.map((row) => columns.map((name) => row[name] || null)) };
  }
  const TERM = /\s*(?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?)/y;
  function fromTriples(text) {
    const unescape = (s) => s.replace(/\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)/g, (_, four, eight, one) => (one ? { n: "\n", t: "\t", r: "\r" }[one] || one : String.fromCodePoint(parseInt(four || eight, 16))));
    const rows = text.split("\n").filter(Boolean).map((line) => {
      TERM.lastIndex = 0;
      return [0, 1, 2].map(() => {
        const match = TERM.exec(line);
        if (!match) return null;
        if (match[1] !== undefined) return { type: "uri", value: unescape(match[1]) };
        return match[2] ? { type: "bnode", value: match[2] } : { type: "literal", value: unescape(match[3]), "xml:lang": match[4] };
      });
    });
    return { columns: ["subject", "predicate", "object"], rows, triples: true };
  }
  function short(iri) {
    for (const [name, start] of Object.entries(prefixes)) if (iri.startsWith(start) && name !== "id") return name + ":" + iri.slice(start.length);
    return iri.startsWith(SPACE + "id/") ? iri.slice((SPACE + "id/").length) : iri;
  }
  function target(iri) {
    const own = /^https:\/\/w3id\.org\/egovkg\/(?:id\/|(?=code\/))(.+)$/.exec(iri); // its page in the reader's language
    if (own) return root + (lang === "en" ? "en/data/" : "data/") + own[1].split("/").map(encodeURIComponent).join("/") + ".html";
    return /^https?:\/\//.test(iri) ? iri : "";
  }
  function cell(term) {
    const made = element("td");
    if (!term) return made;
    const link = term.type === "uri" ? target(term.value) : "";
    if (link) made.append(element("a", short(term.value), { href: link, title: term.value, rel: "noreferrer" }));
    else made.textContent = term.type === "uri" ? short(term.value) : term.type === "triple" ? JSON.stringify(term.value) : term.value;
    if (term["xml:lang"]) made.setAttribute("lang", term["xml:lang"]);
    return made;
  }
  function show(table) {
    shown = table;
    const head = element("tr");
    head.append(...table.columns.map((name) => element("th", name, { scope: "col" })));
    const body = element("tbody");
    body.append(...table.rows.map((row) => {
      const line = element("tr");
      line.append(...row.map(cell));
      return line;
    }));
    const made = element("table");
    made.append(element("thead"), body);
    made.firstChild.append(head);
    $("table").replaceChildren(made);
    $("save").textContent = table.triples ? words.turtle : words.csv;
    $("result").hidden = false;
    view($("as-graph").getAttribute("aria-pressed") === "true");
  }
  function view(graph) {
    $("as-table").setAttribute("aria-pressed", String(!graph));
    $("as-graph").setAttribute("aria-pressed", String(graph));
    $("table").hidden = graph;
    $("graph").hidden = !graph;
    if (graph && shown) draw(shown);
  }
  async function save() {
    const kind = shown && shown.triples ? "text/turtle" : "text/csv";
    const answer = await ask(shown.query, kind).catch(() => null);
    if (!answer) return fault(JSON.stringify({ message: words.offline }));
    if (!answer.ok) return fault(await answer.text());
    const link = element("a", undefined, { download: "egovkg." + (kind === "text/csv" ? "csv" : "ttl") });
    link.href = URL.createObjectURL(await answer.blob());
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // -- a simple drawing: places by springs, from a circle, always the same for the same rows

  function linksOf(table) {
    const links = new Map();
    for (const row of table.rows) {
      const ends = table.triples ? [row[0], row[2]] : row.filter((term) => term && term.type === "uri");
      for (let at = 0; at + 1 < ends.length; at += 1) {
        const [from, to] = [ends[at], ends[at + 1]];
        if (from && to && from.type !== "literal" && to.type === "uri") {
          links.set(from.value + "\n" + to.value, [from.value, to.value, table.triples ? short(row[1].value) : ""]);
        }
      }
    }
    return [...links.values()];
  }
  function draw(table) {
    const every = linksOf(table);
    const names = [...new Set(every.flatMap(([from, to]) => [from, to]))];
    if (!names.length) return $("graph").replaceChildren(element("p", words.nograph));
    const kept = names.slice(0, MOST_NODES);
    const index = new Map(kept.map((name, at) => [name, at]));
    const links = every.filter(([from, to]) => index.has(from) && index.has(to));
    const label = say("graphlabel", { n: kept.length, m: links.length });
    const svg = document.createElementNS(SVG, "svg");
    const width = Math.max(280, $("graph").clientWidth - 2), height = Math.round(Math.min(600, Math.max(360, width * 0.55)));
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`); // as wide as it is shown: words keep their size
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
    const long = width < 600 ? 18 : 32; // letters of a name
    const points = placed(kept, links.map(([from, to]) => [index.get(from), index.get(to)]), width - 8 * long, height);
    const add = (name, attributes, text, title) => {
      const made = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
      if (text) made.textContent = text;
      if (title) {
        const told = document.createElementNS(SVG, "title");
        told.textContent = title;
        made.append(told);
      }
      svg.append(made);
    };
    for (const [from, to, name] of links) {
      const [a, b] = [points[index.get(from)], points[index.get(to)]];
      add("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y }, "", name);
      const turn = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI; // which way it leads, at its middle
      add("path", { d: "M6 0L-4 4V-4Z", transform: `translate(${(a.x + b.x) / 2} ${(a.y + b.y) / 2}) rotate(${turn.toFixed(1)})` });
    }
    kept.forEach((name, at) => {
      const words = short(name);
      add("circle", { cx: points[at].x, cy: points[at].y, r: 4 }, "", name);
      add("text", { x: points[at].x + 6, y: points[at].y + 4 }, words.length > long ? words.slice(0, long - 1) + "…" : words, name);
    });
    const told = [element("p", label)];
    if (names.length > kept.length) told.push(element("p", say("cut", { n: kept.length })));
    $("graph").replaceChildren(svg, ...told);
  }
  function placed(names, links, right, bottom) {
    const points = names.map((_, at) => ({ x: Math.cos((2 * Math.PI * at) / names.length), y: Math.sin((2 * Math.PI * at) / names.length) }));
    const ideal = 1.6 / Math.sqrt(names.length);
    for (let step = 0, heat = 0.2; step < 150; step += 1, heat *= 0.975) {
      const moves = points.map(() => ({ x: 0, y: 0 }));
      const push = (a, b, force) => {
        const dx = points[a].x - points[b].x, dy = points[a].y - points[b].y;
        const far = Math.max(Math.hypot(dx, dy), 0.001);
        const by = force(far) / far;
        moves[a].x += dx * by; moves[a].y += dy * by;
        moves[b].x -= dx * by; moves[b].y -= dy * by;
      };
      for (let a = 0; a < points.length; a += 1) for (let b = 0; b < a; b += 1) push(a, b, (far) => (ideal * ideal) / far);
      for (const [a, b] of links) if (a !== b) push(a, b, (far) => -(far * far) / ideal);
      points.forEach((point, at) => {
        moves[at].x -= point.x * 0.4; // nothing drifts away that has no link to the rest
        moves[at].y -= point.y * 0.4;
        const far = Math.max(Math.hypot(moves[at].x, moves[at].y), 0.001);
        point.x += (moves[at].x / far) * Math.min(far, heat);
        point.y += (moves[at].y / far) * Math.min(far, heat);
      });
    }
    const span = (values, from, to) => {
      const low = Math.min(...values), high = Math.max(...values), size = high - low || 1;
      return values.map((value) => Math.round(from + ((value - low) / size) * (to - from)));
    };
    const xs = span(points.map((point) => point.x), 14, right), ys = span(points.map((point) => point.y), 20, bottom - 20);
    return points.map((_, at) => ({ x: xs[at], y: ys[at] }));
  }

  // -- the page

  async function loadSaved() {
    const answer = await fetch(form.dataset.questions + "?limit=1000&lang=" + lang);
    if (!answer.ok) return;
    const { questions } = await answer.json();
    const texts = new Map(questions.map((one) => [one.name, one.query]));
    $("saved").append(...questions.map((one) => element("option", one.asks, { value: one.name })));
    $("saved").addEventListener("change", (event) => {
      if (!texts.has(event.target.value)) return;
      editor.value = texts.get(event.target.value);
      run();
    });
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
  });
  for (const kind of ["keyup", "click", "input"]) editor.addEventListener(kind, place);
  $("prefixes").addEventListener("click", () => { editor.value = withPrefixes(editor.value); place(); });
  $("share").addEventListener("click", async () => {
    keepInAddress();
    try {
      await navigator.clipboard.writeText(location.href);
      $("said").textContent = words.copied;
    } catch {
      $("said").textContent = words.copyfailed;
    }
  });
  if ($("language")) $("language").addEventListener("click", keepInAddress); // after what every page does with it
  $("save").addEventListener("click", save);
  $("stop").addEventListener("click", stop);
  $("as-table").addEventListener("click", () => view(false));
  $("as-graph").addEventListener("click", () => view(true));
  addEventListener("resize", () => {
    if (shown && !$("graph").hidden) draw(shown);
  });
  window.addEventListener("hashchange", () => { if (fromAddress()) run(); });
  if (fromAddress()) run();
  else editor.value = withPrefixes(EXAMPLE);
  place();
  loadSaved();
})();
