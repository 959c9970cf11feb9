/**
 * A profile in bars, a table and words. Parts stand in file order: there is nothing to rank, and no total.
 * @module
 */

import { h, html } from "../../web/dom.js";
import { day } from "../../web/when.js";
import { bandOf, score } from "./engine.js";

/** @typedef {import("./engine.js").Score} Score */
/** @typedef {import("./engine.js").Taking} Taking */

/** @param {string} title @param {...import("../../web/dom.js").Child} inside */
export const part = (title, ...inside) =>
  h("section", { class: "debrief-part" }, h("h5", null, title), ...inside);

/**
 * A bar, a row of the table and a reading for each part.
 * @param {any} spec
 * @param {Taking} now
 * @param {Taking|undefined} then an earlier one to set beside it
 */
export function profile(spec, now, then) {
  const at = (/** @type {number} */ value) => `${(value - 1) / (spec.scale.points.length - 1) * 100}%`;
  /** @type {string[]} */
  let heads = [];
  /** @type {HTMLElement[][]} */
  const [bars, lines, readings] = [[], [], []];
  for (const dimension of spec.dimensions) {
    const { label, statements } = dimension;
    const mine = score(spec, dimension, now);
    const band = bandOf(spec, mine);
    const words = band ? `${mine.value?.toFixed(1)} · ${band.label}` : "No score";
    const said = band && dimension.readings[band.id];
    const was = then && score(spec, dimension, then, now);
    /** @type {Record<string, string>} */
    const cells = { Mean: words, Rated: `${mine.rated} of ${statements.length}` };
    if (was) cells.Change = change(was, score(spec, dimension, now, then), spec.little_change);
    heads = ["Part", ...Object.keys(cells)];
    bars.push(h(
      "li",
      { class: "indicator" },
      h("span", null, label),
      // One colour, and the words beside it: the bar only shows them again.
      h(
        "span",
        { class: "indicator-bar", "aria-hidden": "true" },
        h("span", { style: `inline-size:${at(mine.value ?? 1)}` }),
        was?.value && h("i", { style: `inset-inline-start:${at(was.value)}` }),
      ),
      h("span", null, words),
    ));
    lines.push(h(
      "tr",
      null,
      h("th", { scope: "row" }, label),
      Object.entries(cells).map(([head, text]) => h("td", { "data-label": head }, text)),
    ));
    readings.push(part(
      `${label}: ${words}`,
      said
        ? [html(said.suggests), h("p", null, h("b", null, "A question to take to somebody: "), said.ask)]
        : h("p", null, spec.says.too_few),
    ));
  }
  return [
    h("ul", { class: "indicators" }, bars),
    then && h("p", null, `The mark across a bar is where it stood on ${day(then.when)}. ${spec.says.little}`),
    h(
      "table",
      { class: "side-by-side" },
      h("thead", null, h("tr", null, heads.map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", null, lines),
    ),
    readings,
  ];
}

/**
 * How a part moved, on the statements rated both times.
 * @param {Score} was
 * @param {Score} is
 * @param {number} little a change that means little
 */
function change(was, is, little) {
  const by = Math.round((Number(is.value) - Number(was.value)) * 10) / 10;
  const size = Math.abs(by) <= little ? "little or no change" : `${by > 0 ? "up" : "down"} ${Math.abs(by)}`;
  const words = was.value ? `From ${was.value.toFixed(1)} to ${is.value?.toFixed(1)}: ${size}` : "Too few";
  return `${words} (${is.rated} rated both times)`;
}
