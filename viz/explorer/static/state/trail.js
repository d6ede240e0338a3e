// Trail: the steps of the reader. They are those of the browser's history; where the page has no address of its own,
// as in a notebook, the trail alone goes back and forward.

import { cameraIn, fromHash, toHash } from "./address.js";
import { change, keepCameraPlace, watch } from "./state.js";

// changes that Back takes back
const STEP_KEYS = ["node", "edge", "view", "form", "band", "grown", "off", "since", "until", "tour", "step", "versus"];
const trail = { steps: [], at: 0, apart: false, follows: false };

/** Start the trail at the present state, and note each change in it. */
export function startTrail() {
  trail.steps = [toHash()];
  watch((changed) => {
    if (!trail.follows) noteState(STEP_KEYS.some((key) => changed.has(key)));
  });
}

/** Note the state in the trail and, where the page has an address, in the address. */
export function noteState(isStep) {
  const address = toHash();
  if (address === trail.steps[trail.at]) return;
  if (isStep) trail.steps.splice(trail.at + 1, Infinity, address);
  if (isStep) trail.at += 1;
  else trail.steps[trail.at] = address;
  try {
    history[isStep ? "pushState" : "replaceState"]({ at: trail.at }, "", address || "#");
  } catch {
    trail.apart = true; // a frame without an address
  }
}

/** Go one step back or forward. */
export function travel(step) {
  const position = trail.at + step;
  if (position < 0 || position >= trail.steps.length) return;
  if (!trail.apart) history.go(step);
  else follow(trail.steps[position], position);
}

/** Take over what an address says, as after Back, Forward or an edit by hand. */
export function follow(address, position) {
  if (address === toHash()) return;
  trail.at = position ?? Math.max(0, trail.steps.indexOf(address));
  trail.steps[trail.at] = address;
  keepCameraPlace(cameraIn(address));
  trail.follows = true; // what an address says is in the trail already
  change(fromHash(address));
  trail.follows = false;
}

export function canGoBack() {
  return trail.at > 0;
}

export function canGoForward() {
  return trail.at < trail.steps.length - 1;
}
