/**
 * What a reflection is, without a page: the learner's words, whether the commentary is open, and the plan.
 * @module
 */

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
const mapping = (value) =>
  value && typeof value === "object" && !Array.isArray(value) ? /** @type {any} */ (value) : {};
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
