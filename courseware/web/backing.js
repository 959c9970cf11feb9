/**
 * One exercise's place in the store: read it, write it, hear of other tabs, and never lose what was there before.
 */

import { classify, lost, parse, wrap } from "./record.js";

/** @typedef {import("./record.js").Plain} Plain */
/** @typedef {import("./record.js").Status} Status */
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
    const areas = store.machine() === "shared" ? [store.session] : [store.local, store.session];
    const found = areas.map((area) => this.#open(area)).filter((each) => each !== null);
    found.sort((a, b) => a.saved < b.saved ? 1 : -1);
    store.seen.set(key, store.local.get(key));
    this.#status = found[0]?.status ?? null;
    if (!found[0] && !this.#notice && this.#olderExists(areas)) this.#notice = OLDER;
    return found[0]?.record ?? null;
  }

  /** @param {Area[]} areas */
  #olderExists(areas) {
    const majors = Array.from({ length: this.major }, (_, major) => this.stem + major);
    return majors.some((key) => areas.some((area) => area.get(key) !== null));
  }

  /** @param {Area} area */
  #open(area) {
    const found = classify(area.get(this.key), this.accepts);
    if (found.kind === "newer") this.#notice = NEWER;
    if (found.kind === "unreadable") {
      this.#quarantine(area);
      this.#notice = UNREADABLE;
    }
    return found.kind === "ours" ? found.wrapped : null;
  }

  /**
   * Move a text that is not ours out of the way, to the first free name.
   *
   * @param {Area} area
   * @returns {boolean} whether our key is free now
   */
  #quarantine(area) {
    const raw = area.get(this.key) ?? "";
    const names = [":unreadable", ...Array.from({ length: 8 }, (_, i) => `:unreadable-${i + 2}`)];
    const free = names.map((name) => this.key + name).find((name) => [null, raw].includes(area.get(name)));
    return free !== undefined && area.set(free, raw) && area.remove(this.key);
  }

  /** @param {Plain} record @param {Status} status @returns {Saved} */
  write(record, status) {
    const { store, key } = this;
    this.#status = status;
    const raw = wrap(record, this.version, status);
    const own = store.machine() === "own";
    if (own && this.#put(store.local, raw)) {
      store.seen.set(key, raw);
      store.session.remove(key);
      return { saved: true, where: "device" };
    }
    const why = own ? FULL : undefined;
    if (this.#put(store.session, raw)) return { saved: true, where: "tab", why };
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
    const there = area.get(key);
    const found = classify(there, this.accepts);
    if (found.kind === "newer") return false;
    if (found.kind === "unreadable" && !this.#quarantine(area)) return false;
    const displaced = area === store.local && found.kind === "ours" &&
      there !== (store.seen.get(key) ?? null);
    if (displaced && there !== null) store.putAside(area, key, there, raw);
    return area.set(key, raw);
  }

  /** @param {(record: Plain | null, status: Status | null) => void} fn */
  subscribe(fn) {
    return this.store.onRecord(this.key, (raw) => {
      const found = classify(raw, this.accepts);
      if (found.kind === "ours") fn(found.wrapped.record, found.wrapped.status);
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
    const now = [store.local.get(key), store.session.get(key)].map((raw) => parse(raw ?? "null"));
    const kept = [store.local, store.session].flatMap((area) => parse(area.get(`${key}:set-aside`) ?? "[]"));
    return [...new Set(kept.flatMap((raw) => typeof raw === "string" ? lost(parse(raw), now) : []))];
  }

  dropAside() {
    for (const area of [this.store.local, this.store.session]) area.remove(`${this.key}:set-aside`);
  }
}
