/** A scenario in the page: start, decisions with their consequences, an ending, and the debrief. */

import { button, fill, focusOn, h, release } from "../../web/dom.js";
import { CourseElement } from "../../web/element.js";
import { debrief } from "./debrief.js";
import { decisionForm, timer } from "./decision.js";
import { advance, nextAct, options, over } from "./engine.js";
import { accepts, decisions, fresh, replay, withRun } from "./run.js";
import { changes, consequence, heading, indicators, nodeHeading, passage, told } from "./scenes.js";

/** @typedef {import("./run.js").Played} Played */

const CHANGED = "This scenario has changed. Your run goes on from the last step that it still has.";

export class ScenarioElement extends CourseElement {
  static tag = "course-scenario";

  /** @type {"play" | "debrief"} */
  #view = "play";
  /** @type {Played} */
  #played = { steps: [], state: /** @type {any} */ (null), whole: true };
  /** @type {AbortController} ends the timer of a screen that has been left */
  #screen = new AbortController();
  #timed = false;

  /** @param {any} record */
  accepts(record) {
    return accepts(record);
  }

  build() {
    this.signal.addEventListener("abort", () => this.#screen.abort());
  }

  refresh() {
    const inside = this.live.contains(document.activeElement);
    this.#view = this.record?.finished ? "debrief" : "play";
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

  #draw() {
    this.#screen.abort();
    this.#screen = new AbortController();
    if (!this.record) return fill(this.live, this.#startScreen());
    this.#played = replay(this.spec, /** @type {any} */ (this.record));
    const changed = !this.#played.whole && h("p", { class: "exercise-notice" }, CHANGED);
    const open = this.live.querySelector(":scope > .so-far")?.hasAttribute("open") ?? false;
    if (this.#view === "debrief" && this.#over) fill(this.live, changed, this.#debrief(), this.#tools());
    else fill(this.live, changed, this.#soFar(open), this.#current(), this.#tools());
  }

  /** Draw, and take the reader to what is new. */
  #show() {
    this.#draw();
    const head = this.#heading();
    if (head) focusOn(head, head.closest("section") ?? head);
  }

  /** @returns {HTMLElement | null} the first heading of what is new */
  #heading() {
    const head = this.live.querySelector(":scope > .step h4, :scope > .debrief h4");
    if (!(head instanceof HTMLElement)) return null;
    head.tabIndex = -1;
    return head;
  }

  #startScreen() {
    return h("div", { class: "start" }, button("Start", () => this.#start(null)), this.#acts());
  }

  #acts() {
    const { acts } = this.spec;
    return acts.length > 1 && h(
      "details",
      { class: "acts" },
      h("summary", null, "Play one act"),
      h(
        "ul",
        null,
        acts.map((/** @type {any} */ act) =>
          h(
            "li",
            null,
            button(`${act.title}, ${act.minutes} minutes`, () => this.#start(act.id), { quiet: true }),
          )
        ),
      ),
    );
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
      ended ? button("Go to the debrief", () => this.#toDebrief()) : this.#controls(node),
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
    if (next.finished) Object.assign(next, { runs: withRun(next, after, ending) });
    this.keep(next, next.finished ? "done" : this.#status());
    // Before the drawing, which then finds the region already emptied: what is said comes a moment later anyway.
    this.say(changes(spec, before, after));
    this.#show();
  }

  #toDebrief() {
    this.#view = "debrief";
    this.#show();
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
    return debrief(spec, /** @type {any} */ (record), this.#played, {
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
