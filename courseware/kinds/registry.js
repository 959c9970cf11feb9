/** Every kind of exercise, one line each. A new kind adds its folder and its line here, and nothing else. */

import { QuizElement } from "./quiz/element.js";
import { ReflectElement } from "./reflect/element.js";
import { ScenarioElement } from "./scenario/element.js";
import { SortElement } from "./sort/element.js";

export const kinds = [ScenarioElement, QuizElement, SortElement, ReflectElement];

/** Teach the page every kind. Safe to call twice: a notebook loads the module once for each widget. */
export function define() {
  for (const kind of kinds) if (!customElements.get(kind.tag)) customElements.define(kind.tag, kind);
}
