/**
 * All that a learner has, in one file and out of it: saved whole, put with what is here, erased.
 *
 * The file is the same to the byte whenever the work is the same: no time, no order of chance. Putting a file with what
 * is here loses nothing: two records of one exercise become one by its kind's `merge`, and what somebody wrote that the
 * one does not hold is set aside. Either all of it is put, or nothing.
 */

import { commit, draftOf } from "./draft.js";
import { classify, listed, lost, recordIn } from "./record.js";
import { spare } from "./store.js";

/** @typedef {import("./record.js").Wrapped} Wrapped */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./store.js").Area} Area */
/**
 * @typedef {object} Known what the course knows of an exercise
 * @property {string} title
 * @property {string} kind_label
 * @property {number} major records of another major version had perhaps another shape
 * @property {(record: any) => boolean} sound
 * @property {(earlier: any, later: any) => any} merge
 */
/** @typedef {(id: string) => Known | undefined} Knowing */
/**
 * @typedef {object} Held what is kept of one exercise in one major version
 * @property {Wrapped | null} record
 * @property {string | null} newer a record of a newer format, as it stands
 * @property {string[]} aside texts that a later save displaced, whole
 * @property {string[]} unreadable texts that were found in its place
 */
/** @typedef {Map<string, Held>} Work by `<exercise>:<major>` */

export const FORMAT = 1;
const KEY = /^(([a-z0-9]+(?:-[a-z0-9]+)*):\d{1,4})(?::(set-aside|unreadable)(?:-\d+)?)?$/;

/** @returns {Held} */
export const nothing = () => ({ record: null, newer: null, aside: [], unreadable: [] });

/**
 * @param {string} name
 * @returns {string | null} the exercise's id, when this is a name of ours
 */
export function exerciseIn(name) {
  const found = KEY.exec(name);
  return found && !found[3] ? found[2] : null;
}

/**
 * How a kind reads a record; one of another major version, or of no exercise that is known, is taken as it is.
 *
 * @param {Knowing} knowing
 * @param {string} name
 */
export function readerOf(knowing, name) {
  const [id, major] = name.split(":");
  const known = knowing(id);
  return known?.major === Number(major) ? known : { sound: () => true, merge: takeLater };
}

/** @type {Known["merge"]} */
const takeLater = (_, later) => later;

/**
 * Everything that is kept where this tab looks.
 *
 * @param {Store} store
 * @param {Knowing} knowing
 * @returns {Work}
 */
export function held(store, knowing) {
  /** @type {Work} */
  const work = new Map();
  for (const area of store.areas()) {
    for (const key of area.keys(store.prefix)) {
      const [, name, , suffix] = KEY.exec(key.slice(store.prefix.length)) ?? [];
      const raw = area.get(key);
      if (!name || raw === null) continue;
      const it = work.get(name) ?? nothing();
      work.set(name, it);
      if (suffix === "set-aside") it.aside.push(...listed(raw));
      else if (suffix) it.unreadable.push(raw);
      else take(it, raw, readerOf(knowing, name).sound);
    }
  }
  for (const it of work.values()) {
    it.aside = inOrder(it.aside);
    it.unreadable = inOrder(it.unreadable);
  }
  return work;
}

/** @param {string[]} texts */
const inOrder = (texts) => [...new Set(texts)].sort();

/** @param {Held} it @param {string} raw @param {(record: any) => boolean} sound */
function take(it, raw, sound) {
  const found = classify(raw, sound);
  if (found.kind === "newer") it.newer = raw;
  if (found.kind === "unreadable") it.unreadable.push(raw);
  if (found.kind !== "ours") return;
  // The device was full for a while: the tab holds a copy too, and the later is the one that is shown.
  const [later, earlier] = byTime(found.wrapped, it.record);
  it.record = later;
  if (earlier && lost(earlier.record, later.record).length) it.aside.push(plain(earlier));
}

/**
 * @param {Wrapped} one
 * @param {Wrapped | null} other
 * @returns {[Wrapped, Wrapped | null]} the later first; of the same time, the other
 */
function byTime(one, other) {
  if (!other) return [one, null];
  return one.saved > other.saved ? [one, other] : [other, one];
}

/**
 * JSON that depends on what is said alone, not on the order in which it was put together.
 *
 * @param {unknown} value
 * @param {number} [indent]
 */
export function plain(value, indent = 0) {
  const sorted = (/** @type {string} */ _, /** @type {any} */ each) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.keys(each).sort().map((key) => [key, each[key]]))
      : each;
  return JSON.stringify(value, sorted, indent);
}

/**
 * @param {Store} store
 * @param {string} course
 * @param {Knowing} knowing
 * @returns {string} the whole file
 */
export function exportText(store, course, knowing) {
  const work = [...held(store, knowing)];
  /** @param {(it: Held) => any} part */
  const every = (part) =>
    Object.fromEntries(
      work.filter(([, it]) => part(it)?.length !== 0 && part(it) !== null).map(
        ([name, it]) => [name, part(it)],
      ),
    );
  const file = {
    about: `Saved work from the course “${course}”. To load it, open the page “Portfolio” there.`,
    course,
    format: FORMAT,
    newer: every((it) => it.record ? null : it.newer),
    records: every((it) => it.record),
    set_aside: every((it) => it.aside),
    // Beside a record of ours, one of a newer format has no place of its own where the file is loaded.
    unreadable: every((it) =>
      it.record && it.newer !== null ? [...it.unreadable, it.newer].sort() : it.unreadable
    ),
  };
  return `${plain(file, 1)}\n`;
}

/** @typedef {{added: number, merged: number, same: number, aside: number}} Account records, and texts set aside */
/** @typedef {{done: true, account: Account} | {done: false, restored: boolean}} Outcome */

/**
 * Put the work from a file with what is here.
 *
 * @param {Store} store
 * @param {Work} work read by `readArchive`
 * @param {Knowing} knowing
 * @returns {Outcome} when it is not done, all is as it was, unless even that could not be written
 */
export function importWork(store, work, knowing) {
  const here = held(store, knowing);
  const drafts = { local: draftOf(store.local), session: draftOf(store.session) };
  const account = { added: 0, merged: 0, same: 0, aside: 0 };
  for (const [name, theirs] of work) {
    const key = store.prefix + name;
    const onDevice = store.machine() === "own" || store.machine() === null && store.local.get(key) !== null;
    const [area, other] = onDevice ? [drafts.local, drafts.session] : [drafts.session, drafts.local];
    const mine = here.get(name) ?? nothing();
    const aside = [...mine.aside, ...theirs.aside.filter((raw) => !mine.aside.includes(raw))];
    const record = putTogether(mine, theirs, readerOf(knowing, name), aside);
    if (theirs.record && record) account[told(record, mine.record)] += 1;
    account.aside += aside.length - mine.aside.length;

    const changed = record !== null && plain(record) !== plain(mine.record);
    if (changed) {
      for (const raw of [area.get(key), other.get(key)]) {
        if (raw !== null && mine.unreadable.includes(raw)) area.set(spare(area, key, raw), raw);
      }
      area.set(key, plain(record));
      if (store.areas().length > 1 && other.get(key) !== null) other.remove(key);
    }
    for (const raw of theirs.unreadable) {
      if (raw !== mine.newer && !mine.unreadable.includes(raw)) area.set(spare(area, key, raw), raw);
    }
    if (theirs.newer !== null && theirs.newer !== mine.newer) {
      area.set(area.get(key) === null ? key : spare(area, key, theirs.newer), theirs.newer);
    }
    // A copy that was only here because the device was full is no longer to be seen once the two have become one.
    const before = listed(area.get(`${key}:set-aside`));
    const more = changed || aside.length > mine.aside.length;
    if (more && aside.some((raw) => !before.includes(raw))) {
      area.set(`${key}:set-aside`, JSON.stringify(inOrder([...before, ...aside])));
    }
  }
  const { done, restored } = commit(store, [drafts.local, drafts.session]);
  return done ? { done, account } : { done: false, restored };
}

/** @param {Wrapped | null} now @param {Wrapped | null} before @returns {"added" | "merged" | "same"} */
function told(now, before) {
  if (!before) return "added";
  return plain(now) === plain(before) ? "same" : "merged";
}

/**
 * One record of what is here and what the file has. What either holds and the one does not is added to `aside`.
 *
 * @param {Held} mine
 * @param {Held} theirs
 * @param {Pick<Known, "sound" | "merge">} kind
 * @param {string[]} aside
 * @returns {Wrapped | null}
 */
function putTogether(mine, theirs, { sound, merge }, aside) {
  if (!theirs.record) return mine.record;
  if (mine.newer !== null) {
    // What a newer version of the course keeps here is not touched.
    if (!aside.includes(plain(theirs.record))) aside.push(plain(theirs.record));
    return mine.record;
  }
  const [later, earlier] = byTime(theirs.record, mine.record);
  const status = earlier?.status === "done" ? "done" : later.status;
  let record = later;
  if (earlier) {
    const both = { ...later, status, record: merge(earlier.record, later.record) };
    // A merged record must be one that can be read back: longer than the limit, or bent, it would be lost.
    if (classify(plain(both), sound).kind === "ours") record = both;
  }
  for (const each of [earlier, later]) {
    if (each && lost(each.record, [record.record, ...aside.map(recordIn)]).length) aside.push(plain(each));
  }
  return record;
}

/**
 * Erase one exercise's work in every version of it, or everything, with the answer whose device this is. Other tabs hear
 * of what goes from the device.
 *
 * @param {Store} store
 * @param {string | null} id null for everything
 * @returns {boolean} whether nothing of it is left
 */
export function erase(store, id = null) {
  const prefix = store.prefix + (id === null ? "" : `${id}:`);
  const areas = store.areas();
  const ours = () =>
    areas.flatMap((area) => area.keys(prefix).map((key) => ({ area, key }))).filter(({ key }) =>
      key !== `${store.prefix}appearance`
    );
  const found = ours();
  for (const { area, key } of found) area.remove(key);
  if (id === null) store.changed({ key: `${store.prefix}machine`, newValue: null });
  store.tell(new Set(found.map(({ key }) => key)));
  return ours().length === 0;
}
