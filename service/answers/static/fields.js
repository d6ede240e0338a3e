// The fields for the parameters of a saved question; a field for an entity gets suggestions from the service.
import { addresses, element, lang, say, words } from "./page.js";

const SUGGESTION_LIMIT = 12;
const PAUSE_MILLISECONDS = 150; // without a key before the service is asked
const INPUT_TYPES = { date: "date", number: "number" }; // kind of a parameter -> type of the input
const SEARCHED_FOLDERS = { entity: "", province: "unit" }; // kind of a parameter -> folder of its entities
const ANY = "*";

/** The text of a field that names an entity. */
export const entityText = (entity) => `${entity.label} (${entity.curie})`;

/** Make the field of a parameter with its label; without a given value it shows the example. */
export function parameterField(parameter, givenValue) {
  const isEntity = parameter.kind in SEARCHED_FOLDERS;
  const id = `field-${parameter.name}`;
  const input = element("input", undefined, { id, type: INPUT_TYPES[parameter.kind] || "text", name: parameter.name });
  if (input.type === "number") input.step = "any";
  if (parameter.default === null) input.required = true;
  const hint = parameter.default === ANY ? ` ${words["empty-any"]}` : "";
  const box = element("div", undefined, { class: "field" });
  box.append(element("label", parameter.label + hint, { for: id }), input);
  let curie = ""; // of the entity that is shown, until somebody types something else

  function choose(entity) {
    curie = entity.curie;
    input.value = entityText(entity);
  }
  if (isEntity) addSuggestions(input, parameter, choose);
  input.addEventListener("input", () => { curie = ""; });
  if (givenValue !== undefined) input.value = givenValue;
  else if (isEntity && parameter.example) choose({ curie: parameter.example, label: parameter.example_label });
  else input.value = parameter.example || "";
  return {
    box,
    input,
    name: parameter.name,
    value: () => curie || input.value.trim(),
    /** Show what the words mean, if that is a single entity. */
    settle: (entities) => { if (entities.length === 1) choose(entities[0]); },
  };
}

function addSuggestions(input, parameter, choose) {
  const list = element("ul", undefined, { id: `${input.id}-list`, role: "listbox", "aria-label": `${words["suggestion-list"]}: ${parameter.label}`, hidden: "" });
  const count = element("span", undefined, { class: "quiet", role: "status" });
  const box = element("div", undefined, { class: "suggest" });
  input.replaceWith(box);
  box.append(input, list, count);
  const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" };
  for (const [key, value] of Object.entries(attributes)) input.setAttribute(key, value);
  let entities = [];
  let activeIndex = -1;
  let timer = 0;
  let lastRequest = 0; // only the answer to the last request is shown

  async function request() {
    const ownRequest = (lastRequest += 1);
    const parameters = new URLSearchParams({ q: input.value, lang, limit: String(SUGGESTION_LIMIT) });
    const folder = SEARCHED_FOLDERS[parameter.kind];
    if (folder) parameters.set("folder", folder);
    const response = await fetch(`${addresses.search}?${parameters}`).catch(() => null);
    const suggestions = response && response.ok ? (await response.json()).found : [];
    if (ownRequest === lastRequest && document.activeElement === input) show(suggestions);
  }
  function show(suggestions) {
    entities = suggestions;
    list.replaceChildren(...suggestions.map(option));
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(suggestions.length > 0));
    count.textContent = suggestions.length ? say("suggestions", { count: suggestions.length }) : words["no-suggestion"];
    activate(-1);
  }
  function option(entity, index) {
    const item = element("li", undefined, { id: `${list.id}-${index}`, role: "option", "aria-selected": "false" });
    item.append(element("span", entity.label), element("small", entity.curie));
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => take(index));
    return item;
  }
  function activate(index) {
    activeIndex = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  }
  function close() {
    clearTimeout(timer);
    lastRequest += 1;
    list.hidden = true;
    count.textContent = "";
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }
  function take(index) {
    choose(entities[index]);
    close();
  }
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim()) timer = setTimeout(request, PAUSE_MILLISECONDS);
    else close();
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const lastIndex = list.hidden ? -1 : entities.length - 1;
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && lastIndex >= 0) close();
    else if (event.key === "Enter" && activeIndex >= 0) take(activeIndex);
    else if (event.key === "ArrowDown" && lastIndex >= 0) activate(activeIndex < lastIndex ? activeIndex + 1 : 0);
    else if (event.key === "ArrowUp" && lastIndex >= 0) activate(activeIndex > 0 ? activeIndex - 1 : lastIndex);
    else return;
    event.preventDefault();
  });
}
