// Skips: the links at the top of the page move the focus. The address, which holds the view, stays as it is.

import { stage } from "../drawing/network.js";
import { searchInput } from "./search.js";
import { panel } from "./statements.js";
import { tablesPart } from "./tables.js";
import { state } from "../state/state.js";

/** What each link leads to, by the address that it has where no script runs. */
const TARGETS = { "#search": () => searchInput, "#stage": shownForm, "#panel": () => panel };

/** What stands for the drawing now: the table, a tile of the country, or the drawing itself. */
function shownForm() {
  if (state.form === "table") return tablesPart.querySelector(".sheet") ?? document.getElementById("form-table");
  if (state.view !== "country") return stage;
  return document.querySelector("#country .tile[aria-pressed='true']") ?? document.querySelector("#country .tile");
}

export function wireSkips() {
  document.querySelectorAll("a.skip").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    TARGETS[link.hash]().focus();
  }));
}
