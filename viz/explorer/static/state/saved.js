// Saved: views kept under a name, in the storage of the browser where it has one, and as small files.

const STORAGE_KEY = "egovkg.views";
const FORMAT = "egovkg-view"; // of a file
const LONGEST_ADDRESS = 20000;
let unstored = []; // where the browser keeps nothing

/** Whether what is saved is still there when the page is opened again: not in the frame of a notebook. */
export function isStored() {
  try {
    localStorage.setItem(`${STORAGE_KEY}.try`, "");
    localStorage.removeItem(`${STORAGE_KEY}.try`);
    return true;
  } catch {
    return false;
  }
}

/** The views saved: { name, address, day }, the newest first. */
export function savedViews() {
  if (!isStored()) return unstored;
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "[]").filter(isView);
  } catch {
    return []; // something else stands there
  }
}

function isView(view) {
  const texts = [view?.name, view?.address];
  return texts.every((text) => typeof text === "string") && /^(#|$)/.test(view.address) &&
    view.address.length <= LONGEST_ADDRESS;
}

function store(views) {
  unstored = views;
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(views));
  } catch {
    // no storage, or none left: the list lives as long as the page
  }
}

/** Save a view; one of the same name is replaced. */
export function saveView(view) {
  store([view, ...savedViews().filter(({ name }) => name !== view.name)]);
}

export function deleteView(name) {
  store(savedViews().filter((view) => view.name !== name));
}

/** A view as the text of a file. */
export function viewText({ name, address, day }) {
  return `${JSON.stringify({ format: FORMAT, name, address, day }, null, 2)}\n`;
}

/** Read the text of a file; null when it holds no view. */
export function readView(text) {
  try {
    const view = JSON.parse(text);
    return view?.format === FORMAT && isView(view) ? { name: view.name, address: view.address, day: view.day } : null;
  } catch {
    return null;
  }
}

/** Where a link to this page leads: to this file on this machine, nowhere in a notebook, or to a site. */
export function reachOfLink(address) {
  if (/^(about|blob|data):/.test(address)) return "nowhere";
  return address.startsWith("file:") ? "machine" : "site";
}
