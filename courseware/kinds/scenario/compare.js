/** Any two paths side by side: runs, and paths that somebody would defend. What is compared comes from `partings.js`. */

import { fault, fill, focusOn, h, html } from "../../web/dom.js";
import { compare, sides } from "./partings.js";
import { says } from "./roles.js";
import { reading, why } from "./scenes.js";
import { cutShort, inWords, list, low, place, upper } from "./words.js";

/** @typedef {import("./partings.js").Comparison} Comparison */
/** @typedef {import("./partings.js").Point} Point */
/** @typedef {import("./partings.js").Row} Row */
/** @typedef {import("./partings.js").Side} Side */
/** @typedef {import("./partings.js").Values} Values */
/** @typedef {import("./run.js").Played} Played */
/** @typedef {import("./engine.js").Scenario} Scenario */
/** @typedef {import("../../web/dom.js").Child} Child */

/**
 * Two lists to choose from, and the comparison under them.
 *
 * @param {Scenario} scenario
 * @param {any} record
 * @param {Played} played this run
 * @param {(text: string) => void} say
 */
export function comparison(scenario, record, played, say) {
  const id = `${scenario.id}-compare`;
  const paths = sides(scenario, record, played);
  const error = h("p", { class: "exercise-error", id: `${id}-error` });
  const result = h("div", { class: "compared" });
  const pick = (/** @type {string} */ which, /** @type {string} */ label, /** @type {Child} */ first) => {
    const options = paths.map(({ name }, i) => h("option", { value: i }, name));
    return h(
      "p",
      { class: "ask" },
      h("label", { for: `${id}-${which}` }, label),
      h("select", { id: `${id}-${which}`, autocomplete: "off" }, first, options),
    );
  };
  const choose = (/** @type {Event} */ event) => {
    event.preventDefault();
    const [one, other] = [...form.querySelectorAll("select")];
    error.textContent = "";
    if (!other.value || other.value === one.value) {
      return fault(error, "Choose a second path, other than the first.", other);
    }
    const [head, text, ...rest] = sideBySide(scenario, paths[Number(one.value)], paths[Number(other.value)]);
    fill(result, head, text, ...rest);
    say(text.textContent ?? "");
    focusOn(head, text);
  };
  const form = h(
    "form",
    { class: "compare", novalidate: true, onsubmit: choose },
    error,
    pick("one", "First path", null),
    pick("other", "Second path", h("option", { value: "" }, "Choose a path")),
    h("button", { type: "submit", class: "exercise-button quiet" }, "Compare the two"),
  );
  return [form, result];
}

/**
 * @param {Scenario} scenario
 * @param {Side} one
 * @param {Side} other
 * @returns {[HTMLElement, HTMLElement, ...Child[]]} a heading, a few sentences, and what stands under them
 */
function sideBySide(scenario, one, other) {
  const both = [one, other];
  const names = both.map((each) => each.short);
  const found = compare(scenario, one, other);
  const [first] = found.partings;
  // Where luck or the story parts them, their first own difference is a second point to see.
  const marked = new Set([first?.at, found.differ[0]].filter((at) => at !== undefined));
  const cut = both.map((each) => cutShort(scenario, each));
  return [
    h("h6", null, `${names[0]} and ${low(names[1])}`),
    h("p", null, inWords(found, names).join(" ")),
    cut.map((text) => text && h("p", { class: "exercise-notice" }, text)),
    [...marked].map((at) => parting(scenario, found, at, names)),
    found.rows.length > 0 && [
      fold("How they came out, and where it came from", outcome(scenario, found, names)),
      fold("What each point cost", table(scenario, found, both)),
    ],
    fold(
      "What each role would say",
      both.filter((each) => each.sort === "run").map((run) => [
        h("p", null, h("b", null, `Of ${low(run.short)}:`)),
        scenario.debrief.defended.map((/** @type {any} */ each) => says(scenario, run, each)),
      ]),
    ),
  ];
}

/** @param {Child} summary @param {Child} inside */
function fold(summary, inside) {
  const empty = Array.isArray(inside) && !inside.flat().length;
  return !empty && h("details", null, h("summary", null, summary), inside);
}

/**
 * The point at which they part: what each took there, what it moved, and why, folded.
 *
 * @param {Scenario} scenario
 * @param {Comparison} found
 * @param {number} at
 * @param {string[]} names
 */
function parting(scenario, { rows }, at, names) {
  const here = names.map((_, side) => rows.slice(at).find((row) => row.points[side]));
  const points = here.map((row, side) => row?.points[side] ?? null);
  const label = points[0]?.step.node === points[1]?.step.node && points[0]?.step.node.label;
  const decided = points.some((point) => point?.step.taken.feedback);
  return h(
    "div",
    { class: "other" },
    h("p", null, h("b", null, upper(place(rows[at]))), label && ` · ${label}`),
    points.map((point, side) =>
      h(
        decided ? "p" : "div",
        { class: "chosen told" },
        h("b", null, `${names[side]}: `),
        point ? taken(point) : "no more to choose",
        point && h("span", { class: "trail" }, moves(scenario, here[side]?.changes[side])),
      )
    ),
    decided && fold(
      "Why, on each side",
      points.map((point, side) => {
        const feedback = point?.step.taken.feedback;
        return feedback && [h("p", null, h("b", null, `${names[side]}:`)), why(feedback)];
      }),
    ),
  );
}

/** @param {Point} point @returns {string | DocumentFragment} */
function taken({ step: { node, taken } }) {
  return node.type === "decision" ? taken.text : html(taken.text);
}

/**
 * Each indicator on both sides, and the points that made the difference.
 *
 * @param {Scenario} scenario
 * @param {Comparison} found
 * @param {string[]} names
 */
function outcome(scenario, { rows, accounts, ended }, names) {
  const end = /** @type {Row} */ (rows.at(-1)).after;
  return [
    h("p", null, h("b", null, `${names[0]}: `), ended[0], ". ", h("b", null, `${names[1]}: `), ended[1], "."),
    h(
      "p",
      { class: "hint" },
      "The first path against the second; + and − say how much higher or lower each point left the first.",
    ),
    h(
      "ul",
      { class: "readings" },
      Object.entries(scenario.indicators).map(([key, indicator]) => {
        const { from, made } = accounts[key];
        const values = end.map((each) => reading(indicator, each[key]));
        const at = made.map(([i, by]) => `${place(rows[i])} (${signed(by)})`);
        return h(
          "li",
          null,
          h("b", null, `${/** @type {any} */ (indicator).label}: `),
          values[0] === values[1] ? `${values[0]} on both sides. ` : `${values[0]} against ${values[1]}. `,
          from !== 0 && `They begin ${Math.abs(from)} apart. `,
          at.length > 0 ? `The difference: ${list(at)}.` : from === 0 && "No point made a difference.",
        );
      }),
    ),
  ];
}

/**
 * @param {Scenario} scenario
 * @param {Comparison} found
 * @param {Side[]} both
 */
function table(scenario, { rows, partings }, both) {
  const parts = new Set(partings.map(({ at }) => at));
  const cell = (/** @type {string} */ label, /** @type {Child} */ inside, /** @type {any} */ more = {}) =>
    h("td", { role: "cell", "data-label": label, ...more }, inside);
  const took = (/** @type {Point | null} */ point, /** @type {Values} */ change) =>
    point ? [taken(point), h("span", { class: "trail" }, moves(scenario, change))] : "–";
  const alike = (/** @type {Row} */ { same, changes }) =>
    same && moves(scenario, changes[0]) === moves(scenario, changes[1]);
  const body = rows.map((row, i) => {
    const { points, changes, after } = row;
    const label = (points[0] ?? points[1])?.step.node.label;
    return h(
      "tr",
      { role: "row", class: parts.has(i) ? "parts" : null },
      h(
        "th",
        { role: "rowheader", scope: "row" },
        upper(place(row)),
        label && h("span", { class: "trail" }, label),
        parts.has(i) && h("span", { class: "parts-word" }, "Here they part"),
      ),
      alike(row)
        ? cell("Both", took(points[0], changes[0]), { colspan: 2 })
        : points.map((point, side) => cell(both[side].short, took(point, changes[side]))),
      cell("Then", standing(scenario, after)),
    );
  });
  const heads = ["Point", both[0].short, both[1].short, "Then"];
  // The roles say again what the table is: on a narrow screen its cells are laid out as blocks.
  return h(
    "table",
    { class: "side-by-side", role: "table" },
    h(
      "caption",
      null,
      "Every point, what it moved on each side, and where they differ then: first against second",
    ),
    h(
      "thead",
      { role: "rowgroup" },
      h("tr", { role: "row" }, heads.map((each) => h("th", { role: "columnheader", scope: "col" }, each))),
    ),
    h("tbody", { role: "rowgroup" }, body),
  );
}

/** Where the two differ after a point. @param {Scenario} scenario @param {Values[]} after */
function standing(scenario, [a, b]) {
  const apart = Object.entries(scenario.indicators).filter(([key]) => a[key] !== b[key]).map(([key, each]) =>
    `${/** @type {any} */ (each).label} ${a[key]} against ${b[key]}`
  );
  return apart.join("; ") || "No difference";
}

/** What a point moved, in words. @param {Scenario} scenario @param {Values} [change] */
function moves(scenario, change = {}) {
  const words = Object.entries(change).map(([key, by]) => `${scenario.indicators[key].label} ${signed(by)}`);
  return words.join(", ") || "Nothing moved";
}

/** @param {number} by */
function signed(by) {
  return by > 0 ? `+${by}` : `−${-by}`;
}
