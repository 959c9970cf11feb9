/**
 * Plays a scenario: the semantics, and nothing else. `play.py` says the same, name for name, and vectors hold the two
 * to the same states.
 *
 * Effects apply in order, and an indicator is held to its range after each. A check routes at once, first match wins.
 * Chance draws from mulberry32, and its outcomes are walked in file order.
 */

import { mulberry32 } from "../../web/random.js";

export { mulberry32 };

/** @typedef {boolean | number | string} Value */
/** @typedef {any[]} Tree a condition: `["cmp", op, name, literal]`, `["and", …]`, `["or", …]`, `["not", tree]` */
/** @typedef {any} Scenario a compiled scenario */
/**
 * @typedef {object} State where a play stands; never changed in place
 * @property {string} node
 * @property {Record<string, number>} indicators
 * @property {Record<string, Value>} flags
 * @property {number} rng uint32
 * @property {string[]} path the choices and chance outcomes so far, by id
 */

/** @type {Record<string, (a: any, b: any) => boolean>} */
const COMPARE = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

/** A move that the scenario does not offer here. */
export class IllegalMove extends Error {}

/**
 * Whether a condition is true of a state; no condition always is.
 *
 * @param {Tree | null} tree
 * @param {Pick<State, "indicators" | "flags">} state
 * @returns {boolean}
 */
export function holds(tree, state) {
  if (!tree) return true;
  const [head, ...rest] = tree;
  if (head === "cmp") {
    const [compare, name, literal] = rest;
    const value = Object.hasOwn(state.indicators, name) ? state.indicators[name] : state.flags[name];
    return COMPARE[compare](value, literal);
  }
  if (head === "not") return !holds(rest[0], state);
  return head === "and" ? rest.every((each) => holds(each, state)) : rest.some((each) => holds(each, state));
}

/**
 * The state at the beginning, or at the beginning of one act.
 *
 * @param {Scenario} scenario
 * @param {{seed?: number, act?: string | null}} [options]
 * @returns {State}
 */
export function start(scenario, { seed = 1, act = null } = {}) {
  /** @type {Record<string, number>} */
  const indicators = {};
  for (const [name, indicator] of Object.entries(scenario.indicators)) {
    indicators[name] = /** @type {any} */ (indicator).start;
  }
  /** @type {State} */
  let state = { node: scenario.start, indicators, flags: { ...scenario.flags }, rng: seed >>> 0, path: [] };
  if (act !== null) {
    const chosen = scenario.acts.find((/** @type {any} */ each) => each.id === act);
    if (!chosen) throw new IllegalMove(`there is no act ${act}`);
    state = apply(scenario, state, Object.entries(chosen.with).map(([name, value]) => ["set", name, value]));
    state.node = chosen.start;
  }
  return settle(scenario, state);
}

/**
 * The choices of a decision, each with whether it is open and, when locked, why.
 *
 * @param {Scenario} scenario
 * @param {State} state
 * @returns {{choice: any, open: boolean, reason: string | null}[]}
 */
export function options(scenario, state) {
  const node = scenario.nodes[state.node];
  if (node.type !== "decision") return [];
  return node.choices.map((/** @type {any} */ choice) => {
    const open = holds(choice.if, state);
    return { choice, open, reason: open ? null : choice.else_text };
  });
}

/**
 * The state after a move.
 *
 * @param {Scenario} scenario
 * @param {State} state
 * @param {string | null} move a choice's id; null to read on; at chance null to draw, or the id of an outcome to force
 * @returns {State}
 * @throws {IllegalMove} for a choice that is locked or not here
 */
export function advance(scenario, state, move) {
  const node = scenario.nodes[state.node];
  if (node.type === "story" && move === null) return settle(scenario, { ...state, node: node.next });
  if (node.type === "decision") {
    const option = options(scenario, state).find(({ choice, open }) => open && choice.id === move);
    if (option) return take(scenario, state, option.choice);
  }
  if (node.type === "chance") {
    const drawn = move === null ? mulberry32(state.rng) : null;
    const outcome = drawn
      ? fall(node, drawn.value)
      : node.outcomes.find((/** @type {any} */ o) => o.id === move);
    if (outcome) return take(scenario, { ...state, rng: drawn?.state ?? state.rng }, outcome);
  }
  throw new IllegalMove(`${move} is not open at ${state.node} of ${scenario.id}`);
}

/**
 * The act after this one; a play of one act stops where it would begin.
 *
 * @param {Scenario} scenario
 * @param {string | null} act
 */
export function nextAct(scenario, act) {
  const place = scenario.acts.findIndex((/** @type {any} */ each) => each.id === act);
  return place < 0 ? null : scenario.acts[place + 1] ?? null;
}

/**
 * Whether a play, or the play of one act, is at its end.
 *
 * @param {Scenario} scenario
 * @param {State} state
 * @param {string | null} [act]
 */
export function over(scenario, state, act = null) {
  return scenario.nodes[state.node].type === "ending" || state.node === nextAct(scenario, act)?.start;
}

/**
 * @param {any} node
 * @param {number} value uint32
 */
function fall(node, value) {
  const total = node.outcomes.reduce(
    (/** @type {number} */ sum, /** @type {any} */ each) => sum + each.weight,
    0,
  );
  let rest = value % total;
  return node.outcomes.find((/** @type {any} */ each) => (rest -= each.weight) < 0);
}

/**
 * @param {Scenario} scenario
 * @param {State} state
 * @param {any} taken a choice or an outcome
 * @returns {State}
 */
function take(scenario, state, taken) {
  const moved = apply(scenario, state, taken.effects);
  return settle(scenario, { ...moved, node: taken.next, path: [...state.path, taken.id] });
}

/**
 * @param {Scenario} scenario
 * @param {State} state
 * @param {any[][]} effects
 * @returns {State}
 */
function apply(scenario, state, effects) {
  const indicators = { ...state.indicators };
  const flags = { ...state.flags };
  for (const [kind, name, value] of effects) {
    if (Object.hasOwn(indicators, name)) {
      const { min, max } = scenario.indicators[name];
      indicators[name] = Math.min(Math.max(kind === "add" ? indicators[name] + value : value, min), max);
    } else {
      flags[name] = value;
    }
  }
  return { ...state, indicators, flags };
}

/**
 * Pass through checks until a node that is read.
 *
 * @param {Scenario} scenario
 * @param {State} state
 * @returns {State}
 */
function settle(scenario, state) {
  let node = scenario.nodes[state.node];
  // More checks in a row than there are nodes would be a circle, which the validator refuses.
  for (let left = Object.keys(scenario.nodes).length; node.type === "check"; left--) {
    if (left < 0) throw new IllegalMove(`checks lead round in a circle at ${state.node}`);
    const route = node.routes.find((/** @type {any} */ each) => holds(each.if, state));
    state = { ...state, node: route.next };
    node = scenario.nodes[state.node];
  }
  return state;
}
