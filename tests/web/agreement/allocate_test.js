/**
 * Splits that Python ran through a declared model, run again here: every value of every line equal to the last bit, and
 * the same said of each. Python writes the file that COURSEWARE_VECTORS names (tests/kinds/test_allocate.py).
 */

import { ends, evaluate, follows, run } from "../../../courseware/kinds/allocate/engine.js";

const named = Deno.env.get("COURSEWARE_VECTORS");

Deno.test("the two models agree to the last bit", () => {
  if (!named) throw new Error("set COURSEWARE_VECTORS; `make unit` does");
  const { vectors, trees } = JSON.parse(Deno.readTextFileSync(named));
  let compared = 0;
  for (const { exercise, runs } of vectors) {
    for (const [split, lines, said] of runs) {
      const found = run(exercise, split);
      for (const [stock, values] of Object.entries(lines)) {
        /** @type {number[]} */ (values).forEach((value, i) => {
          if (!Object.is(found[stock][i], value)) {
            throw new Error(
              `${exercise.id} ${JSON.stringify(split)} ${stock} ${i}: ${found[stock][i]}, not ${value}`,
            );
          }
          compared++;
        });
      }
      const held = follows(exercise, split, ends(found));
      const numbers = held.map((each) => exercise.consequences.indexOf(each));
      if (numbers.join() !== said.join()) {
        throw new Error(`${JSON.stringify(split)}: ${numbers}, not ${said}`);
      }
    }
  }
  for (const [tree, values, wanted] of trees) {
    const found = evaluate(tree, values);
    if (!Object.is(found, wanted)) throw new Error(`${JSON.stringify(tree)}: ${found}, not ${wanted}`);
    compared++;
  }
  if (compared < 2000) throw new Error("hardly anything was compared");
  console.log(`${compared} values compared`);
});
