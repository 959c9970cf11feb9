/**
 * What a model in the page is, without a page: its stored numbers at any setting, its figures, and the learner's record.
 * @module
 */

import { figure } from "../../web/plot.js";
import { isPlain } from "../../web/record.js";

/** @typedef {{id: string, label: string, unit: string|null, help: string|null, min: number, max: number, step: number, start: number}} Control */
/** @typedef {{id: string, label: string, unit: string|null, min: number, max: number, digits: number}} Line */
/** @typedef {{label: string, line: string, minus: string|null, take: string, bands: {below: number|null, say: string}[]}} Figure */
/** @typedef {Record<string, number>} Values */
/** @typedef {Record<string, number[]>} Lines */
/** @typedef {{id: string, title: string, values: Values, ask: string, notice: string}} Try */
/** @typedef {{id: string, label: string, help: string|null, rows: number}} Prompt */
/**
 * @typedef {Omit<import("../../web/plot.js").Plot, "lines"> &
 *   {lines: {id: string, label: string}[], every: number, digits: number}} Chart
 * what `plot` is given, its lines still without their values
 */
/**
 * @typedef {object} Explore
 * @property {string} id
 * @property {Control[]} controls
 * @property {{values: number[]}} x
 * @property {Line[]} lines
 * @property {Chart[]} charts
 * @property {Figure[]} figures
 * @property {Try[]} tries
 * @property {Prompt[]} notes
 * @property {{first: number[], levels: number[], packed: string}} grid
 */
/** @typedef {{values: Values, when: string}} Kept */
/** @typedef {{values: Values, visited: string[], notes: Record<string, string>, kept: Kept[]}} Explored */

/** As many settings as a list to choose from can hold. */
const MOST_KEPT = 30;
/** What the stored characters mean: see `grid.py`. */
const PLAIN = 0x5D, PLAIN_COUNT = 34, OTHER = 0x100;

/** Which of a control's values is nearest? @param {Control} control @param {number} value */
const place = ({ min, max, step }, value) =>
  Math.floor((Math.min(Math.max(value, min), max) - min) / step + 0.5);

/** The stored setting that is nearest to any. @param {Explore} spec @param {Values} values @returns {Values} */
export function snapped(spec, values) {
  return Object.fromEntries(spec.controls.map((control) => {
    const value = control.min + place(control, values[control.id]) * control.step;
    return [control.id, +value.toFixed(9)];
  }));
}

/** The lines at the stored setting that is nearest. @param {Explore} spec @param {Values} values @returns {Lines} */
export function look(spec, values) {
  const { first, levels, packed } = spec.grid;
  const count = spec.x.values.length;
  const row = spec.controls.reduce(
    (found, control) =>
      found * (Math.round((control.max - control.min) / control.step) + 1) +
      place(control, values[control.id]),
    0,
  );
  return Object.fromEntries(spec.lines.map(({ id, min, max }, number) => {
    const from = (row * spec.lines.length + number) * count;
    const span = levels[number] + 1;
    let before = first[number], last = before;
    const numbers = Array.from({ length: count }, (_, i) => {
      const code = packed.charCodeAt(from + i);
      const sign = code < OTHER ? code - PLAIN : code - OTHER + PLAIN_COUNT;
      const miss = sign % 2 ? -(sign + 1) / 2 : sign / 2;
      const now = (((i < 2 ? last : 2 * last - before) + miss) % span + span) % span;
      before = last;
      last = now;
      return min + now * (max - min) / levels[number];
    });
    return [id, numbers];
  }));
}

/** A figure's number. @param {Figure} figure @param {Lines} lines */
export function amount({ line, minus, take }, lines) {
  const numbers = lines[line].map((each, i) => minus ? each - lines[minus][i] : each);
  if (take === "average") return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  if (take === "end") return numbers[numbers.length - 1];
  return Math[take === "lowest" ? "min" : "max"](...numbers);
}

/** @param {Explore} spec @param {Figure} of */
const lineOf = (spec, of) => /** @type {Line} */ (spec.lines.find(({ id }) => id === of.line));

/** A figure in words. @param {Explore} spec @param {Figure} of @param {Lines} lines */
export function told(spec, of, lines) {
  const { digits, unit } = lineOf(spec, of);
  const value = amount(of, lines);
  const word = of.bands.find(({ below }) => below === null || value < below)?.say;
  return `${figure(value, digits)}${unit ? ` ${unit}` : ""}${word ? `: ${word}` : ""}`;
}

/**
 * How a figure differs from another setting's, in words, as far as the digits that are shown differ.
 * @param {Explore} spec
 * @param {Figure} of
 * @param {Lines} lines
 * @param {Lines} beside
 */
export function differs(spec, of, lines, beside) {
  const { digits } = lineOf(spec, of);
  const more = +(amount(of, lines) - amount(of, beside)).toFixed(digits);
  return more ? `${figure(Math.abs(more), digits)} ${more > 0 ? "more" : "less"}` : "the same";
}

/** A setting in words. @param {Explore} spec @param {Values} values */
export function setting(spec, values) {
  return spec.controls.map(({ id, label }) => `${label} ${figure(values[id])}`).join(", ");
}

/** The try that this is the setting of. @param {Explore} spec @param {Values} values */
export function tryAt(spec, values) {
  return spec.tries.find((each) => spec.controls.every(({ id }) => each.values[id] === values[id]));
}

/** @param {any} values */
const numbers = (values) => isPlain(values) && Object.values(values).every(Number.isFinite);
/** @param {any} list @param {(each: any) => boolean} test */
const listOf = (list, test) => Array.isArray(list) && list.every(test);
/** @param {any} value */
const isText = (value) => typeof value === "string";

/** Has something from storage or a file the shape of a model's record? @param {any} record */
export function sound(record) {
  return isPlain(record) && numbers(record.values) && listOf(record.visited, isText) &&
    isPlain(record.notes) && Object.values(record.notes).every(isText) &&
    listOf(record.kept, (each) => isPlain(each) && numbers(each.values) && isText(each.when));
}

/**
 * A record that can be relied on, from whatever was stored or imported. Notes under a prompt that the exercise no longer
 * has are kept: they are the learner's.
 * @param {Explore} spec
 * @param {unknown} stored
 * @returns {Explored}
 */
export function mend(spec, stored) {
  const { values, visited, notes, kept } = sound(stored)
    ? /** @type {Explored} */ (stored)
    : { values: {}, visited: [], notes: {}, kept: [] };
  const whole = (/** @type {Values} */ values) =>
    Object.fromEntries(spec.controls.map(({ id, min, max, start }) => {
      const value = Object.hasOwn(values, id) ? values[id] : start;
      return [id, Math.min(Math.max(value, min), max)];
    }));
  return {
    values: whole(values),
    visited: spec.tries.map(({ id }) => id).filter((id) => visited.includes(id)),
    notes,
    kept: kept.map(({ values, when }) => ({ values: whole(values), when })),
  };
}

/**
 * One record of two: where the later stands, with all that was looked at, kept and written in either.
 * @param {Explored} earlier
 * @param {Explored} later
 * @returns {Explored}
 */
export function merge(earlier, later) {
  const known = new Set(later.kept.map((each) => JSON.stringify(each)));
  const more = earlier.kept.filter((each) => !known.has(JSON.stringify(each)));
  const notes = { ...earlier.notes, ...later.notes };
  for (const [id, text] of Object.entries(earlier.notes)) notes[id] ||= text;
  return {
    ...later,
    visited: [...new Set([...later.visited, ...earlier.visited])],
    notes,
    kept: more.length
      ? [...more, ...later.kept].sort((one, other) => one.when < other.when ? -1 : 1)
      : later.kept,
  };
}

/** The record with a setting kept, the latest last; the oldest goes when there are too many. @param {Explored} record @param {Values} values @param {string} when */
export function keepSetting(record, values, when) {
  return { ...record, kept: [...record.kept, { values, when }].slice(-MOST_KEPT) };
}

/** "done" once two of the tries were set and looked at. @param {Explored} record @returns {"begun"|"done"} */
export function status({ visited }) {
  return visited.length >= 2 ? "done" : "begun";
}
