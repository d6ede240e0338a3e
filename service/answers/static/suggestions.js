// The suggestions below a field that names an entity: asked of the service while one types.
import { addresses, element, lang, say, words } from "./page.js";

const SUGGESTION_LIMIT = 12;
const PAUSE_MILLISECONDS = 150; // without a key before the service is asked

/** A list of entities below an input; `choose` gets the one that is taken. */
export class SuggestionList {
  constructor(input, label, folder, choose) {
    Object.assign(this, { input, folder, choose, entities: [], activeIndex: -1, timer: 0, lastRequest: 0 });
    this.list = element("ul", undefined, {
      id: `${input.id}-list`,
      role: "listbox",
      "aria-label": `${words["suggestion-list"]}: ${label}`,
      hidden: "",
    });
    this.count = element("span", undefined, { class: "quiet", role: "status" });
    this.placeBelowInput();
    input.addEventListener("input", () => this.startPause());
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.handleKey(event));
  }

  placeBelowInput() {
    const box = element("div", undefined, { class: "suggest" });
    this.input.replaceWith(box);
    box.append(this.input, this.list, this.count);
    const attributes = {
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
    };
    for (const [key, value] of Object.entries(attributes)) this.input.setAttribute(key, value);
  }

  startPause() {
    clearTimeout(this.timer);
    if (this.input.value.trim()) this.timer = setTimeout(() => this.request(), PAUSE_MILLISECONDS);
    else this.close();
  }

  /** Ask the service; only the answer to the last request is shown. */
  async request() {
    const ownRequest = (this.lastRequest += 1);
    const parameters = new URLSearchParams({ q: this.input.value, lang, limit: String(SUGGESTION_LIMIT) });
    if (this.folder) parameters.set("folder", this.folder);
    const response = await fetch(`${addresses.search}?${parameters}`).catch(() => null);
    const entities = response && response.ok ? (await response.json()).found : [];
    if (ownRequest === this.lastRequest && document.activeElement === this.input) this.show(entities);
  }

  show(entities) {
    this.entities = entities;
    this.list.replaceChildren(...entities.map((entity, index) => this.option(entity, index)));
    this.list.hidden = !entities.length;
    this.input.setAttribute("aria-expanded", String(entities.length > 0));
    const count = entities.length;
    this.count.textContent = count ? say("suggestions", { count }) : words["no-suggestion"];
    this.activate(-1);
  }

  option(entity, index) {
    const item = element("li", undefined, { id: `${this.list.id}-${index}`, role: "option", "aria-selected": "false" });
    item.append(element("span", entity.label), element("small", entity.curie));
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => this.take(index));
    return item;
  }

  /** Mark an option; -1 for none. */
  activate(index) {
    this.activeIndex = index;
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    if (index < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", this.list.children[index].id);
    this.list.children[index].scrollIntoView({ block: "nearest" });
  }

  close() {
    clearTimeout(this.timer);
    this.lastRequest += 1;
    this.list.hidden = true;
    this.count.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  take(index) {
    this.choose(this.entities[index]);
    this.close();
  }

  handleKey(event) {
    if (event.ctrlKey || event.metaKey || this.list.hidden || !this.entities.length) return;
    const lastIndex = this.entities.length - 1;
    const index = this.activeIndex;
    const actions = {
      Escape: () => this.close(),
      ArrowDown: () => this.activate(index < lastIndex ? index + 1 : 0),
      ArrowUp: () => this.activate(index > 0 ? index - 1 : lastIndex),
      ...(index >= 0 ? { Enter: () => this.take(index) } : {}),
    };
    if (!(event.key in actions)) return;
    actions[event.key]();
    event.preventDefault();
  }
}
