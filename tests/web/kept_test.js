// What is kept of a scenario: which records are relied on, runs put together, and answers that stay with their run.

import assert from "node:assert/strict";
import { finish, fresh, merge, runKey, RUNS_KEPT, sound } from "../../courseware/kinds/scenario/kept.js";
import { walk } from "../../courseware/kinds/scenario/run.js";
import { SCENARIO } from "./small.js";

const BLANK = { expected: "", happened: "", why_different: "", learned: "" };

/** A record with one more run played to its end. @param {any} record @param {string[]} path */
function played(record, path) {
  const { steps, state } = walk(SCENARIO, path);
  return finish({ ...fresh(1, null, record), moves: steps.map((each) => each.move) }, state, state.node);
}

/** @param {any} record @param {string} text */
const wrote = (record, text) => ({ ...record, after_action: { ...record.after_action, learned: text } });

const FIRST = ["up", "calm", "stop"];
const SECOND = ["down", "storm", "set"];
const pathOf = (/** @type {any} */ run) =>
  run.moves.map((/** @type {any} */ each) => each.move).filter(Boolean);
const learned = (/** @type {any} */ record) =>
  record.runs.map((/** @type {any} */ run) => run.after_action?.learned);

Deno.test("a record of another shape is not relied on", () => {
  const good = wrote(played(played(null, FIRST), SECOND), "Ask first.");
  const [run] = good.runs;
  assert.ok(sound(good) && sound(fresh(1, null)) && sound(played(good, FIRST)));
  /** @type {any[]} */
  const bent = [
    {},
    { ...good, seed: "1" },
    { ...good, moves: {} },
    { ...good, moves: [null] },
    { ...good, moves: [{ at: 1, move: null }] },
    { ...good, moves: [{ at: "a", move: null, rationale: {} }] },
    { ...good, moves: Array(501).fill({ at: "a", move: null }) },
    { ...good, finished: "yes" },
    { ...good, draft: { at: 1 } },
    { ...good, runs: null },
    { ...good, runs: [{}] },
    { ...good, runs: [{ ...run, when: 5 }] },
    { ...good, runs: [{ ...run, ending: {} }] },
    { ...good, runs: [{ ...run, indicators: { trust: "9" } }] },
    { ...good, runs: [{ ...run, after_action: [] }] },
    { ...good, runs: [{ ...run, after_action: null }] },
    { ...good, runs: [{ ...run, after_action: { learned: { a: 1 } } }] },
    { ...good, after_action: [] },
    { ...good, after_action: { expected: 1 } },
    { ...good, if_then: null },
  ];
  for (const each of bent) assert.ok(!sound(each), JSON.stringify(each).slice(0, 80));
});

Deno.test("answers stay with the run that they are about", () => {
  const one = wrote(played(null, FIRST), "About the first.");
  assert.equal(one.runs[0].after_action, undefined, "the answers about the last run stand apart");
  const begun = fresh(2, null, one);
  assert.equal(
    begun.after_action.learned,
    "About the first.",
    "a run that has only begun takes nobody's place",
  );
  const two = wrote(played(one, SECOND), "About the second.");
  assert.deepEqual(learned(two), ["About the first.", undefined]);
  const three = played(two, ["up", "storm", "stop"]);
  assert.deepEqual(learned(three), ["About the first.", "About the second.", undefined]);
  assert.deepEqual(three.after_action, BLANK);
});

Deno.test("the same run again brings what was written of it back", () => {
  const two = wrote(played(wrote(played(null, FIRST), "About the first."), SECOND), "About the second.");
  const again = played(two, FIRST);
  assert.deepEqual(again.runs.map(pathOf), [SECOND, FIRST]);
  assert.equal(again.after_action.learned, "About the first.");
  assert.deepEqual(learned(again), ["About the second.", undefined]);
  assert.equal(played(wrote(again, "Said anew."), FIRST).after_action.learned, "Said anew.");
});

Deno.test("a record from before runs had answers goes on as it is", () => {
  const old = wrote(played(played(null, FIRST), SECOND), "Written then.");
  assert.ok(old.runs.every((/** @type {any} */ run) => !("after_action" in run)) && sound(old));
  assert.deepEqual(learned(played(old, ["up", "storm", "stop"])), [undefined, "Written then.", undefined]);
});

Deno.test("runs in which something was written outlast those in which nothing was", () => {
  /** @type {any} */
  let record = wrote(played(null, FIRST), "Kept.");
  // Every length of going round is a run of its own.
  for (let n = 1; n <= RUNS_KEPT + 10; n++) {
    record = played(record, [...Array(n).fill(["down", "calm", "again"]).flat(), ...SECOND]);
  }
  assert.equal(record.runs.length, RUNS_KEPT + 1);
  assert.equal(learned(record)[0], "Kept.");
  assert.equal(record.runs.at(-1).moves.length, 4 * (RUNS_KEPT + 10) + 4);
  assert.equal(new Set(record.runs.map(runKey)).size, record.runs.length);
});

Deno.test("two devices: every run of both, each with what was written about it", () => {
  const here = { ...wrote(played(null, FIRST), "Here."), if_then: "If rain, I ring" };
  const there = wrote(played(null, SECOND), "There.");
  const both = merge(here, there);
  assert.deepEqual(both.runs.map(pathOf), [FIRST, SECOND], "the run that the later is in stays last");
  assert.deepEqual(learned(both), ["Here.", undefined]);
  assert.deepEqual([both.after_action.learned, both.if_then], ["There.", "If rain, I ring"]);
  assert.ok(sound(both));
  assert.deepEqual(merge(there, here).runs.map(pathOf), [SECOND, FIRST]);
  assert.equal(merge(there, here).after_action.learned, "Here.");
  assert.deepEqual(merge(merge(here, there), there), both, "once more changes nothing");
});

Deno.test("two devices that wrote about the same run: the later words, and the earlier where it has none", () => {
  const base = played(null, FIRST);
  const here = { ...base, after_action: { ...BLANK, expected: "Calm.", learned: "Old." } };
  const there = { ...base, after_action: { ...BLANK, learned: "New." } };
  assert.deepEqual(merge(here, there).after_action, { ...BLANK, expected: "Calm.", learned: "New." });
  const gone = fresh(9, null, there);
  assert.equal(
    merge(here, gone).after_action.expected,
    "Calm.",
    "a new run that has only begun hides nothing",
  );
  const early = { ...fresh(1, null), after_action: { ...BLANK, learned: "Before any run." } };
  assert.equal(merge(early, fresh(2, null)).after_action.learned, "Before any run.");
  assert.equal(merge(fresh(2, null), early).after_action.learned, "Before any run.");
});

Deno.test("a record merged with itself is itself", () => {
  const records = [
    fresh(3, null),
    wrote(played(null, FIRST), "Once."),
    wrote(played(wrote(played(null, FIRST), "One."), SECOND), " "),
    fresh(4, "two", wrote(played(wrote(played(null, FIRST), "One."), SECOND), "Two.")),
  ];
  for (const each of records) assert.deepEqual(merge(each, each), each);
});
