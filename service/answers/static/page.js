// What the scripts of the query page share: its settings, its words, its elements.

const form = document.getElementById("ask");

/** Addresses of the service, relative to the page. */
export const addresses = {
  sparql: form.dataset.endpoint,
  questions: form.dataset.questions,
  bind: form.dataset.bind,
  search: form.dataset.search,
  resources: form.dataset.resources, // start of the descriptions in the language of the page
};
/** Name of a prefix -> start of the addresses that it stands for. */
export const prefixes = JSON.parse(form.dataset.prefixes);
/** Key -> text in the language of the page; values stand in braces. */
export const words = JSON.parse(form.dataset.words);
export const lang = document.documentElement.lang;

export const byId = (id) => document.getElementById(id);

/** Fill values into a text. */
export function say(key, values) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Make an element with a text and attributes; without a text it is left empty. */
export function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
