"use strict";
// The reader: who stands on a name sees where else its paragraph speaks of the same thing.
(function () {
  function light(event, on) {
    const link = event.target.closest && event.target.closest("[data-thing]");
    const section = link && link.closest(".reading");
    if (!section) return;
    for (const each of section.querySelectorAll("[data-thing]")) {
      each.classList.toggle("lit", on && each !== link && each.dataset.thing === link.dataset.thing);
    }
  }
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => light(event, on));
  }
})();
