"use strict";
// Runs before the page is drawn, so that a chosen theme does not flash and nothing moves when the other scripts run.
(function () {
  document.documentElement.dataset.scripts = "";
  try {
    const theme = localStorage.getItem("egovkg-theme");
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  } catch {
    // without storage the page follows the system
  }
})();
