// The scenario engine and its runs: known draws, order of effects, routes, refusals, and that a kept run plays the same.

import assert from "node:assert/strict";
import {
  advance,
  holds,
  IllegalMove,
  mulberry32,
  nextAct,
  options,
  over,
  start,
} from "../../courseware/kinds/scenario/engine.js";
import { replay, walk, within, word } from "../../courseware/kinds/scenario/run.js";
import { fresh } from "../../courseware/kinds/scenario/kept.js";
import {
  compare,
  defence,
  opening,
  partedFrom,
  role,
  thisRun,
  untold,
} from "../../courseware/kinds/scenario/partings.js";
import { changes, reading } from "../../courseware/kinds/scenario/scenes.js";
import { SCENARIO } from "./small.js";

Deno.test("mulberry32 gives the known values", () => {
  const drawn = [];
  let state = 0;
  for (let i = 0; i < 4; i++) {
    const { value, state: next } = mulberry32(state);
    drawn.push(value);
    state = next;
  }
  assert.deepEqual(drawn, [1144304738, 1416247, 958946056, 627933444]);
  assert.equal(mulberry32(0xffffffff).state, 0x6d2b79f4);
});

Deno.test("an indicator is held to its range after each effect, not at the end", () => {
  const state = start(SCENARIO);
  assert.equal(advance(SCENARIO, state, "up").indicators.trust, 9);
  assert.equal(advance(SCENARIO, state, "down").indicators.trust, 1);
  assert.equal(state.indicators.trust, 5, "the state before a move stays as it was");
});

Deno.test("setting holds to the range too, and an act's own start", () => {
  const state = start(SCENARIO, { act: "two" });
  assert.deepEqual([state.node, state.indicators.trust, state.flags.told], ["second", 10, true]);
  assert.equal(advance(SCENARIO, state, "set").indicators.safe, -3);
  assert.throws(() => start(SCENARIO, { act: "three" }), IllegalMove);
});

Deno.test("conditions: and, or, not, every comparison, words and flags", () => {
  const at = { indicators: { trust: 5 }, flags: { told: true, mood: "calm", constructor: 3 } };
  /** @type {[any, boolean][]} */
  const cases = [
    [null, true],
    [["cmp", "==", "told", true], true],
    [["cmp", "!=", "mood", "loud"], true],
    [["cmp", "<", "trust", 5], false],
    [["cmp", "<=", "trust", 5], true],
    [["cmp", ">", "trust", 5], false],
    [["cmp", ">=", "trust", 5], true],
    [["cmp", "==", "constructor", 3], true],
    [["and", ["cmp", "==", "told", true], ["not", ["cmp", "==", "mood", "calm"]]], false],
    [["or", ["cmp", "<", "trust", 0], ["cmp", "==", "mood", "calm"]], true],
  ];
  for (const [tree, expected] of cases) assert.equal(holds(tree, at), expected, JSON.stringify(tree));
});

Deno.test("a locked choice says why and cannot be taken", () => {
  const state = start(SCENARIO);
  const shut = options(SCENARIO, state)[2];
  assert.deepEqual([shut.open, shut.reason], [false, "Not yet"]);
  assert.throws(() => advance(SCENARIO, state, "shut"), IllegalMove);
});

Deno.test("moves that are not here are refused", () => {
  const state = start(SCENARIO);
  for (const move of [null, "", "nowhere", "calm", "constructor"]) {
    assert.throws(() => advance(SCENARIO, state, move), IllegalMove, String(move));
  }
  const story = advance(SCENARIO, state, "up");
  assert.throws(() => advance(SCENARIO, story, "up"), IllegalMove);
  const luck = advance(SCENARIO, story, null);
  assert.throws(() => advance(SCENARIO, luck, "fog"), IllegalMove);
  const end = advance(SCENARIO, advance(SCENARIO, luck, "calm"), "stop");
  assert.throws(() => advance(SCENARIO, end, null), IllegalMove);
  assert.deepEqual(options(SCENARIO, end), []);
});

Deno.test("chance walks its outcomes in file order; a forced outcome draws nothing", () => {
  const fallen = new Map();
  for (let seed = 0; seed < 400; seed++) {
    const luck = advance(SCENARIO, advance(SCENARIO, start(SCENARIO, { seed }), "up"), null);
    const drawn = advance(SCENARIO, luck, null);
    const expected = mulberry32(seed).value % 4 < 3 ? "calm" : "storm";
    assert.equal(drawn.path.at(-1), expected);
    assert.equal(drawn.rng, mulberry32(seed).state);
    assert.equal(advance(SCENARIO, luck, expected).rng, seed);
    assert.equal(drawn.node, "second", "checks in a row are passed at once");
    fallen.set(expected, (fallen.get(expected) ?? 0) + 1);
  }
  assert.ok(fallen.get("storm") > 60 && fallen.get("storm") < 140, "one in four, about");
});

Deno.test("checks that circle are refused, not followed for ever", () => {
  const circle = {
    ...SCENARIO,
    start: "a",
    acts: [],
    nodes: { a: { type: "check", routes: [{ if: null, next: "a" }] } },
  };
  assert.throws(() => start(circle), IllegalMove);
});

Deno.test("an act stops where the next one starts", () => {
  const walked = walk(SCENARIO, ["up", "calm", "stop"]);
  assert.equal(nextAct(SCENARIO, "one").id, "two");
  assert.equal(nextAct(SCENARIO, "two"), null);
  assert.equal(nextAct(SCENARIO, null), null);
  assert.ok(over(SCENARIO, walked.steps[2].after, "one"));
  assert.ok(!over(SCENARIO, walked.steps[2].after));
  assert.equal(within(SCENARIO, walked, "one").state.node, "second");
  assert.deepEqual(within(SCENARIO, walked, "two").steps.map((each) => each.move.move), ["stop"]);
});

Deno.test("the debrief of an act tells nothing of the acts after it; that of the last, and of the whole, tells all", () => {
  const each = { by: "Ann, clerk", path: ["up", "calm", "stop"], argues: "It stopped." };
  const debrief = { defended: [each], opening: "Luck fell twice." };
  const scenario = { ...SCENARIO, debrief };
  const told = (/** @type {string | null} */ act) => {
    const { steps, argues, ended } = defence(scenario, each, act);
    const chosen = steps.filter(({ taken }) => taken).map(({ taken }) => taken.id);
    return [chosen, argues, ended, opening(scenario, act)];
  };
  assert.deepEqual(told("one"), [["up", "calm"], null, null, null]);
  assert.deepEqual(told("two"), [["stop"], "It stopped.", "End", "Luck fell twice."]);
  assert.deepEqual(told(null), [["up", "calm", "stop"], "It stopped.", "End", "Luck fell twice."]);
  assert.equal(untold(scenario, "one"), "This is as far as “One” goes; the rest is not told here.");
  assert.deepEqual([untold(scenario, "two"), untold(scenario, null)], [null, null]);
});

Deno.test("beside a run of one act, a path's later luck and choices are not there", () => {
  const path = role(SCENARIO, { by: "Ann", path: ["up", "calm", "again", "down", "storm", "set"] });
  const moves = [["first", "up"], ["read", null], ["luck", "calm"]].map(([at, move]) => ({ at, move }));
  const played = replay(SCENARIO, /** @type {any} */ ({ seed: 1, act: "one", moves }));
  const run = thisRun(SCENARIO, { act: "one" }, played);
  const found = compare(SCENARIO, run, path);
  assert.deepEqual(found.rows.map(({ points }) => points[1]?.step.taken.id), ["up", "calm"]);
  assert.deepEqual(found.luck, []);
  assert.equal(found.ended[1], "the end of the act");
  assert.equal(partedFrom(SCENARIO, run, path).luck, false);
});

/** A run by a player who chooses blindly. @param {number} luck */
function wander(luck) {
  let { value, state: dice } = mulberry32(luck);
  const record = fresh(value, value % 3 ? null : "one");
  let state = start(SCENARIO, record);
  while (!over(SCENARIO, state, record.act) && record.moves.length < 60) {
    const open = options(SCENARIO, state).filter((each) => each.open);
    ({ value, state: dice } = mulberry32(dice));
    const move = open.length ? open[value % open.length].choice.id : null;
    record.moves.push({ at: state.node, move });
    state = advance(SCENARIO, state, move);
  }
  return { record, state };
}

Deno.test("property: every run stays in range and plays again to the same state", () => {
  for (let luck = 1; luck <= 500; luck++) {
    const { record, state } = wander(luck);
    const again = replay(SCENARIO, JSON.parse(JSON.stringify(record)));
    assert.ok(again.whole);
    assert.deepEqual(again.state, state);
    assert.ok(state.indicators.trust >= 0 && state.indicators.trust <= 10);
    assert.ok(state.indicators.safe >= -3 && state.indicators.safe <= 3);
    assert.equal(again.steps.filter((each) => each.taken).length, state.path.length);
    // With luck forced to what it was, the same path is walked without any seed.
    if (record.act === null && over(SCENARIO, state)) {
      assert.deepEqual(walk(SCENARIO, state.path).state.indicators, state.indicators);
    }
  }
});

Deno.test("property: any part of a run that no longer fits is cut off, and the rest stands", () => {
  for (let luck = 1; luck <= 200; luck++) {
    const { record } = wander(luck);
    const at = luck % record.moves.length;
    const bent = record.moves.map((each, i) => i === at ? { ...each, move: "gone" } : each);
    const again = replay(SCENARIO, { ...record, moves: bent });
    assert.equal(again.steps.length, at);
    assert.ok(!again.whole);
  }
});

Deno.test("words divide a range from low to high, ends included", () => {
  const trust = SCENARIO.indicators.trust;
  assert.deepEqual([0, 3, 4, 7, 8, 10].map((value) => word(trust, value)), [
    "worn",
    "worn",
    "strained",
    "strained",
    "steady",
    "steady",
  ]);
  assert.equal(reading(trust, 5), "5 of 10 · strained");
  assert.equal(reading(SCENARIO.indicators.safe, -1), "-1 (from -3 to 3)");
});

Deno.test("only indicators on show are announced, and only when they change", () => {
  const before = start(SCENARIO);
  assert.equal(changes(SCENARIO, before, advance(SCENARIO, before, "down")), "Trust down from 5 to 1.");
  const second = start(SCENARIO, { act: "two" });
  assert.equal(changes(SCENARIO, second, advance(SCENARIO, second, "set")), "");
});
