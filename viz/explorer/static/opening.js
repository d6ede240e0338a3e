// Opening of the page of a site, whose scripts are files beside it: unpacks the data for the program that follows.

import { unpacked } from "./unpacking.js";

globalThis.carried = JSON.parse(await unpacked("data"));
