/**
 * A session in a room: what is kept of it, and where that leads. Pure, so that two windows that keep the same show the same.
 *
 * What is kept is a log of steps. Everything on the screen comes from playing the log again, so to undo is to take away the
 * last step, however many times. Counts stand beside the log, by the decision they are about: to go back a step loses none.
 */

import { advance, IllegalMove, over, start } from "../../kinds/scenario/engine.js";
import { decisions, replay } from "../../kinds/scenario/run.js";
import { CONFIDENCE } from "../../kinds/scenario/decision.js";
import { clockAt } from "./room-time.js";
import { apart, MOST_HANDS, total } from "./room-votes.js";

/** @typedef {import("../../kinds/scenario/engine.js").Scenario} Scenario */
/** @typedef {import("../../kinds/scenario/engine.js").State} State */
/** @typedef {import("../../kinds/scenario/run.js").Step} Step */
/** @typedef {import("./room-votes.js").Counts} Counts */
/** @typedef {import("./room-shape.js").Action} Action */
/** @typedef {import("./room-shape.js").Session} Session */
/** @typedef {"counts" | "sure" | "again"} Sheet which of the counts of a decision */
/** @typedef {"opening" | "told" | "vote" | "sure" | "shown" | "again" | "after" | "debrief"} Stage */
/**
 * @typedef {object} Place where a session stands
 * @property {Stage} stage
 * @property {State} state
 * @property {{at: string, move: string | null}[]} moves
 * @property {Step[]} steps
 * @property {any} node
 * @property {number} decided
 * @property {number} part of the debrief
 * @property {boolean} whole false where the log holds a step that the scenario does not have
 */
/** @typedef {{kind: "ended" | "path" | "parted" | "table" | "role" | "question" | "plan" | "code", which?: any}} Part */

/** Where hands are counted: on which sheet. After the counts were shown, the first can still be put right. @type {Partial<Record<Stage, Sheet>>} */
const SHEETS = { vote: "counts", shown: "counts", sure: "sure", again: "again" };

/**
 * Where a session stands. A step that the scenario no longer has ends it there: what came before still stands.
 *
 * @param {Scenario} scenario
 * @param {Session} session
 * @returns {Place}
 */
export function place(scenario, session) {
  const act = scenario.acts.some((/** @type {any} */ each) => each.id === session.act) ? session.act : null;
  let now = {
    stage: /** @type {Stage} */ ("opening"),
    state: start(scenario, { seed: session.seed, act }),
    part: 0,
  };
  /** @type {Place["moves"]} */
  const moves = [];
  let sane = act === session.act;
  for (const action of session.log) {
    try {
      const then = after(scenario, act, now, action);
      if (then.moved !== undefined) moves.push({ at: now.state.node, move: then.moved });
      now = { stage: then.stage, state: then.state, part: then.part ?? 0 };
    } catch {
      sane = false;
      break;
    }
  }
  const { steps } = replay(scenario, { seed: session.seed, act, moves });
  const node = scenario.nodes[now.state.node];
  return { ...now, moves, steps, node, decided: decisions(steps).length, whole: sane };
}

/**
 * @param {Scenario} scenario
 * @param {string | null} act
 * @param {{stage: Stage, state: State, part: number}} now
 * @param {Action} action
 * @returns {{stage: Stage, state: State, part?: number, moved?: string | null}} `moved` where the story went on
 * @throws {IllegalMove} where the step is not to be had here
 */
function after(scenario, act, { stage, state, part }, action) {
  const { type } = scenario.nodes[state.node];
  const on = (/** @type {State} */ next) =>
    over(scenario, next, act) && scenario.nodes[next.node].type !== "ending"
      ? /** @type {Stage} */ ("debrief")
      : /** @type {Stage} */ ("told");
  if (action.do === "next") {
    if (stage === "opening") return { stage: "told", state };
    if (stage === "after") return { stage: on(state), state };
    if (stage === "debrief" && part < parts(scenario).length - 1) return { stage, state, part: part + 1 };
    if (stage === "told" && type === "decision") return { stage: "vote", state };
    if (stage === "told" && type === "ending") return { stage: "debrief", state };
    if (stage === "told" && type === "story") {
      const next = advance(scenario, state, null);
      return { stage: on(next), state: next, moved: null };
    }
  }
  if (action.do === "sure" && stage === "vote") return { stage: "sure", state };
  if (action.do === "again" && stage === "shown") return { stage: "again", state };
  if (action.do === "reveal" && ["vote", "sure", "again"].includes(stage)) return { stage: "shown", state };
  if (action.do === "take" && SHEETS[stage]) {
    const move = /** @type {string} */ (action.choice);
    return { stage: "after", state: advance(scenario, state, move), moved: move };
  }
  if (action.do === "draw" && stage === "told" && type === "chance") {
    return { stage: "after", state: advance(scenario, state, null), moved: null };
  }
  throw new IllegalMove(`${action.do} is not to be had at ${stage} of ${state.node}`);
}

/**
 * The session after a step; the same one where that step is not to be had.
 *
 * @param {Scenario} scenario
 * @param {Session} session
 * @param {Action} action
 * @param {number} now in milliseconds
 * @param {Record<string, {minutes: number}>} notes
 * @returns {Session}
 */
export function act(scenario, session, action, now, notes) {
  const before = place(scenario, session);
  // What a scenario that has changed no longer offers must not stand between what came before and what comes next.
  const log = [...before.whole ? session.log : soundPart(scenario, session), action];
  const next = { ...session, log, view: { at: log.length, page: 0, pages: 1 } };
  const then = place(scenario, next);
  if (!then.whole && before.whole) return session;
  // Another way through the story: what was counted on the old one, further on, is not about this one.
  if (then.moves.length > before.moves.length) {
    const kept = Object.entries(session.votes).filter(([at]) => Number(at) < then.moves.length);
    next.votes = Object.fromEntries(kept);
  }
  return { ...next, clock: clockAt(then, session, now, notes) };
}

/** @param {Scenario} scenario @param {Session} session */
function soundPart(scenario, session) {
  const { log } = session;
  let most = log.length;
  while (most && !place(scenario, { ...session, log: log.slice(0, most) }).whole) most--;
  return log.slice(0, most);
}

/**
 * The session before its last step. Its counts are still there, and the clock stands still.
 *
 * @param {Scenario} scenario
 * @param {Session} session
 * @param {number} now
 * @param {Record<string, {minutes: number}>} notes
 * @returns {Session}
 */
export function undo(scenario, session, now, notes) {
  const log = session.log.slice(0, -1);
  const next = { ...session, log, view: { at: log.length, page: 0, pages: 1 } };
  return { ...next, clock: clockAt(place(scenario, next), { ...session, auto: false }, now, notes) };
}

/**
 * @param {Scenario} scenario
 * @param {Session} session
 * @param {string} choice or a degree of sureness
 * @param {number} count
 * @returns {Session} the same one where nobody is voting
 */
export function count(scenario, session, choice, count) {
  const { stage, node, state, moves } = place(scenario, session);
  const sheet = SHEETS[stage];
  const there = sheet === "sure"
    ? Object.hasOwn(CONFIDENCE, choice)
    : node.choices?.some((/** @type {any} */ each) => each.id === choice);
  if (!there || !sheet) return session;
  const kept = Math.min(Math.max(Math.round(count) || 0, 0), MOST_HANDS);
  const vote = voteAt(session, moves.length, state.node) ?? { at: state.node, counts: {} };
  const counts = { ...vote[sheet], [choice]: kept };
  return { ...session, votes: { ...session.votes, [moves.length]: { ...vote, [sheet]: counts } } };
}

/**
 * What was counted at a decision; nothing where it was about another one.
 *
 * @param {Session} session
 * @param {number} made how many moves had been made before it
 * @param {string} node
 * @param {Sheet} [sheet]
 * @returns {Counts}
 */
export function votesAt(session, made, node, sheet = "counts") {
  return voteAt(session, made, node)?.[sheet] ?? {};
}

/** The sheet on which hands are counted at this stage. @param {Place} place */
export function sheetAt({ stage }) {
  return SHEETS[stage] ?? "counts";
}

/** @param {Session} session @param {number} made @param {string} node */
function voteAt({ votes }, made, node) {
  const vote = Object.hasOwn(votes, String(made)) ? votes[made] : null;
  return vote?.at === node ? vote : null;
}

/** The pages of the debrief, in order. @param {Scenario} scenario @returns {Part[]} */
export function parts({ debrief }) {
  return [
    { kind: "ended" },
    { kind: "path" },
    { kind: "parted" },
    ...debrief.defended.map((/** @type {any} */ which) => ({ kind: "role", which })),
    { kind: "table" },
    ...Object.entries(debrief.after_action ?? {}).map(([key, text]) => ({
      kind: "question",
      which: { key, text },
    })),
    { kind: "plan" },
    { kind: "code" },
  ];
}

/** @typedef {{step: Step, number: number, counts: Counts, sure: Counts, again: Counts, apart: number}} Made a decision that a room made */

/**
 * The decisions that a room made, each with its counts.
 *
 * @param {Place} place
 * @param {Session} session
 * @returns {Made[]}
 */
export function made({ steps }, session) {
  let number = 0;
  return steps.flatMap((step, i) => {
    if (step.node.type !== "decision") return [];
    const [counts, sure, again] = /** @type {Sheet[]} */ (["counts", "sure", "again"]).map((sheet) =>
      votesAt(session, i, step.before.node, sheet)
    );
    return [{ step, number: ++number, counts, sure, again, apart: apart(counts) }];
  });
}

/** The decision at which the room parted most; the first of several, none where nothing parted it. @param {Made[]} all */
export function furthest(all) {
  const voted = all.filter((each) => total(each.counts) && each.apart > 0);
  return voted.reduce(
    (/** @type {Made | null} */ most, each) => most && most.apart >= each.apart ? most : each,
    null,
  );
}
