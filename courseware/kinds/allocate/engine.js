/**
 * What an allocation is, without a page: a split of a budget, the declared model that runs on it, and earlier plans.
 * The model comes compiled from Python as trees of numbers, names and operators; nothing is parsed here.
 * @module
 */

import { isPlain } from "../../web/record.js";

/** @typedef {number | string | any[]} Tree a number, a name, or an operator and what it works on */
/** @typedef {Record<string, number>} Split */
/** @typedef {Record<string, number[]>} Lines each stock, from its start, period by period */
/**
 * @typedef {object} Stock
 * @property {string} label
 * @property {string} unit
 * @property {number} start
 * @property {number} min
 * @property {number} max
 * @property {1 | -1} better 1 when more is better
 * @property {number} digits decimals worth showing
 * @property {Tree} change
 */
/**
 * @typedef {object} Allocate
 * @property {{amount: number, unit: string, one: string, step: number}} budget
 * @property {{id: string, label: string, means: string}[]} items
 * @property {{count: number, one: string, many: string}} periods
 * @property {{stocks: Record<string, Stock>}} model
 * @property {{when: Tree, then: string, basis?: string, cite?: any}[]} consequences `then` is author's HTML
 */
/** @typedef {{split: Split, note: string, expect: string, when: string}} Plan `expect`: a stock, "none", or "" */
/** @typedef {{split: Split, note: string, expect: string, seen: boolean, plans: Plan[]}} Spent */

/** @type {Record<string, (one: any, other: any) => any>} */
const APPLY = {
  "+": (one, other) => one + other,
  "-": (one, other) => one - other,
  "*": (one, other) => one * other,
  "/": (one, other) => one / other,
  // The first of two that are equal, as Python's engine has it: a zero keeps its sign.
  min: (one, other) => other < one ? other : one,
  max: (one, other) => other > one ? other : one,
  // A condition is made of these two, and of the least and the most of what they say.
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
};

/**
 * The value of a sum, or whether a condition holds.
 * @param {Tree} tree
 * @param {Record<string, number>} values
 * @returns {any}
 */
export function evaluate(tree, values) {
  if (typeof tree === "string") return values[tree];
  if (!Array.isArray(tree)) return tree;
  const [word, ...parts] = tree;
  return parts.map((part) => evaluate(part, values)).reduce(APPLY[word]);
}

/**
 * A split with every item in it. @param {Allocate["items"]} items @param {Split} split @returns {Split}
 */
export const entire = (items, split) => Object.fromEntries(items.map(({ id }) => [id, split[id] ?? 0]));

/**
 * Run the model on a split: all stocks change at once, each from where all stood before.
 * @param {Allocate} spec
 * @param {Split} split
 * @returns {Lines}
 */
export function run({ items, model, periods }, split) {
  const stocks = Object.entries(model.stocks);
  const values = entire(items, split);
  /** @type {Lines} */
  const lines = {};
  for (const [name, { start }] of stocks) lines[name] = [values[name] = start];
  for (let period = 0; period < periods.count; period++) {
    const next = stocks.map(([name, { min, max, change }]) => {
      const value = values[name] + evaluate(change, values);
      return value < min ? min : value > max ? max : value;
    });
    stocks.forEach(([name], i) => lines[name].push(values[name] = next[i]));
  }
  return lines;
}

/**
 * Where each stock ended. @param {Lines} lines @returns {Record<string, number>}
 */
export const ends = (lines) =>
  Object.fromEntries(Object.entries(lines).map(([name, values]) => [name, values[values.length - 1]]));

/**
 * The consequences that a split and its end values meet, in the author's order.
 * @param {Allocate} spec
 * @param {Split} split
 * @param {Record<string, number>} reached
 */
export function follows({ items, consequences }, split, reached) {
  return consequences.filter(({ when }) => evaluate(when, { ...entire(items, split), ...reached }));
}

/** @param {Allocate} spec @param {Split} split */
export const left = ({ budget, items }, split) =>
  items.reduce((rest, { id }) => rest - (split[id] ?? 0), budget.amount);

/** "1 day", "4 days". @param {Allocate} spec @param {number} count */
export const much = ({ budget }, count) => `${count} ${count === 1 ? budget.one : budget.unit}`;

/**
 * What is left or over, in words.
 * @param {Allocate} spec
 * @param {Split} split
 */
export function remains(spec, split) {
  const rest = left(spec, split);
  if (!rest) return `All ${much(spec, spec.budget.amount)} are given out.`;
  return rest > 0 ? `${much(spec, rest)} left to give out.` : `${much(spec, -rest)} over: take some away.`;
}

/**
 * How far each stock went the good way from one place to another, as a share of its range.
 * @param {Allocate} spec
 * @param {Record<string, number>} from
 * @param {Record<string, number>} to
 * @returns {[string, number][]}
 */
const gains = (spec, from, to) =>
  Object.entries(spec.model.stocks).map((
    [name, { min, max, better }],
  ) => [name, (to[name] - from[name]) * better / (max - min)]);

/** The name with the least number. @param {[string, number][]} named */
const least = (named) => named.reduce((one, other) => other[1] < one[1] ? other : one);

/**
 * The stock that is worse off most, or "none".
 * @param {Allocate} spec
 * @param {Lines} lines
 */
export function worst(spec, lines) {
  const from = Object.fromEntries(Object.entries(lines).map(([name, values]) => [name, values[0]]));
  const [name, gain] = least(gains(spec, from, ends(lines)));
  return gain < 0 ? name : "none";
}

/**
 * The last plan in a sentence or two: what is worse off most, and whether that was expected.
 * @param {Allocate} spec
 * @param {{runs: Plan[]}} record
 */
export function account(spec, { runs }) {
  const { split, expect } = runs[runs.length - 1];
  const lines = run(spec, split);
  const name = worst(spec, lines);
  const { stocks } = spec.model;
  const { label, start, digits } = stocks[name] ?? {};
  const found = label
    ? `Lost most: ${label}, from ${start.toFixed(digits)} to ${ends(lines)[name].toFixed(digits)}.`
    : "Nothing is worse off than at the start.";
  if (!expect) return found;
  return `${found} You expected ${expect === name ? "that" : stocks[expect]?.label ?? "none to be"}.`;
}

/**
 * The stock in which two ends differ most, and the item in which two splits do.
 * @param {Allocate} spec
 * @param {{split: Split, reached: Record<string, number>}} one
 * @param {{split: Split, reached: Record<string, number>}} other
 * @returns {{stock: string, item: string}}
 */
export function apart(spec, one, other) {
  const most = (/** @type {[string, number][]} */ named) =>
    least(named.map(([name, number]) => [name, -Math.abs(number)]))[0];
  return {
    stock: most(gains(spec, one.reached, other.reached)),
    item: most(spec.items.map(({ id }) => [id, one.split[id] - other.split[id]])),
  };
}

const amounts = (/** @type {unknown} */ split) =>
  isPlain(split) && Object.values(split).every((amount) => Number.isSafeInteger(amount) && amount >= 0);
const texts = (/** @type {unknown[]} */ ...values) => values.every((value) => typeof value === "string");

/**
 * Whether a record, from storage or a file, has the shape of an allocation's; asked without the exercise.
 * @param {any} record
 */
export function sound(record) {
  if (!isPlain(record)) return false;
  const { split = {}, note = "", expect = "", seen = false, plans = [] } = record;
  return amounts(split) && texts(note, expect) && typeof seen === "boolean" && Array.isArray(plans) &&
    plans.every((plan) => isPlain(plan) && amounts(plan.split) && texts(plan.note, plan.expect, plan.when));
}

/** The plans of a record that the exercise, as it is now, can run. @param {Allocate} spec @param {Plan[]} plans */
const runnable = (spec, plans) =>
  plans.filter(({ split }) => left(spec, split) === 0 && Object.keys(split).length === spec.items.length);

/**
 * A record that can be relied on, from whatever was stored. Plans that the exercise can no longer run are kept: they hold
 * the learner's words.
 * @param {Allocate} spec
 * @param {any} stored
 * @returns {Spent & {runs: Plan[]}} `runs`: the plans that can be run
 */
export function mend(spec, stored) {
  const { split = {}, note = "", expect = "", seen = false, plans = [] } = sound(stored) ? stored : {};
  const known = spec.items.filter(({ id }) => Object.hasOwn(split, id)).map(({ id }) => [id, split[id]]);
  const runs = runnable(spec, plans);
  return { split: Object.fromEntries(known), note, expect, seen: seen && runs.length > 0, plans, runs };
}

/**
 * One record of two: every plan of both, in the order they were made; what is being written, from the later.
 * @param {Spent} earlier
 * @param {Spent} later
 * @returns {Spent}
 */
export function merge(earlier, later) {
  const plans = later.plans ?? [];
  const held = new Set(plans.map((plan) => JSON.stringify(plan)));
  const more = (earlier.plans ?? []).filter((plan) => !held.has(JSON.stringify(plan)));
  if (!more.length && (later.note || !earlier.note)) return later;
  const all = [...plans, ...more].sort((one, other) =>
    one.when < other.when ? -1 : Number(one.when > other.when)
  );
  return { ...later, note: later.note || earlier.note, plans: all };
}

/**
 * Run the split as it stands, which spends the whole budget, and keep it as a plan.
 * @param {Allocate} spec
 * @param {Spent} record
 * @param {string} when ISO
 * @returns {Spent}
 */
export function see({ items }, { split, note, expect, plans }, when) {
  const plan = { split: entire(items, split), note, expect, when };
  return { split: plan.split, note, expect, seen: true, plans: [...plans, plan] };
}
