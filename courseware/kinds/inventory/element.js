/**
 * An inventory in the page: statements to rate, then a profile, and earlier ones to set beside it.
 * @module
 */

import { button, choice, fault, fill, focusOn, h, html } from "../../web/dom.js";
import { CourseElement } from "../../web/element.js";
import { day } from "../../web/when.js";
import { finish, left, mend, merge, score, sound } from "./engine.js";
import { part, profile } from "./profile.js";

/** @typedef {import("./engine.js").Taken} Taken */
/** @typedef {import("./engine.js").Taking} Taking */
/** @typedef {import("./engine.js").Dimension} Dimension */
/** @typedef {import("./engine.js").Statement} Statement */

export class InventoryElement extends CourseElement {
  /** @override */
  static tag = "course-inventory";
  /** @override */
  static sound = sound;
  /** @override */
  static merge = merge;

  /** @override */
  refresh() {
    const inside = this.live.contains(document.activeElement);
    const heading = this.#draw();
    if (inside) heading.focus();
  }

  get #taken() {
    return mend(this.spec, this.record);
  }

  /** @param {Partial<Taken>} change */
  #with(change) {
    const record = { ...this.#taken, ...change };
    return /** @type {const} */ ([record, record.takings.length ? "done" : "begun"]);
  }

  /** @param {Partial<Taken>} change */
  #move(change) {
    this.keep(...this.#with(change));
    focusOn(this.#draw(), this.live);
  }

  #draw() {
    const record = this.#taken;
    return record.open ? this.#ask(record) : this.#show(record);
  }

  /** The statements, by dimension. @param {Taken} record */
  #ask({ takings, answers }) {
    const { about, dimensions, id, scale } = this.spec;
    const heading = h("h4", { tabindex: -1 }, scale.question);
    const error = h("p", { class: "exercise-error", id: `${id}-error` });
    const parts = dimensions.map((/** @type {Dimension} */ { label, means, statements }) =>
      h(
        "fieldset",
        null,
        h("legend", null, h("h5", null, label)),
        h("p", { class: "hint" }, means),
        statements.map((each) => this.#row(each, answers[each.id])),
      )
    );
    const form = h(
      "form",
      {
        novalidate: true,
        onchange: () => error.textContent = "",
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          this.#finish(error);
        },
      },
      parts,
      h(
        "div",
        { class: "exercise-moves" },
        h("button", { type: "submit", class: "exercise-button" }, "See the profile"),
        takings.length > 0 && button("Not now", () => this.#move({ open: false }), { quiet: true }),
      ),
    );
    fill(this.live, html(about), heading, form);
    return heading;
  }

  /** @param {Statement} statement @param {number|null|undefined} held */
  #row({ id, text }, held) {
    const { points, cannot_say } = this.spec.scale;
    const name = `${this.spec.id}-rate-${id}`;
    const row = (/** @type {number|null} */ value, /** @type {string} */ words) => {
      const onchange = () =>
        this.keepSoon(...this.#with({ answers: { ...this.#taken.answers, [id]: value } }));
      return choice({ type: "radio", name, value, checked: held === value, onchange }, words);
    };
    return h(
      "fieldset",
      { class: "choices inline rate", id: name },
      h("legend", null, text),
      points.map((/** @type {string} */ words, /** @type {number} */ at) => row(at + 1, words)),
      cannot_say && row(null, cannot_say),
    );
  }

  /** @param {HTMLElement} error */
  #finish(error) {
    const open = left(this.spec, this.#taken);
    if (!open.length) return this.#move(finish(this.spec, this.#taken, new Date().toISOString()));
    const row = /** @type {HTMLElement} */ (document.getElementById(`${this.spec.id}-rate-${open[0].id}`));
    // Before it: between a legend and its choices it would scroll the words of the statement away.
    row.before(error);
    fault(error, `Still to rate: ${open.length}.`, row.querySelector("input"));
  }

  /** The profile. @param {Taken} record */
  #show({ takings, note }) {
    const { about, not_measured, most, note: asked, says } = this.spec;
    const now = takings[takings.length - 1];
    const heading = h("h4", { tabindex: -1 }, "Your profile");
    const debrief = h(
      "section",
      { class: "debrief" },
      heading,
      h("p", null, says.score),
      profile(this.spec, now, takings[takings.length - 2]),
      part("What this cannot tell you", html(not_measured), html(about)),
      asked && this.#note(note),
      part("Later", h("p", null, `Last taken on ${day(now.when)}. ${says.again}`)),
      takings.map((each, at) => this.#kept(each, at)),
      takings.length < most
        ? h("div", { class: "again" }, button("Take it again", () => this.#move({ open: true })))
        : h("p", null, says.room),
    );
    fill(this.live, debrief);
    return heading;
  }

  /** @param {string} value */
  #note(value) {
    const { label, help, rows } = this.spec.note;
    const id = `${this.spec.id}-note`;
    const box = h("textarea", {
      id,
      rows,
      style: `--rows: ${rows}`,
      autocomplete: "off",
      value,
      "aria-describedby": help && `${id}-help`,
      oninput: () => this.keepSoon(...this.#with({ note: box.value })),
    });
    return h(
      "div",
      { class: "debrief-part field" },
      this.caution(),
      h("label", { for: id }, label),
      help && h("p", { class: "hint", id: `${id}-help` }, help),
      box,
    );
  }

  /** A taking, folded. @param {Taking} taking @param {number} at */
  #kept(taking, at) {
    const scores = this.spec.dimensions.map((/** @type {Dimension} */ each) =>
      `${each.label} ${score(this.spec, each, taking).value ?? "without a score"}`
    );
    const drop = () =>
      this.#move({ takings: this.#taken.takings.filter((_, each) => each !== at), open: false });
    return h(
      "details",
      null,
      h("summary", null, `Taking ${at + 1}, ${day(taking.when)}`),
      h("p", null, scores.join("; "), "."),
      h("div", { class: "again" }, button("Delete this taking", drop, { quiet: true })),
    );
  }
}
