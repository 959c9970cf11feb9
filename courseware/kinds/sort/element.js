/**
 * A sort in the page: a list of items, each with its own native list of categories. Nothing has to be dragged.
 * @module
 */

import { button, fault, fill, focusOn, grounds, h, html } from "../../web/dom.js";
import { CourseElement } from "../../web/element.js";
import { check, mend, merge, place, reopen, results, sound, summary, unplaced } from "./engine.js";

/** @typedef {import("./engine.js").Placing} Placing */

export class SortElement extends CourseElement {
  /** @override */
  static tag = "course-sort";
  /** @override */
  static sound = sound;
  /** @override */
  static merge = merge;

  /** @type {HTMLElement} */
  #board = h("div", null);

  /** @override @param {HTMLElement} live */
  build(live) {
    const meanings = this.spec.categories.map((
      /** @type {import("./engine.js").Category} */ { label, means },
    ) => h("div", null, h("dt", null, label), h("dd", null, means)));
    fill(live, h("dl", { class: "sort-meanings" }, meanings), this.#board);
  }

  /** @override */
  refresh() {
    const inside = this.#board.contains(document.activeElement);
    const heading = this.#draw();
    if (inside) heading.focus();
  }

  get #placing() {
    return mend(this.spec, this.record);
  }

  /** @param {Placing} record */
  #move(record) {
    this.keep(record, record.tries ? "done" : "begun");
    const heading = this.#draw();
    focusOn(heading, this.#board);
  }

  #draw() {
    const record = this.#placing;
    return record.checked ? this.#compare(record) : this.#ask(record);
  }

  /** The placing. @param {Placing} record */
  #ask(record) {
    const { spec } = this;
    const title = record.tries ? "Place the rest again" : "Where does each belong?";
    const heading = h("h4", { tabindex: -1 }, title);
    const error = h("p", { class: "exercise-error", id: `${spec.id}-error` });
    const rows = spec.items.map((/** @type {import("./engine.js").Item} */ item) =>
      this.#row(item, record.placed[item.id], () => error.textContent = "")
    );
    const check = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#check(error);
    };
    const form = h(
      "form",
      { novalidate: true, onsubmit: check },
      h("fieldset", null, h("legend", null, heading), h("ol", { class: "sort-items" }, rows)),
      h(
        "div",
        { class: "exercise-moves" },
        h("button", { type: "submit", class: "exercise-button" }, "Check"),
        record.tries > 0 && this.#restart(record),
      ),
    );
    fill(this.#board, form);
    return heading;
  }

  /** @param {import("./engine.js").Item} item @param {string|undefined} put @param {() => void} changed */
  #row(item, put, changed) {
    const id = `${this.spec.id}-put-${item.id}`;
    const options = this.spec.categories.map((/** @type {import("./engine.js").Category} */ category) =>
      h("option", { value: category.id, selected: category.id === put }, category.label)
    );
    const select = h(
      "select",
      {
        id,
        autocomplete: "off",
        onchange: () => {
          select.removeAttribute("aria-describedby");
          select.removeAttribute("aria-invalid");
          const record = place(this.#placing, item.id, select.value);
          this.keepSoon(record, record.tries ? "done" : "begun");
          changed();
        },
      },
      h("option", { value: "" }, "Choose…"),
      options,
    );
    return h(
      "li",
      { class: "sort-item" },
      h("div", { class: "sort-row" }, h("label", { for: id }, item.text), select),
    );
  }

  /** @param {HTMLElement} error */
  #check(error) {
    const left = unplaced(this.spec, this.#placing);
    if (!left.length) {
      this.#move(check(this.spec, this.#placing));
      return this.say(summary(this.spec, this.#placing));
    }
    const problem = left.length === 1 ? "1 is still to place." : `${left.length} are still to place.`;
    const select =
      /** @type {HTMLElement} */ (this.querySelector(`#${CSS.escape(`${this.spec.id}-put-${left[0].id}`)}`));
    // At the first of them: at the end of a long list nobody would see it.
    select.closest("li")?.prepend(error);
    select.setAttribute("aria-invalid", "true");
    fault(error, problem, select);
  }

  /** What came of it. @param {Placing} record */
  #compare(record) {
    const all = results(this.spec, record);
    const heading = h("h4", { tabindex: -1 }, "Where each belongs");
    const rows = all.map(({ item, right, placed, belongs, note }) =>
      h(
        "li",
        { class: right ? "sort-item verdict is-right" : "sort-item verdict" },
        h("p", { class: "sort-text" }, item.text),
        h(
          "p",
          { class: "verdict-head" },
          h("span", { class: "verdict-mark", "aria-hidden": "true" }, right ? "✓" : "–"),
          right
            ? ["You put it where it belongs: ", h("strong", null, belongs)]
            : ["It belongs under ", h("strong", null, belongs), `; you put it under ${placed}`],
          ".",
        ),
        note && html(note),
        html(item.why),
        grounds(item),
      )
    );
    const differ = all.some(({ right }) => !right);
    fill(
      this.#board,
      heading,
      h("p", { class: "account" }, summary(this.spec, record)),
      h("ol", { class: "sort-items" }, rows),
      h(
        "div",
        { class: "exercise-moves" },
        differ &&
          button(
            "Move the ones that differ and check again",
            () => this.#move(reopen(this.spec, this.#placing)),
          ),
        this.#restart(record),
      ),
    );
    return heading;
  }

  /** @param {Placing} record */
  #restart({ tries }) {
    return button("Start again", () => this.#move({ placed: {}, checked: false, tries }), { quiet: true });
  }
}
