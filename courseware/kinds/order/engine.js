/**
 * What a ranking is, without a page: the learner's order, and how it compares with another, pair by pair. A pair that is
 * too close to call counts for neither. `compare.py` holds the same rules.
 * @module
 */

import { shuffled } from "../../web/random.js";
import { isPlain } from "../../web/record.js";

/** @typedef {{label: string, full: string, url: string|null, at: string|null}} Cite */
/**
 * @typedef {object} Item
 * @property {string} id
 * @property {string} text
 * @property {number} rank the smaller, the nearer to the top it belongs
 * @property {number} from the first place where it may stand
 * @property {number} to the last
 * @property {string} stands the two in words
 * @property {string|null} [shown] its value as it is read
 * @property {string} why author's HTML
 * @property {string} basis
 * @property {Cite|null} [cite]
 */
/**
 * @typedef {object} Order
 * @property {Item[]} items in a mixed order
 * @property {number} pairs how many can be told apart
 * @property {string} task what is to be done, in a sentence
 * @property {string} how what a pair is, in a sentence
 * @property {string} theirs what the learner's order is compared with, in two words
 * @property {{first: string, last: string}} ends
 * @property {{margin: number, caveat?: string|null}|null} [known]
 * @property {{grounds: string, differ: string}|null} [expert]
 */
/** @typedef {{order: string[], when: string}} Check */
/** @typedef {{seed: number, order: string[], moved: boolean, checked: boolean, checks: Check[]}} Ranking */

/** Decimal fractions are not exact in a computer: 34 − 32.3 is a little more than 1.7. */
const EXACT = 1e-9;

/** The items as they belong; equal ones stay as the author wrote them. @param {Order} spec */
export const right = (spec) => [...spec.items].sort((one, other) => one.rank - other.rank);

/**
 * How many pairs of an order stand the right way round, of the `pairs` that can be told apart.
 * @param {Order} spec
 * @param {string[]} order every item's id
 */
export function agreement(spec, order) {
  const rank = Object.fromEntries(spec.items.map((item) => [item.id, item.rank]));
  const margin = (spec.known?.margin ?? 0) + EXACT;
  return order.flatMap((one, place) => order.slice(place).filter((other) => rank[other] - rank[one] > margin))
    .length;
}

/**
 * The order that a sitting begins with: mixed by its seed, and never the one that it is compared with.
 * @param {Order} spec
 * @param {number} seed uint32
 */
export function mixed(spec, seed) {
  const written = spec.items.map(({ id }) => id);
  const order = shuffled(written, seed);
  // The author's own order is never the right one: `courseware check` holds it to that.
  return agreement(spec, order) < spec.pairs ? order : written;
}

/** @param {any} list a list of texts, none of them twice? */
const ids = (list) =>
  Array.isArray(list) && list.every((id) => typeof id === "string") && new Set(list).size === list.length;
/** @param {any} check */
const isCheck = (check) => isPlain(check) && ids(check.order) && typeof check.when === "string";

/**
 * Has a record, from storage or from a file, the shape of a ranking's? Asked without the exercise.
 * @param {any} record
 */
export const sound = (record) =>
  isPlain(record) && ids(record.order) &&
  [0, record.seed >>> 0].includes(record.seed ?? 0) &&
  [record.moved, record.checked].every((each) => typeof (each ?? false) === "boolean") &&
  Array.isArray(record.checks ?? []) && (record.checks ?? []).every(isCheck);

/**
 * One record of two: the order of the later, the checks of both.
 * @param {any} earlier
 * @param {any} later
 */
export function merge(earlier, later) {
  const key = (/** @type {Check} */ { order, when }) => when + order;
  const after = later.checks ?? [];
  const had = after.map(key);
  const more = (earlier.checks ?? []).filter((/** @type {Check} */ check) => !had.includes(key(check)));
  if (!more.length) return later;
  const checks = [...more, ...after].sort((one, other) =>
    one.when < other.when ? -1 : +(one.when > other.when)
  );
  return { ...later, checks };
}

/**
 * A record that can be relied on, from whatever was stored or imported. Items that the exercise no longer has are left
 * out, and new ones stand at the end. Checks are kept as they are: they are the learner's.
 * @param {Order} spec
 * @param {any} stored
 * @param {number} [drawn] the seed of a sitting that has not begun
 * @returns {Ranking}
 */
export function mend(spec, stored, drawn = 1) {
  const record = isPlain(stored) ? stored : {};
  const seed = record.seed >>> 0 || drawn;
  const start = mixed(spec, seed);
  /** @type {string[]} */
  const kept = ids(record.order) ? record.order.filter((/** @type {string} */ id) => start.includes(id)) : [];
  const whole = kept.length === start.length;
  const checks = Array.isArray(record.checks) ? record.checks.filter(isCheck) : [];
  return {
    seed,
    order: [...new Set([...kept, ...start])],
    moved: whole && record.moved === true,
    checked: whole && record.checked === true && checks.length > 0,
    checks,
  };
}

/**
 * Move an item by one place, as far as the list goes.
 * @param {Ranking} record
 * @param {string} id
 * @param {-1|1} step up or down
 * @returns {Ranking}
 */
export function move(record, id, step) {
  const order = record.order.filter((each) => each !== id);
  const to = record.order.indexOf(id) + step;
  if (to < 0 || to > order.length) return record;
  order.splice(to, 0, id);
  return { ...record, order, moved: true, checked: false };
}

/** Compare the order as it stands. @param {Ranking} record @param {string} when ISO time @returns {Ranking} */
export const check = (record, when) => ({
  ...record,
  checked: true,
  checks: [...record.checks, { order: record.order, when }],
});

/** Begin again from another mixed order; the checks stay. @param {Order} spec @param {Ranking} record @returns {Ranking} */
export function again(spec, record) {
  const seed = (record.seed + 1) >>> 0;
  return { ...record, seed, order: mixed(spec, seed), moved: false, checked: false };
}

/** The pairs that agreed, check by check, where a check was of these items. @param {Order} spec @param {Ranking} record */
export const tries = (spec, record) =>
  record.checks.filter(({ order }) =>
    order.length === spec.items.length && spec.items.every(({ id }) => order.includes(id))
  ).map(({ order }) => agreement(spec, order));

/** One plain sentence on an order. @param {Order} spec @param {string[]} order */
export const summary = (spec, order) =>
  `In the same order: ${agreement(spec, order)} of ${spec.pairs} pairs.`;

/**
 * Where an item stands against where it was put: the two halves of a sentence.
 * @param {Order} spec
 * @param {Item} item
 * @param {number} place where it was put
 */
export function beside({ theirs }, { from, to, stands, shown }, place) {
  const by = place > to ? place - to : Math.min(0, place - from);
  const places = Math.abs(by) > 1 ? "places" : "place";
  return [
    `You ${place}, ${theirs} ${stands}`,
    `${shown ? ` (${shown})` : ""}: ${
      by ? `they put it ${Math.abs(by)} ${places} ${by > 0 ? "higher" : "lower"}` : "as you put it"
    }.`,
  ];
}
