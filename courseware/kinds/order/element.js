/**
 * A ranking in the page: a list in which each item has a button up and a button down. Nothing has to be dragged.
 * @module
 */

import { button, fill, focusOn, grounds, h, html } from "../../web/dom.js";
import { CourseElement } from "../../web/element.js";
import { again, beside, check, mend, merge, move, right, sound, summary, tries } from "./engine.js";

/** @typedef {import("./engine.js").Item} Item */
/** @typedef {import("./engine.js").Ranking} Ranking */

/** @param {Ranking} record */
const status = ({ checks }) => checks.length ? "done" : "begun";
const EDGES = ["At the top", "At the end"];

export class OrderElement extends CourseElement {
  /** @override */
  static tag = "course-order";
  /** @override */
  static sound = sound;
  /** @override */
  static merge = merge;

  /** @type {HTMLElement} */
  #board = h("div", null);
  #seed = 0;

  /** @override @param {HTMLElement} live */
  build(live) {
    this.#seed ||= 1 + Math.floor(Math.random() * 0xffff);
    fill(live, h("p", null, this.spec.task), this.#board);
  }

  /** @override */
  refresh() {
    const inside = this.#board.contains(document.activeElement);
    const heading = this.#draw();
    if (inside) heading.focus();
  }

  get #ranking() {
    return mend(this.spec, this.record, this.#seed);
  }

  /** @param {Ranking} record */
  #go(record) {
    this.keep(record, status(record));
    focusOn(this.#draw(), this.#board);
  }

  #draw() {
    const record = this.#ranking;
    return record.checked ? this.#compare(record) : this.#ask(record);
  }

  /** The ranking. @param {Ranking} record */
  #ask({ order, checks }) {
    const { ends, items } = this.spec;
    const heading = h("h4", { tabindex: -1 }, "Your order");
    const word = h("p", { class: "hint" });
    const list = h("ol", { class: "sort-items choices" });
    list.append(
      ...order.map((id) => this.#row(items.find((/** @type {Item} */ item) => item.id === id), list)),
    );
    this.#mark(list);
    const ask = () => {
      if (!this.#ranking.moved) {
        word.textContent = "Move one first: chance alone made this order.";
        return this.say(word.textContent);
      }
      this.#go(check(this.#ranking, new Date().toISOString()));
      this.say(summary(this.spec, this.#ranking.order));
    };
    fill(
      this.#board,
      h(
        "fieldset",
        null,
        h("legend", null, heading),
        h("p", { class: "hint" }, EDGES[0], ": ", h("strong", null, ends.first)),
        list,
        h("p", { class: "hint" }, EDGES[1], ": ", h("strong", null, ends.last)),
      ),
      word,
      this.#moves(button("Check my order", ask), checks.length > 0),
    );
    return heading;
  }

  /** One item with its two buttons. @param {Item} item @param {HTMLElement} list */
  #row({ id, text }, list) {
    /** @param {-1|1} step */
    const by = (step) =>
      button("", () => {
        const before = this.#ranking;
        const record = move(before, id, step);
        if (record === before) return this.say(`${EDGES[+(step > 0)]} already: ${text}.`);
        this.keepSoon(record, status(record));
        // The neighbour is what moves in the page, so that the button keeps its focus.
        if (step < 0) row.after(/** @type {Element} */ (row.previousElementSibling));
        else row.before(/** @type {Element} */ (row.nextElementSibling));
        this.#mark(list);
        row.scrollIntoView({ block: "nearest" });
        this.say(`${text} is now ${record.order.indexOf(id) + 1} of ${record.order.length}.`);
      }, { quiet: true });
    const row = h(
      "li",
      { class: "sort-item" },
      h(
        "div",
        { class: "sort-row" },
        h("p", { class: "sort-text" }, text),
        h("div", { class: "order-moves" }, by(-1), by(1)),
      ),
    );
    return row;
  }

  /** Say on every button what it does. One that leads no further says so, and can still be reached. @param {HTMLElement} list */
  #mark(list) {
    for (const row of list.children) {
      const text = row.querySelector("p")?.textContent;
      row.querySelectorAll("button").forEach((each, down) => {
        const edge = !(down ? row.nextElementSibling : row.previousElementSibling);
        each.textContent = edge ? EDGES[down] : ["Up", "Down"][down];
        each.setAttribute("aria-disabled", String(edge));
        each.setAttribute("aria-label", `${each.textContent}: ${text}`);
      });
    }
  }

  /** What came of it. @param {Ranking} record */
  #compare(record) {
    const { spec } = this;
    const { order } = record;
    const { theirs, known, expert } = spec;
    const all = right(spec);
    const heading = h("h4", { tabindex: -1 }, `Your order and ${theirs}`);
    const text = Object.fromEntries(all.map((item) => [item.id, item.text]));
    const columns = ["Place", "Your order", theirs[0].toUpperCase() + theirs.slice(1)];
    const rows = all.map((item, at) =>
      h(
        "tr",
        null,
        h("th", { scope: "row" }, at + 1),
        [text[order[at]], item.text].map((each, at) => h("td", { "data-label": columns[at + 1] }, each)),
      )
    );
    const reasons = all.map((item) => {
      const [put, where] = beside(spec, item, order.indexOf(item.id) + 1);
      return h(
        "li",
        { class: "sort-item" },
        h("p", { class: "sort-text" }, item.text),
        h("p", null, h("strong", null, put), where),
        html(item.why),
        grounds(item),
      );
    });
    const had = tries(spec, record);
    fill(
      this.#board,
      heading,
      h("p", { class: "account" }, summary(spec, order)),
      h(
        "p",
        { class: "hint" },
        spec.how,
        had.length > 1 && ` Check by check: ${had.join(", ")}.`,
      ),
      h(
        "table",
        { class: "side-by-side" },
        h("thead", null, h("tr", null, columns.map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", null, rows),
      ),
      html(known ? known.caveat : expert.grounds),
      expert && [h("h5", null, "Who would argue with it"), html(expert.differ)],
      h("h5", null, "Why each stands where it does"),
      h("ol", { class: "sort-items" }, reasons),
      this.#moves(button("Change my order", () => this.#go({ ...this.#ranking, checked: false })), true),
    );
    return heading;
  }

  /** @param {HTMLElement} forward @param {boolean} back */
  #moves(forward, back) {
    const restart = () => this.#go(again(this.spec, this.#ranking));
    return h(
      "div",
      { class: "exercise-moves" },
      forward,
      back && button("Start again", restart, { quiet: true }),
    );
  }
}
