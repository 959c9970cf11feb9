/**
 * The one source of chance in the course: mulberry32 on unsigned 32-bit integers, in step with the
 * Python interpreter draw for draw. Nothing here depends on the clock, so a run can be played again.
 * @module
 */

/**
 * One step of the generator.
 * @param {number} state uint32
 * @returns {{value: number, state: number}} the number drawn and the state to draw the next from, both uint32
 */
export function mulberry32(state) {
  const next = (state + 0x6D2B79F5) >>> 0;
  let t = Math.imul(next ^ (next >>> 15), next | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return { value: (t ^ (t >>> 14)) >>> 0, state: next };
}

/**
 * A shuffled copy (Fisher–Yates); the same seed always gives the same order.
 * @template T
 * @param {readonly T[]} list
 * @param {number} seed uint32
 * @returns {T[]}
 */
export function shuffled(list, seed) {
  const out = [...list];
  let state = seed >>> 0;
  for (let i = out.length - 1; i > 0; i--) {
    const drawn = mulberry32(state);
    state = drawn.state;
    const j = drawn.value % (i + 1);
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}
