/**
 * A session in a room: what is kept of it, and where that leads. Pure, so that two windows that keep the same show the same.
 *
 * What is kept is a log of steps. Everything on the screen comes from playing the log again, so to undo is to take away the
 * last step, however many times. Counts stand beside the log, by the decision they are about: to go back a step loses none.
 */

import { advance, IllegalMove, over, start } from "../../kinds/scenario/engine.js";
import { decisions, replay } from "../../kinds/scenario/run.js";
import { isPlain } from "../record.js";
import { apart, MOST_HANDS, total } from "./room-votes.js";

/** @typedef {import("../../kinds/scenario/engine.js").Scenario} Scenario */
/** @typedef {import("../../kinds/scenario/engine.js").State} State */
/** @typedef {import("../../kinds/scenario/run.js").Step} Step */
/** @typedef {import("./room-votes.js").Counts} Counts */
/** @typedef {"next" | "reveal" | "take" | "draw"} Did */
/** @typedef {{do: Did, choice?: string}} Action */
/** @typedef {{at: string, counts: Counts}} Vote */
/** @typedef {{of: number, left: number, ends: number | null}} Clock `of`: which decision; `ends`: null while it stands still */
/**
 * @typedef {object} Session what is kept
 * @property {string | null} act
 * @property {number} seed
 * @property {Action[]} log
 * @property {Record<string, Vote>} votes by how many moves had been made before
 * @property {Clock | null} clock
 * @property {boolean} auto whether the clock starts with each decision
 * @property {boolean} hidden whether the clock is hidden
 * @property {number} size of the type, 1 as designed
 * @property {{at: number, page: number, pages: number}} view which part of a text too long for the screen is there
 */
/** @typedef {"opening" | "told" | "vote" | "shown" | "after" | "debrief"} Stage */
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

const STEPS_AT_MOST = 2000;
const DID = ["next", "reveal", "take", "draw"];
export const SIZES = [0.8, 0.9, 1, 1.15, 1.3];

/** @param {{act: string | null, seed: number, auto: boolean}} chosen @returns {Session} */
export function fresh({ act, seed, auto }) {
  const view = { at: 0, page: 0, pages: 1 };
  return { act, seed, auto, log: [], votes: {}, clock: null, hidden: false, size: 1, view };
}

/** Whether something from storage has the shape of a session. @param {any} kept @returns {boolean} */
export function sound(kept) {
  const clock = kept.clock;
  return isPlain(kept) && (kept.act === null || typeof kept.act === "string") && whole(kept.seed) &&
    typeof kept.auto === "boolean" && typeof kept.hidden === "boolean" && SIZES.includes(kept.size) &&
    Array.isArray(kept.log) && kept.log.length <= STEPS_AT_MOST && kept.log.every(isAction) &&
    isPlain(kept.votes) && Object.values(kept.votes).every(isVote) &&
    (clock === null || isPlain(clock) && whole(clock.of) && Number.isFinite(clock.left) &&
        (clock.ends === null || Number.isFinite(clock.ends))) &&
    isPlain(kept.view) && [kept.view.at, kept.view.page, kept.view.pages].every(whole);
}

/** @param {any} n */
const whole = (n) => Number.isInteger(n) && n >= 0;

/** @param {any} action */
function isAction(action) {
  return isPlain(action) && DID.includes(action.do) &&
    (action.do === "take" ? typeof action.choice === "string" : action.choice === undefined);
}

/** @param {any} vote */
function isVote(vote) {
  return isPlain(vote) && typeof vote.at === "string" && isPlain(vote.counts) &&
    Object.values(vote.counts).every((each) => whole(each) && each <= MOST_HANDS);
}

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
  if (action.do === "reveal" && stage === "vote") return { stage: "shown", state };
  if (action.do === "take" && (stage === "vote" || stage === "shown")) {
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
 * @param {string} choice
 * @param {number} count
 * @returns {Session} the same one where nobody is voting
 */
export function count(scenario, session, choice, count) {
  const { stage, node, state, moves } = place(scenario, session);
  const there = node.choices?.some((/** @type {any} */ each) => each.id === choice);
  if (!there || (stage !== "vote" && stage !== "shown")) return session;
  const kept = Math.min(Math.max(Math.round(count) || 0, 0), MOST_HANDS);
  const vote = { at: state.node, counts: { ...votesAt(session, moves.length, state.node), [choice]: kept } };
  return { ...session, votes: { ...session.votes, [moves.length]: vote } };
}

/**
 * What was counted at a decision; nothing where it was about another one.
 *
 * @param {Session} session
 * @param {number} made how many moves had been made before it
 * @param {string} node
 * @returns {Counts}
 */
export function votesAt({ votes }, made, node) {
  const vote = Object.hasOwn(votes, String(made)) ? votes[made] : null;
  return vote?.at === node ? vote.counts : {};
}

/** The clock at the decision that has just been reached; it stands still once the decision is made. @param {Place} now @param {Session} session @param {number} time @param {Record<string, {minutes: number}>} notes @returns {Clock | null} */
function clockAt(now, session, time, notes) {
  const old = session.clock;
  const open = now.node.type === "decision" && ["told", "vote", "shown"].includes(now.stage);
  if (!open) return old && paused(old, time);
  if (old?.of === now.moves.length) return old;
  const minutes = Object.hasOwn(notes, now.state.node) ? notes[now.state.node].minutes : 0;
  const left = minutes * 60_000;
  return { of: now.moves.length, left, ends: session.auto && left ? time + left : null };
}

/** @param {Clock} clock @param {number} now @returns {number} milliseconds; less than nothing once time is up */
export function leftOf({ left, ends }, now) {
  return ends === null ? left : ends - now;
}

/** @param {Clock} clock @param {number} now @returns {Clock} */
export function paused(clock, now) {
  return { ...clock, left: Math.max(0, leftOf(clock, now)), ends: null };
}

/** @param {Clock} clock @param {number} now @returns {Clock} */
export function running(clock, now) {
  return { ...clock, ends: now + clock.left };
}

/** @param {Clock} clock @param {number} ms @param {number} now @returns {Clock} */
export function longer(clock, ms, now) {
  const left = Math.max(0, leftOf(clock, now)) + ms;
  return { ...clock, left, ends: clock.ends === null ? null : now + left };
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

/** @typedef {{step: Step, number: number, counts: Counts, apart: number}} Made a decision that a room made */

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
    const counts = votesAt(session, i, step.before.node);
    return [{ step, number: ++number, counts, apart: apart(counts) }];
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
