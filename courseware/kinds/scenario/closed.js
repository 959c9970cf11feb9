/** What stands in the page of a scenario that was finished earlier: how it ended, in a few lines, and the ways on. */

import { h } from "../../web/dom.js";
import { moment } from "../../web/when.js";
import { heading, reading } from "./scenes.js";
import { titleOf } from "./words.js";

/** @typedef {import("./run.js").Played} Played */
/** @typedef {import("./engine.js").Scenario} Scenario */
/** @typedef {import("../../web/dom.js").Child} Child */

/**
 * @param {Scenario} scenario
 * @param {any} record
 * @param {Played} played
 * @param {Child} ways the buttons
 */
export function closed(scenario, record, { state }, ways) {
  const last = record.runs.at(-1);
  const count = record.runs.length;
  const stood = Object.entries(scenario.indicators).map(([key, indicator]) =>
    `${/** @type {any} */ (indicator).label} ${reading(indicator, state.indicators[key])}`
  );
  const ended = scenario.nodes[state.node].type === "ending" ? state.node : null;
  return h(
    "section",
    { class: "closed" },
    heading(ended ? "How it ended" : "You have played this to", titleOf(scenario, ended)),
    h(
      "p",
      null,
      last && `Finished on ${moment(last.when)}. `,
      count > 1 && `${count} runs are kept here; this is the latest.`,
    ),
    h("p", { class: "trail" }, `${stood.join("; ")}.`),
    h("div", { class: "again" }, ways),
  );
}
