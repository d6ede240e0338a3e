"use strict";
// The parameters of a saved question as fields; things get a list of suggestions from the service.
(function () {
  const MOST = 12;
  const PAUSE = 150; // milliseconds without a key before the service is asked

  function element(name, attributes, text) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /** What a field shows of a thing. */
  const shown = (thing) => `${thing.label} (${thing.curie})`;

  /** Make a field and its label. `words`: any, suggestions, nosuggestion; `search`: address of the service's search. */
  function field(parameter, given, { words, search, lang }) {
    const thing = parameter.kind === "entity" || parameter.kind === "province";
    const type = { date: "date", number: "number" }[parameter.kind] || "text";
    const id = `field-${parameter.name}`;
    const input = element("input", { id, type, name: parameter.name });
    if (type === "number") input.step = "any";
    if (parameter.default === null) input.required = true;
    const any = parameter.default === "*" ? ` ${words.any}` : "";
    const box = element("div", { class: "field" });
    box.append(element("label", { for: id }, parameter.label + any), input);
    let curie = ""; // of the thing that is shown, while nobody has typed something else

    function tell(found) {
      curie = found.curie;
      input.value = shown(found);
    }
    if (thing) suggest(input, box, { folder: parameter.kind === "province" ? "unit" : "", label: parameter.label, tell, words, search, lang });
    input.addEventListener("input", () => { curie = ""; });
    if (given !== undefined) input.value = given;
    else if (thing && parameter.example) tell({ curie: parameter.example, label: parameter.example_label });
    else input.value = parameter.example || "";
    return {
      box,
      input,
      name: parameter.name,
      value: () => curie || input.value.trim(),
      /** Show what the words were taken to mean, if that is one thing. */
      settle: (means) => { if (means.length === 1) tell(means[0]); },
    };
  }

  function suggest(input, box, { folder, label, tell, words, search, lang }) {
    const list = element("ul", { id: `${input.id}-list`, role: "listbox", "aria-label": `${words.suggestlist}: ${label}`, hidden: "" });
    const count = element("span", { class: "quiet", role: "status" });
    const place = element("div", { class: "suggest" });
    input.replaceWith(place);
    place.append(input, list, count);
    for (const [key, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" })) input.setAttribute(key, value);
    let found = [];
    let chosen = -1;
    let waiting = 0;
    let asked = 0; // only the answer to the last is shown

    async function look() {
      const mine = (asked += 1);
      const about = new URLSearchParams({ q: input.value, lang, limit: String(MOST) });
      if (folder) about.set("folder", folder);
      const answer = await fetch(`${search}?${about}`).catch(() => null);
      const things = answer && answer.ok ? (await answer.json()).found : [];
      if (mine === asked && document.activeElement === input) show(things);
    }
    function show(things) {
      found = things;
      list.replaceChildren(...things.map((one, at) => {
        const item = element("li", { id: `${list.id}-${at}`, role: "option", "aria-selected": "false" });
        item.append(element("span", {}, one.label), element("small", {}, one.curie));
        item.addEventListener("pointerdown", (event) => event.preventDefault());
        item.addEventListener("click", () => take(at));
        return item;
      }));
      list.hidden = !things.length;
      input.setAttribute("aria-expanded", String(things.length > 0));
      count.textContent = things.length ? words.suggestions.replace("{n}", String(things.length)) : words.nosuggestion;
      choose(-1);
    }
    function choose(at) {
      chosen = at;
      [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
    function close() {
      clearTimeout(waiting);
      asked += 1;
      list.hidden = true;
      count.textContent = "";
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    }
    function take(at) {
      tell(found[at]);
      close();
    }
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      if (input.value.trim()) waiting = setTimeout(look, PAUSE);
      else close();
    });
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const last = list.hidden ? -1 : found.length - 1;
      if (event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape" && last >= 0) close();
      else if (event.key === "Enter" && chosen >= 0) take(chosen);
      else if (event.key === "ArrowDown" && last >= 0) choose(chosen < last ? chosen + 1 : 0);
      else if (event.key === "ArrowUp" && last >= 0) choose(chosen > 0 ? chosen - 1 : last);
      else return;
      event.preventDefault();
    });
  }

  window.egovkgFields = { field, shown };
})();
