/**
 * Where a session in a room is kept, and how its two windows hear of each other.
 *
 * It holds choices and counts, and nothing of anybody. On the machine it outlives a crash; where a machine is shared it
 * lives in the tab. A second window hears by three ways, since none works everywhere: the storage's own events, a
 * channel of the browser's, and messages between a window and the one that it opened.
 */

import { classify, wrap } from "../record.js";

/** @typedef {import("../store.js").Store} Store */
/** @typedef {import("./room-shape.js").Session} Session */
/** @typedef {{session: Session, saved: string}} Kept */

export class Keep {
  /** @type {string | null} what this window last wrote or heard */
  #raw = null;
  /** @type {BroadcastChannel | null} */
  #channel = null;
  /** @type {Set<Window>} windows that were opened from here, or that opened this one */
  #peers = new Set();

  /**
   * @param {Store} store
   * @param {{id: string, major: number, version: string}} scenario
   * @param {(session: any) => boolean} accepts
   * @param {() => void} changed called when another window wrote
   */
  constructor(store, { id, major, version }, accepts, changed) {
    this.store = store;
    this.version = version;
    this.accepts = accepts;
    this.changed = changed;
    // Two colons in the name, so that it is no exercise's record.
    this.key = `${store.prefix}room:${id}:${major}`;
    this.lasting = store.machine() !== "shared" && store.session.get(this.key) === null;
    this.#raw = this.#area.get(this.key);
    this.#listen();
  }

  get #area() {
    return this.lasting ? this.store.local : this.store.session;
  }

  /** @returns {"device" | "tab" | "memory"} where the session is now */
  where() {
    if (this.#raw === null || this.#area.get(this.key) !== this.#raw) return "memory";
    return this.lasting ? "device" : "tab";
  }

  /** Whether something is there that cannot be read. */
  get broken() {
    return this.#raw !== null && this.read() === null;
  }

  /** @returns {Kept | null} */
  read() {
    const stored = this.#area.get(this.key);
    if (stored !== null) this.#raw = stored;
    const found = classify(this.#raw, this.accepts);
    if (found.kind !== "ours") return null;
    return { session: /** @type {any} */ (found.wrapped.record), saved: found.wrapped.saved };
  }

  /** @param {Session} session @param {boolean} [lasting] for a new session, whether it is to outlive the tab */
  write(session, lasting = this.lasting) {
    if (lasting !== this.lasting) {
      this.#area.remove(this.key);
      this.lasting = lasting;
    }
    this.#raw = wrap(session, this.version, "begun");
    this.#put();
    this.#tell({ key: this.key, raw: this.#raw, lasting });
  }

  #put() {
    if (this.#raw !== null && this.#area.set(this.key, this.#raw)) return;
    // An older text must not come back from a storage that has become full.
    if (this.#raw !== null) this.#area.remove(this.key);
  }

  forget() {
    this.#raw = null;
    this.store.local.remove(this.key);
    this.store.session.remove(this.key);
    this.#tell({ key: this.key, raw: null, lasting: this.lasting });
  }

  /** @param {Window | null} peer */
  meet(peer) {
    if (peer) this.#peers.add(peer);
  }

  #listen() {
    addEventListener("storage", (event) => {
      if (!this.lasting || (event.key !== null && event.key !== this.key)) return;
      this.#heard(this.store.local.get(this.key), true);
    });
    try {
      this.#channel = new BroadcastChannel(this.key);
      this.#channel.onmessage = ({ data }) => this.#message(data);
    } catch {
      // Some browsers have none for a page from a folder: the other ways remain.
    }
    addEventListener("message", ({ data, source }) => {
      if (this.#peers.has(/** @type {Window} */ (source)) || source === globalThis.opener) {
        this.#message(data);
      }
    });
    this.meet(globalThis.opener);
    addEventListener("pageshow", (event) => event.persisted && this.changed());
    this.#tell({ key: this.key, ask: true });
  }

  /** @param {any} data */
  #message(data) {
    if (data?.key !== this.key) return;
    if (data.ask === true) {
      if (this.#raw !== null) this.#tell({ key: this.key, raw: this.#raw, lasting: this.lasting });
    } else if (data.raw === null || typeof data.raw === "string") {
      this.#heard(data.raw, data.lasting === true);
    }
  }

  /** @param {string | null} raw @param {boolean} lasting */
  #heard(raw, lasting) {
    const known = this.#raw;
    if (raw !== null && lasting !== this.lasting) {
      this.#area.remove(this.key);
      this.lasting = lasting;
    }
    // News may come late, by the slower of two ways: what the storage holds is what is true.
    const stored = this.lasting ? this.store.local.get(this.key) : null;
    this.#raw = this.lasting && raw !== null && stored !== null ? stored : raw;
    if (this.#raw === null) this.store.session.remove(this.key);
    else if (!this.lasting) this.#put();
    if (this.#raw !== known) this.changed();
  }

  /** @param {any} message */
  #tell(message) {
    try {
      this.#channel?.postMessage(message);
    } catch {
      // Closed with its page.
    }
    // From a folder on disk no page has an origin that could be named; a peer asks for nothing but this session.
    const to = location.origin === "null" || location.protocol === "file:" ? "*" : location.origin;
    for (const peer of this.#peers) if (!peer.closed) peer.postMessage(message, to);
  }
}
