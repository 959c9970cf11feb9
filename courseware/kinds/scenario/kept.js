/**
 * What is kept of a scenario: the record's shape, the finished runs, and what was written about each.
 *
 * `after_action` holds the answers about the run last finished, which is the last of `runs`. When another run is finished
 * they go with the run that they are about, as `runs[i].after_action`. So a record from before runs had answers of their
 * own is right as it is.
 */

import { isPlain } from "../../web/record.js";

/** How many runs are kept in which nothing was written; those that hold the learner's words stay, however many. */
export const RUNS_KEPT = 30;
const MOVES_AT_MOST = 500;
const BLANK = { expected: "", happened: "", why_different: "", learned: "" };

/** @typedef {import("./engine.js").State} State */
/** @typedef {{at: string, move: string | null, rationale?: string, confidence?: string}} Move */
/** @typedef {Record<string, string>} Answers */
/** @typedef {{seed: number, act: string | null, moves: Move[], ending: string | null, indicators: Record<string, number>, when: string, after_action?: Answers}} Run */

/**
 * A record with nothing done.
 *
 * @param {number} seed
 * @param {string | null} act
 * @param {any} [before] an earlier record, whose runs and writing stay
 */
export function fresh(seed, act, before = null) {
  return {
    seed,
    act,
    moves: /** @type {Move[]} */ ([]),
    finished: false,
    runs: /** @type {Run[]} */ (before?.runs ?? []),
    after_action: /** @type {Answers} */ (before?.after_action ?? BLANK),
    if_then: before?.if_then ?? "",
  };
}

/**
 * Whether something from storage or a file has the shape of a scenario's record.
 *
 * @param {any} record
 */
export function sound(record) {
  return isRun(record) && typeof record.finished === "boolean" && typeof record.if_then === "string" &&
    areAnswers(record.after_action) &&
    (record.draft === undefined || isMove({ ...record.draft, move: null })) &&
    Array.isArray(record.runs) && record.runs.every(isOver);
}

/** @param {any} run */
function isOver(run) {
  return isRun(run) && typeof run.when === "string" &&
    (run.ending === null || typeof run.ending === "string") &&
    isPlain(run.indicators) && Object.values(run.indicators).every(Number.isFinite) &&
    (run.after_action === undefined || areAnswers(run.after_action));
}

/** @param {any} run */
function isRun(run) {
  return isPlain(run) && Number.isInteger(run.seed) && (run.act === null || typeof run.act === "string") &&
    Array.isArray(run.moves) && run.moves.length <= MOVES_AT_MOST && run.moves.every(isMove);
}

/** @param {any} move */
function isMove(move) {
  const isText = (/** @type {any} */ each) => each === undefined || typeof each === "string";
  return isPlain(move) && typeof move.at === "string" &&
    (move.move === null || typeof move.move === "string") &&
    isText(move.rationale) && isText(move.confidence);
}

/** @param {any} answers */
function areAnswers(answers) {
  return isPlain(answers) && Object.values(answers).every((each) => typeof each === "string");
}

/**
 * A record whose run has come to its end: the run is put with the earlier ones, and what was written about the one before
 * goes with that one. The same run again takes the place of the earlier time, and what was written of it is there again.
 *
 * @param {any} record
 * @param {State} state
 * @param {string | null} ending
 */
export function finish(record, state, ending) {
  const { seed, act, moves } = record;
  const run = { seed, act, moves, ending, indicators: state.indicators, when: new Date().toISOString() };
  return { ...record, finished: true, ...recorded([...placed(record), run]) };
}

/**
 * One record of two: the run that the later is in, and the finished runs of both, each with what was written about it.
 *
 * @param {any} earlier
 * @param {any} later
 */
export function merge(earlier, later) {
  const { runs, after_action } = recorded([...placed(earlier), ...placed(later)]);
  // Written before any run was finished, and so about none.
  const [before, after] = [earlier, later].map((each) => each.runs.length ? {} : each.after_action);
  return {
    ...later,
    runs,
    after_action: said(said(before, after_action), after),
    if_then: later.if_then.trim() ? later.if_then : earlier.if_then || later.if_then,
  };
}

/** The finished runs of a record, the last one with what was written about it. @param {any} record @returns {Run[]} */
function placed({ runs, after_action }) {
  return runs.map((/** @type {Run} */ run, /** @type {number} */ i) =>
    i < runs.length - 1 ? run : { ...run, after_action: said(run.after_action ?? {}, after_action) }
  );
}

/**
 * Runs as a record has them: the answers about the last stand apart, and no other has answers that say nothing.
 *
 * @param {Run[]} all
 * @returns {{runs: Run[], after_action: Answers}}
 */
function recorded(all) {
  const runs = kept(all);
  const last = runs.at(-1);
  return {
    runs: runs.map(({ after_action, ...run }, i) =>
      i === runs.length - 1 || isBlank(after_action) ? run : { ...run, after_action }
    ),
    after_action: said(BLANK, last?.after_action ?? {}),
  };
}

/** Answers over earlier answers: only words take the place of words. @param {Answers} before @param {Answers} after */
function said(before, after) {
  const words = Object.entries(after).filter(([key, text]) => text.trim() || !before[key]?.trim());
  return { ...before, ...Object.fromEntries(words) };
}

/** @param {Answers | undefined} answers */
function isBlank(answers) {
  return !Object.values(answers ?? {}).some((text) => text.trim());
}

/** What makes two runs one: the moves, and what was said of them on the way. @param {Pick<Run, "act" | "moves" | "ending">} run */
export function runKey({ act, moves, ending }) {
  return JSON.stringify([
    act,
    moves.map((m) => [m.at, m.move, m.rationale ?? "", m.confidence ?? ""]),
    ending,
  ]);
}

/**
 * Runs, oldest first but for the last, which stays last; each only once, where it was played last.
 *
 * @param {Run[]} runs
 * @returns {Run[]}
 */
function kept(runs) {
  /** @type {Map<string, Run>} */
  const once = new Map();
  for (const run of runs) {
    const key = runKey(run);
    const { after_action } = once.get(key) ?? {};
    once.delete(key);
    once.set(key, after_action ? { ...run, after_action: said(after_action, run.after_action ?? {}) } : run);
  }
  const all = [...once.values()];
  const last = all.splice(-1);
  all.sort((a, b) => a.when < b.when ? -1 : Number(a.when > b.when));
  const silent = [...all, ...last].filter((run) =>
    isBlank(run.after_action) && !run.moves.some((move) => move.rationale?.trim())
  );
  const dropped = new Set(silent.slice(0, -RUNS_KEPT));
  return [...all, ...last].filter((run) => !dropped.has(run));
}
