/**
 * Orders that Python compared, compared again here. Python writes the file that COURSEWARE_VECTORS names
 * (tests/kinds/test_order.py); without it this test fails, for it would compare nothing.
 */

import assert from "node:assert/strict";
import { agreement, mend, mixed, right, sound } from "../../../courseware/kinds/order/engine.js";

const named = Deno.env.get("COURSEWARE_VECTORS");

Deno.test("both compare two orders alike", () => {
  if (!named) throw new Error("set COURSEWARE_VECTORS; `make unit` does");
  const vectors = JSON.parse(Deno.readTextFileSync(named));
  for (const { spec, order, agreed, belongs } of vectors) {
    assert.equal(agreement(spec, order), agreed, JSON.stringify({ spec, order }));
    assert.deepEqual(right(spec).map(({ id }) => id), belongs);
    const record = { order, checks: [{ order, when: "2026-11-22T10:00:00.000Z" }], checked: true };
    assert.ok(sound(record));
    assert.deepEqual(mend(spec, record).order, order);
    assert.ok(agreement(spec, mixed(spec, order.length)) < spec.pairs || spec.pairs === 0);
  }
  assert.equal(vectors.length, 400);
});
