/**
 * A model in the page: native sliders, and under them what follows, drawn anew within a frame at every move.
 * @module
 */

import { button, fill, focusOn, h, html } from "../../web/dom.js";
import { CourseElement } from "../../web/element.js";
import { figure, plot, plotTable } from "../../web/plot.js";
import {
  differs,
  keepSetting,
  look,
  mend,
  merge,
  setting,
  snapped,
  sound,
  status,
  told,
  tryAt,
} from "./engine.js";
import { noteFields } from "./notes.js";

/** @typedef {import("./engine.js").Values} Values */
/** @typedef {import("./engine.js").Lines} Lines */
/** @typedef {import("./engine.js").Control} Control */
/** @typedef {import("./engine.js").Chart} Chart */
/** @typedef {import("../../web/plot.js").Drawn} Drawn */

/** Whoever moves a slider by keys hears each value; the result follows when the moving has stopped. */
const STILL_MS = 700;

export class ExploreElement extends CourseElement {
  /** @override */
  static tag = "course-explore";
  /** @override */
  static sound = sound;
  /** @override */
  static merge = merge;

  /**
   * Where a kernel is live: asks Python for the lines at values between those that are stored, and hands them on unless
   * the learner has moved on by then.
   *
   * @type {((values: Values, draw: (lines: Lines) => void) => void) | null}
   */
  exact = null;

  /** @type {Values} where the sliders stand */
  #values = {};
  /** @type {Lines} what follows from it */
  #lines = {};
  /** @type {{when: string, lines: Lines} | null} the kept setting that it is compared with */
  #beside = null;
  /** @type {{control: Control, input: HTMLInputElement, shown: HTMLElement}[]} */
  #sliders = [];
  /** @type {{lines: Chart["lines"], line: Drawn, table: Drawn}[]} */
  #charts = [];
  /** @type {{box: HTMLTextAreaElement, id: string}[]} */
  #boxes = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #still = undefined;
  #heading = h("h4", { tabindex: -1 }, "Move the controls");
  #board = h("section", null);
  #figures = h("table", null);
  #notice = h("div", null);
  #compare = h("div", null);

  /** @override @param {HTMLElement} live */
  build(live) {
    const { spec } = this;
    this.#sliders = spec.controls.map((/** @type {Control} */ control) => this.#slider(control));
    const fields = this.#sliders.map(({ control, input, shown }) =>
      h(
        "div",
        { class: "field" },
        h("label", { for: input.id }, control.label, ": ", shown),
        control.help && h("p", { class: "hint", id: `${input.id}-help` }, control.help),
        input,
      )
    );
    fill(
      this.#board,
      h("fieldset", null, h("legend", null, this.#heading), fields),
      this.#draw(),
      this.#figures,
      this.#notice,
      h("div", { class: "exercise-moves" }, button("Keep this setting", () => this.#keepIt())),
      this.#compare,
    );
    const tries = spec.tries.map((/** @type {import("./engine.js").Try} */ each) =>
      h(
        "li",
        { class: "sort-item" },
        h("p", null, each.ask),
        button(`Set the controls: ${each.title}`, () => this.#set(each.values), { quiet: true }),
      )
    );
    fill(
      live,
      html(spec.about),
      this.#board,
      tries.length > 0 && [
        h("h4", null, "Settings to try"),
        h(
          "p",
          { class: "hint" },
          "Say what you expect, then press. What to notice stands under the figures.",
        ),
        h("ol", { class: "sort-items" }, tries),
      ],
      this.#notes(),
      this.querySelector(".explore-how")?.cloneNode(true),
    );
  }

  get #explored() {
    return mend(this.spec, this.record);
  }

  /** @param {Control} control */
  #slider(control) {
    const { min, max, step, help } = control;
    const id = `${this.spec.id}-${control.id}`;
    const shown = h("strong", null);
    const input = h("input", {
      id,
      type: "range",
      min,
      max,
      step,
      autocomplete: "off",
      "aria-describedby": help ? `${id}-help` : null,
      oninput: () => this.#move({ ...this.#values, [control.id]: input.valueAsNumber }),
      onchange: () => this.#settle(),
    });
    return { control, input, shown };
  }

  /** The charts, each with its table. */
  #draw() {
    this.#charts = this.spec.charts.map((/** @type {Chart} */ chart) => {
      const whole = { ...chart, lines: chart.lines.map(({ label }) => ({ label, values: [] })) };
      return { lines: chart.lines, line: plot(whole), table: plotTable(whole, chart) };
    });
    return this.#charts.map(({ line, table }) => [line.node, table.node]);
  }

  #notes() {
    const { fields, boxes } = noteFields(
      this.spec,
      (id, text) => this.#write({ notes: { ...this.#explored.notes, [id]: text } }),
    );
    this.#boxes = boxes;
    return boxes.length > 0 && [this.caution(), fields];
  }

  /** @override */
  refresh() {
    const { values, notes } = this.#explored;
    for (const { box, id } of this.#boxes) {
      // Setting even the same value would throw the caret to the end.
      if (box.value !== (notes[id] ?? "")) box.value = notes[id] ?? "";
    }
    this.#move(values);
    this.#offer();
  }

  /** The sliders stand elsewhere: everything that follows is drawn. @param {Values} values */
  #move(values) {
    const { spec } = this;
    const stored = snapped(spec, values);
    this.#values = this.exact ? values : stored;
    for (const { control: { id, unit }, input, shown } of this.#sliders) {
      const words = `${figure(this.#values[id])}${unit ? ` ${unit}` : ""}`;
      input.value = `${this.#values[id]}`;
      input.setAttribute("aria-valuetext", words);
      shown.textContent = words;
    }
    this.#show(look(spec, stored));
    this.exact?.(this.#values, (lines) => {
      this.#show(lines);
      // Python answers, so the values between may be asked for too.
      for (const { control, input } of this.#sliders) input.step = `${control.step / 10}`;
    });
  }

  /** @param {Lines} lines */
  #show(lines) {
    const { spec } = this;
    const beside = this.#beside?.lines;
    this.#lines = lines;
    for (const chart of this.#charts) {
      const now = chart.lines.map(({ id, label }) => ({ label, values: lines[id] }));
      const kept = beside
        ? chart.lines.map(({ id }, i) => ({ label: "", values: beside[id], hue: i + 1, dash: i, thin: true }))
        : [];
      chart.line.update([...now, ...kept]);
      chart.table.update(now);
    }
    fill(
      this.#figures,
      h(
        "tbody",
        null,
        spec.figures.map((/** @type {import("./engine.js").Figure} */ each) =>
          h(
            "tr",
            null,
            h("th", { scope: "row" }, each.label),
            h(
              "td",
              null,
              told(spec, each, lines),
              beside &&
                h(
                  "span",
                  { class: "trail" },
                  `${differs(spec, each, lines, beside)}; kept: ${told(spec, each, beside)}`,
                ),
            ),
          )
        ),
      ),
    );
  }

  /** The learner has let go: the setting counts. */
  #settle() {
    this.#write({ values: this.#values });
    this.#offer();
    clearTimeout(this.#still);
    this.#still = setTimeout(() => this.#tell(), STILL_MS);
  }

  /** Somebody asks for a setting: focus goes to where it stands. @param {Values} values */
  #set(values) {
    this.#move(values);
    this.#settle();
    focusOn(this.#heading, this.#board);
  }

  #tell() {
    const { spec } = this;
    this.say(
      spec.figures.map((/** @type {import("./engine.js").Figure} */ each) =>
        `${each.label} ${told(spec, each, this.#lines)}.`
      ).join(" "),
    );
  }

  #keepIt() {
    this.#write(keepSetting(this.#explored, this.#values, new Date().toISOString()));
    this.#offer();
    clearTimeout(this.#still); // or the figures, on their way still, would be said over it
    this.say(`Kept: ${setting(this.spec, this.#values)}.`);
  }

  /** @param {Partial<import("./engine.js").Explored>} change */
  #write(change) {
    const record = { ...this.#explored, ...change };
    this.keepSoon(record, status(record));
  }

  /** What to notice at this setting, and what can be kept and compared. */
  #offer() {
    const { spec } = this;
    const here = tryAt(spec, this.#values);
    if (this.#notice.dataset.try !== (here?.id ?? "")) {
      this.#notice.dataset.try = here?.id ?? "";
      const fold = here && h(
        "details",
        {
          ontoggle: () =>
            fold?.open && this.#write({ visited: [...new Set([...this.#explored.visited, here.id])] }),
        },
        h("summary", null, `What to notice: ${here.title}`),
        html(here.notice),
      );
      fill(this.#notice, fold);
    }
    const { kept } = this.#explored;
    const id = `${spec.id}-beside`;
    const chosen = () => kept[select.selectedIndex - 1];
    const select = h(
      "select",
      {
        id,
        autocomplete: "off",
        onchange: () => {
          const one = chosen();
          this.#beside = one ? { when: one.when, lines: look(spec, one.values) } : null;
          this.#show(this.#lines);
          this.#tell();
        },
      },
      h("option", { value: "" }, "Nothing"),
      kept.map(({ values, when }) =>
        h("option", { selected: this.#beside?.when === when }, setting(spec, values))
      ),
    );
    fill(
      this.#compare,
      kept.length > 0 && [
        h("p", { class: "ask" }, h("label", { for: id }, "Compare with (thin lines)"), select),
        h(
          "p",
          null,
          button("Go to that setting", () => this.#set(chosen()?.values ?? this.#values), { quiet: true }),
        ),
      ],
    );
  }
}
