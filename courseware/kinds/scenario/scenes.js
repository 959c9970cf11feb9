/** What a learner reads of a scenario: texts, messages, consequences, indicators. No moves are made here. */

import { grounds, h, html } from "../../web/dom.js";
import { word } from "./run.js";

/** @typedef {import("./run.js").Step} Step */
/** @typedef {import("./engine.js").State} State */
/** @typedef {import("./engine.js").Scenario} Scenario */

/**
 * The heading of a step: where one is, without giving the plot away, then the author's label.
 *
 * @param {string | null} trail for instance "Decision 3"
 * @param {string | null} label
 */
export function heading(trail, label) {
  return h(
    "h4",
    { class: "step-heading" },
    trail && h("span", { class: "trail" }, trail),
    trail && label && " ",
    label,
  );
}

/**
 * The trail and label of a node that is being read.
 *
 * @param {any} node
 * @param {number} decided how many decisions have been made before it
 * @returns {HTMLElement}
 */
export function nodeHeading(node, decided) {
  if (node.type === "decision") return heading(`Decision ${decided + 1}`, node.label);
  if (node.type === "ending") return heading("The end", node.title);
  return heading(null, node.label ?? (node.type === "chance" ? "What nobody controls" : "The story goes on"));
}

/**
 * A node's text, and the calls and messages that come in with it.
 *
 * @param {any} node
 */
export function told(node) {
  const { messages = [] } = node;
  return [
    h("div", { class: "told" }, html(node.text)),
    messages.length > 0 && h(
      "ul",
      { class: "log", "aria-label": "Messages" },
      messages.map((/** @type {any} */ each) =>
        h(
          "li",
          null,
          h(
            "p",
            { class: "log-from" },
            each.at && h("time", null, each.at),
            each.at && " ",
            h("b", null, each.from),
          ),
          h("p", null, each.text),
        )
      ),
    ),
  ];
}

/**
 * What came of a choice, or how luck fell. Nothing where a story was only read on.
 *
 * @param {Step | undefined} step
 * @param {boolean} [asHeading] whether its word is a heading, so that focus can go there
 */
export function consequence(step, asHeading = false) {
  if (!step?.taken) return null;
  const chosen = step.node.type === "decision";
  const text = chosen ? step.taken.feedback.consequence : step.taken.text;
  const words = chosen ? "What came of it" : "What happened";
  return h(
    "div",
    { class: chosen ? "consequence" : "consequence luck" },
    h(asHeading ? "h4" : "p", { class: "consequence-word" }, words),
    html(text),
  );
}

/** Why a choice does what it does, with its ground. @param {any} feedback */
export function why(feedback) {
  return h(
    "div",
    { class: "why" },
    html(feedback.why),
    grounds(feedback),
    feedback.misconception &&
      h("div", { class: "misconception" }, h("b", null, "A common belief: "), html(feedback.misconception)),
  );
}

/**
 * A step that lies behind: its text, and what was chosen there.
 *
 * @param {Step} step
 * @param {number} decided decisions made before it
 * @param {boolean} whole whether to say what came of it too
 */
export function passage(step, decided, whole) {
  const { node, taken, move } = step;
  return h(
    "article",
    { class: "passage" },
    nodeHeading(node, decided),
    told(node),
    node.type === "decision" && h("p", { class: "chosen" }, h("b", null, "You chose: "), taken?.text),
    move.rationale && h("p", { class: "chosen" }, h("b", null, "Your reason: "), move.rationale),
    whole && consequence(step),
  );
}

/**
 * @param {Scenario} scenario
 * @param {boolean} all whether those kept for the debrief are shown too
 * @returns {[string, any][]}
 */
function shown(scenario, all) {
  return Object.entries(scenario.indicators).filter(([, each]) =>
    all || /** @type {any} */ (each).show === "always"
  );
}

/**
 * One value in words: `7 of 10 · steady`.
 *
 * @param {any} indicator
 * @param {number} value
 */
export function reading(indicator, value) {
  const words = word(indicator, value);
  const range = indicator.min === 0 ? `of ${indicator.max}` : `(from ${indicator.min} to ${indicator.max})`;
  return `${value} ${range}${words ? ` · ${words}` : ""}`;
}

/**
 * Small labelled bars. The words carry the meaning; the bar only shows it again, in one colour whatever the value.
 *
 * @param {Scenario} scenario
 * @param {State} state
 * @param {State | null} before to say what has just changed
 * @param {boolean} [all]
 */
export function indicators(scenario, state, before, all = false) {
  const rows = shown(scenario, all).map(([name, indicator]) => {
    const value = state.indicators[name];
    const part = (value - indicator.min) / (indicator.max - indicator.min);
    const change = changed(before?.indicators[name] ?? value, value);
    return h(
      "li",
      { class: "indicator" },
      h("span", { class: "indicator-label" }, indicator.label),
      h(
        "span",
        { class: "indicator-bar", "aria-hidden": "true" },
        h("span", { style: `inline-size:${part * 100}%` }),
      ),
      h("span", { class: "indicator-value" }, reading(indicator, value), change && ` (${change})`),
    );
  });
  return rows.length > 0 && h("ul", { class: "indicators", "aria-label": "Where things stand" }, rows);
}

/** @param {number} before @param {number} value */
function changed(before, value) {
  return before === value ? null : `${value > before ? "up" : "down"} from ${before}`;
}

/**
 * What to announce of a move: the indicators on show that it changed, and nothing of the story.
 *
 * @param {Scenario} scenario
 * @param {State} before
 * @param {State} after
 */
export function changes(scenario, before, after) {
  return shown(scenario, false).map(([name, indicator]) => {
    const change = changed(before.indicators[name], after.indicators[name]);
    return change && `${indicator.label} ${change} to ${after.indicators[name]}.`;
  }).filter(Boolean).join(" ");
}
