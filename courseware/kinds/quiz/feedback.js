/**
 * What is said to an answer, and at the end to a sitting: reasons and plain words, never a mark.
 * @module
 */

import { grounds, h, html } from "../../web/dom.js";
import { pieceTogether } from "./controls.js";
import { CONFIDENCE } from "./engine.js";
import { judge } from "./judge.js";

/** @typedef {import("./judge.js").Item} Item */
/** @typedef {import("./judge.js").Part} Part */
/** @typedef {import("./judge.js").Verdict} Verdict */
/** @typedef {{heading: HTMLElement, section: HTMLElement}} Shown focus goes to the heading */

const OUTCOMES = { right: "Right", partly: "Partly right", wrong: "Not this time" };

/** One answer: mark, word and text, then why. @param {Verdict} verdict */
function reason({ label, right, word, feedback, ...basis }) {
  const mark = h("span", { class: "verdict-mark", "aria-hidden": "true" }, right ? "✓" : "–");
  return h(
    "div",
    { class: right ? "verdict is-right" : "verdict" },
    h("p", { class: "verdict-head" }, mark, h("strong", null, `${word}: `), label),
    html(feedback),
    grounds(basis),
  );
}

/** @typedef {"h2"|"h3"|"h4"|"h5"|"h6"} Level */

/** @param {Part[]} parts @param {"chosen"|"others"} which @param {Level} level */
function reasons(parts, which, level) {
  return parts.flatMap((part) =>
    part[which].length ? [part.title && h(level, null, part.title), ...part[which].map(reason)] : []
  );
}

/** The sentence of a cloze as the learner filled it. @param {Item} item @param {Record<string, string>} given */
function filled(item, given) {
  const word = (/** @type {string} */ gap) =>
    item.gaps?.[gap].options.find(({ id }) => id === given[gap])?.text;
  return h("p", { class: "cloze" }, pieceTogether(item, (gap) => h("strong", null, word(gap))));
}

/**
 * The reasons for and against: what was chosen first, the others folded.
 * @param {Item} item
 * @param {Pick<import("./engine.js").Answered, "given"|"confidence"|"correct">} answered
 * @param {readonly [Level, Level]} [levels] of its heading, and of those below it
 * @returns {Shown}
 */
export function feedback(item, { given, confidence, correct }, [level, below] = ["h5", "h6"]) {
  const { outcome, parts } = judge(item, given);
  const heading = h(level, { tabindex: -1 }, OUTCOMES[outcome]);
  const sure = CONFIDENCE.find(([id]) => id === confidence)?.[1];
  const others = reasons(parts, "others", below);
  const section = h(
    "section",
    { class: "feedback" },
    heading,
    sure &&
      h(
        "p",
        { class: "hint" },
        `You said: ${sure}.`,
        sure === "Sure" && !correct && " So this is one to remember.",
      ),
    item.text && filled(item, /** @type {Record<string, string>} */ (given)),
    reasons(parts, "chosen", below),
    others.length > 0 && h("details", null, h("summary", null, "What about the other answers?"), others),
  );
  return { heading, section };
}

/** Confidence against outcome. @param {{label: string, right: number, other: number}[]} rows */
function calibration(rows) {
  const heads = ["You said", "Right", "To look at again"].map((text) => h("th", { scope: "col" }, text));
  const lines = rows.map(({ label, right, other }) =>
    h("tr", null, h("th", { scope: "row" }, label), h("td", null, right), h("td", null, other))
  );
  return h(
    "table",
    { class: "calibration" },
    h("caption", null, "How sure you were, and how it turned out"),
    h("thead", null, h("tr", null, heads)),
    h("tbody", null, lines),
  );
}

/**
 * How a sitting went: a sentence, what to look at again, and the table.
 * @param {ReturnType<typeof import("./engine.js").summary>} summary
 * @param {boolean|undefined} confidence was it asked?
 * @returns {Shown}
 */
export function account({ sentence, missed, sure, table }, confidence) {
  const heading = h("h4", { tabindex: -1 }, "How it went");
  const line = (/** @type {Item} */ item) =>
    h(
      "li",
      null,
      sure.includes(item) && h("strong", null, "You were sure of this one."),
      html(item.prompt),
      item.text && h("p", null, pieceTogether(item, () => "…")),
    );
  const again = missed.map(line);
  const section = h(
    "section",
    null,
    heading,
    h("p", { class: "account" }, sentence),
    again.length > 0 && [h("h5", null, "To look at again"), h("ul", null, again)],
    confidence && calibration(table),
  );
  return { heading, section };
}
