/**
 * Where a learner's work is kept in a browser. Nothing here throws, and nothing a person wrote is overwritten unseen.
 *
 * Until the learner has said whose machine this is, and on a shared one, work lives in `sessionStorage` and goes with
 * the tab. On their own it lives in `localStorage`. Where neither can be written it lives in memory, and we say so.
 *
 * Keys: `<course>:1:<exercise>:<major>` holds a record, `<course>:1:machine` the answer. A text under our key that is
 * not ours moves to `…:unreadable`; what a later write of another tab displaced goes to `…:set-aside`.
 */

import { classify, lost, parse } from "./record.js";

/** @typedef {"own" | "shared"} Machine */
/** @typedef {ReturnType<typeof guarded>} Area */

/**
 * A storage that answers instead of throwing: even reading the property `localStorage` can throw.
 *
 * @param {() => Storage | null | undefined} open
 */
export function guarded(open) {
  /** @template T @param {(storage: Storage) => T} act @param {T} otherwise */
  const attempt = (act, otherwise) => {
    try {
      const storage = open();
      return storage ? act(storage) : otherwise;
    } catch {
      return otherwise;
    }
  };
  return {
    /** @param {string} key */
    get: (key) => attempt((storage) => storage.getItem(key), /** @type {string | null} */ (null)),
    /** @param {string} key @param {string} value */
    set: (key, value) =>
      attempt((storage) => (storage.setItem(key, value), storage.getItem(key) === value), false),
    /** @param {string} key */
    remove: (key) => attempt((storage) => (storage.removeItem(key), true), false),
    /** @param {string} prefix */
    keys: (prefix) =>
      attempt(
        (storage) =>
          Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "").filter((key) =>
            key.startsWith(prefix)
          ),
        /** @type {string[]} */ ([]),
      ),
  };
}

export class Store {
  /** @type {Machine | null} remembered here too, so that a browser that keeps nothing is asked only once */
  #answer = null;
  /** @type {Set<() => void>} */
  #machineListeners = new Set();
  /** @type {Map<string, Set<(raw: string | null) => void>>} */
  #recordListeners = new Map();
  /** @type {Map<string, string | null>} what this tab last saw in the device's storage, by key */
  seen = new Map();

  /**
   * @param {string} course the namespace
   * @param {{local?: () => Storage | null, session?: () => Storage | null}} [areas] other storages, for tests
   */
  constructor(
    course,
    { local = () => globalThis.localStorage, session = () => globalThis.sessionStorage } = {},
  ) {
    this.prefix = `${course}:1:`;
    this.local = guarded(local);
    this.session = guarded(session);
  }

  /** @returns {Machine | null} null until the learner has answered */
  machine() {
    if (this.session.get(this.prefix + "machine") === "shared") return "shared";
    if (this.local.get(this.prefix + "machine") === "own") return "own";
    return this.#answer;
  }

  /**
   * Keep the answer, and bring what is already kept to where it now belongs. "Shared" takes everything off the device;
   * what the tab cannot hold stays, because losing it was not asked for.
   *
   * @param {Machine} answer
   */
  setMachine(answer) {
    this.#answer = answer;
    const [from, to] = answer === "own" ? [this.session, this.local] : [this.local, this.session];
    from.remove(this.prefix + "machine");
    to.set(this.prefix + "machine", answer);
    for (const key of from.keys(this.prefix)) this.#move(key, from, to);
    for (const key of this.seen.keys()) this.seen.set(key, this.local.get(key));
    this.#machineListeners.forEach((fn) => fn());
  }

  /** @param {string} key @param {Area} from @param {Area} to */
  #move(key, from, to) {
    const mine = from.get(key);
    if (mine === null) return;
    const theirs = to.get(key);
    const later = theirs !== null && savedAt(theirs) > savedAt(mine);
    if (theirs !== null && theirs !== mine) {
      this.putAside(to, key, later ? mine : theirs, later ? theirs : mine);
    }
    if (later || to.set(key, mine)) from.remove(key);
  }

  /**
   * Keep a displaced text beside its key, if it holds writing that the text in its place does not.
   *
   * @param {Area} area @param {string} key @param {string} displaced @param {string} winner
   */
  putAside(area, key, displaced, winner) {
    if (lost(parse(displaced), parse(winner)).length === 0) return;
    const before = parse(area.get(`${key}:set-aside`) ?? "[]");
    area.set(`${key}:set-aside`, JSON.stringify([...(Array.isArray(before) ? before : []), displaced]));
  }

  /** @param {() => void} fn @returns {() => void} */
  onMachine(fn) {
    this.#machineListeners.add(fn);
    return () => this.#machineListeners.delete(fn);
  }

  /** @param {string} key @param {(raw: string | null) => void} fn @returns {() => void} */
  onRecord(key, fn) {
    const listeners = this.#recordListeners.get(key) ?? new Set();
    this.#recordListeners.set(key, listeners.add(fn));
    return () => listeners.delete(fn);
  }

  /**
   * Another tab changed the device's storage. A null key means that all of it was cleared.
   *
   * @param {{key: string | null, newValue: string | null, oldValue?: string | null}} event
   */
  changed({ key, newValue, oldValue }) {
    if (key === null || key === this.prefix + "machine") {
      if (newValue === null) this.#answer = null;
      this.#machineListeners.forEach((fn) => fn());
    }
    if (this.machine() === "shared") return;
    for (const [each, listeners] of this.#recordListeners) {
      if (key !== null && key !== each) continue;
      const before = this.seen.get(each);
      if (key !== null && this.local.get(each) !== newValue) {
        // Late news: somebody, perhaps this tab, has written since.
        if (oldValue === before) this.seen.set(each, newValue);
        continue;
      }
      // The other tab wrote without having seen what this one wrote a moment ago: two writes have crossed.
      if (newValue !== null && before && oldValue !== undefined && oldValue !== before) {
        this.putAside(this.local, each, before, newValue);
      }
      listeners.forEach((fn) => fn(newValue));
      // A listener with unsaved work writes instead of taking over: then what it wrote is what was last seen.
      if (this.seen.get(each) === before) this.seen.set(each, newValue);
    }
  }

  /** A page that comes back from the back/forward cache heard no storage events while it was away. */
  resume() {
    this.#machineListeners.forEach((fn) => fn());
    for (const key of this.#recordListeners.keys()) {
      const raw = this.local.get(key);
      if (raw !== (this.seen.get(key) ?? null)) this.changed({ key, newValue: raw });
    }
  }
}

/** @param {string} raw @returns {string} ISO time, so that text order is time order; "" when there is none */
function savedAt(raw) {
  const found = classify(raw, () => true);
  return found.kind === "ours" ? found.wrapped.saved : "";
}

/** @type {Map<string, Store>} */
const stores = new Map();

/**
 * The page's store for a course; one for all its exercises, which listens to the other tabs.
 *
 * @param {string} course
 * @returns {Store}
 */
export function pageStore(course) {
  const known = stores.get(course);
  if (known) return known;
  const store = new Store(course);
  stores.set(course, store);
  addEventListener("storage", (event) => {
    const local = attemptLocal();
    if (local && event.storageArea === local) store.changed(event);
  });
  addEventListener("pageshow", (event) => event.persisted && store.resume());
  return store;
}

function attemptLocal() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}
