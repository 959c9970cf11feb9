/**
 * Two paths set against each other: where they part and meet again, what each point cost, and what each role would say.
 * Pure: nothing is drawn here, and nothing is judged. One side is higher or lower than the other, never better.
 */

import { moment } from "../../web/when.js";
import { runKey } from "./kept.js";
import { nextAct } from "./engine.js";
import { replay, walk, within } from "./run.js";
import { titleOf } from "./words.js";

/** @typedef {import("./run.js").Step} Step */
/** @typedef {import("./run.js").Played} Played */
/** @typedef {import("./engine.js").Scenario} Scenario */
/** @typedef {Record<string, number>} Values */
/** @typedef {{step: Step, number: number}} Point a decision or a piece of luck; `number` counts the decisions up to it */
/**
 * @typedef {object} Side one path that can be chosen
 * @property {string} name for a list to choose from
 * @property {string} short what a narrow screen repeats in each row
 * @property {"run" | "role"} sort
 * @property {string | null} act the act that it plays, null for the whole story
 * @property {Played} played as far as it can still be followed
 * @property {string} ended the ending's title, from the record where the path can no longer be followed
 */
/**
 * @typedef {object} Row one point, on one side or on both
 * @property {(Point | null)[]} points
 * @property {boolean} same both are there, and took the same
 * @property {Values[]} changes what it moved on each side
 * @property {Values[]} after where each side stands after it
 */
/**
 * @typedef {object} Parting
 * @property {number} at the row from which they are apart
 * @property {"choice" | "luck" | "story" | "end"} by what parts them; `story`: it led on differently after what went before
 * @property {number | null} meets the row at which both are at the same point again
 */
/** @typedef {{from: number, to: number, made: [number, number][]}} Account first less second: at the start, at the end, and by row */
/**
 * @typedef {object} Comparison
 * @property {Row[]} rows
 * @property {Parting[]} partings
 * @property {number[]} differ rows in which both decide, and differently
 * @property {number} faced how many decisions both face
 * @property {number[]} luck rows in which luck fell differently
 * @property {Record<string, Account>} accounts by indicator
 * @property {string[]} ended where each came to its end, or the part of it that can be compared
 * @property {boolean} apart they play different acts, and have nothing to compare
 */

/** @param {Scenario} scenario @param {any} record @param {Played} played @returns {Side} */
export function thisRun(scenario, { act }, played) {
  const ended = titleOf(scenario, endOf(scenario, played));
  return { name: `This run: ${ended}`, short: "This run", sort: "run", act, played, ended };
}

/**
 * Every path that can be chosen: this run, the earlier ones, newest first, and those that a role would defend.
 *
 * @param {Scenario} scenario
 * @param {any} record
 * @param {Played} played this run
 * @returns {Side[]}
 */
export function sides(scenario, record, played) {
  const own = runKey({ act: record.act, moves: record.moves, ending: endOf(scenario, played) });
  const earlier = record.runs.filter((/** @type {any} */ run) => runKey(run) !== own)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => a.when < b.when ? 1 : -1);
  return [
    thisRun(scenario, record, played),
    ...earlier.map((/** @type {any} */ run) => {
      const [ended, short] = [titleOf(scenario, run.ending), `Run of ${moment(run.when)}`];
      const name = `${short}: ${ended}`;
      return { name, short, sort: "run", act: run.act, played: replay(scenario, run), ended };
    }),
    ...scenario.debrief.defended.map((/** @type {any} */ each) => role(scenario, each)),
  ];
}

/** A path that a role would defend, as a side. @param {Scenario} scenario @param {any} defended @returns {Side} */
export function role(scenario, { by, path }) {
  const played = walk(scenario, path);
  const ended = titleOf(scenario, endOf(scenario, played));
  return { name: by, short: by.split(", ")[0], sort: "role", act: null, played, ended };
}

/**
 * A path that a role would defend, as far as the debrief of a play may tell it: of an act only what is decided there. What
 * the role argues, and how the path ends, speak of the whole story, so they wait until there is no more of it to come.
 *
 * @param {Scenario} scenario
 * @param {any} defended
 * @param {string | null} act that was played; null for the whole story
 * @returns {{steps: Step[], argues: string | null, ended: string | null}}
 */
export function defence(scenario, defended, act) {
  const { steps } = within(scenario, walk(scenario, defended.path), act);
  if (goesOn(scenario, act)) return { steps, argues: null, ended: null };
  return { steps, argues: defended.argues, ended: role(scenario, defended).ended };
}

/** What the author says of the whole story once it is over. @param {Scenario} scenario @param {string | null} act */
export function opening(scenario, act) {
  return goesOn(scenario, act) ? null : scenario.debrief.opening;
}

/** The line that stands in place of the rest; nothing where the story has been told. @param {Scenario} scenario @param {string | null} act */
export function untold(scenario, act) {
  const { title } = scenario.acts.find((/** @type {any} */ each) => each.id === act) ?? {};
  return goesOn(scenario, act) ? `This is as far as “${title}” goes; the rest is not told here.` : null;
}

/** @param {Scenario} scenario @param {string | null} act */
function goesOn(scenario, act) {
  return nextAct(scenario, act) !== null;
}

/** @param {Scenario} scenario @param {Played} played */
function endOf(scenario, { state }) {
  return scenario.nodes[state.node].type === "ending" ? state.node : null;
}

/**
 * @param {Scenario} scenario
 * @param {Side} one
 * @param {Side} other
 * @returns {Comparison}
 */
export function compare(scenario, one, other) {
  const apart = one.act !== null && other.act !== null && one.act !== other.act;
  const act = one.act ?? other.act;
  // A path of the whole story is cut to the act that the other one plays.
  const played = [one, other].map((each) =>
    apart || each.act === act ? each.played : within(scenario, each.played, act)
  );
  const [left, right] = played.map(({ steps }) => points(steps));
  const aligned = apart ? [] : align(left, right);
  let after = played.map(({ steps, state }) => (steps[0]?.before ?? state).indicators);
  const start = after;
  const rows = aligned.map((pair) => {
    const changes = pair.map((point) => moved(point));
    after = pair.map((point, side) => point?.step.after.indicators ?? after[side]);
    const same = Boolean(pair[0] && pair[0].step.taken.id === pair[1]?.step.taken.id);
    return { points: pair, same, changes, after };
  });
  const both = (/** @type {Row} */ { points: [a, b] }, /** @type {string} */ type) =>
    a && b && a.step.node.type === type;
  const which = (/** @type {string} */ type) =>
    rows.flatMap((row, i) => both(row, type) && !row.same ? [i] : []);
  return {
    rows,
    partings: partings(rows),
    differ: which("decision"),
    faced: rows.filter((row) => both(row, "decision")).length,
    luck: which("chance"),
    accounts: Object.fromEntries(
      Object.keys(scenario.indicators).map((key) => [key, account(key, rows, start, after)]),
    ),
    ended: [one, other].map((each, i) => {
      if (played[i] === each.played) return each.ended;
      return played[i].steps.length
        ? titleOf(scenario, endOf(scenario, played[i]))
        : "an end before this act";
    }),
    apart,
  };
}

/** @param {Step[]} steps @returns {Point[]} */
function points(steps) {
  let number = 0;
  return steps.filter((each) => each.taken).map((step) => {
    number += step.node.type === "decision" ? 1 : 0;
    return { step, number };
  });
}

/**
 * Points at the same place stand in one row. From where the paths part, the next place that both reach is the one that is
 * nearest to both.
 *
 * @param {Point[]} one
 * @param {Point[]} other
 * @returns {(Point | null)[][]}
 */
function align(one, other) {
  /** @type {(Point | null)[][]} */
  const rows = [];
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    const [k, l] = nearest(one.slice(i), other.slice(j));
    one.slice(i, i + k).forEach((each) => rows.push([each, null]));
    other.slice(j, j + l).forEach((each) => rows.push([null, each]));
    [i, j] = [i + k, j + l];
    if (i < one.length && j < other.length) rows.push([one[i++], other[j++]]);
  }
  return rows;
}

/** How many points each goes on alone before both are at one place; all of them where they never are. @param {Point[]} one @param {Point[]} other */
function nearest(one, other) {
  for (let far = 0; far <= one.length + other.length; far++) {
    for (let k = Math.max(0, far - other.length + 1); k <= far && k < one.length; k++) {
      if (one[k].step.before.node === other[far - k]?.step.before.node) return [k, far - k];
    }
  }
  return [one.length, other.length];
}

/** @param {Point | null} point @returns {Values} */
function moved(point) {
  if (!point) return {};
  const { before, after } = point.step;
  const all = Object.entries(after.indicators).map(([key, value]) => [key, value - before.indicators[key]]);
  return Object.fromEntries(all.filter(([, by]) => by));
}

/** @param {Row[]} rows @returns {Parting[]} */
function partings(rows) {
  /** @type {Parting[]} */
  const found = [];
  let open = false;
  rows.forEach(({ points: [a, b], same }, at) => {
    const met = a && b;
    if (met && open) found[found.length - 1].meets = at;
    if (met) open = false;
    if (same || open) return;
    open = true;
    const rest = rows.slice(at);
    const ends = [0, 1].some((side) => rest.every((row) => !row.points[side]));
    const chosen = a?.step.node.type === "decision" ? "choice" : "luck";
    found.push({ at, by: met ? chosen : ends ? "end" : "story", meets: null });
  });
  return found;
}

/** @param {string} key @param {Row[]} rows @param {Values[]} start @param {Values[]} end @returns {Account} */
function account(key, rows, start, end) {
  const less = (/** @type {Values[]} */ [a, b]) => (a[key] ?? 0) - (b[key] ?? 0);
  const made = rows.map(({ changes }, i) => /** @type {[number, number]} */ ([i, less(changes)]));
  return { from: less(start), to: less(end), made: made.filter(([, by]) => by) };
}

/**
 * Where a run and a role part, as the role sees it: the first decision that both face and take differently.
 *
 * @param {Scenario} scenario
 * @param {Side} run
 * @param {Side} path the role's
 * @returns {{agreed: number, run: Point | null, role: Point | null, luck: boolean, nothing: boolean}} `agreed` counts the
 *   decisions that both took alike before that; `luck`: it fell differently before that; `nothing`: both never met
 */
export function partedFrom(scenario, run, path) {
  const { rows, differ, luck, faced } = compare(scenario, run, path);
  const at = differ[0] ?? rows.length;
  const before = rows.slice(0, at);
  const [mine, theirs] = rows[at]?.points ?? [null, null];
  return {
    agreed: before.filter((row) => row.same && row.points[0]?.step.node.type === "decision").length,
    run: mine,
    role: theirs,
    luck: luck.some((row) => row < at),
    nothing: faced === 0,
  };
}
