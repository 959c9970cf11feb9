/** A comparison in words: where a point is, what parts two paths, how they end. */

import { over } from "./engine.js";
import { decisions } from "./run.js";

/** @typedef {import("./partings.js").Comparison} Comparison */
/** @typedef {import("./partings.js").Point} Point */
/** @typedef {import("./partings.js").Row} Row */
/** @typedef {import("./partings.js").Side} Side */
/** @typedef {import("./engine.js").Scenario} Scenario */

/** An ending's title; a kept run may name one that an earlier version had. @param {Scenario} scenario @param {any} ending */
export function titleOf(scenario, ending) {
  if (typeof ending !== "string") return "the end of the act";
  return Object.hasOwn(scenario.nodes, ending) && scenario.nodes[ending].title || "an ending that is no more";
}

/**
 * Where a row is, in words: `decision 3`, `luck after decision 3`.
 *
 * @param {Row} row
 */
export function place({ points: [a, b] }) {
  const point = /** @type {Point} */ (a ?? b);
  const other = a && b && a.number !== b.number ? ` (${b.number} on the second path)` : "";
  if (point.step.node.type === "decision") return `decision ${point.number}${other}`;
  return point.number ? `luck after decision ${point.number}${other}` : "luck at the start";
}

/**
 * The comparison in a few sentences, the first of them the shortest answer.
 *
 * @param {Comparison} comparison
 * @param {string[]} names of the two
 */
export function inWords({ rows, partings, differ, luck, faced, apart, ended }, names) {
  const [one, other] = ended.map((each) => /^(the|an) end/.test(each) ? each : `“${each}”`);
  const ends = one === other
    ? `Both come to ${one}.`
    : `${names[0]} comes to ${one}, ${low(names[1])} to ${other}.`;
  if (apart) return ["They play different acts, so no point of them can be set side by side.", ends];
  if (!faced) return ["They never face the same decision.", ends];
  const [first] = partings;
  const where = (/** @type {number} */ at) => place(rows[at]);
  if (!first) return ["They make the same choices throughout, and luck fell alike.", ends];
  const said = [
    {
      choice: `They part at ${where(first.at)}.`,
      luck: `Luck parts them first, ${where(first.at).replace("luck ", "")}.`,
      story: `The story parts them first: what went before leads them to different places at ${
        where(first.at)
      }.`,
      end: `They go together up to ${where(first.at)}, which only one of them comes to.`,
    }[first.by],
  ];
  // At the last point there is nothing left for them to meet at.
  if (first.by !== "end" && first.at < rows.length - 1) {
    said.push(
      first.meets === null
        ? "They do not meet again."
        : `They meet again ${
          where(first.meets).replace(/^decision/, "at decision").replace("luck", "where luck falls,")
        }.`,
    );
  }
  const numbers = list(differ.map((at) => String(rows[at].points[0]?.number)));
  const all = `the ${faced} decisions that both face`;
  if (!differ.length) said.push("At every decision that both face they choose alike.");
  else if (faced > 1) said.push(`Of ${all}, they take ${differ.length} differently: ${numbers}.`);
  const fell = luck.filter((at) => at !== first.at);
  if (fell.length) {
    const again = first.by === "luck" ? " again" : "";
    said.push(`Luck fell differently${again} ${list(fell.map((at) => where(at).replace("luck ", "")))}.`);
  }
  return [...said, ends];
}

/** A name within a sentence. @param {string} name */
export function low(name) {
  return name.replace(/^Run of/, "the run of").replace(/^(This|A|An|The) /, (word) => word.toLowerCase());
}

/** @param {string} text */
export function upper(text) {
  return text[0].toUpperCase() + text.slice(1);
}

/** @param {string[]} texts */
export function list(texts) {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}

/**
 * Whether a side could not be followed to its end, and how far it could: said before anything else.
 *
 * @param {Scenario} scenario
 * @param {Side} side
 */
export function cutShort(scenario, { played: { steps, state, whole }, act, short }) {
  if (whole && over(scenario, state, act)) return null;
  const made = decisions(steps).length;
  const far = made ? `as far as decision ${made}` : "not even at its first decision";
  return `${short} was made with an earlier version of this scenario, and can be followed ${
    made ? "only " : ""
  }${far}. What follows is about that part.`;
}
