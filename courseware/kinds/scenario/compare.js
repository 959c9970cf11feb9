/** Two paths side by side: this run with an earlier one, or with a path that somebody would defend. */

import { fill, h } from "../../web/dom.js";
import { decisions, replay, shared, walk, within } from "./run.js";
import { reading } from "./scenes.js";

/** @typedef {import("./run.js").Step} Step */
/** @typedef {import("./run.js").Played} Played */
/** @typedef {import("./engine.js").Scenario} Scenario */
/** @typedef {{name: string, short: string, played: Played}} Path `short` is what a narrow screen repeats in each row */

/**
 * A choice of what to compare with, and the comparison under it.
 *
 * @param {Scenario} scenario
 * @param {any} record
 * @param {Played} played this run
 * @param {(text: string) => void} say
 */
export function comparison(scenario, record, played, say) {
  const id = `${scenario.id}-compare`;
  const paths = others(scenario, record, played);
  const result = h("div", { class: "compared" });
  const show = () => {
    const other = paths[Number(select.value)];
    if (select.value === "") return fill(result);
    const [text, table] = sideBySide(scenario, { name: "This run", short: "This run", played }, other);
    fill(result, h("p", null, text), table);
    say(text);
  };
  const select = h(
    "select",
    { id, autocomplete: "off", onchange: show },
    h("option", { value: "" }, "Choose a path"),
    paths.map(({ name }, i) => h("option", { value: i }, name)),
  );
  return [h("p", { class: "ask" }, h("label", { for: id }, "Compare this run with"), select), result];
}

/**
 * The earlier runs, newest first, then the defended paths.
 *
 * @param {Scenario} scenario
 * @param {any} record
 * @param {Played} played
 * @returns {Path[]}
 */
function others(scenario, record, played) {
  const path = played.state.path.join();
  const runs = [...record.runs].reverse().map((run) => ({ run, played: replay(scenario, run) }))
    .filter((each) => each.played.whole && each.played.state.path.join() !== path);
  const defended = scenario.debrief.defended.map((/** @type {any} */ each) => ({
    name: each.by,
    short: each.by,
    played: within(scenario, walk(scenario, each.path), record.act),
  }));
  return [
    ...runs.map(({ run, played }) => ({
      name: `Your run of ${time(run.when)}`,
      short: "Earlier run",
      played,
    })),
    ...defended,
  ];
}

/** @param {string} when ISO */
function time(when) {
  const date = new Date(when);
  return Number.isNaN(date.getTime())
    ? "an unknown day"
    : date.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}

/**
 * @param {Scenario} scenario
 * @param {Path} one
 * @param {Path} other
 * @returns {[string, HTMLElement]} a sentence that says where they part, and the table
 */
function sideBySide(scenario, one, other) {
  const columns = [one, other].map(({ played }) => decisions(played.steps));
  const same = shared(columns[0], columns[1]);
  const length = Math.max(...columns.map((each) => each.length));
  const row = (
    /** @type {string} */ head,
    /** @type {string[]} */ cells,
    /** @type {boolean} */ parts = false,
  ) =>
    h(
      "tr",
      { role: "row", class: parts ? "parts" : null },
      h(
        "th",
        { role: "rowheader", scope: "row" },
        head,
        parts && h("span", { class: "parts-word" }, " Here they part"),
      ),
      cells.map((cell, i) => h("td", { role: "cell", "data-label": [one, other][i].short }, cell)),
    );
  const rows = Array.from(
    { length },
    (_, i) =>
      row(
        `Decision ${i + 1}`,
        columns.map((each, side) => chosen(each[i], columns[1 - side][i])),
        i === same,
      ),
  );
  const ends = [one, other].map(({ played }) =>
    scenario.nodes[played.state.node].title ?? "The end of the act"
  );
  const marks = Object.entries(scenario.indicators).map(([key, indicator]) =>
    row(
      /** @type {any} */ (indicator).label,
      [one, other].map(({ played }) => reading(indicator, played.state.indicators[key])),
    )
  );
  const head = h(
    "tr",
    { role: "row" },
    ["Step", one.name, other.name].map((each) => h("th", { role: "columnheader", scope: "col" }, each)),
  );
  const text = same < length
    ? `They part at decision ${same + 1}.`
    : "They make the same choices throughout.";
  // The roles say again what the table is: on a narrow screen its cells are laid out as blocks.
  return [
    text,
    h(
      "table",
      { class: "side-by-side", role: "table" },
      h("caption", null, `This run and: ${other.name}`),
      h("thead", { role: "rowgroup" }, head),
      h("tbody", { role: "rowgroup" }, row("How it ended", ends), marks, rows),
    ),
  ];
}

/**
 * What was chosen; with the place, where the other path is elsewhere by then.
 *
 * @param {Step | undefined} step
 * @param {Step | undefined} beside
 */
function chosen(step, beside) {
  if (!step) return "–";
  const { node, taken } = step;
  return node.label && beside && node !== beside.node ? `${node.label}: ${taken.text}` : taken.text;
}
