// The fields for the parameters of a saved question; a field for an entity gets suggestions from the service.
import { element, words } from "./page.js";
import { SuggestionList } from "./suggestions.js";

const INPUT_TYPES = { date: "date", number: "number", year: "number" }; // kind of a parameter -> type of the input
const SEARCHED_FOLDERS = { entity: "", province: "unit" }; // kind of a parameter -> folder of its entities
const ANY = "*";

/** The text of a field that names an entity. */
export const entityText = (entity) => `${entity.label} (${entity.curie})`;

/** Make the field of a parameter with its label; without a given value it shows the example. */
export function parameterField(parameter, givenValue) {
  const isEntity = parameter.kind in SEARCHED_FOLDERS;
  const id = `field-${parameter.name}`;
  const input = element("input", undefined, { id, type: INPUT_TYPES[parameter.kind] || "text", name: parameter.name });
  if (input.type === "number") input.step = "any";
  if (parameter.default === null) input.required = true;
  const hint = parameter.default === ANY ? ` ${words["empty-any"]}` : "";
  const box = element("div", undefined, { class: "field" });
  box.append(element("label", parameter.label + hint, { for: id }), input);
  let curie = ""; // of the entity that is shown, until somebody types something else

  function choose(entity) {
    curie = entity.curie;
    input.value = entityText(entity);
  }
  if (isEntity) new SuggestionList(input, parameter.label, SEARCHED_FOLDERS[parameter.kind], choose);
  input.addEventListener("input", () => { curie = ""; });
  if (givenValue !== undefined) input.value = givenValue;
  else if (isEntity && parameter.example) choose({ curie: parameter.example, label: parameter.example_label });
  else input.value = parameter.example || "";
  return {
    box,
    input,
    name: parameter.name,
    value: () => curie || input.value.trim(),
    /** Show what the words mean, if that is a single entity. */
    settle: (entities) => { if (entities.length === 1) choose(entities[0]); },
  };
}
