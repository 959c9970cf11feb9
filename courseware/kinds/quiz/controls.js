/**
 * The native controls for one question. Each gives back the group to show and what it holds; it judges nothing.
 * @module
 */

import { choice, fault as say, h } from "../../web/dom.js";
import { CONFIDENCE } from "./engine.js";

/** @typedef {import("./judge.js").Item} Item */
/**
 * @typedef {object} Control
 * @property {HTMLFieldSetElement} group
 * @property {() => any} raw what is chosen or typed, for `read` of judge.js
 * @property {(problem: string) => void} fault show what is missing and put focus where it is; "" takes it away
 */

/**
 * A fieldset whose legend asks and whose next line says what is wrong, until something is changed.
 * @param {string} name unique in the page
 * @param {string} legend
 * @param {Node[]} rows
 * @param {() => any} raw
 * @returns {Control}
 */
function group(name, legend, rows, raw) {
  const error = h("p", { class: "exercise-error", id: `${name}-error` });
  /** @param {string} problem */
  const fault = (problem) => {
    const fields =
      /** @type {(HTMLInputElement|HTMLSelectElement)[]} */ ([...set.querySelectorAll("input, select")]);
    // A box or a gap is marked as wrong; a list of choices has no one control that is.
    for (const field of fields) {
      if (field.matches("select, [type=text]")) {
        field.setAttribute(
          "aria-invalid",
          String(Boolean(problem) && (field.type === "text" || !field.value)),
        );
      }
    }
    const first = fields.find((field) => field.matches("select") && !field.value) ?? fields[0];
    say(error, problem, problem ? first : null);
  };
  const set = h(
    "fieldset",
    { class: "choices", oninput: () => fault("") },
    h("legend", { id: `${name}-legend` }, legend),
    error,
    rows,
  );
  return { group: set, raw, fault };
}

/** @param {HTMLFieldSetElement} set @returns {string[]} the values marked */
const marked = (set) =>
  [...set.querySelectorAll("input")].filter(({ checked }) => checked).map(({ value }) => value);

/** @param {string} legend @param {"radio"|"checkbox"} type */
const list =
  (legend, type) => (/** @type {Item} */ item, /** @type {string} */ name, /** @type {any} */ raw) => {
    const held = type === "radio" ? [raw] : Array.isArray(raw) ? raw : [];
    const rows = (item.options ?? []).map(({ id, text }) =>
      choice({ type, name, value: id, checked: held.includes(id) }, text)
    );
    const control = group(name, legend, rows, () => {
      const ids = marked(control.group);
      return type === "radio" ? ids[0] : ids;
    });
    return control;
  };

/** @param {Item} item @param {string} name @param {any} raw */
function figures(item, name, raw) {
  const input = h("input", {
    type: "text",
    id: name,
    inputmode: "decimal",
    autocomplete: "off",
    value: typeof raw === "string" ? raw : "",
  });
  const label = h("label", { for: name }, item.unit ? `In figures (${item.unit})` : "In figures");
  return group(name, "Your answer", [h("div", { class: "field" }, label, input)], () => input.value);
}

/** @param {Item} item @param {string} name @param {any} raw */
function gaps(item, name, raw) {
  const ids = Object.keys(item.gaps ?? {});
  /** @type {Record<string, HTMLSelectElement>} */
  const selects = {};
  const pieces = pieceTogether(item, (gap) => {
    const options = (item.gaps ?? {})[gap].options.map(({ id, text }) =>
      h("option", { value: id, selected: raw?.[gap] === id }, text)
    );
    const label = ids.length > 1 ? `Gap ${ids.indexOf(gap) + 1} of ${ids.length}` : "Gap";
    return selects[gap] = h(
      "select",
      { "aria-label": label, autocomplete: "off" },
      h("option", { value: "" }, "Choose…"),
      options,
    );
  });
  return group(
    name,
    ids.length > 1 ? "Choose the words for each gap" : "Choose the words for the gap",
    [h("p", { class: "cloze" }, pieces)],
    () => Object.fromEntries(ids.map((gap) => [gap, selects[gap].value])),
  );
}

/**
 * The sentence of a cloze with something in each gap.
 * @param {Item} item
 * @param {(gap: string) => Node|string} inside
 * @returns {(string|Node)[]}
 */
export function pieceTogether(item, inside) {
  // Splitting on a group keeps what it matched: every second piece is a gap's id.
  return (item.text ?? "").split(/\[([a-z0-9-]+)\]/).map((piece, i) => i % 2 ? inside(piece) : piece);
}

/** @type {Record<string, (item: Item, name: string, raw: any) => Control>} */
const types = {
  "single": list("Choose one", "radio"),
  "true-false": list("True or false?", "radio"),
  "multiple": list("Choose all that apply", "checkbox"),
  "numeric": figures,
  "cloze": gaps,
};

/**
 * The controls of a question. Its prompt is part of their name, for those who come to them by Tab.
 * @param {Item} item
 * @param {string} name unique in the page; the prompt's id is this name and `-prompt`
 * @param {unknown} raw what was held before, if anything
 */
export function control(item, name, raw) {
  const made = types[item.type](item, name, raw);
  made.group.setAttribute("aria-labelledby", `${name}-prompt ${name}-legend`);
  return made;
}

/** How sure are you? @param {string} name @param {string|null} held */
export function sureness(name, held) {
  const rows = CONFIDENCE.map(([id, label]) =>
    choice({ type: "radio", name, value: id, checked: held === id }, label)
  );
  const asked = group(name, "How sure are you?", rows, () => marked(asked.group)[0] ?? null);
  asked.group.classList.add("inline");
  return asked;
}
