// Country: a tile for each province of today, with what the sources say of it. The tiles are elements of the page, not
// shapes of the network: see `panels/country.js`.

import { articleOf, isSystemOrService, modeOf, nodes, page, provinces, statements } from "../data/page.js";
import { EMPTY_SCENE } from "./neighbours.js";
import { filterTurn } from "../state/filtering.js";
import { standingOf } from "../state/measures.js";
import { change, keepCameraPlace, state } from "../state/state.js";

let countedSums = { turn: -1, byKey: new Map(), all: null };

export function countryScene() {
  return { ...EMPTY_SCENE, places: new Map() };
}

function emptySums() {
  return { articles: new Set(), newest: 0, systems: 0, claims: 0, ahead: 0, nodes: 0 };
}

/** What passes the filters, by the key of a column. */
function sumsByKey() {
  if (countedSums.turn === filterTurn && countedSums.all === nodes) return countedSums.byKey;
  const byKey = new Map();
  const sumsOf = (key) => {
    if (!byKey.has(key)) byKey.set(key, emptySums());
    return byKey.get(key);
  };
  statements.filter((claim) => claim.passes).forEach((claim) => {
    const article = articleOf(claim);
    if (article) addClaim(sumsOf(article.province ?? page.shared), claim, article);
  });
  nodes.filter((node) => node.passes).forEach((node) => {
    const sums = sumsOf(node.column);
    sums.nodes += 1;
    if (isSystemOrService(node)) sums.systems += 1;
  });
  countedSums = { turn: filterTurn, byKey, all: nodes };
  return byKey;
}

function addClaim(sums, claim, article) {
  sums.articles.add(claim.article);
  const year = Number(article.published.split("/").at(-1).slice(0, 4)) || 0;
  sums.newest = Math.max(sums.newest, year);
  sums.claims += 1;
  if (modeOf(claim.mode)?.ahead) sums.ahead += 1;
}

/** What passes the filters for some columns together. */
function sumsOfKeys(keys) {
  const total = emptySums();
  keys.forEach((key) => {
    const sums = sumsByKey().get(key);
    if (!sums) return;
    sums.articles.forEach((article) => total.articles.add(article));
    total.newest = Math.max(total.newest, sums.newest);
    ["systems", "claims", "ahead", "nodes"].forEach((field) => (total[field] += sums[field]));
  });
  return total;
}

/** The province of today to which a column belongs; undefined for what is national. */
export function provinceOfColumn(column) {
  return provinces.find(({ keys }) => keys.has(column));
}

/** The rows of the table and of the map: { id, node, former, sums, standing }; the last one is what is national. */
export function countryRows() {
  const rows = provinces.map(({ node, former, keys }) => {
    return { id: node.id, node, former, sums: sumsOfKeys(keys), standing: standingOf(node.id, state.component) };
  });
  return [...rows, { id: page.shared, node: null, former: [], sums: sumsOfKeys([page.shared]), standing: null }];
}

/** Steps of colour, 0 for nothing stated and 1 to 4, so that each has about as many of the values. */
export function stepsOf(values) {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const borders = [0.25, 0.5, 0.75].map((share) => known[Math.floor(share * (known.length - 1))]);
  return values.map((value) => (value === null ? 0 : 1 + borders.filter((border) => value > border).length));
}

/** Open the architecture of a province with its former ones, or of what is national. */
export function openProvince(node) {
  const province = provinces.find(({ keys }) => node && keys.has(node.id));
  const keys = province && province.node === node ? province.keys : new Set([node ? node.id : page.shared]);
  const columns = new Set(page.columns.filter((column) => !keys.has(column)));
  keepCameraPlace(null);
  change({ view: "grid", node: null, edge: null, band: null, off: { ...state.off, columns } });
}
