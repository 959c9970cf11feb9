/**
 * A quiz in the page: one question at a time, the reasons as soon as it is checked, and at the end a plain account.
 * @module
 */

import { button, fill, focusOn, h, html } from "../../web/dom.js";
import { CourseElement } from "../../web/element.js";
import { control, sureness } from "./controls.js";
import { answer, answered, go, itemsOf, mend, merge, missed, sit, sound, summary, unseen } from "./engine.js";
import { account, feedback } from "./feedback.js";
import { read } from "./judge.js";

/** @typedef {import("./engine.js").Sat} Sat */
/** @typedef {import("./judge.js").Item} Item */

export class QuizElement extends CourseElement {
  /** @override */
  static tag = "course-quiz";
  /** @override */
  static sound = sound;
  /** @override */
  static merge = merge;
  /** How far somebody is, for the page that says where to go on. @param {Sat} record */
  static where = ({ at, sitting }) => at < sitting.length ? `question ${at + 1}` : "";

  /** @override */
  refresh() {
    const inside = this.live.contains(document.activeElement);
    const heading = this.#draw();
    // Another tab answered while focus was here: it must not fall back to the top of the page.
    if (inside) heading.focus();
  }

  /** @returns {Sat} the record, or a first sitting that is kept only once something is done in it */
  get #sat() {
    return mend(this.spec, this.record) ?? sit(this.spec, null);
  }

  /** Keep, draw, and take focus to the new heading. @param {Sat} record */
  #move(record) {
    this.keep(record, record.finished ? "done" : "begun");
    const heading = this.#draw();
    focusOn(heading, /** @type {HTMLElement} */ (heading.parentElement));
  }

  /** @returns {HTMLElement} the heading of what is shown */
  #draw() {
    const record = this.#sat;
    const item = itemsOf(this.spec).get(record.sitting[record.at]);
    if (!item) return this.#account(record);
    const given = answered(record, item.id);
    const step = h("h4", { tabindex: -1 }, `Question ${record.at + 1} of ${record.sitting.length}`);
    const prompt = h("div", { id: `${this.spec.id}-ask-${item.id}-prompt` }, html(item.prompt));
    if (!given) {
      fill(this.live, step, prompt, this.#question(record, item));
      return step;
    }
    const { heading, section } = this.#reasons(record, item, given);
    fill(this.live, step, prompt, section);
    return heading;
  }

  /** @param {Sat} record @param {Item} item */
  #question(record, item) {
    const draft = record.draft?.item === item.id ? record.draft : null;
    const name = `${this.spec.id}-ask-${item.id}`;
    const asked = control(item, name, draft?.raw);
    const sure = this.spec.confidence ? sureness(`${name}-sure`, draft?.confidence ?? null) : null;
    return h(
      "form",
      {
        novalidate: true,
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          this.#check(item, asked, sure);
        },
        oninput: () => {
          const raw = asked.raw();
          this.keepSoon(
            { ...this.#sat, draft: { item: item.id, raw, confidence: sure?.raw() ?? null } },
            record.finished ? "done" : "begun",
          );
        },
      },
      asked.group,
      sure?.group,
      this.#moves(record, h("button", { type: "submit", class: "exercise-button" }, "Check")),
    );
  }

  /**
   * @param {Item} item
   * @param {import("./controls.js").Control} asked
   * @param {import("./controls.js").Control|null} sure
   */
  #check(item, asked, sure) {
    const got = read(item, asked.raw());
    const confidence = sure?.raw() ?? null;
    const unsaid = sure && !confidence ? "Say how sure you are before you see the answer." : "";
    sure?.fault(unsaid);
    // Last, so that of two things missing the first has the focus.
    asked.fault("problem" in got ? got.problem : "");
    if ("problem" in got || unsaid) return;
    const record = answer(this.spec, this.#sat, got.given, confidence, new Date().toISOString());
    this.#move(record);
    this.say(`${record.at + 1} of ${record.sitting.length} answered.`);
  }

  /**
   * @param {Sat} record
   * @param {Item} item
   * @param {import("./engine.js").Answered} given
   */
  #reasons(record, item, given) {
    const last = record.at + 1 === record.sitting.length;
    const on = button(
      last ? "See how it went" : "Next question",
      () => this.#move(go(this.#sat, record.at + 1)),
    );
    const shown = feedback(item, given);
    shown.section.append(this.#moves(record, on));
    return shown;
  }

  /** The row of buttons: on, back, and from the start. @param {Sat} record @param {...HTMLElement|false} forward */
  #moves(record, ...forward) {
    const begun = record.count > 1 || record.at > 0 || Boolean(answered(record, record.sitting[0]));
    return h(
      "div",
      { class: "exercise-moves" },
      forward,
      record.at > 0 && button("Back", () => this.#move(go(this.#sat, record.at - 1)), { quiet: true }),
      begun && button("Start again", () => this.#move(sit(this.spec, this.#sat)), { quiet: true }),
    );
  }

  /** How it went. @param {Sat} record */
  #account(record) {
    const left = missed(this.spec, record).length > 0;
    const others = unseen(this.spec, record).length > 0;
    const { heading, section } = account(summary(this.spec, record), this.spec.confidence);
    section.append(this.#moves(
      record,
      left && button("Try those again", () => this.#move(sit(this.spec, this.#sat, "missed"))),
      others &&
        button("Ask me others", () => this.#move(sit(this.spec, this.#sat, "others")), { quiet: left }),
    ));
    fill(this.live, section);
    return heading;
  }
}
