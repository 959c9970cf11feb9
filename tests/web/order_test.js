/** The ranking's engine: mixing, moving, comparing pair by pair, and records that come from elsewhere. */
import assert from "node:assert/strict";
import {
  again,
  agreement,
  beside,
  check,
  mend,
  merge,
  mixed,
  move,
  right,
  sound,
  summary,
  tries,
} from "../../courseware/kinds/order/engine.js";

/** @param {string} id @param {number} rank @param {number} from @param {number} to @param {string|null} shown */
const item = (id, rank, from, to = from, shown = null) => ({
  id,
  text: id.toUpperCase(),
  rank,
  from,
  to,
  stands: from === to ? `${from}` : `${from} or ${to}`,
  shown,
  why: "<p>why</p>",
  basis: "practice",
});
/** Written in a mixed order; b and d are too close to call. @type {import("../../courseware/kinds/order/engine.js").Order} */
const spec = {
  items: [
    item("d", -24, 2, 3, "24%"),
    item("a", -62, 1, 1, "62%"),
    item("c", -12, 4, 4, "12%"),
    item("b", -27, 2, 3, "27%"),
  ],
  ends: { first: "Most", last: "Least" },
  known: { margin: 3 },
  task: "Order them.",
  how: "A pair is any two.",
  theirs: "the figures",
  pairs: 5,
};
const ranked = { ...spec, known: null, expert: { grounds: "", differ: "" }, theirs: "their order", pairs: 6 };
const WHEN = "2026-11-22T10:00:00.000Z";
const LATER = "2026-11-22T11:00:00.000Z";
const begun = mend(spec, null, 7);

Deno.test("a sitting begins mixed, the same for one seed, and never in the right order", () => {
  const starts = new Set();
  for (let seed = 0; seed < 500; seed++) {
    const order = mixed(spec, seed);
    starts.add(order.join());
    assert.deepEqual([...order].sort(), ["a", "b", "c", "d"]);
    assert.deepEqual(order, mixed(spec, seed));
    assert.ok(agreement(spec, order) < spec.pairs, order.join());
  }
  assert.equal(starts.size, 22, "every order but the two that count as right");
});

Deno.test("pairs that are too close to call count for neither", () => {
  assert.deepEqual(right(spec).map(({ id }) => id), ["a", "b", "d", "c"]);
  assert.equal(agreement(spec, ["a", "b", "d", "c"]), 5);
  assert.equal(agreement(spec, ["a", "d", "b", "c"]), 5);
  assert.equal(agreement(spec, ["c", "b", "d", "a"]), 0);
  assert.equal(agreement(ranked, ["a", "d", "b", "c"]), 5);
  // 34 − 32.3 is 1.7000000000000028 in a computer.
  const near = { ...spec, known: { margin: 1.7 }, items: [item("a", 32.3, 1), item("b", 34, 1)] };
  assert.deepEqual([agreement(near, ["b", "a"]), agreement(near, ["a", "b"])], [0, 0]);
});

Deno.test("an item moves by one place, and not past the ends", () => {
  const record = { ...begun, order: ["a", "b", "c", "d"] };
  const moved = move(record, "c", -1);
  assert.deepEqual([moved.order, moved.moved], [["a", "c", "b", "d"], true]);
  assert.deepEqual(record.order, ["a", "b", "c", "d"], "the record before is left as it was");
  assert.equal(move(record, "a", -1), record);
  assert.equal(move(record, "d", 1), record);
  assert.equal(move({ ...record, checked: true }, "a", 1).checked, false, "a move asks for a new check");
});

Deno.test("every check is kept, through changes and a new start", () => {
  const first = check({ ...begun, order: ["c", "b", "d", "a"], moved: true }, WHEN);
  assert.deepEqual([first.checked, first.checks], [true, [{ order: ["c", "b", "d", "a"], when: WHEN }]]);
  const second = check(move({ ...first, checked: false }, "a", -1), LATER);
  assert.deepEqual(tries(spec, second), [0, 1]);
  const anew = again(spec, second);
  assert.deepEqual([anew.moved, anew.checked, anew.checks], [false, false, second.checks]);
  assert.notEqual(anew.seed, second.seed);
  assert.deepEqual(anew.order, mixed(spec, anew.seed));
});

Deno.test("what came of it is said in words", () => {
  assert.equal(summary(spec, ["a", "d", "b", "c"]), "In the same order: 5 of 5 pairs.");
  assert.equal(summary(spec, ["c", "b", "d", "a"]), "In the same order: 0 of 5 pairs.");
  const [a, b, , c] = right(spec);
  assert.equal(beside(spec, a, 1).join(""), "You 1, the figures 1 (62%): as you put it.");
  assert.equal(beside(spec, a, 2).join(""), "You 2, the figures 1 (62%): they put it 1 place higher.");
  assert.equal(beside(spec, b, 3).join(""), "You 3, the figures 2 or 3 (27%): as you put it.");
  assert.equal(beside(spec, b, 1).join(""), "You 1, the figures 2 or 3 (27%): they put it 1 place lower.");
  assert.equal(beside(spec, c, 1).join(""), "You 1, the figures 4 (12%): they put it 3 places lower.");
  assert.equal(
    beside(ranked, { ...c, shown: null }, 1).join(""),
    "You 1, their order 4: they put it 3 places lower.",
  );
});

Deno.test("whatever was stored, what fits is kept", () => {
  assert.deepEqual(begun, { seed: 7, order: mixed(spec, 7), moved: false, checked: false, checks: [] });
  for (
    const bad of [null, 3, "x", [], { order: 4, seed: "x" }, { order: ["a", "a"], checks: {} }, { order: [] }]
  ) {
    assert.deepEqual(mend(spec, bad, 7), begun);
  }
  const checks = [{ order: ["c", "b", "d", "a"], when: WHEN }];
  const odd = mend(spec, {
    seed: 9,
    order: ["b", "gone", "a"],
    moved: true,
    checked: true,
    checks: [...checks, { order: "b" }, null, { order: ["a"], when: 3 }],
  });
  assert.deepEqual(odd.order.slice(0, 2), ["b", "a"], "what is still an item keeps its order");
  assert.deepEqual([...odd.order].sort(), ["a", "b", "c", "d"]);
  assert.deepEqual([odd.moved, odd.checked, odd.checks], [false, false, checks]);
  const whole = { seed: 9, order: ["b", "a", "c", "d"], moved: true, checked: true, checks };
  assert.deepEqual(mend(spec, whole), whole);
  const older = { ...whole, checks: [...checks, { order: ["a", "gone"], when: WHEN }] };
  assert.deepEqual(mend(spec, older), older, "a check of other items is still the learner's");
  assert.deepEqual(tries(spec, older), [0]);
  assert.equal(
    mend(spec, { ...whole, checks: [] }).checked,
    false,
    "nothing counts as checked without a check",
  );
});

Deno.test("a record is known by its shape, without the exercise", () => {
  const good = {
    seed: 9,
    order: ["b", "a"],
    moved: true,
    checked: true,
    checks: [{ order: ["a"], when: WHEN }],
  };
  assert.ok(sound(good));
  assert.ok(sound({ order: [] }));
  assert.ok(sound(begun));
  const hostile = [
    null,
    7,
    "x",
    [],
    {},
    { order: "ab" },
    { order: {} },
    { order: [1, 2] },
    { order: ["a", "a"] },
    { ...good, seed: -1 },
    { ...good, seed: 1.5 },
    { ...good, seed: "9" },
    { ...good, moved: "yes" },
    { ...good, checked: 1 },
    { ...good, checks: {} },
    { ...good, checks: [null] },
    { ...good, checks: [{ order: ["a"] }] },
    { ...good, checks: [{ order: [["a"]], when: WHEN }] },
    { ...good, checks: [{ order: ["a"], when: 7 }] },
    { placed: {}, checked: false, tries: 0 },
  ];
  for (const record of hostile) assert.equal(sound(record), false, JSON.stringify(record));
});

Deno.test("two devices' records become one, and no check is lost", () => {
  const one = { ...begun, checks: [{ order: ["a"], when: WHEN }, { order: ["b"], when: LATER }] };
  const between = { order: ["c"], when: "2026-11-22T10:30:00.000Z" };
  const two = { ...begun, order: ["d", "c", "b", "a"], checks: [one.checks[0], between] };
  const both = merge(one, two);
  assert.deepEqual(both.order, two.order, "the order that was saved last");
  assert.deepEqual(both.checks.map((/** @type {any} */ each) => each.order[0]), ["a", "c", "b"]);
  assert.deepEqual(merge(one, two), both);
  assert.deepEqual(merge(both, two).checks, both.checks);
  for (const record of [one, two, both, { order: ["a"] }, { ...one, checks: [...one.checks].reverse() }]) {
    assert.deepEqual(merge(record, structuredClone(record)), record);
  }
  assert.deepEqual(merge({ order: ["a"] }, one), one);
  assert.deepEqual(merge(one, { order: ["a"] }), { order: ["a"], checks: one.checks });
});
