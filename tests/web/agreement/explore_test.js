/**
 * Every setting of every model, looked up here and held against what Python stored, and against what the model gives.
 * Python writes the file that COURSEWARE_VECTORS names (tests/kinds/test_explore.py); without it this test fails, for it
 * would compare nothing.
 */

import assert from "node:assert/strict";
import { look, snapped, told } from "../../../courseware/kinds/explore/engine.js";

const named = Deno.env.get("COURSEWARE_VECTORS");

Deno.test("the page looks up what Python stored, within what is promised of the model itself", () => {
  if (!named) throw new Error("set COURSEWARE_VECTORS; `make unit` does");
  let compared = 0;
  for (
    const { spec, settings, stored, exact, worst, told: words } of JSON.parse(Deno.readTextFileSync(named))
  ) {
    settings.forEach((/** @type {Record<string, number>} */ values, /** @type {number} */ place) => {
      const lines = look(spec, values);
      assert.deepEqual(lines, stored[place], JSON.stringify(values));
      assert.deepEqual(snapped(spec, values), values);
      for (const [id, numbers] of Object.entries(lines)) {
        numbers.forEach((number, i) => assert.ok(Math.abs(number - exact[place][id][i]) <= worst[id] + 1e-9));
      }
      assert.deepEqual(spec.figures.map((/** @type {any} */ each) => told(spec, each, lines)), words[place]);
      compared++;
    });
  }
  assert.ok(compared > 0, "no setting was compared");
  console.log(`${compared} settings compared`);
});
