/**
 * What every exercise in the page is: a custom element that finds its data in its own markup, puts a live version
 * before its readable text, and keeps what the learner does.
 *
 * A kind extends `CourseElement`, sets `static tag`, and fills in `build(live)` and `refresh()`. When anything is
 * missing or fails, the text that Python wrote stays as it was: an exercise is never blank.
 */

import { announcer } from "./announce.js";
import { backingFor } from "./backing.js";
import { readData } from "./data.js";
import { afterPaint, fill, h } from "./dom.js";
import { CAUTION, savingFoot } from "./machine.js";
import { asItWas, namedIn } from "./older.js";
import { pageStore } from "./store.js";

/** @typedef {import("./record.js").Plain} Plain */
/** @typedef {import("./record.js").Status} Status */
/** @typedef {import("./backing.js").Backing} Backing */

const TYPING_MS = 600;

/** Deno, which checks and tests these modules, has no page: there the class is only a shape. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (/** @type {unknown} */ (class {}));

export class CourseElement extends Base {
  /** The name of the custom element. */
  static tag = "";

  /**
   * Whether a record, from storage or from a file, has the shape of this kind's; asked without the exercise.
   *
   * @type {(record: any) => boolean}
   */
  static sound = () => true;

  /**
   * One record of two of the same exercise, kept on two devices. It loses nothing that can be kept.
   *
   * @type {(earlier: any, later: any) => any}
   */
  static merge = (_, later) => later;

  /** @type {any} the compiled exercise */
  spec = null;
  /** @type {Backing | null} set before the element is connected to keep work elsewhere than in the page's store */
  backing = null;
  /** @type {Plain | null} what the learner has done so far; null at first. Replace it, never change it in place */
  record = null;
  /** @type {HTMLElement} where the kind builds */
  live = /** @type {any} */ (null);
  /** @type {AbortSignal} ends with the element's life in the page; give it to listeners and timers */
  signal = /** @type {any} */ (null);

  /** @type {AbortController | null} */
  #life = null;
  /** @type {ReturnType<typeof savingFoot> | null} */
  #foot = null;
  /** @type {(text: string) => void} */
  #say = () => {};
  /** @type {Status | null} */
  #status = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer = undefined;

  /**
   * Fill the live part, once. `refresh()` is called straight after.
   *
   * @param {HTMLElement} _live an empty element, the same as `this.live`
   */
  build(_live) {}

  /** Draw from `this.record`, which may be null. Called after `build`, and when another tab or Python changed it. */
  refresh() {}

  /**
   * Whether a stored record has the shape this kind expects; a record that has not is set aside, unused.
   *
   * @param {Plain} record
   * @returns {boolean}
   */
  accepts(record) {
    return /** @type {typeof CourseElement} */ (this.constructor).sound(record);
  }

  /**
   * Save a record, say so, and tell the page (`course:record` bubbles with `{id, record, status}`). The record changes
   * now; it is written as soon as what follows from it can be seen, so that nobody waits for the storage.
   *
   * @param {Plain} record
   * @param {Status} [status]
   */
  keep(record, status = "begun") {
    this.#set(record, status);
    clearTimeout(this.#timer);
    afterPaint(() => {
      this.flush();
      this.#foot?.ask();
    });
  }

  /**
   * Save while somebody types: the record changes now, the storage a moment later, or when focus or the page leaves.
   *
   * @param {Plain} record
   * @param {Status} [status]
   */
  keepSoon(record, status = "begun") {
    this.#set(record, status);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.flush();
      this.#foot?.ask();
    }, TYPING_MS);
  }

  /** Write what is still waiting. */
  flush() {
    clearTimeout(this.#timer);
    if (!this.#waiting || !this.record || !this.backing) return;
    this.#waiting = false;
    const status = this.#status ?? "begun";
    this.#foot?.show(this.backing.write(this.record, status));
    const detail = { id: this.spec.id, record: this.record, status };
    this.dispatchEvent(new CustomEvent("course:record", { bubbles: true, detail }));
  }
  #waiting = false;

  /**
   * Announce a short result to those who do not see it. Never the story.
   *
   * @param {string} text
   */
  say(text) {
    this.#say(text);
  }

  /** How far the learner is: what stands on the label line. */
  get state() {
    return this.#status ?? "new";
  }

  /** The sentence that must stand before the first box in which somebody writes. */
  caution() {
    return h("p", { class: "hint" }, CAUTION);
  }

  connectedCallback() {
    if (document.readyState !== "loading") return this.#open();
    // Upgraded by a script that was not deferred: the children are not there yet.
    document.addEventListener("DOMContentLoaded", () => this.isConnected && this.#open(), { once: true });
  }

  disconnectedCallback() {
    this.flush();
    this.#life?.abort();
  }

  #open() {
    this.#life?.abort();
    this.querySelector(":scope > .exercise-live")?.remove();
    this.spec ??= readData(this);
    if (!this.spec) return;
    this.#life = new AbortController();
    this.signal = this.#life.signal;
    try {
      this.#begin();
      this.classList.add("is-live");
    } catch (error) {
      this.#life.abort();
      this.classList.remove("is-live");
      this.querySelector(":scope > .exercise-live")?.remove();
      reportError(error);
    }
  }

  #begin() {
    const { spec, signal } = this;
    const voice = announcer(signal);
    this.#say = voice.say;
    this.backing ??= backingFor(pageStore(spec.course), spec, (record) => this.accepts(record));
    this.record = this.backing.read();
    this.#status = this.record ? this.backing.status?.() ?? "begun" : null;
    this.#foot = savingFoot(this.backing, { id: spec.id, say: voice.add, signal });
    this.live = h("div", { class: "exercise-main" });
    const notice = this.backing.notice?.();
    const older = this.record ? [] : this.backing.older?.() ?? [];
    const before = older.map((each) => asItWas(each, (path) => namedIn(spec, path)));
    const note = notice && [h("p", { class: "exercise-notice" }, notice), before];
    const shell = h("div", { class: "exercise-live" }, voice.region, note, this.live, this.#foot.foot);
    const prompt = this.querySelector(":scope > .exercise-prompt");
    if (prompt) prompt.after(shell);
    else this.prepend(shell);
    if (this.record) {
      this.#foot.show();
      this.#foot.ask();
    }
    this.#label();
    this.build(this.live);
    this.refresh();
    signal.addEventListener(
      "abort",
      this.backing.subscribe((record, status) => this.#receive(record, status)),
    );
    this.addEventListener("focusout", () => this.#waiting && afterPaint(() => this.flush()), { signal });
    addEventListener("pagehide", () => this.flush(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && this.flush(), { signal });
    // A browser puts form fields back after the page is shown again: the record decides, not the browser.
    addEventListener("pageshow", (event) => event.persisted && !this.#waiting && this.refresh(), { signal });
  }

  /** @param {Plain} record @param {Status} status */
  #set(record, status) {
    this.record = record;
    this.#status = status;
    this.#waiting = true;
    this.#label();
  }

  /** @param {Plain | null} record @param {Status | null} status */
  #receive(record, status) {
    // Something is still unsaved here. Ours is the later write; the store sets aside what it takes the place of.
    if (this.#waiting) return this.flush();
    this.record = record;
    this.#status = record ? status ?? "begun" : null;
    if (this.record) this.#foot?.show();
    this.#label();
    this.refresh();
  }

  #label() {
    const label = this.querySelector(":scope > .exercise-head > .exercise-label");
    if (!label) return;
    let word = label.querySelector(".exercise-state");
    if (!word) label.append(word = h("span", { class: "exercise-state" }));
    fill(word, ` · ${this.state}`);
  }
}
