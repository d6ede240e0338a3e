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
  const EXAMPLE = "SELECT ?system ?label {\n  ?system a egov:IntegrationPlatform ; rdfs:label ?label .\n  FILTER(LANG(?label) = \"" + lang + "\")\n}\nORDER BY ?label";
  let shown = null; // the answer on the page, and what it answers
  const things = new Map(); // address -> CURIE and label
  const questions = new Map(); // the saved ones by name
  let asked = null; // the saved question that stands in the editor
  let fields = []; // one for each of its parameters
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
    const given = fields.filter((one) => one.value()).map((one) => [one.name, one.value()]);
    const hash = asked && unedited() ? "#" + new URLSearchParams([["ask", asked.name], ...given]) : "#q=" + encodeURIComponent(editor.value);
    if (location.hash !== hash) history.replaceState(null, "", hash);
    const other = $("language");
    if (other) other.setAttribute("href", other.getAttribute("href").split("#")[0] + hash);
  }
  async function fromAddress() {
    if (location.hash.startsWith("#ask=")) {
      const { ask: name, ...given } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
      await saved;
      return choose(name, given);
    }
    const match = /^#q=(.*)$/.exec(location.hash);
    if (!match) return false;
    try {
      editor.value = decodeURIComponent(match[1]);
    } catch {
      return false;
    }
    leave();
    return true;
  }

  // -- saved questions

  const SLOT = /^(\s*VALUES \?([a-z_]+) \{) [^{}]* (\})/gm;
  const filled = (text, terms) => text.replace(SLOT, (whole, start, name, end) => (name in terms ? `${start} ${terms[name]} ${end}` : whole));
  const slots = (text) => [...text.matchAll(SLOT)].map((match) => match[2]);
  function emptied(text) {
    return filled(text, Object.fromEntries(asked.parameters.map((one) => [one.name, ""])));
  }
  const unedited = () => emptied(editor.value) === emptied(asked.query);

  async function loadSaved() {
    const answer = await fetch(form.dataset.questions + "?limit=1000&lang=" + lang).catch(() => null);
    if (!answer || !answer.ok) return;
    for (const one of (await answer.json()).questions) questions.set(one.name, one);
    $("saved").append(...[...questions.values()].map((one) => element("option", one.asks, { value: one.name })));
  }
  /** Put a saved question into the editor, and a field for each of its parameters above it. */
  function choose(name, given) {
    leave();
    asked = questions.get(name) || null;
    if (!asked) return false;
    $("saved").value = name;
    const about = { words, search: form.dataset.search, lang };
    fields = asked.parameters.map((one) => window.egovkgFields.field(one, given ? given[one.name] || "" : undefined, about));
    $("fields").replaceChildren(...fields.map((one) => one.box));
    $("fields").hidden = !fields.length;
    editor.value = asked.query;
    return true;
  }
  /** The editor holds a query of its own. */
  function leave() {
    asked = null;
    fields = [];
    $("saved").value = "";
    $("fields").hidden = true;
    $("fields").replaceChildren();
  }
  function edited() {
    if (!asked) return;
    const left = slots(editor.value);
    if (asked.parameters.length ? !asked.parameters.some((one) => left.includes(one.name)) : !unedited()) leave();
  }
  /** Ask the service what the fields mean, and fill that in; gives what is asked, in words. */
  async function bound(signal) {
    if (!asked.parameters.length) return { told: asked.asks };
    const given = fields.filter((one) => one.value()).map((one) => [one.name, one.value()]);
    const about = new URLSearchParams([["question", asked.name], ["lang", lang], ...given]);
    const answer = await fetch(form.dataset.bind + "?" + about, { signal });
    if (!answer.ok) return { refused: await answer.text() };
    const { parameters } = await answer.json();
    const values = parameters.map((one) => {
      fields.find((each) => each.name === one.name).settle(one.means);
      return one.label + ": " + (one.means.map(window.egovkgFields.shown).join(", ") || (one.given === "*" ? words.anything : one.given));
    });
    editor.value = filled(editor.value, Object.fromEntries(parameters.map((one) => [one.name, one.terms])));
    return { told: (unedited() ? asked.asks : words.edited) + " — " + values.join("; ") };
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
    let told = "";
    try {
      if (asked) {
        const wrong = fields.find((one) => !one.input.validity.valid);
        if (wrong) return missing(wrong);
        const binding = await bound(mine.signal);
        if (mine !== running) return;
        if (binding.refused) return fault(binding.refused);
        told = binding.told + " · ";
      }
      keepInAddress();
      const query = editor.value;
      const start = performance.now();
      const answer = await ask(query, "application/sparql-results+json, application/n-triples;q=0.9", mine.signal);
      const kind = (answer.headers.get("Content-Type") || "").split(";")[0];
      const text = await answer.text();
      if (mine !== running) return;
      if (!answer.ok) return fault(text);
      const table = kind === "application/n-triples" ? fromTriples(text) : fromResults(JSON.parse(text));
      const facts = { n: table.rows.length, ms: Math.round(performance.now() - start), v: answer.headers.get("Egovkg-Version") };
      await learn(table, mine.signal);
      if (mine !== running) return;
      show({ ...table, query }, asked && unedited() ? asked.columns : []);
      $("said").textContent = told + (typeof table.answer === "boolean" ? (table.answer ? words.istrue : words.isfalse) : (table.rows.length ? "" : words.none + " · ") + say("rows", facts));
    } catch {
      if (mine === running) refuse(words.offline);
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
  function missing(field) {
    refuse(say("missing", { label: asked.parameters.find((one) => one.name === field.name).label }));
    field.input.focus();
  }
  function refuse(text) {
    fault(JSON.stringify({ message: text }));
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
    const own = words["fault." + (told.candidates ? "thing." : "") + told.error];
    const box = [element("strong", words.error + ": ")];
    if (own) box.push(element("span", (told.line ? say("place", { l: told.line, c: told.column || 1 }) + ": " : "") + own));
    const near = (own && told.candidates) || [];
    if (near.length) box.push(element("span", words.candidates + ": " + near.join("; ")));
    else box.push(own ? element("small", told.message, { lang: "en" }) : element("span", told.message));
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
  const BATCH = 2000; // things whose names are asked for at a time
  /** Ask for the CURIEs and labels of what a table shows; where that fails, paths stand for them. */
  async function learn(table, signal) {
    const shownThings = table.rows.flat().filter((term) => term && term.type === "uri" && term.value.startsWith(prefixes.id));
    const unknown = [...new Set(shownThings.map((term) => term.value))].filter((iri) => !things.has(iri) && !/[<>"{}|^`\\\s]/.test(iri));
    for (let from = 0; from < unknown.length; from += BATCH) {
      const some = unknown.slice(from, from + BATCH);
      const query = `SELECT DISTINCT ?thing ?curie ?label { VALUES ?thing { ${some.map((iri) => `<${iri}>`).join(" ")} } ?thing <${prefixes.egov}curie> ?curie OPTIONAL { ?thing <${prefixes.rdfs}label> ?label FILTER(LANG(?label) = "${lang}") } }`;
      const answer = await ask(query, "application/sparql-results+json", signal).catch(() => null);
      if (!answer || !answer.ok) return;
      for (const iri of some) things.set(iri, {});
      for (const row of (await answer.json()).results.bindings) things.set(row.thing.value, { curie: row.curie.value, label: row.label ? row.label.value : "" });
    }
  }
  function short(iri) {
    const { curie } = things.get(iri) || {};
    if (curie && curie.includes(":")) return curie;
    for (const [name, start] of Object.entries(prefixes)) if (iri.startsWith(start) && name !== "id") return name + ":" + iri.slice(start.length);
    return iri.startsWith(SPACE + "id/") ? iri.slice((SPACE + "id/").length) : iri;
  }
  function target(iri) {
    const own = /^https:\/\/w3id\.org\/egovkg\/(?:id\/|(?=code\/))(.+)$/.exec(iri); // its page in the reader's language
    if (own) return root + (lang === "en" ? "en/data/" : "data/") + own[1].split("/").map(encodeURIComponent).join("/") + ".html";
    return /^https?:\/\//.test(iri) ? iri : "";
  }
  /** The whole address of a thing, with its label. */
  function full(iri) {
    const thing = things.get(iri);
    return thing && thing.label ? iri + "\n" + thing.label : iri;
  }
  function cell(term) {
    const made = element("td");
    if (!term) return made;
    const link = term.type === "uri" ? target(term.value) : "";
    if (link) made.append(element("a", short(term.value), { href: link, title: full(term.value), rel: "noreferrer" }));
    else made.textContent = term.type === "uri" ? short(term.value) : term.type === "triple" ? JSON.stringify(term.value) : term.value;
    if (made.textContent.length > 60) made.className = "long";
    if (term["xml:lang"]) made.setAttribute("lang", term["xml:lang"]);
    return made;
  }
  function show(table, columns) {
    shown = table;
    const labels = new Map((columns || []).map((one) => [one.name, one.label]));
    const head = element("tr");
    head.append(...table.columns.map((name) => element("th", labels.get(name) || name, { scope: "col", title: name })));
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
    if (graph && shown) draw();
  }
  function draw() {
    window.egovkgGraph.draw($("graph"), window.egovkgGraph.linksOf(shown, short), { short, title: full, say, element });
  }
  async function save() {
    const kind = shown && shown.triples ? "text/turtle" : "text/csv";
    const answer = await ask(shown.query, kind).catch(() => null);
    if (!answer) return refuse(words.offline);
    if (!answer.ok) return fault(await answer.text());
    const link = element("a", undefined, { download: "egovkg." + (kind === "text/csv" ? "csv" : "ttl") });
    link.href = URL.createObjectURL(await answer.blob());
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // -- the page

  $("saved").addEventListener("change", (event) => {
    if (choose(event.target.value)) run();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
  });
  editor.addEventListener("input", edited);
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
    if (shown && !$("graph").hidden) draw();
  });
  const open = async () => {
    if (await fromAddress()) run();
    else if (location.hash.startsWith("#ask=")) refuse(words.nosaved);
    place();
  };
  window.addEventListener("hashchange", open);
  const saved = loadSaved();
  if (/^#(q|ask)=/.test(location.hash)) open();
  else editor.value = withPrefixes(EXAMPLE);
  place();
})();
