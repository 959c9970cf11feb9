/**
 * The kinds of exercise whose script every page has, one line each. Those that run a model and draw it stand in
 * `models.js`, and come later.
 */

import { InventoryElement } from "./inventory/element.js";
import { OrderElement } from "./order/element.js";
import { QuizElement } from "./quiz/element.js";
import { ReflectElement } from "./reflect/element.js";
import { ScenarioElement } from "./scenario/element.js";
import { SortElement } from "./sort/element.js";

export const kinds = [
  ScenarioElement,
  QuizElement,
  SortElement,
  OrderElement,
  InventoryElement,
  ReflectElement,
];
