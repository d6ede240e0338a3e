// Saved: the window with the views that the reader keeps: save, open, delete, hand on.

import { fitShown } from "../drawing/camera.js";
import { button, make } from "../drawing/elements.js";
import { showMessage, tellMissing } from "../drawing/messages.js";
import { copyAddress, saveViewFile } from "../files/save.js";
import { cameraIn, fromHash, toHash, unknownIn } from "../state/address.js";
import { deleteView, isStored, reachOfLink, readView, savedViews, saveView } from "../state/saved.js";
import { change, keepCameraPlace } from "../state/state.js";
import { t, time } from "../wording/words.js";

const savedDialog = document.getElementById("saved-views");
const LONGEST_NAME = 80;

/** Open the window, with the view as it is now ready to be saved. */
export function showSaved() {
  renderSaved();
  savedDialog.showModal();
  savedDialog.querySelector("input").focus();
}

function renderSaved(told = "") {
  const views = savedViews();
  const list = make("ul", { class: "rows" }, views.map(savedRow));
  const parts = [
    button({ class: "close", "aria-label": t("close"), title: t("close"), onclick: () => savedDialog.close() }, "✕"),
    make("h2", { id: "saved-title" }, t("saved")),
    nameForm(),
    make("p", { class: "meta", role: "status" }, told || (views.length ? "" : t("saved.none"))),
    list,
    fileChoice(),
    make("p", { class: "meta" }, t(`link.${reachOfLink(location.href)}`)),
    isStored() ? null : make("p", { class: "warning" }, t("saved.unstored")),
  ];
  savedDialog.replaceChildren(...parts.filter(Boolean));
}

function nameForm() {
  const input = make("input", { id: "saved-name", maxlength: LONGEST_NAME, required: true, autocomplete: "off" });
  const submit = make("button", { class: "plain" }, t("saved.save"));
  const form = make("form", {}, make("label", { for: "saved-name" }, t("saved.name")), " ", input, " ", submit);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const day = new Date().toISOString().slice(0, 10);
    saveView({ name: input.value.trim(), address: toHash(), day });
    renderSaved(t("saved.kept", { name: input.value.trim() }));
    savedDialog.querySelector("input").focus();
  });
  return form;
}

function savedRow(view) {
  const { name, address, day } = view;
  const small = (words, onclick) => button({ class: "plain", "aria-label": `${words}: ${name}`, onclick }, words);
  return make(
    "li",
    {},
    button({ class: "inline", onclick: () => openSaved(view) }, name),
    make("span", { class: "count" }, typeof day === "string" ? time(day) : ""),
    small(t("copyLink"), () => copyAndClose(address)),
    small(t("saved.file"), () => saveViewFile(view)),
    small(t("saved.delete"), () => {
      deleteView(name);
      renderSaved(t("saved.gone", { name }));
      savedDialog.querySelector("input").focus();
    }),
  );
}

function copyAndClose(address) {
  savedDialog.close();
  copyAddress(address);
}

/** Look at a view that was saved; what of it this graph does not have is told. */
function openSaved({ name, address }) {
  savedDialog.close();
  keepCameraPlace(cameraIn(address));
  change(fromHash(address));
  keepCameraPlace(cameraIn(address)); // a new scene was fitted
  fitShown();
  const id = unknownIn(address);
  tellMissing(id);
  if (!id) showMessage(t("saved.opened", { name }));
}

function fileChoice() {
  const input = make("input", { id: "saved-file", type: "file", accept: ".json,application/json" });
  input.addEventListener("change", async () => {
    const view = readView(await input.files[0].text());
    if (!view) return renderSaved(t("saved.noView"));
    saveView(view);
    return openSaved(view);
  });
  return make("p", {}, make("label", { for: "saved-file" }, t("saved.open")), " ", input);
}
