// The page of a plain pyvis network: unpacks vis-network and what the network holds, and draws it as its options say.

import { unpacked } from "./unpacking.js";

const [library, text] = await Promise.all(["library", "data"].map(unpacked));
const script = document.createElement("script");
script.textContent = library;
document.head.append(script);
const { nodes, edges, options, frame } = JSON.parse(text);
const [heading, height, width, ground, dot] = frame;
const stage = document.getElementById("network");
document.getElementById("heading").textContent = heading;
Object.assign(stage.style, { height: /^\d+$/.test(height) ? `${height}px` : height, width, background: ground });
if (options.configure?.enabled) options.configure.container = document.getElementById("config");
const parsed = dot ? vis.parseDOTNetwork(dot) : { nodes, edges, options: {} };
const data = { nodes: new vis.DataSet(parsed.nodes), edges: new vis.DataSet(parsed.edges) };
globalThis.network = new vis.Network(stage, data, { ...parsed.options, ...options });
document.documentElement.dataset.ready = "true";
