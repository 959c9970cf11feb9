/**
 * What is kept of an exercise, looked at from elsewhere: by the course's menu and by the learner's own pages. Looking
 * changes nothing; what cannot be read is left for the exercise itself to deal with.
 */

import { classify } from "./record.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./record.js").Wrapped} Wrapped */
/** @typedef {{kind: string, id: string, major: number}} Named what leads to an exercise's record */

/** @param {Store} store @param {Named} exercise */
export const keyOf = (store, { id, major }) => `${store.prefix}${id}:${major}`;

/**
 * @param {Store} store
 * @param {Named} exercise
 * @returns {Wrapped | null} the record with its status and the time it was saved; the later one, where there are two
 */
export function kept(store, exercise) {
  const kind = /** @type {{sound?: (record: any) => boolean} | undefined} */ (
    customElements.get(`course-${exercise.kind}`)
  );
  const areas = store.machine() === "shared" ? [store.session] : [store.local, store.session];
  /** @type {Wrapped | null} */
  let latest = null;
  for (const area of areas) {
    const found = classify(area.get(keyOf(store, exercise)), (record) => !kind?.sound || kind.sound(record));
    if (found.kind === "ours" && !(latest && latest.saved >= found.wrapped.saved)) latest = found.wrapped;
  }
  return latest;
}

/**
 * Call back whenever any of these exercises is saved, here or in another tab, or the answer about the machine changes.
 *
 * @param {Store} store
 * @param {Named[]} exercises
 * @param {() => void} fn
 */
export function watch(store, exercises, fn) {
  for (const each of exercises) store.onRecord(keyOf(store, each), fn);
  store.onMachine(fn);
  document.addEventListener("course:record", fn);
}
