/** What is needed once a story has ended: it comes as a script of its own. */

import { h } from "../../web/dom.js";
import { provide } from "../../web/late.js";
import { comparison } from "./compare.js";
import { debrief } from "./debrief.js";

/** @typedef {import("./run.js").Played} Played */
/** @typedef {import("./engine.js").Scenario} Scenario */
/** @typedef {import("../../web/dom.js").Child} Child */

/**
 * The comparison alone, for who comes back for it.
 *
 * @param {Scenario} scenario
 * @param {any} record
 * @param {Played} played
 * @param {{say: (text: string) => void, ways: Child}} face
 */
export function comparing(scenario, record, played, { say, ways }) {
  return h(
    "section",
    { class: "closed" },
    h("h4", null, "Two paths side by side"),
    comparison(scenario, record, played, say),
    h("div", { class: "again" }, ways),
  );
}

provide("debrief", { debrief, comparing });
