/** What a role would say of a run, in that role's name: how far they go together, and where and why they part. */

import { h, html } from "../../web/dom.js";
import { defence, partedFrom, role } from "./partings.js";
import { why } from "./scenes.js";

/** @typedef {import("./partings.js").Side} Side */
/** @typedef {import("./engine.js").Scenario} Scenario */

/**
 * @param {Scenario} scenario
 * @param {Side} run
 * @param {any} defended
 * @param {boolean} [argued] whether what the role argues for on the whole has been said beside it
 */
export function says(scenario, run, defended, argued = false) {
  const path = role(scenario, defended);
  const { argues } = defence(scenario, defended, run.act);
  const found = partedFrom(scenario, run, path);
  const [mine, theirs] = [found.run?.step, found.role?.step];
  return h(
    "details",
    { class: "says" },
    h("summary", null, argued ? "What they would say of this run" : path.name),
    h("p", null, `“${agreed(found)}${found.luck ? " Luck fell differently for us on the way." : ""}”`),
    mine && theirs && [
      h("p", { class: "chosen" }, h("b", null, "You chose: "), mine.taken.text),
      h("p", { class: "chosen" }, h("b", null, "I chose: "), theirs.taken.text),
      why(theirs.taken.feedback),
    ],
    !argued && argues && [h("p", null, h("b", null, "What I argue for:")), html(argues)],
  );
}

/** @param {ReturnType<typeof partedFrom>} found */
function agreed({ agreed, run, nothing }) {
  if (nothing) return "We never stood before the same decision.";
  if (!run) return "I chose as you did at every decision that we both faced.";
  const before = run.number - 1;
  const where = `decision ${run.number}${run.step.node.label ? ` (${run.step.node.label})` : ""}`;
  if (agreed < before) {
    return `Of your first ${before} decisions we agree on ${agreed}, and part at ${where}.`;
  }
  if (!before) return `We part at the first decision${where.slice("decision 1".length)}.`;
  return `We agree ${
    before === 1 ? "on the first decision" : `as far as decision ${before}`
  }, and part at ${where}.`;
}
