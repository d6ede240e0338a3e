// Prints what the page counts as stopping with each entity: {CURIE: [systems, services]}.

import { nodeById } from "../../../../viz/explorer/static/data/page.js";
import { countStopping } from "../../../../viz/explorer/static/layout/stopping.js";
import { openSmallPage } from "./small_page.js";

openSmallPage();
const counts = [...nodeById.keys()].map((id) => {
  const { systems, services } = countStopping(id);
  return [id, [systems, services]];
});
process.stdout.write(JSON.stringify(Object.fromEntries(counts)));
