"use strict";
// Search over names, with or without accents. The index is read when somebody searches, not before.
(function () {
  const MOST = 12;
  const box = document.getElementById("find");
  const field = document.getElementById("search");
  const list = document.getElementById("results");
  const found = document.getElementById("found");
  const english = document.documentElement.lang === "en";
  let rows = null;
  let waiting = false;
  let chosen = -1;
  let hits = [];

  /** Write words the way people type them: small letters without accents. */
  function fold(words) {
    return words
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/đ/g, "d")
      .replace(/\s+/g, " ")
      .trim();
  }

  function read() {
    if (rows || waiting) return;
    waiting = true;
    const script = document.createElement("script");
    script.src = box.dataset.index;
    script.addEventListener("load", () => {
      const index = window.egovkgIndex;
      rows = index.rows.map(([path, kind, vi, en, names, weight]) => ({
        path,
        kind: index.kinds[kind][english ? 1 : 0],
        label: english && en ? en : vi,
        isVietnamese: english && !en,
        keys: [vi, en, ...names].filter(Boolean).map(fold),
        weight,
      }));
      waiting = false;
      look();
    });
    document.head.append(script);
  }

  /** Rank a name: the same, beginning so, a word beginning so, every word somewhere; none is -1. */
  function rank(key, words, parts) {
    if (key === words) return 0;
    if (key.startsWith(words)) return 1;
    if (` ${key}`.includes(` ${words}`)) return 2;
    return parts.every((part) => key.includes(part)) ? 3 : -1;
  }

  function search(text) {
    const words = fold(text);
    if (!words) return [];
    const parts = words.split(" ");
    const matches = [];
    for (const row of rows) {
      const ranks = row.keys.map((key) => rank(key, words, parts)).filter((each) => each >= 0);
      if (ranks.length) matches.push([Math.min(...ranks), row]);
    }
    matches.sort((one, other) => one[0] - other[0] || other[1].weight - one[1].weight || one[1].path.localeCompare(other[1].path));
    return matches.map((match) => match[1]);
  }

  function address(row) {
    return `${box.dataset.root}${english ? "en/" : ""}${row.path.split("/").map(encodeURIComponent).join("/")}`;
  }

  function look() {
    if (!rows) return read();
    hits = search(field.value);
    show();
  }

  function show() {
    const shown = hits.slice(0, MOST);
    list.replaceChildren(...shown.map(option));
    list.hidden = !shown.length;
    field.setAttribute("aria-expanded", String(shown.length > 0));
    choose(shown.length ? 0 : -1);
    const words = hits.length ? box.dataset.found.replace("{n}", String(hits.length)) : box.dataset.none;
    found.textContent = field.value.trim() ? words : "";
  }

  function option(row, position) {
    const item = document.createElement("li");
    item.id = `result-${position}`;
    item.setAttribute("role", "option");
    const label = document.createElement("span");
    label.textContent = row.label;
    if (row.isVietnamese) label.lang = "vi";
    const kind = document.createElement("small");
    kind.textContent = row.kind + (row.weight ? ` · ${box.dataset.statements.replace("{n}", String(row.weight))}` : "");
    item.append(label, kind);
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => open(position));
    return item;
  }

  function choose(position) {
    chosen = position;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === position)));
    if (position < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", `result-${position}`);
      list.children[position].scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function open(position) {
    if (hits[position]) location.href = address(hits[position]);
  }

  field.addEventListener("focus", read);
  field.addEventListener("input", look);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape") close();
    else if (event.key === "Enter") open(chosen);
    else if (event.key === "ArrowDown" && last >= 0) choose(chosen < last ? chosen + 1 : 0);
    else if (event.key === "ArrowUp" && last >= 0) choose(chosen > 0 ? chosen - 1 : last);
    else return;
    if (event.key !== "Escape") event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    }
  });
  box.hidden = false;
})();
