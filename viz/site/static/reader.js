"use strict";
// The article reader: pointing at a name marks the other places where its paragraph speaks of the same entity.
(function () {
  const MENTION = "[data-entity]";

  function mark(event, isMarked) {
    const link = event.target.closest && event.target.closest(MENTION);
    const paragraph = link && link.closest(".reading");
    if (!paragraph) return;
    for (const mention of paragraph.querySelectorAll(MENTION)) {
      const isSameEntity = mention !== link && mention.dataset.entity === link.dataset.entity;
      mention.classList.toggle("lit", isMarked && isSameEntity);
    }
  }

  const EVENTS = { mouseover: true, mouseout: false, focusin: true, focusout: false };
  for (const [name, isMarked] of Object.entries(EVENTS)) {
    document.addEventListener(name, (event) => mark(event, isMarked));
  }
})();
