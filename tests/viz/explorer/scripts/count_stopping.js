// Prints what the page counts as stopping with each entity, {CURIE: [systems, services]}, and what becomes of those
// that depend on it, {CURIE: {CURIE: fate}}.

import { nodeById } from "../../../../viz/explorer/static/data/page.js";
import { depsScene } from "../../../../viz/explorer/static/layout/dependencies.js";
import { countStopping } from "../../../../viz/explorer/static/layout/stopping.js";
import { change } from "../../../../viz/explorer/static/state/state.js";
import { openSmallPage } from "./small_page.js";

openSmallPage();
const counts = {};
const fates = {};
nodeById.forEach((_, id) => {
  const { systems, services } = countStopping(id);
  counts[id] = [systems, services];
  change({ view: "deps", node: id });
  fates[id] = Object.fromEntries(depsScene().fates);
});
process.stdout.write(JSON.stringify({ counts, fates }));
