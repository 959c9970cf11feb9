/**
 * Groups that Python counted, counted again here. Python writes the file that COURSEWARE_VECTORS names
 * (tests/facilitate/test_room_size.py); without it this test fails, for it would compare nothing.
 */

import assert from "node:assert/strict";
import { breakoutsOf, FEWEST, groupsOf, MOST } from "../../../courseware/web/facilitate/room-size.js";

const named = Deno.env.get("COURSEWARE_VECTORS");

Deno.test("both make the same groups of a room", () => {
  if (!named) throw new Error("set COURSEWARE_VECTORS; `make unit` does");
  const { fewest, most, groups } = JSON.parse(Deno.readTextFileSync(named));
  assert.deepEqual([FEWEST, MOST], [fewest, most]);
  assert.equal(groups.length, most - fewest + 1);
  for (const [size, count, breakouts] of groups) {
    assert.deepEqual([groupsOf(size), breakoutsOf(size)], [count, breakouts], String(size));
  }
});
