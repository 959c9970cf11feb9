/**
 * A run: what a learner did, as it is kept, and the steps that it makes when it is played again.
 *
 * Only moves are kept. Everything shown of a run, its consequences and indicators included, comes from playing it
 * through the engine, so that a kept run can never disagree with the scenario.
 */

import { advance, over, start } from "./engine.js";

/** @typedef {import("./engine.js").State} State */
/** @typedef {import("./engine.js").Scenario} Scenario */
/** @typedef {import("./kept.js").Move} Move */
/**
 * @typedef {object} Step one move, with the states on either side of it
 * @property {any} node where it was made
 * @property {Move} move
 * @property {any} taken the choice or outcome; null where a story was read on
 * @property {State} before
 * @property {State} after
 */
/** @typedef {{steps: Step[], state: State, whole: boolean}} Played `whole` is false when a kept move is no longer there */

/**
 * Play a kept run again. A move that the scenario no longer offers ends it there: what came before still stands.
 *
 * @param {Scenario} scenario
 * @param {{seed: number, act: string | null, moves: Move[]}} run
 * @returns {Played}
 */
export function replay(scenario, run) {
  const act = scenario.acts.some((/** @type {any} */ each) => each.id === run.act) ? run.act : null;
  let state = start(scenario, { seed: run.seed, act });
  /** @type {Step[]} */
  const steps = [];
  for (const move of run.moves) {
    if (move.at !== state.node || over(scenario, state, act)) return { steps, state, whole: false };
    try {
      const after = advance(scenario, state, move.move);
      steps.push(step(scenario, state, move, after));
      state = after;
    } catch {
      return { steps, state, whole: false };
    }
  }
  return { steps, state, whole: act === run.act };
}

/**
 * Play a path of choices and chance outcomes, which no luck can change; stories are read on without being named.
 *
 * @param {Scenario} scenario
 * @param {string[]} path
 * @returns {Played}
 */
export function walk(scenario, path) {
  let state = start(scenario);
  /** @type {Step[]} */
  const steps = [];
  const moves = [...path];
  while (!over(scenario, state)) {
    const told = scenario.nodes[state.node].type === "story";
    if (!told && !moves.length) break;
    const move = { at: state.node, move: told ? null : moves.shift() ?? null };
    const after = advance(scenario, state, move.move);
    steps.push(step(scenario, state, move, after));
    state = after;
  }
  return { steps, state, whole: moves.length === 0 };
}

/**
 * @param {Scenario} scenario
 * @param {State} before
 * @param {Move} move
 * @param {State} after
 * @returns {Step}
 */
function step(scenario, before, move, after) {
  const node = scenario.nodes[before.node];
  const id = after.path.length > before.path.length ? after.path.at(-1) : null;
  const among = node.choices ?? node.outcomes ?? [];
  return {
    node,
    move,
    taken: among.find((/** @type {any} */ each) => each.id === id) ?? null,
    before,
    after,
  };
}

/**
 * The steps at which somebody decided.
 *
 * @param {Step[]} steps
 */
export function decisions(steps) {
  return steps.filter((each) => each.node.type === "decision");
}

/**
 * The part of a play of the whole story that lies within one act, so that a run of that act is set beside its like. It has
 * no steps where the story ended before the act began.
 *
 * @param {Scenario} scenario
 * @param {Played} played
 * @param {string | null} act
 * @returns {Played}
 */
export function within(scenario, played, act) {
  if (act === null) return played;
  const first = played.steps.findIndex((each) => each.before.node === startOf(scenario, act));
  if (first < 0) return { ...played, steps: [] };
  const rest = played.steps.slice(first);
  const last = rest.findIndex((each) => over(scenario, each.after, act));
  const steps = last < 0 ? rest : rest.slice(0, last + 1);
  return { ...played, steps, state: steps.at(-1)?.after ?? played.state };
}

/** @param {Scenario} scenario @param {string} act */
function startOf(scenario, act) {
  return scenario.acts.find((/** @type {any} */ each) => each.id === act)?.start;
}

/**
 * Where a value stands, in the author's words: the words divide the range equally, low to high.
 *
 * @param {any} indicator
 * @param {number} value
 * @returns {string | null}
 */
export function word({ min, max, words }, value) {
  if (!words?.length) return null;
  return words[Math.min(words.length - 1, Math.floor(((value - min) / (max - min + 1)) * words.length))];
}
