/**
 * What a reflection is, without a page: the learner's words, whether the commentary is open, and the plan.
 * @module
 */

import { isPlain } from "../../web/record.js";

/** @typedef {{id: string, label: string, help?: string|null, rows?: number}} Prompt */
/**
 * @typedef {object} Reflect
 * @property {Prompt[]} prompts
 * @property {string|null} [commentary] author's HTML
 * @property {{if_label: string, if_hint?: string|null, then_label: string, then_hint?: string|null,
 *   example?: string|null}|null} [if_then]
 */
/** @typedef {{written: Record<string, string>, revealed: boolean, if_then: {if: string, then: string}}} Written */

/** @param {unknown} value @returns {Record<string, unknown>} */
const mapping = (value) => isPlain(value) ? value : {};
/** @param {unknown} value */
const areWords = (value) => isPlain(value) && Object.values(value).every((each) => typeof each === "string");
/** @param {unknown} value */
const words = (value) => typeof value === "string" ? value : "";

/**
 * A record that can be relied on, from whatever was stored or imported. Words written under a prompt that the
 * exercise no longer has are kept: they are the learner's.
 * @param {unknown} stored
 * @returns {Written}
 */
export function mend(stored) {
  const record = mapping(stored);
  const plan = mapping(record.if_then);
  const texts = Object.entries(mapping(record.written)).filter(([, text]) => typeof text === "string");
  return {
    written: /** @type {Record<string, string>} */ (Object.fromEntries(texts)),
    revealed: record.revealed === true,
    if_then: { if: words(plan.if), then: words(plan.then) },
  };
}

/** Has something from storage or a file the shape of a reflection's record? @param {any} record */
export function sound(record) {
  return isPlain(record) && areWords(record.written) && areWords(record.if_then ?? {}) &&
    ["boolean", "undefined"].includes(typeof record.revealed);
}

/**
 * One record of two: under each prompt what was written later, unless nothing was.
 * @param {Written} earlier
 * @param {Written} later
 * @returns {Written}
 */
export function merge(earlier, later) {
  return {
    ...earlier,
    ...later,
    ...(earlier.revealed ? { revealed: true } : {}),
    ...(earlier.if_then ? { if_then: filled(earlier.if_then, later.if_then) } : {}),
    written: filled(earlier.written, later.written),
  };
}

/** @template {Record<string, string>} T @param {T} earlier @param {T|undefined} later @returns {T} */
function filled(earlier, later) {
  const said = Object.entries(later ?? {}).filter(([key, text]) => text.trim() || !earlier[key]);
  return { ...earlier, ...Object.fromEntries(said) };
}

/** Has the learner written anything under one of the prompts? @param {Reflect} spec @param {Written} record */
export function begun(spec, record) {
  return spec.prompts.some(({ id }) => words(record.written[id]).trim() !== "");
}

/**
 * "done" once something is written and, where there is a commentary, it has been compared; the plan is the
 * learner's to make or leave.
 * @param {Reflect} spec
 * @param {Written} record
 * @returns {"begun"|"done"}
 */
export function status(spec, record) {
  return begun(spec, record) && (record.revealed || !spec.commentary) ? "done" : "begun";
}

/** @param {string} text @param {string} label */
function clause(text, label) {
  const tidy = text.replace(/\s+/g, " ").trim().replace(/[\s.,;:…]+$/, "");
  const opening = label.replace(/[\s,:…]+$/, "");
  // Many people type the opening word again inside the box; the sentence should not say it twice.
  return tidy.toLowerCase().startsWith(`${opening.toLowerCase()} `) ? tidy.slice(opening.length + 1) : tidy;
}

/**
 * The plan as one sentence, or "" while either half is missing.
 * @param {Reflect} spec
 * @param {Written} record
 */
export function sentence(spec, record) {
  if (!spec.if_then) return "";
  const { if_label, then_label } = spec.if_then;
  const when = clause(record.if_then.if, if_label);
  const act = clause(record.if_then.then, then_label);
  return when && act
    ? `${if_label.replace(/[\s,:…]+$/, "")} ${when}, ${then_label.replace(/[\s,:…]+$/, "")} ${act}.`
    : "";
}
