// A model in the page: the look-up, the figures, and records that come from anywhere. That the numbers are Python's is
// shown by agreement/explore_test.js.

import assert from "node:assert/strict";
import {
  amount,
  differs,
  keepSetting,
  look,
  mend,
  merge,
  setting,
  snapped,
  sound,
  status,
  told,
  tryAt,
} from "../../courseware/kinds/explore/engine.js";

const control = { unit: null, help: null };
/** Two controls of two and three values; the line climbs by what they add up to. @type {any} */
const spec = {
  id: "sum",
  controls: [
    { ...control, id: "a", label: "A", min: 0, max: 1, step: 1, start: 1 },
    { ...control, id: "b", label: "B", min: 0, max: 1, step: 0.5, start: 0 },
  ],
  x: { values: [0, 1, 2] },
  lines: [{ id: "line", label: "Line", unit: "points", min: 0, max: 510, digits: 0 }],
  figures: [{
    label: "At the end",
    line: "line",
    minus: null,
    take: "end",
    bands: [{ below: 4, say: "low" }, { below: null, say: "high" }],
  }],
  tries: [{ id: "both", title: "Both", values: { a: 1, b: 1 } }, {
    id: "none",
    title: "None",
    values: { a: 0, b: 0 },
  }],
  // Nothing, then a miss of one step up (`_`) at the second value: the guess carries it on.
  grid: { first: [0], levels: [255], packed: "]]]" + "]_]" + "]a]" + "]^]" + "]c]" + "Ā]]" },
};
const START = { values: { a: 1, b: 0 }, visited: [], notes: {}, kept: [] };

Deno.test("any setting is found by its place, and one between goes to the nearest", () => {
  assert.deepEqual(look(spec, { a: 0, b: 0 }).line, [0, 0, 0]);
  assert.deepEqual(look(spec, { a: 0, b: 0.5 }).line, [0, 2, 4]);
  assert.deepEqual(look(spec, { a: 0, b: 1 }).line, [0, 4, 8]);
  assert.deepEqual(look(spec, { a: 0.2, b: 0.7 }).line, [0, 2, 4]);
  assert.deepEqual(look(spec, { a: 9, b: -9 }).line, [0, 510, 1020 - 512]); // one down goes round to the top
  assert.deepEqual(look(spec, { a: 1, b: 1 }).line, [34, 34, 34]); // a large miss has a letter of its own
  assert.deepEqual(snapped(spec, { a: 0.5, b: 0.76 }), { a: 1, b: 1 });
});

Deno.test("figures, their words, and how two settings differ", () => {
  const [figure] = spec.figures;
  assert.equal(told(spec, figure, { line: [9, 5, 3.4] }), "3 points: low");
  assert.equal(told(spec, figure, { line: [0, 0, 4] }), "4 points: high");
  const take = (/** @type {string} */ take, minus = null) =>
    amount({ ...figure, take, minus }, { line: [3, 9, 6], other: [1, 1, 2] });
  assert.deepEqual([take("end"), take("lowest"), take("highest"), take("average")], [6, 3, 9, 6]);
  assert.equal(take("highest", /** @type {any} */ ("other")), 8);
  const beside = { line: [0, 0, 10] };
  assert.equal(differs(spec, figure, { line: [0, 0, 12] }, beside), "2 more");
  assert.equal(differs(spec, figure, { line: [0, 0, 9] }, beside), "1 less");
  assert.equal(differs(spec, figure, { line: [0, 0, 10.3] }, beside), "the same");
});

Deno.test("a setting in words, and the try that it is", () => {
  assert.equal(setting(spec, { a: 1, b: 0.5 }), "A 1, B 0.5");
  assert.equal(tryAt(spec, { a: 1, b: 1 })?.id, "both");
  assert.equal(tryAt(spec, { a: 1, b: 0.5 }), undefined);
});

Deno.test("done when two tries were looked at", () => {
  assert.deepEqual([[], ["both"], ["both", "none"]].map((visited) => status({ ...START, visited })), [
    "begun",
    "begun",
    "done",
  ]);
});

const HOSTILE = [
  null,
  [],
  "text",
  {},
  { values: {} },
  { ...START, values: [] },
  { ...START, values: { a: "1" } },
  { ...START, values: { a: NaN } },
  { ...START, visited: "both" },
  { ...START, visited: [1] },
  { ...START, notes: { seen: 3 } },
  { ...START, notes: ["seen"] },
  { ...START, kept: {} },
  { ...START, kept: [{ values: { a: 1 } }] },
  { ...START, kept: [{ values: { a: null }, when: "2026" }] },
  { ...START, kept: [null] },
];

Deno.test("what is no record of a model is refused, and read as nothing done", () => {
  assert.ok(sound(START));
  for (const each of HOSTILE) {
    assert.equal(sound(each), false, JSON.stringify(each));
    assert.deepEqual(mend(spec, each), START);
  }
});

Deno.test("values out of range, controls and tries of another version: what can be used is used", () => {
  const old = {
    values: { a: 99, gone: 4 },
    visited: ["gone", "none", "none"],
    notes: { gone: "Mine" },
    kept: [{ values: { b: -4, constructor: 1 }, when: "2026-11-22T10:00:00.000Z" }],
  };
  assert.deepEqual(mend(spec, old), {
    values: { a: 1, b: 0 },
    visited: ["none"],
    notes: { gone: "Mine" },
    kept: [{ values: { a: 1, b: 0 }, when: "2026-11-22T10:00:00.000Z" }],
  });
});

const keep = (/** @type {number} */ day) => ({
  values: { a: 1, b: 1 },
  when: `2026-11-0${day}T10:00:00.000Z`,
});

Deno.test("two records of two devices: all that was kept, looked at and written, and where the later stands", () => {
  const earlier = {
    ...START,
    visited: ["both"],
    notes: { seen: "First", only: "Here" },
    kept: [keep(1), keep(3)],
  };
  const later = {
    ...START,
    values: { a: 0, b: 0 },
    visited: ["none"],
    notes: { seen: "Second", empty: "" },
    kept: [keep(1), keep(2)],
  };
  assert.deepEqual(merge(earlier, later), {
    values: { a: 0, b: 0 },
    visited: ["none", "both"],
    notes: { seen: "Second", only: "Here", empty: "" },
    kept: [keep(1), keep(2), keep(3)],
  });
  for (const each of [earlier, later, START]) assert.deepEqual(merge(each, each), each);
});

Deno.test("thirty settings are kept; the next takes the place of the oldest", () => {
  let record = /** @type {any} */ (START);
  for (let i = 0; i < 31; i++) record = keepSetting(record, { a: i }, `${i}`);
  assert.equal(record.kept.length, 30);
  assert.deepEqual([record.kept[0].when, record.kept[29].when], ["1", "30"]);
});
