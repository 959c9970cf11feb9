/** What stands in the page of a scenario that nobody has begun: the story as a whole, or one act of it. */

import { button, h } from "../../web/dom.js";

/** @typedef {import("./engine.js").Scenario} Scenario */

/** @param {Scenario} scenario @param {(act: string | null) => void} start */
export function startScreen(scenario, start) {
  return h("div", { class: "start" }, button("Start", () => start(null)), actsOf(scenario, start));
}

/**
 * The acts, folded; nothing where the story is one piece.
 *
 * @param {Scenario} scenario
 * @param {(act: string | null) => void} start
 */
export function actsOf({ acts }, start) {
  const ways = acts.map((/** @type {any} */ { id, title, minutes }) =>
    h("li", null, button(`${title}, ${minutes} minutes`, () => start(id), { quiet: true }))
  );
  return acts.length > 1 &&
    h("details", { class: "acts" }, h("summary", null, "Play one act"), h("ul", null, ways));
}
