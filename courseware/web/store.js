/**
 * Where a learner's work is kept in a browser. Nothing here throws, and nothing a person wrote is overwritten unseen.
 *
 * Until the learner has said whose machine this is, and on a shared one, work lives in `sessionStorage` and goes with
 * the tab. On their own it lives in `localStorage`. Where neither can be written it lives in memory, and we say so.
 *
 * Keys: `<course>:1:<exercise>:<major>` holds a record, `<course>:1:machine` the answer. A text under our key that is
 * not ours moves to `…:unreadable`; what a later write of another tab displaced goes to `…:set-aside`.
 */

import { classify, listed, lost, recordIn } from "./record.js";

/** @typedef {"own" | "shared"} Machine */
/** @typedef {ReturnType<typeof guarded>} Area */

/**
 * A storage that answers instead of throwing: even reading the property `localStorage` can throw.
 *
 * @param {() => Storage | null | undefined} open
 */
function guarded(open) {
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
    const keys = [...this.seen.keys()];
    // Where both had a text, an exercise may show the one that now makes room for the other.
    const twofold = keys.filter((key) => from.get(key) !== null && to.get(key) !== null);
    for (const key of from.keys(this.prefix)) this.#move(key, from, to);
    for (const key of keys) if (!twofold.includes(key)) this.seen.set(key, this.local.get(key));
    this.tell(twofold);
    this.#machineListeners.forEach((fn) => fn());
  }

  /** Where this tab looks for work. On a shared machine the device may hold somebody else's. @returns {Area[]} */
  areas() {
    return this.machine() === "shared" ? [this.session] : [this.local, this.session];
  }

  /** @param {string} key @param {Area} from @param {Area} to */
  #move(key, from, to) {
    const mine = from.get(key);
    if (mine !== null && this.#bring(key, mine, to)) from.remove(key);
  }

  /** @param {string} key @param {string} mine @param {Area} to @returns {boolean} whether all of it is there now */
  #bring(key, mine, to) {
    const theirs = to.get(key);
    const [stem, suffix] = key.split(/:(?=set-aside$|unreadable)/);
    if (theirs === null || theirs === mine || !key.slice(this.prefix.length).includes(":")) {
      return to.set(key, mine);
    }
    if (suffix === "set-aside") {
      return to.set(key, JSON.stringify([...new Set([...listed(theirs), ...listed(mine)])]));
    }
    if (suffix) return to.set(spare(to, stem, mine), mine);
    const found = classify(theirs, () => true);
    if (found.kind === "newer") return false;
    if (found.kind === "unreadable") return this.quarantine(to, key) && to.set(key, mine);
    const later = savedAt(theirs) > savedAt(mine);
    return this.putAside(to, key, later ? mine : theirs, later ? theirs : mine) &&
      (later || to.set(key, mine));
  }

  /**
   * Keep a displaced text beside its key, if it holds writing that neither the text in its place nor what was set aside
   * before does.
   *
   * @param {Area} area @param {string} key @param {string} displaced @param {string} winner
   * @returns {boolean} whether nothing of it would be lost now
   */
  putAside(area, key, displaced, winner) {
    const name = `${key}:set-aside`;
    const before = listed(area.get(name));
    if (!lost(recordIn(displaced), [winner, ...before].map(recordIn)).length) return true;
    return area.set(name, JSON.stringify([...before, displaced]));
  }

  /**
   * Move a text that is not ours out of the way.
   *
   * @param {Area} area @param {string} key
   * @returns {boolean} whether the key is free now
   */
  quarantine(area, key) {
    const raw = area.get(key) ?? "";
    return area.set(spare(area, key, raw), raw) && area.remove(key);
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
        const kept = this.putAside(this.local, each, before, newValue);
        if (!kept) this.putAside(this.session, each, before, newValue);
      }
      listeners.forEach((fn) => fn(newValue));
      // A listener with unsaved work writes instead of taking over: then what it wrote is what was last seen.
      if (this.seen.get(each) === before) this.seen.set(each, newValue);
    }
  }

  /**
   * Tell this tab what was changed under it: a storage event reaches only the others.
   *
   * @param {Iterable<string>} keys
   */
  tell(keys) {
    for (const key of keys) {
      const [raw = null] = this.areas().map((area) => area.get(key)).filter((each) => each !== null);
      const before = this.seen.get(key);
      [...this.#recordListeners.get(key) ?? []].forEach((fn) => fn(raw));
      if (this.seen.get(key) === before) this.seen.set(key, this.local.get(key));
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

/**
 * The name under which a text that is not ours is kept: the first that is free, or holds the same.
 *
 * @param {Area} area @param {string} key @param {string} raw
 */
export function spare(area, key, raw) {
  for (let n = 1;; n++) {
    const name = `${key}:unreadable${n > 1 ? `-${n}` : ""}`;
    if ([null, raw].includes(area.get(name))) return name;
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
