/** What the portfolio holds, out of what is kept: by chapter and exercise, with what the words answer. Pure. */

import { held, readerOf } from "../archive.js";
import { words } from "../older.js";
import { lost, own, pieces, recordIn } from "../record.js";

/** @typedef {import("./frame.js").Listed} Listed */
/** @typedef {import("./frame.js").Catalogue} Catalogue */
/** @typedef {import("./frame.js").Writing} Writing */
/** @typedef {import("../record.js").Wrapped} Wrapped */
/** @typedef {import("../archive.js").Knowing} Knowing */
/** @typedef {{writing: Writing, text: string}} Entry words that can be gone on with */
/** @typedef {{label: string, text: string}} Said words to be read */
/**
 * @typedef {object} Sheet one exercise's part
 * @property {string} id
 * @property {Listed | null} listed null when the course has it no more
 * @property {Wrapped | null} now
 * @property {Entry[]} plans
 * @property {Entry[]} entries
 * @property {Said[]} also what else somebody wrote in it: reasons on the way, debriefs of earlier runs
 * @property {string[]} aside
 * @property {(Wrapped & {said: Said[]})[]} older from before the exercise changed, newest first
 * @property {string[]} unreadable
 */

/**
 * The words under a path, "" where there are none.
 *
 * @param {any} record
 * @param {readonly string[]} path
 */
export function wordsAt(record, path) {
  const found = path.reduce((at, key) => own(at, key), record);
  return typeof found === "string" ? found : "";
}

/**
 * The record with other words under a path; nothing is changed in place.
 *
 * @param {any} record
 * @param {readonly string[]} path
 * @param {string} text
 * @returns {any}
 */
export function withWords(record, [key, ...rest], text) {
  return { ...record, [key]: rest.length ? withWords(own(record, key) ?? {}, rest, text) : text };
}

/** What the course knows, for reading what is kept. @param {Catalogue} data @returns {Knowing} */
export function knowingOf({ exercises }) {
  const byId = new Map(exercises.map((each) => [each.id, each]));
  return (id) => {
    const listed = byId.get(id);
    const kind = /** @type {any} */ (listed && customElements.get(`course-${listed.kind}`));
    return listed && kind && { ...listed, sound: kind.sound, merge: kind.merge };
  };
}

/**
 * @param {import("../store.js").Store} store
 * @param {Catalogue} data
 * @param {Knowing} knowing
 * @returns {Sheet[]} in the order of the book, and what the course has no more at the end
 */
export function gather(store, data, knowing) {
  const work = held(store, knowing);
  const ids = new Set([
    ...data.exercises.map(({ id }) => id),
    ...[...work.keys()].map((name) => name.split(":")[0]),
  ]);
  return [...ids].map((id) => sheet(id, data.exercises.find((each) => each.id === id) ?? null, work));
}

/** @param {string} id @param {Listed | null} listed @param {import("../archive.js").Work} work @returns {Sheet} */
function sheet(id, listed, work) {
  const mine = [...work].filter(([name]) => name.startsWith(`${id}:`));
  const current = `${id}:${listed?.major ?? ""}`;
  const now = work.get(current)?.record ?? null;
  const writings = listed?.writings ?? [];
  const all = now ? writings.map((writing) => ({ writing, text: wordsAt(now.record, writing.path) })) : [];
  const begun = (/** @type {Entry[]} */ entries) => entries.some(({ text }) => text.trim()) ? entries : [];
  const isListed = (/** @type {string[]} */ path) =>
    writings.some((each) => each.path.join() === path.join());
  const rest = now ? pieces(now.record).filter(({ path }) => !isListed(path)) : [];
  const older = mine.filter(([name, { record }]) => name !== current && record).map((
    [, { record }],
  ) => /** @type {Wrapped} */ (record));
  return {
    id,
    listed,
    now,
    plans: begun(all.filter(({ writing }) => writing.plan)),
    entries: begun(all.filter(({ writing }) => !writing.plan)),
    also: rest.map((each) => ({ label: labelled(each.path, writings), text: each.text })),
    aside: [
      ...new Set(mine.flatMap(([, { aside }]) => aside.flatMap((raw) => lost(recordIn(raw), now?.record)))),
    ],
    older: older.sort((a, b) => a.saved < b.saved ? 1 : -1).map((each) => ({
      ...each,
      said: pieces(each.record).map(({ path, text }) => ({ label: labelled(path, writings), text })),
    })),
    unreadable: mine.flatMap(([, { unreadable, newer }]) =>
      newer === null ? unreadable : [...unreadable, newer]
    ),
  };
}

/** What words answer: the question as it is now; or what they are. @param {string[]} path @param {Writing[]} writings */
function labelled(path, writings) {
  const tail = (/** @type {readonly string[]} */ each) => each.slice(-2).join();
  return writings.find((each) => tail(each.path) === tail(path))?.label ?? words(path);
}

/** Whether there is anything of it to show. @param {Sheet} sheet */
export function hasWords({ plans, entries, also, aside, older, unreadable }) {
  return [plans, entries, also, aside, older, unreadable].some((each) => each.length > 0);
}

/** @param {Knowing} knowing @param {Listed} listed */
export const soundOf = (knowing, { id, major }) => readerOf(knowing, `${id}:${major}`).sound;
