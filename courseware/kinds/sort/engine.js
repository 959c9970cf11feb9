/**
 * What a sort is, without a page: where each item was put, and whether that is where it belongs.
 * @module
 */

import { isPlain } from "../../web/record.js";

/** @typedef {{label: string, full: string, url: string|null, at: string|null}} Cite */
/** @typedef {{id: string, label: string, means?: string|null}} Category */
/**
 * @typedef {object} Item
 * @property {string} id
 * @property {string} text
 * @property {string} category id of the category where it belongs
 * @property {string} why author's HTML
 * @property {string} basis
 * @property {Cite|null} [cite]
 * @property {Record<string, string>} [if_placed] author's HTML by the category wrongly chosen
 */
/** @typedef {{categories: Category[], items: Item[]}} Sort */
/** @typedef {{placed: Record<string, string>, checked: boolean, tries: number}} Placing */
/** @typedef {{item: Item, right: boolean, placed: string, belongs: string, note: string|null}} Result */

/** Has something from storage or a file the shape of a sort's record? @param {any} record */
export function sound(record) {
  return isPlain(record) && isPlain(record.placed) &&
    Object.values(record.placed).every((each) => typeof each === "string") &&
    ["boolean", "undefined"].includes(typeof record.checked) &&
    (record.tries === undefined || Number.isSafeInteger(record.tries) && record.tries >= 0);
}

/** One record of two: how the later has it, after as many tries as either. @param {Placing} earlier @param {Placing} later */
export function merge(earlier, later) {
  return earlier.tries > later.tries ? { ...later, tries: earlier.tries } : later;
}

/**
 * A record that can be relied on, from whatever was stored or imported: unknown items and categories are left
 * out, and nothing counts as checked unless every item is placed.
 * @param {Sort} spec
 * @param {unknown} stored
 * @returns {Placing}
 */
export function mend(spec, stored) {
  const record = /** @type {any} */ (stored && typeof stored === "object" ? stored : {});
  const known = new Set(spec.categories.map(({ id }) => id));
  /** @type {Record<string, string>} */
  const placed = {};
  for (const { id } of spec.items) {
    if (known.has(record.placed?.[id])) placed[id] = record.placed[id];
  }
  const tries = Number.isSafeInteger(record.tries) && record.tries > 0 ? record.tries : 0;
  const whole = Object.keys(placed).length === spec.items.length;
  return { placed, checked: record.checked === true && whole, tries };
}

/**
 * Put an item into a category, or take it out again with "".
 * @param {Placing} record
 * @param {string} item
 * @param {string} category
 * @returns {Placing}
 */
export function place(record, item, category) {
  const { [item]: _, ...others } = record.placed;
  return { ...record, checked: false, placed: category ? { ...others, [item]: category } : others };
}

/** The items still to be placed, in file order. @param {Sort} spec @param {Placing} record @returns {Item[]} */
export function unplaced(spec, record) {
  return spec.items.filter(({ id }) => !record.placed[id]);
}

/**
 * Check, which is open only when every item is placed.
 * @param {Sort} spec
 * @param {Placing} record
 * @returns {Placing}
 * @throws {Error} when an item is not placed yet
 */
export function check(spec, record) {
  if (unplaced(spec, record).length) throw new Error("every item must be placed before the check");
  return { ...record, checked: true, tries: record.tries + 1 };
}

/**
 * How each item was placed against where it belongs, in file order.
 * @param {Sort} spec
 * @param {Placing} record a checked one
 * @returns {Result[]}
 */
export function results(spec, record) {
  const label = Object.fromEntries(spec.categories.map((category) => [category.id, category.label]));
  return spec.items.map((item) => {
    const put = record.placed[item.id];
    const right = put === item.category;
    return {
      item,
      right,
      placed: label[put],
      belongs: label[item.category],
      note: right ? null : item.if_placed?.[put] ?? null,
    };
  });
}

/**
 * Open the placing again: the items that differ go back to be placed, the others stay.
 * @param {Sort} spec
 * @param {Placing} record
 * @returns {Placing}
 */
export function reopen(spec, record) {
  const kept = spec.items.filter(({ id, category }) => record.placed[id] === category);
  return {
    ...record,
    checked: false,
    placed: Object.fromEntries(kept.map(({ id, category }) => [id, category])),
  };
}

/** One plain sentence on a checked sort. @param {Sort} spec @param {Placing} record */
export function summary(spec, record) {
  const all = spec.items.length;
  const right = results(spec, record).filter((each) => each.right).length;
  if (right === all) return `All ${all} are where they belong.`;
  if (!right) return `All ${all} belong elsewhere.`;
  const differ = all - right;
  return `${right} of ${all} ${right === 1 ? "is where it belongs" : "are where they belong"}; ${differ} ${
    differ === 1 ? "differs" : "differ"
  }.`;
}
