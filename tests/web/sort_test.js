/** The sort engine: placing, checking, and opening again what differs. */
import assert from "node:assert/strict";
import {
  check,
  mend,
  place,
  reopen,
  results,
  summary,
  unplaced,
} from "../../courseware/kinds/sort/engine.js";

/** @type {import("../../courseware/kinds/sort/engine.js").Sort} */
const spec = {
  categories: [{ id: "fact", label: "Fact" }, { id: "claim", label: "Claim" }],
  items: [
    {
      id: "x",
      text: "X",
      category: "fact",
      why: "<p>x</p>",
      basis: "practice",
      if_placed: { claim: "<p>not a claim</p>" },
    },
    { id: "y", text: "Y", category: "claim", why: "<p>y</p>", basis: "practice" },
    { id: "z", text: "Z", category: "claim", why: "<p>z</p>", basis: "practice" },
  ],
};
const empty = mend(spec, null);
/** @param {[string, string][]} moves */
const placed = (...moves) => moves.reduce((record, [item, category]) => place(record, item, category), empty);

Deno.test("nothing is placed at first, and the check waits until all is", () => {
  assert.deepEqual(empty, { placed: {}, checked: false, tries: 0 });
  const two = placed(["x", "claim"], ["z", "claim"]);
  assert.deepEqual(unplaced(spec, two).map(({ id }) => id), ["y"]);
  assert.throws(() => check(spec, two));
  assert.deepEqual(unplaced(spec, place(two, "z", "")).map(({ id }) => id), ["y", "z"]);
});

Deno.test("a check says where each belongs, and what the wrong place suggests", () => {
  const done = check(spec, placed(["x", "claim"], ["y", "fact"], ["z", "claim"]));
  assert.equal(done.tries, 1);
  const [x, y, z] = results(spec, done);
  assert.deepEqual([x.right, x.placed, x.belongs, x.note], [false, "Claim", "Fact", "<p>not a claim</p>"]);
  assert.equal(y.note, null);
  const none = check(spec, placed(["x", "claim"], ["y", "fact"], ["z", "fact"]));
  assert.equal(summary(spec, none), "All 3 belong elsewhere.");
  assert.equal(z.right, true);
  assert.equal(summary(spec, done), "1 of 3 is where it belongs; 2 differ.");
});

Deno.test("opening again keeps what agreed and puts the rest back", () => {
  const done = check(spec, placed(["x", "claim"], ["y", "claim"], ["z", "claim"]));
  assert.equal(summary(spec, done), "2 of 3 are where they belong; 1 differs.");
  const again = reopen(spec, done);
  assert.deepEqual(again, { placed: { y: "claim", z: "claim" }, checked: false, tries: 1 });
  const second = check(spec, place(again, "x", "fact"));
  assert.equal(second.tries, 2);
  assert.equal(summary(spec, second), "All 3 are where they belong.");
});

Deno.test("moving an item after the check asks for a new check", () => {
  const done = check(spec, placed(["x", "fact"], ["y", "claim"], ["z", "claim"]));
  assert.equal(place(done, "x", "claim").checked, false);
});

Deno.test("whatever was stored, what fits is kept", () => {
  for (const bad of [null, 3, "x", [], { placed: 4, tries: -1 }, { placed: null, checked: true }]) {
    assert.deepEqual(mend(spec, bad), empty);
  }
  const odd = mend(spec, { placed: { x: "fact", y: "nowhere", w: "fact", z: {} }, checked: true, tries: 2 });
  assert.deepEqual(odd, { placed: { x: "fact" }, checked: false, tries: 2 });
});
