/** What the cohort's picture is drawn with: counts with bars in tables, which read as well without the bars. */

import { word } from "../../kinds/scenario/run.js";
import { h } from "../dom.js";

/** @typedef {import("../dom.js").Child} Child */

/** More values than this do not fit side by side on a phone. */
const VALUES_AT_MOST = 12;

const percent = (/** @type {number} */ share) => `${Math.round(share * 100)}%`;

/**
 * A table of what was counted. The roles say again what it is: on a narrow screen its cells are laid out as blocks.
 *
 * @param {string} caption for who does not see the heading above it
 * @param {[string, string]} names
 * @param {[Child, Child][]} rows what is counted, and how often
 */
export function table(caption, names, rows) {
  return h(
    "table",
    { class: "cohort-table", role: "table" },
    h("caption", null, caption),
    h(
      "thead",
      { role: "rowgroup" },
      h("tr", { role: "row" }, names.map((each) => h("th", { role: "columnheader", scope: "col" }, each))),
    ),
    h(
      "tbody",
      { role: "rowgroup" },
      rows.map(([what, often]) =>
        h(
          "tr",
          { role: "row" },
          h("th", { role: "rowheader", scope: "row" }, what),
          h("td", { role: "cell" }, often),
        )
      ),
    ),
  );
}

/**
 * A count, and a bar that says it again; with what chance alone would give, as a line across the bar.
 *
 * @param {number} count
 * @param {number} of
 * @param {number | null} [random] the share that chance alone gives
 */
export function measure(count, of, random = null) {
  const line = random !== null && h("span", { class: "cohort-chance" });
  if (line) line.style.insetInlineStart = percent(random);
  const filled = h("span", { class: "cohort-filled" });
  filled.style.inlineSize = percent(count / of);
  return h(
    "span",
    { class: "cohort-measure" },
    h("b", null, `${count} of ${of}`),
    random !== null && h("span", { class: "hint" }, ` by chance ${near(random * of)}`),
    h("span", { class: "cohort-bar", "aria-hidden": "true" }, filled, line),
  );
}

/** A mean as exact as it is worth. @param {number} mean */
function near(mean) {
  if (mean > 0 && mean < 0.05) return "under 0.1";
  return mean < 10 ? mean.toFixed(1) : Math.round(mean);
}

/**
 * One indicator: how many groups ended at each value.
 *
 * @param {import("./cohort.js").Picture["standing"][number]} standing
 * @param {boolean} room whether there are enough groups to set beside chance
 */
export function strip({ label, min, max, values, middle, random, words }, room) {
  const said = (/** @type {number} */ value) => {
    const text = word({ min, max, words }, Math.round(value));
    return text ? `${value} (${text})` : String(value);
  };
  if (!room) return h("p", null, h("b", null, label), `: ${values.map(said).join(" and ")}.`);
  const [low, high] = [values[0], values[values.length - 1]];
  const where = low === high
    ? `All groups ended at ${said(low)}.`
    : `The groups ended from ${said(low)} to ${said(high)}, the middle at ${said(middle)}.`;
  const at = Array.from({ length: max - min + 1 }, (_, i) => min + i);
  return h(
    "section",
    { class: "cohort-stood" },
    h("h4", null, label),
    h("p", null, where, ` By chance alone: ${random.toFixed(1)} on average.`),
    at.length <= VALUES_AT_MOST && h(
      "table",
      { class: "cohort-strip" },
      h("caption", null, `How many groups ended at each value of ${label}`),
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", { scope: "row" }, "Value"),
          at.map((value) => h("th", { scope: "col" }, value)),
        ),
      ),
      h("tbody", null, h("tr", null, h("th", { scope: "row" }, "Groups"), columns(at, values))),
    ),
  );
}

/** @param {number[]} at @param {number[]} values */
function columns(at, values) {
  const counts = at.map((value) => values.filter((each) => each === value).length);
  const most = Math.max(...counts);
  return counts.map((count) => {
    const column = h("span", { class: "cohort-column", "aria-hidden": "true" });
    column.style.blockSize = `${4 * count / most}rem`;
    return h("td", null, column, count ? h("b", null, count) : h("span", { class: "cohort-none" }, "0"));
  });
}
