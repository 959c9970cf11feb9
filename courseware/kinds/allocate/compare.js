/** Any two splits side by side: the learner's plans, and those that somebody else would defend. */

import { fill, h } from "../../web/dom.js";
import { plot, plotTable } from "../../web/plot.js";
import { moment } from "../../web/when.js";
import { apart, ends, entire, much, run } from "./engine.js";

/** @typedef {import("./engine.js").Allocate} Allocate */
/** @typedef {import("./engine.js").Split} Split */
/** @typedef {{name: string, when: string, split: Split, lines: import("./engine.js").Lines, reached: Record<string, number>}} Side */

/**
 * A native list.
 *
 * @param {string} id
 * @param {[string | number, string][]} options values and their words; the value "" is no choice yet
 * @param {string | number} chosen
 * @param {(value: string) => void} changed
 * @param {Record<string, any>} [attrs]
 */
export function list(id, options, chosen, changed, attrs) {
  const select = h(
    "select",
    { id, autocomplete: "off", onchange: () => changed(select.value), ...attrs },
    options.map(([value, words]) => h("option", { value, selected: value === chosen }, words)),
  );
  return select;
}

/** @param {string} words @param {HTMLSelectElement} select */
const asked = (words, select) => h("p", { class: "ask" }, h("label", { for: select.id }, words), select);

/**
 * Lines of some stocks in one chart, and their numbers. Stocks of different ranges are drawn as shares of their own.
 *
 * @param {Allocate} spec
 * @param {string} id
 * @param {string} title
 * @param {{label: string, stock: string, values: number[]}[]} named
 */
export function chart(spec, id, title, named) {
  const { count, one } = spec.periods;
  const stocks = named.map(({ stock }) => spec.model.stocks[stock]);
  const [{ min, max, unit, digits }] = stocks;
  const alike = stocks.every((each) => each.min === min && each.max === max && each.unit === unit);
  const drawn = {
    id,
    title,
    x: { label: one, values: Array.from({ length: count + 1 }, (_, i) => i) },
    y: alike ? { label: unit, min, max } : { label: "% of its range", min: 0, max: 100 },
  };
  // There are four sorts of dashes: a fifth line is told from the first by its points, without colours too.
  const lines = named.map(({ label, values }, i) => ({
    label,
    values: alike
      ? values
      : values.map((value) => 100 * (value - stocks[i].min) / (stocks[i].max - stocks[i].min)),
    points: i > 3,
  }));
  return [plot({ ...drawn, lines }).node, plotTable({ ...drawn, lines: named }, { digits }).node];
}

/**
 * Two lists of splits to choose from, and the comparison under them.
 *
 * @param {Allocate & {id: string, others: {by: string, split: Split}[]}} spec
 * @param {import("./engine.js").Plan[]} runs
 * @param {Element} table Python's of the others' splits: a row of names, a row for each item, a row for each stock
 * @param {(text: string) => void} say
 */
export function comparison(spec, runs, table, say) {
  const side = (/** @type {string} */ name, /** @type {Split} */ given, when = "") => {
    const split = entire(spec.items, given);
    const lines = run(spec, split);
    return { name, when, split, lines, reached: ends(lines) };
  };
  const sides = [
    ...runs.map(({ split, when }, i) => side(`Your split ${i + 1}`, split, `, ${moment(when)}`)).reverse(),
    ...spec.others.map(({ by, split }) => side(by, split)),
  ];
  const result = h("div", null);
  const show = () => {
    const [one, other] = [first, second].map(({ value }) => value && sides[Number(value)]);
    fill(result);
    if (!one || !other) return;
    const [text, ...parts] = sideBySide(spec, [one, other], table);
    fill(result, h("p", { class: "account" }, text), parts);
    say(text);
  };
  /** @type {[string | number, string][]} */
  const options = [
    ["", "Choose a split"],
    .../** @type {[number, string][]} */ (sides.map((
      { name, when },
      i,
    ) => [i, name + when])),
  ];
  const first = list(`${spec.id}-compare`, options, 0, show);
  const second = list(`${spec.id}-with`, options, "", show);
  return [asked("Compare", first), asked("with", second), result];
}

/**
 * @param {Allocate & {id: string}} spec
 * @param {Side[]} both
 * @param {Element} others
 * @returns {[string, ...Node[]]} where they differ most, in words, and how
 */
function sideBySide(spec, both, others) {
  const { items, periods: { one: period }, model: { stocks } } = spec;
  const names = Object.keys(stocks);
  const most = apart(spec, both[0], both[1]);
  const columns = both.map(({ name, split, reached }) => [
    name,
    ...items.map(({ id }) => split[id]),
    ...names.map((stock) => reached[stock].toFixed(stocks[stock].digits)),
  ]);
  const rows = ["", ...items.map(({ id }) => id), ...names];
  const label = items.find(({ id }) => id === most.item)?.label;
  const [end, given] = [most.stock, most.item].map((name) => columns.map((each) => each[rows.indexOf(name)]));
  const text = given[0] === given[1]
    ? "The two splits are the same."
    : `They differ most in ${stocks[most.stock].label}, which ends at ${end[0]} and ${end[1]}. ` +
      `The largest gap in the split is ${label}: ${given[0]} and ${much(spec, Number(given[1]))}.`;

  const table = /** @type {HTMLTableElement} */ (others.cloneNode(true));
  [...table.rows].forEach((row, i) => {
    const [head] = row.cells;
    row.replaceChildren(
      head,
      ...columns.map((cells) =>
        i
          ? h("td", { role: "cell", "data-label": cells[0] }, cells[i])
          : h("th", { role: "columnheader", scope: "col" }, cells[0])
      ),
    );
    if (given[0] !== given[1] && [most.item, most.stock].includes(rows[i])) {
      row.className = "parts";
      head.append(h("span", { class: "parts-word" }, "The most apart"));
    }
  });

  const drawn = h("div", null);
  const draw = (/** @type {string} */ stock) =>
    fill(
      drawn,
      chart(
        spec,
        `${spec.id}-both`,
        `${stocks[stock].label}, ${period} by ${period}`,
        both.map(({ name, lines }) => ({ label: name, stock, values: lines[stock] })),
      ),
    );
  draw(most.stock);
  const options = names.map((name) => /** @type {[string, string]} */ ([name, stocks[name].label]));
  return [text, table, asked("Draw", list(`${spec.id}-stock`, options, most.stock, draw)), drawn];
}
