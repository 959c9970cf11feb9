/** A session in a room while it runs: what its faces, the screen and the key, can ask of it. */

import { CONFIDENCE } from "../../kinds/scenario/decision.js";
import { options } from "../../kinds/scenario/engine.js";
import { pageStore } from "../store.js";
import { Keep } from "./room-keep.js";
import * as session from "./room-session.js";
import { fresh, SIZES, sound } from "./room-shape.js";
import * as time from "./room-time.js";
import { letter, total } from "./room-votes.js";

/** @typedef {import("./room-shape.js").Session} Session */
/** @typedef {import("./room-shape.js").Action} Action */
/** @typedef {import("./room-shape.js").Clock} Clock */
/** @typedef {import("./room-session.js").Place} Place */
/** @typedef {{id: string, text: string, mark: string, name: string, reason: string | null}} Line what hands go up for: `mark` stands before it, `name` is said of it */
/** @typedef {{minutes: number, ask: string[], listen_for: string[], if_short: "skip" | "keep"}} Note what stands in the file for whoever runs a decision */

const MINUTE = 60_000;
/** How often the clock's last reading is kept, so that a laptop that was closed knows how much was left. */
const HEARTBEAT_MS = 5000;

export class Room {
  /** @type {() => void} */
  draw = () => {};
  /** @type {Session | null} */
  session = null;
  /** When what is kept was written: until then the clock of a session that was broken off has run. */
  saved = "";

  /**
   * @param {any} scenario
   * @param {Record<string, Note>} notes
   * @param {(text: string) => void} say
   */
  constructor(scenario, notes, say) {
    this.scenario = scenario;
    this.notes = notes;
    this.say = say;
    const acts = scenario.acts.map((/** @type {any} */ each) => each.id);
    const accepts = (/** @type {any} */ kept) =>
      sound(kept) && (kept.act === null || acts.includes(kept.act));
    this.keep = new Keep(pageStore(scenario.course), scenario, accepts, () => this.#take());
    this.#load();
  }

  #load() {
    const kept = this.keep.read();
    this.session = kept?.session ?? null;
    this.saved = kept?.saved ?? "";
  }

  #take() {
    this.#load();
    this.draw();
  }

  /** @type {{of: Session | null, place: Place | null}} */
  #placed = { of: null, place: null };

  /** @returns {Place} the same one as long as nothing changes */
  get place() {
    const { of, place } = this.#placed;
    if (place && of === this.session) return place;
    const now = session.place(this.scenario, /** @type {Session} */ (this.session));
    this.#placed = { of: this.session, place: now };
    return now;
  }

  get act() {
    return this.scenario.acts.find((/** @type {any} */ each) => each.id === this.session?.act) ?? null;
  }

  get title() {
    return this.act ? `${this.scenario.title}: ${this.act.title}` : this.scenario.title;
  }

  /** @returns {Note | null} what the file says of the decision where the room is */
  get note() {
    return this.noteOf(this.place.state.node);
  }

  /** @param {string} node @returns {Note | null} */
  noteOf(node) {
    return Object.hasOwn(this.notes, node) ? this.notes[node] : null;
  }

  /** The choices here, with whether each is open. */
  get choices() {
    return options(this.scenario, this.place.state);
  }

  /** What hands go up for now. @returns {Line[]} */
  get ballot() {
    if (this.place.stage === "sure") {
      return Object.entries(CONFIDENCE).map(([id, words], at) => {
        const text = `${words[0].toUpperCase()}${words.slice(1)}`;
        return { id, text, mark: String(at + 1), name: `“${words}”`, reason: null };
      });
    }
    return this.choices.map(({ choice, reason }, at) => {
      const mark = letter(at);
      return { id: choice.id, text: choice.text, mark, name: mark, reason };
    });
  }

  /** The hands counted now, or those of another sheet. @param {import("./room-session.js").Sheet} sheet */
  countsOf(sheet) {
    const { moves, state } = this.place;
    return session.votesAt(/** @type {Session} */ (this.session), moves.length, state.node, sheet);
  }

  get counts() {
    return this.countsOf(session.sheetAt(this.place));
  }

  get counted() {
    return total(this.counts);
  }

  /** @param {(before: Session) => Session} change */
  #change(change) {
    // The other window may have written: what is kept is what is changed, not what was drawn here.
    this.#load();
    if (!this.session) return this.draw();
    const after = change(this.session);
    if (after === this.session) return;
    this.session = after;
    this.keep.write(after);
    this.draw();
  }

  /** @param {{act: string | null, seed: number, auto: boolean}} chosen @param {boolean} lasting */
  begin(chosen, lasting) {
    this.session = fresh(chosen);
    this.keep.write(this.session, lasting);
    this.draw();
  }

  /** Go on with what is kept. The clock stands where it stood when it was last written. */
  resume() {
    const at = Date.parse(this.saved) || Date.now();
    this.#change((one) => ({ ...one, clock: one.clock && time.paused(one.clock, at) }));
    this.draw();
  }

  forget() {
    this.keep.forget();
    this.session = null;
    this.draw();
  }

  /**
   * @param {Action} action
   * @param {number} [at] how long the log was when this was offered: what was offered before another window went on is void
   */
  do(action, at = this.session?.log.length) {
    this.#change((one) =>
      one.log.length === at ? session.act(this.scenario, one, action, Date.now(), this.notes) : one
    );
  }

  /** On: the next part of a text that is too long for the screen, or the next step. */
  next() {
    if (!this.session) return;
    const { stage, node } = this.place;
    const { view, log } = this.session;
    if (view.at === log.length && view.page < view.pages - 1) return this.turn(view.page + 1);
    if (this.isVoting) return this.reveal();
    if (stage === "shown") return this.say("Choose what the room takes.");
    if (stage === "told" && node.type === "chance") return this.do({ do: "draw" });
    this.do({ do: "next" });
  }

  /** Whether hands are being counted, and nobody is to see how many. */
  get isVoting() {
    return ["vote", "sure", "again"].includes(this.place.stage);
  }

  reveal() {
    if (!this.counted) return this.say("No hands are counted yet. Put them in, or go on without a count.");
    this.do({ do: "reveal" });
  }

  /** Back: the part of the text before, or the step before. */
  back() {
    if (!this.session) return;
    const { view, log } = this.session;
    if (view.at === log.length && view.page > 0) return this.turn(view.page - 1);
    if (!log.length) return this.say("This is the first step.");
    this.#change((one) => session.undo(this.scenario, one, Date.now(), this.notes));
    this.say("Back one step.");
  }

  /** @param {number} page */
  turn(page) {
    this.#change((one) => ({ ...one, view: { ...one.view, page } }));
  }

  /** The screen says how many parts its text has. @param {number} pages */
  paged(pages) {
    const { view, log } = /** @type {Session} */ (this.session);
    if (view.at === log.length && view.pages === pages && view.page < pages) return;
    const page = view.at === log.length ? Math.min(view.page, pages - 1) : 0;
    this.#change((one) => ({ ...one, view: { at: one.log.length, page, pages } }));
  }

  /** @param {string} choice @param {number} hands */
  count(choice, hands) {
    this.#change((one) => session.count(this.scenario, one, choice, hands));
  }

  /** @returns {Clock | null} the clock of the decision that is open */
  get clock() {
    const { clock } = /** @type {Session} */ (this.session);
    return clock?.of === this.place.moves.length && time.isOpen(this.place) ? clock : null;
  }

  pause() {
    const { clock } = this;
    if (!clock) return;
    const still = clock.ends === null;
    this.#clock(still ? time.running : time.paused);
    this.say(still ? "The clock runs." : "The clock stands still.");
  }

  longer() {
    this.#clock((clock, now) => time.longer(clock, MINUTE, now));
    this.say("One minute more.");
  }

  hide() {
    this.#change((one) => ({ ...one, hidden: !one.hidden }));
  }

  /** @param {(clock: Clock, now: number) => Clock} change */
  #clock(change) {
    if (!this.clock) return;
    this.#change((one) => ({ ...one, clock: one.clock && change(one.clock, Date.now()) }));
  }

  /** @param {number} by steps larger, or smaller */
  resize(by) {
    this.#change((one) => {
      const at = SIZES.indexOf(one.size) + by;
      return { ...one, size: SIZES[Math.min(Math.max(at, 0), SIZES.length - 1)] };
    });
  }

  /** Keep the clock's reading while it runs. @param {AbortSignal} signal */
  beat(signal) {
    const timer = setInterval(() => {
      if (!this.session || !this.clock?.ends) return;
      this.#load();
      if (this.session) this.keep.write(this.session);
    }, HEARTBEAT_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
  }
}
