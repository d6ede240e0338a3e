"use strict";
// Every page: theme, menu on small screens, and a language switch that keeps the place. The page reads without it.
(function () {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const language = document.getElementById("language");
  const menu = document.getElementById("menu");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const narrow = matchMedia("(max-width: 48rem)");

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches;
  }

  function tellTheme() {
    button.setAttribute("aria-pressed", String(isDark()));
  }

  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("egovkg-theme", root.dataset.theme);
    } catch {
      // it holds for this page alone
    }
    tellTheme();
  });
  prefersDark.addEventListener("change", tellTheme);
  button.hidden = false;
  tellTheme();

  function fitMenu() {
    menu.open = !narrow.matches;
    for (const each of document.querySelectorAll("details.fold")) each.open = !narrow.matches;
  }
  narrow.addEventListener("change", fitMenu);
  fitMenu();

  /** Find the place that stands at the top of the window: its name is the same in both languages. */
  function placeAtTop() {
    if (scrollY < 80) return "";
    const places = [...document.querySelectorAll("main [id]")].filter((each) => each.getClientRects().length);
    const above = places.filter((each) => each.getBoundingClientRect().top <= 24);
    return above.length ? above[above.length - 1].id : "";
  }

  function keepPlace() {
    const place = placeAtTop();
    language.hash = place ? `#${encodeURIComponent(place)}` : "";
    if (!place) language.href = language.href.split("#")[0];
  }
  for (const event of ["pointerdown", "focus", "click"]) language.addEventListener(event, keepPlace);

  /** What a link leads to may lie in something folded. */
  function unfold() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = target && target.closest("details:not([open])");
    if (folded) folded.open = true;
  }
  addEventListener("hashchange", unfold);
  unfold();

  let shut = [];
  addEventListener("beforeprint", () => {
    shut = [...document.querySelectorAll("main details:not([open])")];
    shut.forEach((each) => (each.open = true));
  });
  addEventListener("afterprint", () => shut.forEach((each) => (each.open = false)));
  root.dataset.ready = "";
})();
