/** The clock of a decision, as it is kept: what is left of it, and what stops it. Pure; its face is `room-clock.js`. */

/** @typedef {import("./room-shape.js").Clock} Clock */
/** @typedef {import("./room-shape.js").Session} Session */
/** @typedef {import("./room-session.js").Place} Place */

/** Where a decision is open: its clock is there. */
const OPEN = ["told", "vote", "sure", "shown", "again"];

/** Whether a decision waits to be made. @param {Place} place */
export function isOpen({ stage, node }) {
  return node.type === "decision" && OPEN.includes(stage);
}

/**
 * The clock at the decision that has just been reached; it stands still once the decision is made.
 *
 * @param {Place} now
 * @param {Session} session
 * @param {number} time
 * @param {Record<string, {minutes: number}>} notes
 * @returns {Clock | null}
 */
export function clockAt(now, session, time, notes) {
  const old = session.clock;
  if (!isOpen(now)) return old && paused(old, time);
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
