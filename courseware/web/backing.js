/**
 * One exercise's place in the store: read it, write it, hear of other tabs, and never lose what was there before.
 */

import { classify, listed, lost, MAX_CHARACTERS, recordIn, stamp, wrap } from "./record.js";

/** @typedef {import("./record.js").Plain} Plain */
/** @typedef {import("./record.js").Status} Status */
/** @typedef {import("./record.js").Wrapped} Wrapped */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./store.js").Area} Area */
/** @typedef {"device" | "tab" | "memory" | "notebook"} Place */
/** @typedef {{saved: boolean, where: Place, why?: string}} Saved */
/**
 * @typedef {object} Backing what an exercise reads from and writes to: the page's store, or a notebook's widget
 * @property {() => Plain | null} read
 * @property {(record: Plain, status: Status) => Saved} write
 * @property {(fn: (record: Plain | null, status: Status | null) => void) => () => void} subscribe
 *   called when another tab, or Python, changed the record; returns the way to stop
 * @property {() => Status | null} [status] how far the record that was read had come
 * @property {() => Place} place where the record lies now
 * @property {() => string | null} [notice] something the learner should know about what was found
 * @property {() => Wrapped[]} [older] what was kept of the exercise before it changed, newest first
 * @property {() => string[]} [aside] writing that another tab's later save displaced
 * @property {() => void} [dropAside]
 * @property {Store} [store] present when the question of the machine applies
 */

const NEWER = "Work saved by a newer version of this course was found here. It is left as it is.";
const UNREADABLE =
  "Saved work for this exercise could not be read. It has been set aside, not deleted, and you start afresh.";
const OLDER =
  "This exercise has changed since you last did it. Your earlier work is left as it is, and you start afresh.";
const FULL = "This device's space for saved work is full, or the browser does not allow saving.";

/**
 * @param {Store} store
 * @param {{id: string, major: number, version: string}} exercise
 * @param {(record: Plain) => boolean} [accepts] the kind's own test of a record's shape
 * @returns {Backing}
 */
export function backingFor(store, exercise, accepts = () => true) {
  return new StoreBacking(store, exercise, accepts);
}

/** @implements {Backing} */
class StoreBacking {
  /** @type {string | null} */
  #notice = null;
  /** @type {Status | null} */
  #status = null;
  /** When the latest that was seen here was saved. */
  #saved = "";
  /** @type {string | null} the tab's own copy, as long as it is what the exercise shows */
  #tab = null;

  /**
   * @param {Store} store
   * @param {{id: string, major: number, version: string}} exercise
   * @param {(record: Plain) => boolean} accepts
   */
  constructor(store, { id, major, version }, accepts) {
    this.store = store;
    this.version = version;
    this.accepts = accepts;
    this.stem = `${store.prefix}${id}:`;
    this.major = major;
    this.key = this.stem + major;
  }

  read() {
    const { store, key } = this;
    this.#notice = null;
    const opened = store.areas().map((area) => this.#open(area));
    const found = opened.filter((each) => each !== null).sort(latestFirst);
    // Of two copies only the one that is shown has been seen: what takes the place of the other must not lose it.
    const ofTab = found[0] && found[0] === opened[opened.length - 1];
    this.#tab = ofTab ? store.session.get(key) : null;
    store.seen.set(key, ofTab ? null : store.local.get(key));
    this.#status = found[0]?.status ?? null;
    this.#saved = found[0]?.saved ?? "";
    if (!found[0] && !this.#notice && this.older().length) this.#notice = OLDER;
    return found[0]?.record ?? null;
  }

  older() {
    const keys = Array.from({ length: this.major }, (_, major) => this.stem + major);
    const texts = keys.flatMap((key) => this.store.areas().map((area) => area.get(key)));
    const found = texts.map((raw) => classify(raw, () => true));
    return found.flatMap((each) => each.kind === "ours" ? [each.wrapped] : []).sort(latestFirst);
  }

  /** @param {Area} area */
  #open(area) {
    const found = classify(area.get(this.key), this.accepts);
    if (found.kind === "newer") this.#notice = NEWER;
    if (found.kind === "unreadable") {
      this.store.quarantine(area, this.key);
      this.#notice = UNREADABLE;
    }
    return found.kind === "ours" ? found.wrapped : null;
  }

  /** @param {Plain} record @param {Status} status @returns {Saved} */
  write(record, status) {
    const { store, key } = this;
    this.#status = status;
    this.#saved = stamp(this.#saved);
    const raw = wrap(record, this.version, status, this.#saved);
    const own = store.machine() === "own";
    if (own && this.#put(store.local, raw)) {
      store.seen.set(key, raw);
      // What the tab kept while the device was full is not always in what another tab has put there since.
      const kept = store.session.get(key);
      if (kept !== null && store.putAside(store.local, key, kept, raw)) store.session.remove(key);
      return { saved: true, where: "device" };
    }
    const why = own ? FULL : undefined;
    if (this.#put(store.session, raw)) {
      this.#tab = raw;
      return { saved: true, where: "tab", why };
    }
    return { saved: false, where: "memory", why: FULL };
  }

  /**
   * Write, unless what stands there is from a newer version. What another tab wrote since we last looked is set aside.
   *
   * @param {Area} area
   * @param {string} raw
   */
  #put(area, raw) {
    const { store, key } = this;
    if (raw.length > MAX_CHARACTERS) return false; // nothing so long would be read back
    const there = area.get(key);
    const found = classify(there, this.accepts);
    if (found.kind === "newer") return false;
    if (found.kind === "unreadable" && !store.quarantine(area, key)) return false;
    const seen = area === store.local ? store.seen.get(key) ?? null : this.#tab;
    if (found.kind === "ours" && there !== seen && there !== null && !store.putAside(area, key, there, raw)) {
      return false;
    }
    return area.set(key, raw);
  }

  /** @param {(record: Plain | null, status: Status | null) => void} fn */
  subscribe(fn) {
    return this.store.onRecord(this.key, (raw) => {
      // Gone from the device: what the tab kept while it was full is here still.
      this.#tab = raw === null ? this.store.session.get(this.key) : null;
      const found = classify(raw ?? this.#tab, this.accepts);
      if (found.kind === "ours") {
        this.#saved = found.wrapped.saved;
        fn(found.wrapped.record, found.wrapped.status);
      }
      // Erased in another tab. Anything else that is not ours is left alone, and looked at again before a write.
      if (found.kind === "none") fn(null, null);
    });
  }

  status() {
    return this.#status;
  }

  /** @returns {Place} */
  place() {
    const { store, key } = this;
    if (store.machine() !== "shared" && store.local.get(key) !== null) return "device";
    return store.session.get(key) === null ? "memory" : "tab";
  }

  notice() {
    return this.#notice;
  }

  aside() {
    const { store, key } = this;
    const now = store.areas().map((area) => recordIn(area.get(key)));
    const kept = store.areas().flatMap((area) => listed(area.get(`${key}:set-aside`)));
    return [...new Set(kept.flatMap((raw) => lost(recordIn(raw), now)))];
  }

  dropAside() {
    for (const area of this.store.areas()) area.remove(`${this.key}:set-aside`);
  }
}

/** @param {Wrapped} one @param {Wrapped} other */
const latestFirst = (one, other) => one.saved < other.saved ? 1 : -1;
