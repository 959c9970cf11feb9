/** The allocation engine: what is left in words, the model, what is said, and records of any shape. */
import assert from "node:assert/strict";
import {
  account,
  apart,
  ends,
  evaluate,
  follows,
  left,
  mend,
  merge,
  remains,
  run,
  see,
  sound,
  worst,
} from "../../courseware/kinds/allocate/engine.js";

/** @typedef {import("../../courseware/kinds/allocate/engine.js").Allocate} Allocate */

/** @type {Allocate} */
const spec = {
  budget: { amount: 10, unit: "days", one: "day", step: 1 },
  items: [
    { id: "desk", label: "Desk", means: "Sit." },
    { id: "walk", label: "Walk", means: "Go." },
    { id: "rest", label: "Rest", means: "Stop." },
  ],
  periods: { count: 2, one: "week", many: "weeks" },
  model: {
    stocks: {
      pile: {
        label: "Pile",
        unit: "letters",
        start: 40,
        min: 0,
        max: 100,
        better: -1,
        digits: 0,
        change: ["-", 20, ["*", 3, "desk"]],
      },
      trust: {
        label: "Trust",
        unit: "of 10",
        start: 5,
        min: 0,
        max: 10,
        better: 1,
        digits: 1,
        change: ["-", ["min", "walk", 2], ["/", "pile", 40]],
      },
    },
  },
  consequences: [
    { when: ["<=", 60, "pile"], then: "<p>High</p>" },
    { when: ["min", ["<", "pile", 60], ["<", 0, "walk"]], then: "<p>Walked</p>" },
    { when: ["<", ["<", 0, "desk"], 1], then: "<p>No desk</p>" },
  ],
};
const desk = { desk: 10, walk: 0, rest: 0 };
const walk = { desk: 0, walk: 10, rest: 0 };
const empty = { split: {}, note: "", expect: "", seen: false, plans: [] };
const FIRST = "2026-11-22T10:00:00.000Z";
const LATER = "2026-11-23T10:00:00.000Z";
/** @param {Record<string, number>} split @param {string} when */
const plan = (split, when, note = "", expect = "") => ({ split, note, expect, when });

Deno.test("what is left or over, in words", () => {
  assert.equal(remains(spec, {}), "10 days left to give out.");
  assert.equal(remains(spec, { desk: 9 }), "1 day left to give out.");
  assert.equal(remains(spec, { desk: 9, walk: 2 }), "1 day over: take some away.");
  assert.equal(remains(spec, { desk: 4, rest: 6 }), "All 10 days are given out.");
  assert.equal(left(spec, { desk: 4, gone: 3 }), 6);
});

Deno.test("all stocks change at once, and none leaves its range", () => {
  assert.deepEqual(run(spec, desk), { pile: [40, 30, 20], trust: [5, 4, 3.25] });
  assert.deepEqual(run(spec, walk).pile, [40, 60, 80]);
  assert.deepEqual(run({ ...spec, periods: { ...spec.periods, count: 4 } }, walk).pile.at(-1), 100);
  assert.deepEqual(ends(run(spec, {})), ends(run(spec, { desk: 0 })));
});

Deno.test("sums of every operator", () => {
  const values = { a: 6, b: -2 };
  for (
    const [tree, wanted] of /** @type {[any, unknown][]} */ ([
      [["+", "a", "b"], 4],
      [["-", 0, "a"], -6],
      [["*", "a", "b"], -12],
      [["/", "a", "b"], -3],
      [["min", "a", "b", 1], -2],
      [["max", "a", "b", 9], 9],
      [["<", "b", "a"], true],
      [["<=", "a", 6], true],
      [["max", ["<", "a", "b"], ["<", 7, "a"]], false],
      [4.5, 4.5],
    ])
  ) assert.equal(evaluate(tree, values), wanted);
});

Deno.test("what is said of a split, in the author's order", () => {
  const said = (/** @type {Record<string, number>} */ split) =>
    follows(spec, split, ends(run(spec, split))).map(({ then }) => then);
  assert.deepEqual(said(desk), []);
  assert.deepEqual(said(walk), ["<p>High</p>", "<p>No desk</p>"]);
  assert.deepEqual(said({ desk: 6, walk: 4 }), ["<p>Walked</p>"]);
});

Deno.test("the account says what is worse off most, and whether that was expected", () => {
  assert.equal(worst(spec, run(spec, desk)), "trust");
  assert.equal(worst(spec, run(spec, walk)), "pile", "less of it is better");
  const runs = [plan(desk, FIRST)];
  assert.equal(account(spec, { runs }), "Lost most: Trust, from 5.0 to 3.3.");
  const said = (/** @type {string} */ expect) => account(spec, { runs: [plan(desk, FIRST, "", expect)] });
  assert.match(said("trust"), / You expected that\.$/);
  assert.match(said("pile"), / You expected Pile\.$/);
  assert.match(said("none"), / You expected none to be\.$/);
  assert.match(said("gone"), / You expected none to be\.$/);
  assert.equal(worst(spec, run(spec, { desk: 7, walk: 3 })), "none");
  assert.match(
    account(spec, { runs: [plan({ desk: 7, walk: 3, rest: 0 }, FIRST, "", "none")] }),
    /^Nothing .* that\.$/,
  );
});

Deno.test("where two splits differ most, by each stock's own range", () => {
  const side = (/** @type {Record<string, number>} */ split) => ({ split, reached: ends(run(spec, split)) });
  assert.deepEqual(apart(spec, side(desk), side(walk)), { stock: "pile", item: "desk" });
  assert.deepEqual(apart(spec, side({ desk: 5, walk: 1, rest: 4 }), side({ desk: 5, walk: 5, rest: 0 })), {
    stock: "trust",
    item: "walk",
  });
});

Deno.test("a run is kept as a plan, whole, with its words", () => {
  const begun = { ...empty, split: { desk: 10 }, note: "It is loud", expect: "trust" };
  const seen = see(spec, begun, FIRST);
  assert.deepEqual(seen, {
    split: desk,
    note: "It is loud",
    expect: "trust",
    seen: true,
    plans: [plan(desk, FIRST, "It is loud", "trust")],
  });
  assert.deepEqual(begun.plans, [], "what was there is not changed in place");
  assert.equal(see(spec, { ...seen, split: walk, seen: false }, LATER).plans.length, 2);
  assert.equal(sound(seen), true);
});

Deno.test("whatever was stored, what fits is kept", () => {
  for (
    const bad of [null, undefined, 3, "x", [], { split: 4 }, { plans: {} }, { plans: [null] }, {
      seen: "yes",
    }]
  ) {
    assert.deepEqual(mend(spec, bad), { ...empty, runs: [] });
  }
  assert.deepEqual(mend(spec, { note: "mine" }), { ...empty, note: "mine", runs: [] });
  const gone = plan({ desk: 5, gone: 5 }, FIRST, "from before");
  const short = plan({ desk: 5, walk: 1, rest: 0 }, FIRST, "it was six days then");
  const mended = mend(spec, { split: { desk: 3, gone: 1 }, seen: true, plans: [gone, short] });
  assert.deepEqual(mended.split, { desk: 3 });
  assert.deepEqual(mended.plans, [gone, short], "their words are the learner's");
  assert.deepEqual([mended.runs, mended.seen], [[], false]);
  assert.deepEqual(mend(spec, { seen: true, plans: [gone, plan(walk, LATER)] }).runs, [plan(walk, LATER)]);
});

Deno.test("a record that would mislead or break is refused, without the exercise", () => {
  assert.equal(sound({}), true);
  assert.equal(sound({ ...empty, plans: [plan(desk, FIRST)] }), true);
  const plans = (/** @type {any} */ change) => ({ ...empty, plans: [{ ...plan(desk, FIRST), ...change }] });
  const hostile = [
    null,
    [],
    "x",
    { split: [] },
    { split: null },
    { split: { desk: -1 } },
    { split: { desk: 1.5 } },
    { split: { desk: "3" } },
    { split: { desk: NaN } },
    { split: { desk: 2 ** 60 } },
    { split: { desk: { valueOf: 3 } } },
    { note: 3 },
    { note: null },
    { expect: [] },
    { seen: 1 },
    { plans: "all" },
    { plans: [3] },
    plans({ split: null }),
    plans({ split: { desk: -10 } }),
    plans({ note: undefined }),
    plans({ when: 3 }),
    plans({ expect: {} }),
  ];
  for (const record of hostile) assert.equal(sound(record), false, JSON.stringify(record));
});

Deno.test("two records are one: every plan of both, in the order they were made", () => {
  const one = { ...empty, note: "first thoughts", plans: [plan(desk, FIRST, "a"), plan(walk, LATER, "b")] };
  const other = { ...empty, split: walk, plans: [plan(walk, LATER, "b"), plan(walk, FIRST, "c")] };
  assert.deepEqual(merge(one, one), one);
  assert.deepEqual(merge(other, other), other, "even one whose clock went back");
  const both = merge(one, other);
  assert.deepEqual(both.plans.map(({ note }) => note).sort(), ["a", "b", "c"]);
  assert.deepEqual(both.plans.map(({ when }) => when), [FIRST, FIRST, LATER]);
  assert.deepEqual([both.split, both.note], [walk, "first thoughts"]);
  assert.equal(merge(one, { ...other, note: "later" }).note, "later");
  assert.deepEqual(merge(one, both), both);
  assert.deepEqual(merge(merge(one, other), other).plans.length, 3);
  assert.equal(sound(both), true);
  assert.deepEqual(merge(/** @type {any} */ ({}), one), one);
  assert.deepEqual(merge(one, /** @type {any} */ ({})).plans, one.plans);
});
