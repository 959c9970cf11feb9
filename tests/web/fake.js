/** Storages as browsers have them, which can be full or shut, or fail at one write of many; and tabs that share a device. */

import { backingFor } from "../../courseware/web/backing.js";
import { Store } from "../../courseware/web/store.js";

/** @implements {Storage} */
export class FakeStorage {
  /** @type {Map<string, string>} */
  map = new Map();
  full = false;
  shut = false;
  /** How many characters it holds. */
  quota = Infinity;
  /** Writes and removals so far, and which of them fail. */
  written = 0;
  /** @type {(n: number) => boolean} */
  fails = () => false;

  #check() {
    if (this.shut) throw new DOMException("shut", "SecurityError");
  }
  #write() {
    this.#check();
    if (this.full || this.fails(++this.written)) throw new DOMException("full", "QuotaExceededError");
  }
  get size() {
    return [...this.map].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  }
  get length() {
    this.#check();
    return this.map.size;
  }
  /** @param {number} i */
  key(i) {
    return [...this.map.keys()][i] ?? null;
  }
  /** @param {string} key */
  getItem(key) {
    this.#check();
    return this.map.get(key) ?? null;
  }
  /** @param {string} key @param {string} value */
  setItem(key, value) {
    this.#write();
    const grown = this.size - (this.map.has(key) ? key.length + (this.map.get(key)?.length ?? 0) : 0);
    if (grown + key.length + value.length > this.quota) throw new DOMException("full", "QuotaExceededError");
    this.map.set(key, value);
  }
  /** @param {string} key */
  removeItem(key) {
    this.#write();
    this.map.delete(key);
  }
  clear() {
    this.map.clear();
  }
  /** All of it, in an order that depends on nothing. */
  dump() {
    return JSON.stringify([...this.map].sort(([a], [b]) => a < b ? -1 : 1));
  }
}

/**
 * One tab on a device: its own session, the device's storage.
 *
 * @param {FakeStorage} local
 * @param {{id: string, major: number, version: string}} exercise
 * @param {FakeStorage} [session]
 */
export function tab(local, exercise, session = new FakeStorage()) {
  const store = new Store("course", { local: () => local, session: () => session });
  return { local, session, store, backing: backingFor(store, exercise) };
}
