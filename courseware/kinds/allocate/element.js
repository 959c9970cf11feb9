/**
 * An allocation in the page: an amount for each item, what is left in words, and what a declared model makes of the split.
 *
 * Amounts are native lists: nothing wrong can be typed into one, no keyboard covers half a telephone's screen, and a
 * screen reader says the amount with its unit.
 * @module
 */

import { button, choice, fault, fill, focusOn, grounds, h, html } from "../../web/dom.js";
import { CourseElement } from "../../web/element.js";
import { chart, comparison, list } from "./compare.js";
import { account, ends, follows, left, mend, merge, much, remains, run, see, sound } from "./engine.js";

/** @typedef {import("./engine.js").Spent} Spent */
/** @typedef {import("./engine.js").Stock} Stock */

export class AllocateElement extends CourseElement {
  /** @override */
  static tag = "course-allocate";
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

  get #spent() {
    return mend(this.spec, this.record);
  }

  /** @returns {[string, Stock][]} */
  get #stocks() {
    return Object.entries(this.spec.model.stocks);
  }

  #draw() {
    return this.#spent.seen ? this.#show() : this.#ask();
  }

  /** @param {Partial<Spent>} change */
  #move(change) {
    this.#hold(change, "keep");
    focusOn(this.#draw(), this.live);
  }

  /** @param {Partial<Spent>} change @param {"keep" | "keepSoon"} how */
  #hold(change, how = "keepSoon") {
    const { runs: _, ...record } = { ...this.#spent, ...change };
    this[how](record, record.plans.length ? "done" : "begun");
  }

  /** The split. */
  #ask() {
    const { spec } = this;
    const { id, budget: { amount, per } } = spec;
    const { split, runs } = this.#spent;
    const heading = h("h4", { tabindex: -1 }, runs.length ? "Split it another way" : "Your split");
    const error = h("p", { class: "exercise-error", id: `${id}-error` });
    const total = h("p", { class: "account allocate-left" }, remains(spec, split));
    const items = h("ol", { class: "sort-items" });
    const changed = () => {
      error.textContent = "";
      this.say(total.textContent = remains(spec, this.#spent.split));
    };
    const check = (/** @type {Event} */ event) => {
      event.preventDefault();
      if (left(spec, this.#spent.split)) {
        const lists = [...items.querySelectorAll("select")];
        return fault(error, total.textContent ?? "", lists.find(({ value }) => !value) ?? lists[0]);
      }
      this.#move(see(spec, this.#spent, new Date().toISOString()));
      this.say(account(spec, this.#spent));
    };
    fill(items, this.#rows(changed));
    fill(
      this.live,
      h(
        "form",
        { novalidate: true, onsubmit: check },
        h(
          "fieldset",
          null,
          h("legend", null, heading),
          h("p", { class: "hint" }, `${much(spec, amount)}${per ? ` ${per}` : ""} to give out.`),
          error,
          items,
        ),
        total,
        spec.predict && this.#expectation(),
        spec.note && this.#note(),
        h(
          "div",
          { class: "exercise-moves" },
          h("button", { type: "submit", class: "exercise-button" }, "See what follows"),
          runs.length > 0 &&
            button("Back to what followed", () => this.#move({ seen: true }), { quiet: true }),
        ),
      ),
    );
    return heading;
  }

  /** A row an item, each with its list of amounts. @param {() => void} changed */
  #rows(changed) {
    const { spec } = this;
    const { amount, step } = spec.budget;
    const { split } = this.#spent;
    /** @type {[string | number, string][]} */
    const amounts = [["", "Choose…"]];
    for (let each = 0; each <= amount; each += step) amounts.push([each, much(spec, each)]);
    return spec.items.map(
      (/** @type {{id: string, label: string, means: string}} */ { id, label, means }) => {
        const name = `${spec.id}-to-${id}`;
        const choose = (/** @type {string} */ value) => {
          const { [id]: _, ...others } = this.#spent.split;
          this.#hold({ split: value ? { ...others, [id]: Number(value) } : others });
          changed();
        };
        return h(
          "li",
          { class: "sort-item" },
          h(
            "div",
            { class: "sort-row" },
            h(
              "div",
              null,
              h("label", { for: name }, label),
              h("p", { class: "hint", id: `${name}-means` }, means),
            ),
            list(name, amounts, split[id], choose, { "aria-describedby": `${name}-means` }),
          ),
        );
      },
    );
  }

  #expectation() {
    const { id, predict } = this.spec;
    const { expect } = this.#spent;
    const guess = (/** @type {string} */ value, /** @type {string} */ label) =>
      choice({
        type: "radio",
        name: `${id}-expect`,
        value,
        checked: value === expect,
        onchange: () => this.#hold({ expect: value }),
      }, label);
    return h(
      "fieldset",
      { class: "choices" },
      h("legend", null, predict.ask, h("span", { class: "hint" }, " You may leave this out.")),
      this.#stocks.map(([name, { label }]) => guess(name, label)),
      guess("none", "None of them"),
    );
  }

  #note() {
    const { id, note: { label, help } } = this.spec;
    const box = h("textarea", {
      id: `${id}-note`,
      style: "--rows: 3",
      autocomplete: "off",
      value: this.#spent.note,
      oninput: () => this.#hold({ note: box.value }),
    });
    return h(
      "div",
      { class: "field" },
      this.caution(),
      h("label", { for: box.id }, label, help && h("span", { class: "hint" }, ` ${help}`)),
      box,
    );
  }

  /** What followed. */
  #show() {
    const { spec } = this;
    const { id, periods: { count, one, many } } = spec;
    const { runs } = this.#spent;
    const { split } = runs[runs.length - 1];
    const lines = run(spec, split);
    const reached = ends(lines);
    const heading = h("h4", { tabindex: -1 }, `After ${count} ${many}`);
    const stocks = this.#stocks.map(([name, { label, unit, min, max, start, digits, better }]) => {
      const share = (/** @type {number} */ value) => `${100 * (value - min) / (max - min)}%`;
      return h(
        "li",
        { class: "indicator" },
        h("span", null, label),
        h(
          "span",
          { class: "indicator-bar", "aria-hidden": "true" },
          h("span", { style: `inline-size: ${share(reached[name])}` }),
          h("i", { style: `inset-inline-start: ${share(start)}` }),
        ),
        h(
          "span",
          null,
          `${reached[name].toFixed(digits)} ${unit}, from ${start.toFixed(digits)}${
            better < 0 ? "; less is better" : ""
          }`,
        ),
      );
    });
    // What Python wrote stands in the page's readable text: the model in words, and the others' splits.
    const text = (/** @type {string} */ part) =>
      /** @type {Element} */ (this.querySelector(`.exercise-text .allocate-${part}`)).cloneNode(true);
    const others = /** @type {Element} */ (text("others"));
    const table = /** @type {Element} */ (others.querySelector("table"));
    fill(
      this.live,
      heading,
      h("p", { class: "account" }, account(spec, this.#spent)),
      h("ul", { class: "indicators" }, stocks),
      chart(
        spec,
        `${id}-chart`,
        `Your split, ${one} by ${one}`,
        this.#stocks.map(([stock, { label }]) => ({ label, stock, values: lines[stock] })),
      ),
      follows(spec, split, reached).map((each) =>
        h("div", { class: "follow" }, html(each.then), grounds(each))
      ),
      text("model"),
      h(
        "div",
        { class: "exercise-moves" },
        button("Split it another way", () => this.#move({ seen: false, expect: "" })),
      ),
      h(
        "section",
        { class: "debrief-part" },
        h("h5", null, "Two splits side by side"),
        comparison(spec, runs, table, (said) => this.say(said)),
      ),
      h("section", { class: "debrief-part" }, others),
    );
    return heading;
  }
}
