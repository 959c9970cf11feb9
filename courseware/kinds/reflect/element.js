/**
 * A reflection in the page: boxes to write in, a commentary for afterwards, and a plan that reads as one sentence.
 * @module
 */

import { button, fill, focusOn, h, html } from "../../web/dom.js";
import { CourseElement } from "../../web/element.js";
import { begun, mend, merge, sentence, sound, status } from "./engine.js";

/** @typedef {import("./engine.js").Written} Written */

export class ReflectElement extends CourseElement {
  /** @override */
  static tag = "course-reflect";
  /** @override */
  static sound = sound;
  /** @override */
  static merge = merge;

  /** Each box, and where its words are in the record. @type {{box: HTMLTextAreaElement, held: (record: Written) => string}[]} */
  #boxes = [];
  #after = h("div", { class: "reflect-after" });
  #plan = h("p", { class: "plan" });

  /** @override @param {HTMLElement} live */
  build(live) {
    this.#boxes = [];
    const caution = this.caution();
    if (this.backing?.store) caution.prepend("What you write is kept only in this browser. ");
    /** @param {import("./engine.js").Prompt} prompt */
    const ask = ({ id, label, help, rows }) =>
      this.#field(
        `${this.spec.id}-write-${id}`,
        label,
        help,
        rows ?? 4,
        (record) => record.written[id] ?? "",
        (record, text) => ({
          ...record,
          written: { ...record.written, [id]: text },
        }),
      );
    fill(
      live,
      caution,
      h(
        "fieldset",
        { class: "reflect-notes" },
        h("legend", null, h("h4", null, "In your own words")),
        this.spec.prompts.map(ask),
      ),
      this.spec.commentary && this.#after,
      this.spec.if_then && this.#planning(),
    );
    const places = [...this.querySelectorAll(".exercise-text .write")].map((
      place,
    ) => [place, place.innerHTML]);
    addEventListener("beforeprint", () => this.#print(/** @type {any} */ (places)), { signal: this.signal });
  }

  /** On paper, words in the place of the lines to write on. @param {[Element, string][]} places as many as there are boxes */
  #print(places) {
    places.forEach(([place, lines], i) => {
      const text = this.#boxes[i]?.box.value.trim();
      fill(place, text ? h("p", { style: "white-space: pre-wrap" }, text) : html(lines));
    });
  }

  /**
   * @param {string} id
   * @param {string} label
   * @param {string|null|undefined} help
   * @param {number} rows
   * @param {(record: Written) => string} held
   * @param {(record: Written, text: string) => Written} change
   */
  #field(id, label, help, rows, held, change) {
    const box = h("textarea", {
      id,
      rows,
      // A box that grows with its words would otherwise begin one line high, whatever room the author asked for.
      style: `--rows: ${rows}`,
      autocomplete: "off",
      "aria-describedby": help && `${id}-help`,
      oninput: () => {
        const record = change(this.#written, box.value);
        this.keepSoon(record, status(this.spec, record));
        this.#read();
      },
    });
    this.#boxes.push({ box, held });
    return h(
      "div",
      { class: "field" },
      h("label", { for: id }, label),
      help && h("p", { class: "hint", id: `${id}-help` }, help),
      box,
    );
  }

  #planning() {
    const { if_label, if_hint, then_label, then_hint, example } = this.spec.if_then;
    const id = `${this.spec.id}-plan`;
    return h(
      "fieldset",
      { class: "reflect-plan" },
      h("legend", null, h("h4", null, "Your if–then plan")),
      example && h("p", { class: "hint" }, `For example: ${example}`),
      this.#field(`${id}-if`, if_label, if_hint, 2, (record) => record.if_then.if, (record, text) => ({
        ...record,
        if_then: { ...record.if_then, if: text },
      })),
      this.#field(
        `${id}-then`,
        then_label,
        then_hint,
        2,
        (record) => record.if_then.then,
        (record, text) => ({
          ...record,
          if_then: { ...record.if_then, then: text },
        }),
      ),
      this.#plan,
    );
  }

  get #written() {
    return mend(this.record);
  }

  /** @override */
  refresh() {
    for (const { box, held } of this.#boxes) {
      const text = held(this.#written);
      // Setting even the same value would throw the caret to the end.
      if (box.value !== text) box.value = text;
    }
    this.#read();
    this.#offer();
  }

  /** How the plan reads now. */
  #read() {
    const plan = sentence(this.spec, this.#written);
    fill(this.#plan, plan && ["Your plan reads: ", h("strong", null, plan)]);
  }

  /** The commentary, or the way to it. */
  #offer() {
    if (this.#written.revealed) {
      const heading = h("h4", { tabindex: -1 }, "A commentary");
      fill(this.#after, h("section", { class: "feedback" }, heading, html(this.spec.commentary)));
      return heading;
    }
    const word = h("p", { class: "hint" });
    const anyway = h("div", { class: "exercise-moves" });
    const ask = button("Compare with a commentary", () => {
      if (begun(this.spec, this.#written)) return this.#reveal();
      word.textContent =
        "Write a line or two first, so that you have something of your own to compare with. Or look now.";
      fill(anyway, button("Show it anyway", () => this.#reveal(), { quiet: true }));
      this.say(word.textContent);
    });
    fill(this.#after, h("div", { class: "exercise-moves" }, ask), word, anyway);
    return ask;
  }

  #reveal() {
    const record = { ...this.#written, revealed: true };
    this.keep(record, status(this.spec, record));
    focusOn(this.#offer(), this.#after);
  }
}
