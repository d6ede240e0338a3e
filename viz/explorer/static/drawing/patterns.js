// Patterns: how verdicts are told apart without their colours, on the screen and in saved pictures.

import { makeSvg } from "./elements.js";

/**
 * A sample of the pattern of a verdict, as large as it is given room: the style sheet says what is drawn for a tone.
 *
 * ink, ground: colours; those of the style sheet follow the theme.
 */
export function verdictPattern(tone, ink = `var(--${tone})`, ground = "var(--ground)") {
  const drawn = getComputedStyle(document.documentElement).getPropertyValue(`--${tone}-drawn`).trim();
  const [height, d, width, dash, cap] = drawn.split("/");
  const sample = makeSvg("svg", { class: "verdict", "data-tone": tone, color: ink, "aria-hidden": "true" });
  sample.append(makeSvg("rect", { width: "100%", height: "100%", fill: ground }));
  sample.append(makeSvg("rect", { width: "100%", height: height || 0, fill: "currentColor" }));
  if (!d) return sample;
  const stroke = { stroke: "currentColor", "stroke-width": width, "stroke-dasharray": dash, "stroke-linecap": cap };
  sample.append(makeSvg("path", { d, fill: "none", ...stroke }));
  return sample;
}
