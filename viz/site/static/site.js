"use strict";
// Every page: theme, menu on small screens, links to other languages that keep the place, printing.
// The page can be read without this script.
(function () {
  const root = document.documentElement;
  const themeButton = document.getElementById("theme");
  const languageLinks = document.querySelectorAll("a.language");
  const menu = document.getElementById("menu");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const isNarrow = matchMedia("(max-width: 48rem)");
  const TOP_OF_PAGE = 80; // pixels that a page may be scrolled and still count as unscrolled

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches;
  }

  function showTheme() {
    themeButton.setAttribute("aria-pressed", String(isDark()));
  }

  function switchTheme() {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("egovkg-theme", root.dataset.theme);
    } catch {
      // without storage the choice holds for this page alone
    }
    showTheme();
  }

  themeButton.addEventListener("click", switchTheme);
  prefersDark.addEventListener("change", showTheme);
  themeButton.hidden = false;
  showTheme();

  function fitMenu() {
    menu.open = !isNarrow.matches;
    for (const fold of document.querySelectorAll("details.fold")) fold.open = !isNarrow.matches;
  }
  isNarrow.addEventListener("change", fitMenu);
  fitMenu();

  /** Find the element at the top of the window; its id is the same in every language. */
  function placeAtTop() {
    if (scrollY < TOP_OF_PAGE) return "";
    const visible = [...document.querySelectorAll("main [id]")].filter((place) => place.getClientRects().length);
    const above = visible.filter((place) => place.getBoundingClientRect().top <= 24);
    return above.length ? above[above.length - 1].id : "";
  }

  function keepPlace(event) {
    const link = event.currentTarget;
    const place = placeAtTop();
    link.hash = place ? `#${encodeURIComponent(place)}` : "";
    if (!place) link.href = link.href.split("#")[0];
  }
  for (const link of languageLinks) {
    for (const name of ["pointerdown", "focus", "click"]) link.addEventListener(name, keepPlace);
  }

  /** Open the folded part that the target of the address lies in, or is the heading of. */
  function unfoldTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target && (target.closest("details:not([open])") || target.closest(".part")?.querySelector("details"));
    if (folded) folded.open = true;
  }
  addEventListener("hashchange", unfoldTarget);
  unfoldTarget();

  /** The explorer keeps its theme in its address, also where files share no storage. */
  function handThemeOver(event) {
    const link = event.target.closest?.('a[href*="explorer.html"]');
    if (!link || !root.dataset.theme) return;
    const parts = new URLSearchParams(link.hash.slice(1));
    parts.set("t", root.dataset.theme);
    link.hash = parts;
  }
  for (const name of ["pointerdown", "focusin", "click"]) addEventListener(name, handThemeOver);

  let openedForPrint = [];
  const sourceLine = document.createElement("p");
  sourceLine.className = "source-line";

  /** Of a page of many parts only what a reader opened is printed. */
  function isPrinted(folded) {
    return folded.classList.contains("fold") || !folded.closest(".part");
  }

  addEventListener("beforeprint", () => {
    const locale = window.egovkgWords?.[root.lang].locale;
    const day = new Date().toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric" });
    sourceLine.textContent = `${document.title} · ${decodeURI(location.href)} · ${day}`;
    document.querySelector(".foot").prepend(sourceLine);
    openedForPrint = [...document.querySelectorAll("main details:not([open])")].filter(isPrinted);
    openedForPrint.forEach((folded) => (folded.open = true));
  });
  addEventListener("afterprint", () => openedForPrint.forEach((folded) => (folded.open = false)));
  root.dataset.ready = "";
})();
