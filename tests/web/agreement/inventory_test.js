/**
 * Takings that Python scored, scored again here. Python writes the file that COURSEWARE_VECTORS names
 * (tests/kinds/test_inventory.py); without it this test fails, for it would compare nothing.
 */

import assert from "node:assert/strict";
import { bandOf, score } from "../../../courseware/kinds/inventory/engine.js";

const named = Deno.env.get("COURSEWARE_VECTORS");

Deno.test("both score a taking alike", () => {
  if (!named) throw new Error("set COURSEWARE_VECTORS; `make unit` does");
  let compared = 0;
  for (const { spec, takings } of JSON.parse(Deno.readTextFileSync(named))) {
    for (const { answers, scores, bands } of takings) {
      for (const dimension of spec.dimensions) {
        const found = score(spec, dimension, { when: "", answers });
        assert.deepEqual(found, scores[dimension.id], JSON.stringify({ id: dimension.id, answers }));
        assert.equal(bandOf(spec, found)?.id, bands[dimension.id]);
      }
      compared++;
    }
  }
  if (!compared) throw new Error("nothing was compared");
  console.log(`${compared} takings compared`);
});
