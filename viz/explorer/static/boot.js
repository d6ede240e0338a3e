// Boot of a page that stands alone: unpacks data and scripts, and runs them.

import { unpacked } from "./unpacking.js";

/** Run a text whose hash the policy of the page names. */
function run(text) {
  const script = document.createElement("script");
  script.textContent = text;
  document.head.append(script);
}

const [library, program, carried] = await Promise.all(["library", "program", "data"].map(unpacked));
run(library);
globalThis.carried = JSON.parse(carried);
run(program);
delete globalThis.carried;
