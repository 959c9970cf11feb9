/** What is kept of a session in a room, and how it is told from anything else that a browser's storage may hold. */

import { isPlain } from "../record.js";
import { MOST_HANDS } from "./room-votes.js";

/** @typedef {import("./room-votes.js").Counts} Counts */
/** @typedef {"next" | "sure" | "reveal" | "again" | "take" | "draw"} Did */
/** @typedef {{do: Did, choice?: string}} Action */
/**
 * @typedef {object} Vote at one decision
 * @property {string} at which decision
 * @property {Counts} counts the first count of hands
 * @property {Counts} [sure] how sure the room was at that
 * @property {Counts} [again] the count after the talk
 */
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

const STEPS_AT_MOST = 2000;
const DID = ["next", "sure", "reveal", "again", "take", "draw"];
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
  return isPlain(vote) && typeof vote.at === "string" && areCounts(vote.counts) &&
    [vote.sure, vote.again].every((each) => each === undefined || areCounts(each));
}

/** @param {any} counts */
function areCounts(counts) {
  return isPlain(counts) && Object.values(counts).every((each) => whole(each) && each <= MOST_HANDS);
}
