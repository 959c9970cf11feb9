/** A scenario in the page: start, decisions with their consequences, an ending, and the debrief. */

import { button, fill, focusOn, h, release } from "../../web/dom.js";
import { CourseElement } from "../../web/element.js";
import { come, later } from "../../web/late.js";
import { closed } from "./closed.js";
import { decisionForm, timer } from "./decision.js";
import { advance, nextAct, options, over } from "./engine.js";
import { finish, fresh, merge, sound } from "./kept.js";
import { decisions, replay } from "./run.js";
import { changes, consequence, heading, indicators, nodeHeading, passage, told } from "./scenes.js";
import { actsOf, startScreen } from "./start.js";

/** @typedef {import("./run.js").Played} Played */
/** @typedef {{debrief: typeof import("./debrief.js").debrief, comparing: typeof import("./after.js").comparing}} After */

/** The script with the debrief, which comes when a scenario nears the window. */
const AFTER = "debrief";
const after = () => /** @type {After | undefined} */ (come(AFTER));
const CHANGED = "This scenario has changed. Your run goes on from the last step that it still has.";

export class ScenarioElement extends CourseElement {
  static tag = "course-scenario";
  static sound = sound;
  static merge = merge;
  /** Where somebody is, for the page that says where to go on: only a decision has a move of its own. @param {any} record */
  static where = ({ moves, finished }) =>
    finished || !moves.length
      ? ""
      : `decision ${moves.filter((/** @type {any} */ each) => each.move !== null).length + 1}`;

  /** @type {"play" | "debrief" | "closed" | "compare"} `closed` and `compare` are for a run that was finished earlier */
  #view = "play";
  /** @type {import("../../web/record.js").Plain | null} the record as it was last drawn */
  #drawn = null;
  /** @type {Played} */
  #played = { steps: [], state: /** @type {any} */ (null), whole: true };
  /** @type {AbortController} ends the timer of a screen that has been left */
  #screen = new AbortController();
  #timed = false;

  build() {
    const { signal } = this;
    signal.addEventListener("abort", () => this.#screen.abort());
    // Paper holds the whole debrief, whatever part of it is open on the screen.
    /** @type {HTMLElement | null} */
    let sheet = null;
    const print = () => this.#isClosed && after() && this.live.append(sheet = this.#debrief());
    addEventListener("beforeprint", print, { signal });
    addEventListener("afterprint", () => sheet?.remove(), { signal });
  }

  refresh() {
    const inside = this.live.contains(document.activeElement);
    const open = this.record === this.#drawn || this.#view === "debrief" || this.#view === "compare";
    if (!this.record?.finished) this.#view = "play";
    else if (!open) this.#view = "closed";
    this.#draw();
    // Another tab went on while focus was here: it must not fall back to the top of the page.
    if (inside) this.#heading()?.focus({ preventScroll: true });
  }

  get #act() {
    const { record, spec } = this;
    return spec.acts.find((/** @type {any} */ each) => each.id === record?.act)?.id ?? null;
  }

  get #over() {
    return over(this.spec, this.#played.state, this.#act);
  }

  get #isClosed() {
    return Boolean(this.record) && this.#over && (this.#view === "closed" || this.#view === "compare");
  }

  #draw() {
    this.#drawn = this.record;
    this.#screen.abort();
    this.#screen = new AbortController();
    if (!this.record) return fill(this.live, startScreen(this.spec, (act) => this.#start(act)));
    this.#played = replay(this.spec, /** @type {any} */ (this.record));
    const changed = !this.#played.whole && h("p", { class: "exercise-notice" }, CHANGED);
    const open = this.live.querySelector(":scope > .so-far")?.hasAttribute("open") ?? false;
    const ended = this.#view !== "play" && this.#over;
    if (ended && this.#view !== "closed" && !after()) this.#fetch();
    else if (this.#isClosed) fill(this.live, this.#closed());
    else if (ended) fill(this.live, this.#debrief(), this.#tools());
    else fill(this.live, changed, this.#soFar(open), this.#current(), this.#tools());
  }

  /** The debrief is not here yet: say so until it is. */
  #fetch() {
    const word = h("p", null, "The debrief is on its way.");
    const again = button("Try again", () => this.#show());
    fill(this.live, h("section", { class: "debrief" }, h("h4", null, "One moment"), word), this.#tools());
    later(AFTER).then(() => this.#show(), () => {
      word.textContent =
        "The debrief could not be fetched. Your run is kept; try again when you are connected.";
      word.after(again);
      this.say(word.textContent);
    });
  }

  /** Draw, and take the reader to what is new. */
  #show() {
    this.#draw();
    const head = this.#heading();
    if (head) focusOn(head, head.closest("section") ?? head);
  }

  /** @returns {HTMLElement | null} the first heading of what is new */
  #heading() {
    const head = this.live.querySelector(":scope > :is(.step, .debrief, .closed) h4");
    if (!(head instanceof HTMLElement)) return null;
    head.tabIndex = -1;
    return head;
  }

  #acts() {
    return actsOf(this.spec, (act) => this.#start(act));
  }

  /** @param {string | null} act */
  #start(act) {
    // Sixteen bits of luck, so that a run's seed can be read aloud. A page that must fall one way sets `data-seed`.
    const seed = Number(this.dataset.seed) || 1 + Math.floor(Math.random() * 0xffff);
    this.#view = "play";
    this.keep(fresh(seed, act, this.record), this.#status());
    this.say("A new run.");
    this.#show();
  }

  /** Once played to an end, a scenario stays done, however often it is played again. */
  #status() {
    return this.record?.finished || this.record?.runs.length ? "done" : "begun";
  }

  /**
   * The step just left stays in sight; those before it fold away, and are made only when somebody unfolds them.
   *
   * @param {boolean} open
   */
  #soFar(open) {
    const { steps } = this.#played;
    const last = steps.at(-1);
    const earlier = () => {
      const inside = h(
        "div",
        null,
        steps.slice(0, -1).map((step, i) => passage(step, decidedBefore(steps, i), true)),
      );
      fold.lastElementChild?.replaceWith(inside);
    };
    const unfold = () => fold.open && earlier();
    const fold = h(
      "details",
      { class: "so-far", open, ontoggle: unfold },
      h("summary", null, "The story so far"),
      h("div", null),
    );
    if (open) earlier();
    return [steps.length > 1 && fold, last && passage(last, decidedBefore(steps, steps.length - 1), false)];
  }

  #current() {
    const { spec } = this;
    const { steps, state } = this.#played;
    const node = spec.nodes[state.node];
    const last = steps.at(-1);
    const came = consequence(last, true);
    const ended = this.#over;
    const act = spec.acts.find((/** @type {any} */ each) => each.id === this.#act);
    const stopped = ended && node.type !== "ending";
    return h(
      "section",
      { class: "step" },
      came,
      !last && act?.so_far && [heading("So far", act.title), told({ text: act.so_far })],
      stopped ? heading("The end", `of ${act.title}`) : nodeHeading(node, decisions(steps).length),
      indicators(spec, state, last?.before ?? null, ended),
      stopped ? h("p", null, "This act ends here. The story goes on in the next one.") : told(node),
      node.type === "ending" && node.learned && told({ text: node.learned }),
      ended ? button("Go to the debrief", () => this.#open("debrief")) : this.#controls(node),
    );
  }

  /** @param {any} node */
  #controls(node) {
    if (node.type !== "decision") {
      return button(node.type === "chance" ? "See what happens" : "Continue", () => this.#move(null, {}));
    }
    const { spec, record } = this;
    const { steps, state } = this.#played;
    const first = !steps.some((each) => each.node.ask_first?.includes("rationale"));
    const draft = record?.draft?.at === state.node ? record.draft : {};
    return [
      node.timer && timer(node.timer.seconds, {
        on: this.#timed,
        turn: (on) => this.#timed = on,
        say: (text) => this.say(text),
        signal: this.#screen.signal,
      }),
      decisionForm(node, options(spec, state), {
        id: `${spec.id}-${steps.length}`,
        draft,
        caution: first ? this.caution() : null,
        say: (text) => this.say(text),
        typing: (asked) =>
          this.keepSoon({ ...this.record, draft: { at: state.node, ...asked } }, this.#status()),
        choose: (move, asked) => this.#move(move, asked),
      }),
    ];
  }

  /** @param {string | null} move @param {{rationale?: string, confidence?: string}} asked */
  #move(move, asked) {
    const { spec, record } = this;
    if (!record) return;
    const before = this.#played.state;
    const after = advance(spec, before, move);
    const { draft: _, ...rest } = record;
    // Only the moves that could be played again count: what a new version of the scenario no longer has falls away.
    const moves = [...this.#played.steps.map((each) => each.move), { at: before.node, move, ...asked }];
    release(this.live);
    const next = { ...rest, act: this.#act, moves, finished: over(spec, after, this.#act) };
    const ending = spec.nodes[after.node].type === "ending" ? after.node : null;
    this.keep(
      next.finished ? finish(next, after, ending) : next,
      next.finished ? "done" : this.#status(),
    );
    // Before the drawing, which then finds the region already emptied: what is said comes a moment later anyway.
    this.say(changes(spec, before, after));
    this.#show();
  }

  /** @param {"debrief" | "closed" | "compare"} view */
  #open(view) {
    this.#view = view;
    this.#show();
  }

  #closed() {
    const { spec, record } = this;
    const way = (/** @type {string} */ words, /** @type {() => void} */ act) =>
      button(words, act, { quiet: true });
    const debriefing = button("Open the debrief", () => this.#open("debrief"));
    if (this.#view === "compare") {
      const ways = [debriefing, way("Close the comparison", () => this.#open("closed"))];
      return /** @type {After} */ (after()).comparing(spec, record, this.#played, {
        say: (/** @type {string} */ text) => this.say(text),
        ways,
      });
    }
    const following = nextAct(spec, this.#act);
    return closed(spec, record, this.#played, [
      debriefing,
      way("Play again", () => this.#start(this.#act)),
      way("Compare two runs", () => this.#open("compare")),
      following && way("Play the next act", () => this.#start(following.id)),
    ]);
  }

  #back() {
    const { record } = this;
    const last = this.#played.steps.at(-1)?.move;
    if (this.#view === "debrief") {
      this.#view = "play";
    } else if (!record || !last) {
      return this.say("This is the first step.");
    } else {
      const { at, rationale, confidence } = last;
      const draft = rationale || confidence ? { draft: { at, rationale, confidence } } : {};
      const moves = this.#played.steps.slice(0, -1).map((each) => each.move);
      this.keep({ ...record, moves, finished: false, ...draft }, this.#status());
    }
    this.#show();
    this.say("Back one step.");
  }

  #tools() {
    const tools = h("div", { class: "exercise-tools" });
    const back = button("Back one step", () => this.#back(), { quiet: true });
    const restart = button("Restart", () => {
      if (!this.#played.steps.length || this.record?.finished) return this.#start(this.#act);
      const keepOn = button("Keep going", () => (fill(tools, back, restart), restart.focus()), {
        quiet: true,
      });
      const ask = h("p", { class: "confirm" }, "Start again? What you have done in this run goes.");
      fill(tools, ask, button("Start again", () => this.#start(this.#act), { quiet: true }), keepOn);
      focusOn(ask, tools);
    }, { quiet: true });
    fill(tools, back, restart);
    return tools;
  }

  #debrief() {
    const { spec, record } = this;
    return /** @type {After} */ (after()).debrief(spec, /** @type {any} */ (record), this.#played, {
      caution: this.caution(),
      say: (text) => this.say(text),
      write: (change) => this.keepSoon({ ...this.record, ...change }, "done"),
      again: [
        button("Play again", () => this.#start(this.#act)),
        nextAct(spec, this.#act) &&
        button("Play the next act", () => this.#start(nextAct(spec, this.#act).id), { quiet: true }),
        this.#act && button("Play the whole story", () => this.#start(null), { quiet: true }),
        this.#acts(),
      ],
    });
  }
}

/** @param {Played["steps"]} steps @param {number} end */
function decidedBefore(steps, end) {
  return decisions(steps.slice(0, end)).length;
}
