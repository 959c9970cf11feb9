/** The inventory engine: what may be kept, how a taking ends, what it comes to, and two devices put together. */
import assert from "node:assert/strict";
import { bandOf, finish, left, mend, merge, score, sound } from "../../courseware/kinds/inventory/engine.js";
import { InventoryElement } from "../../courseware/kinds/inventory/element.js";

/** @typedef {import("../../courseware/kinds/inventory/engine.js").Taken} Taken */

const readings = { low: { suggests: "<p>low</p>", ask: "?" }, high: { suggests: "<p>high</p>", ask: "?" } };
/** @type {import("../../courseware/kinds/inventory/engine.js").Inventory} */
const spec = {
  scale: { question: "?", points: ["Never", "Seldom", "Often", "Always"], cannot_say: "Cannot say" },
  bands: [{ id: "low", label: "Low", from: 1, to: 2.4 }, { id: "high", label: "High", from: 2.5, to: 4 }],
  dimensions: [
    {
      id: "a",
      label: "A",
      means: "a",
      statements: [{ id: "a1", text: "1" }, { id: "a2", text: "2", reversed: true }, { id: "a3", text: "3" }],
      readings,
    },
    {
      id: "b",
      label: "B",
      means: "b",
      statements: [{ id: "b1", text: "1" }, { id: "b2", text: "2" }],
      readings,
    },
  ],
  little_change: 0.5,
  most: 24,
};
const [a, b] = spec.dimensions;
const empty = mend(spec, null);
const whole = { a1: 1, a2: 4, a3: 2, b1: null, b2: 3 };
/** @param {number} day @param {Record<string, number|null>} [answers] */
const taking = (day, answers = whole) => ({
  when: `2026-05-${String(day).padStart(2, "0")}T08:00:00.000Z`,
  answers,
});
/** @param {Partial<Taken>} parts @returns {Taken} */
const record = (parts) => ({ takings: [], answers: {}, open: false, note: "", ...parts });

Deno.test("nothing is answered at first, and a taking ends only when all is", () => {
  assert.deepEqual(empty, { takings: [], answers: {}, open: true, note: "" });
  const { b2: _, ...some } = whole;
  const half = record({ answers: some, open: true, note: "mine" });
  assert.deepEqual(left(spec, half).map(({ id }) => id), ["b2"]);
  assert.throws(() => finish(spec, half, taking(3).when));
  const done = finish(spec, { ...half, answers: whole }, taking(3).when);
  assert.deepEqual(done, { takings: [taking(3)], answers: {}, open: false, note: "mine" });
});

Deno.test("cannot say counts as answered, and not in the mean", () => {
  assert.deepEqual(left(spec, record({ answers: { ...whole, a1: null, a2: null, a3: null } })), []);
  assert.deepEqual(score(spec, b, taking(3)), { rated: 1, value: 3 });
});

Deno.test("a reversed statement counts from the other end", () => {
  assert.deepEqual(score(spec, a, taking(3)), { rated: 3, value: 1.3 });
  assert.equal(bandOf(spec, score(spec, a, taking(3)))?.id, "low");
  assert.equal(bandOf(spec, { rated: 2, value: 2.5 })?.id, "high");
});

Deno.test("fewer than half rated is no score and no band", () => {
  const few = score(spec, a, taking(3, { a1: 2, a2: null, a3: null }));
  assert.deepEqual(few, { rated: 1, value: null });
  assert.equal(bandOf(spec, few), undefined);
  assert.deepEqual(score(spec, b, taking(3, {})), { rated: 0, value: null });
});

Deno.test("beside another taking only what was rated both times counts", () => {
  const old = taking(1, { a1: 4, gone: 2, a3: 3 });
  assert.deepEqual(score(spec, a, old), { rated: 2, value: 3.5 });
  assert.deepEqual(score(spec, a, taking(3), old), { rated: 2, value: 1.5 });
  assert.deepEqual(score(spec, a, old, taking(3)), { rated: 2, value: 3.5 });
  assert.equal(score(spec, b, taking(3), old).value, null);
});

Deno.test("there is an end to the room, and nothing is dropped for it", () => {
  const full = record({ takings: Array.from({ length: 24 }, (_, day) => taking(day + 1)), answers: whole });
  assert.throws(() => finish(spec, full, taking(30).when));
  assert.equal(mend(spec, full).takings.length, 24);
  assert.equal(mend(spec, { ...full, open: true }).open, false, "nobody is to rate what cannot be kept");
  assert.equal(merge(full, record({ takings: [taking(28)] })).takings.length, 25);
});

Deno.test("a record of our own is sound, and nothing else is", () => {
  const ours = record({ takings: [taking(3), taking(4, { gone: 7 })], answers: { a1: null }, note: "<b>" });
  assert.ok(sound(ours));
  assert.ok(sound(empty));
  const bad = [
    null,
    3,
    "x",
    [],
    {},
    { ...ours, takings: {} },
    { ...ours, takings: [null] },
    { ...ours, takings: [[]] },
    { ...ours, takings: [{ when: 3, answers: {} }] },
    { ...ours, takings: [{ when: "soon", answers: {} }] },
    { ...ours, takings: [{ when: taking(3).when }] },
    { ...ours, takings: [taking(3, /** @type {any} */ ([1]))] },
    { ...ours, answers: [] },
    { ...ours, answers: null },
    { ...ours, open: "yes" },
    { ...ours, note: { x: 1 } },
    { ...ours, note: null },
    ...[0, -1, 8, 1.5, NaN, "3", true, {}, [2]].map((a1) => ({ ...ours, answers: { a1 } })),
    ...[0, 8, 2.5, "3", true, {}].map((a1) => ({
      ...ours,
      takings: [taking(3, /** @type {any} */ ({ a1 }))],
    })),
  ]; // deno-fmt-ignore
  for (const each of bad) {
    assert.equal(sound(each), false, JSON.stringify(each));
    assert.deepEqual(mend(spec, each), empty, JSON.stringify(each));
  }
});

Deno.test("of a draft, what the exercise still asks for is kept; of a taking, all", () => {
  const odd = record({
    takings: [taking(3, { gone: 7, a1: 2 })],
    answers: { a1: 4, a2: 6, gone: 2, b1: null },
  });
  assert.deepEqual(mend(spec, odd), { ...odd, answers: { a1: 4, b1: null } });
  const unsaying = { ...spec, scale: { ...spec.scale, cannot_say: null } };
  assert.deepEqual(mend(unsaying, odd).answers, { a1: 4 });
  assert.equal(mend(spec, record({})).open, true, "with no taking there is no profile to show");
});

Deno.test("two devices are put together, and nothing that can be kept is lost", () => {
  const one = record({ takings: [taking(1), taking(3)], note: "first" });
  const other = record({ takings: [taking(1), taking(2)], note: "second" });
  const both = merge(one, other);
  assert.deepEqual(both.takings, [taking(1), taking(2), taking(3)]);
  assert.equal(both.note, "second");
  assert.equal(merge(one, { ...other, note: "" }).note, "first");
  assert.deepEqual(merge(one, one), one);
  assert.deepEqual(merge(both, both), both);
  const turned = record({ takings: [taking(5), taking(2)] });
  assert.deepEqual(merge(turned, turned), turned, "a clock that was wrong changes nothing of one's own");
});

Deno.test("ratings that are not finished are the later ones, unless nothing was done since", () => {
  const draft = record({ takings: [taking(1)], answers: { a1: 2 }, open: true });
  assert.deepEqual(merge(draft, record({ takings: [taking(1)] })), draft);
  assert.deepEqual(merge(draft, record({ takings: [taking(1), taking(2)] })).answers, {});
  assert.deepEqual(merge(draft, { ...draft, answers: { a3: 1 } }).answers, { a3: 1 });
});

Deno.test("the element offers both to whoever keeps work", () => {
  assert.equal(InventoryElement.tag, "course-inventory");
  assert.equal(InventoryElement.sound(empty), true);
  assert.deepEqual(InventoryElement.merge(empty, empty), empty);
});
