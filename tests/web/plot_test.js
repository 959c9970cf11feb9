// What a small line chart works out before it draws; what is drawn is seen in the browser tests.

import assert from "node:assert/strict";
import { apart, figure, ticks } from "../../courseware/web/plot.js";

Deno.test("ticks are round, within the range, and as many as asked for or nearly", () => {
  assert.deepEqual(ticks(0, 100, 5), [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(ticks(0, 10, 5), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(ticks(0, 36, 8, 6), [0, 6, 12, 18, 24, 30, 36]);
  assert.deepEqual(ticks(-3, 3, 3), [-2, 0, 2]);
  assert.deepEqual(ticks(0, 0.3, 3), [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(ticks(5, 5, 4), [5]);
});

Deno.test("labels that would overlap are moved apart, within the bounds, and no further than they must", () => {
  const sizes = (/** @type {number[]} */ ...at) => at.map((each) => ({ at: each, size: 10 }));
  assert.deepEqual(apart(sizes(20, 80, 50), 0, 100), [20, 80, 50]);
  assert.deepEqual(apart(sizes(20, 22), 0, 100), [20, 30]);
  assert.deepEqual(apart(sizes(99, 98, 97), 0, 100), [95, 85, 75]);
  assert.deepEqual(apart(sizes(1, 0), 0, 100), [15, 5]);
  for (const wanted of [sizes(3, 3, 3, 3), sizes(100, 0, 50, 50), sizes(96, 97, 98, 1)]) {
    const places = apart(wanted, 0, 100).sort((one, other) => one - other);
    for (let i = 1; i < places.length; i++) assert.ok(places[i] - places[i - 1] >= 10);
    assert.ok(places[0] >= 5 && places[places.length - 1] <= 95);
  }
});

Deno.test("numbers have a true minus sign, no minus nought, and the digits that are asked for", () => {
  assert.deepEqual([figure(-2), figure(-0.001, 2), figure(1234.5), figure(2, 1), figure(0.5, 0)], [
    "−2",
    "0.00",
    "1,234.5",
    "2.0",
    "1",
  ]);
});
