/** The reflection engine: what is kept, when it counts as done, how a plan reads. */
import assert from "node:assert/strict";
import { begun, mend, sentence, status } from "../../courseware/kinds/reflect/engine.js";

/** @type {import("../../courseware/kinds/reflect/engine.js").Reflect} */
const spec = {
  prompts: [{ id: "a", label: "What happened?" }, { id: "b", label: "What next?" }],
  commentary: "<p>One reading.</p>",
  if_then: { if_label: "If", then_label: "I will" },
};
const empty = mend(null);
/** @param {string} when @param {string} act */
const plan = (when, act) => sentence(spec, { ...empty, if_then: { if: when, then: act } });

Deno.test("whatever was stored, words are kept and nothing else", () => {
  assert.deepEqual(empty, { written: {}, revealed: false, if_then: { if: "", then: "" } });
  for (const bad of [3, "x", [], { written: 4, if_then: "x", revealed: "yes" }]) {
    assert.deepEqual(mend(bad), empty);
  }
  const kept = mend({
    written: { a: "mine", gone: "also mine", b: 4 },
    revealed: true,
    if_then: { if: "x", then: null },
  });
  assert.deepEqual(kept, {
    written: { a: "mine", gone: "also mine" },
    revealed: true,
    if_then: { if: "x", then: "" },
  });
});

Deno.test("begun by a word, done by a word and the commentary", () => {
  assert.equal(begun(spec, mend({ written: { a: "  \n" } })), false);
  const words = mend({ written: { b: "mine" } });
  assert.equal(begun(spec, words), true);
  assert.equal(status(spec, words), "begun");
  assert.equal(status(spec, { ...words, revealed: true }), "done");
  assert.equal(
    status(spec, { ...empty, revealed: true }),
    "begun",
    "looking first is allowed, and is not finishing",
  );
  assert.equal(status({ ...spec, commentary: null }, words), "done");
});

Deno.test("a plan reads as one sentence", () => {
  assert.equal(
    plan("a figure looks too good", "ask who is not in it"),
    "If a figure looks too good, I will ask who is not in it.",
  );
  assert.equal(
    plan(" If a figure\n looks too good, ", "I will ask who is not in it."),
    "If a figure looks too good, I will ask who is not in it.",
  );
  assert.equal(plan("iffy numbers come", "willingly wait"), "If iffy numbers come, I will willingly wait.");
  assert.equal(plan("", "ask"), "");
  assert.equal(plan("x", "  "), "");
  assert.equal(sentence({ ...spec, if_then: null }, empty), "");
});
