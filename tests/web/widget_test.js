// The notebook's side: the record lives in the model, Python may set it, and our own change is not drawn over.

import assert from "node:assert/strict";
import { asking, modelBacking } from "../../courseware/web/widget.js";

/** A model as anywidget has it: `change:record` fires for every setting, ours included. @param {any} values */
function fakeModel(values) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  let saves = 0;
  return {
    get: (/** @type {string} */ name) => values[name],
    set: (/** @type {string} */ name, /** @type {any} */ value) => {
      values[name] = value;
      if (name === "record") listeners.forEach((fn) => fn());
    },
    save_changes: () => saves++,
    on: (/** @type {string} */ _, /** @type {() => void} */ fn) => listeners.add(fn),
    off: (/** @type {string} */ _, /** @type {() => void} */ fn) => listeners.delete(fn),
    saves: () => saves,
    listening: () => listeners.size,
  };
}

Deno.test("nothing done yet, and a record of another shape, both read as nothing", () => {
  for (const record of [null, undefined, {}, [], "text", { bad: 1 }]) {
    assert.equal(modelBacking(fakeModel({ record }), (each) => !each.bad).read(), null);
  }
  assert.deepEqual(modelBacking(fakeModel({ record: { a: 1 } }), () => true).read(), { a: 1 });
});

Deno.test("a write reaches the model once; the status only where the model has one", () => {
  const plain = fakeModel({ record: null });
  assert.deepEqual(modelBacking(plain, () => true).write({ a: 1 }, "done"), {
    saved: true,
    where: "notebook",
  });
  assert.deepEqual([plain.get("record"), plain.get("status"), plain.saves()], [{ a: 1 }, undefined, 1]);
  const full = fakeModel({ record: null, status: "new" });
  modelBacking(full, () => true).write({ a: 1 }, "done");
  assert.equal(full.get("status"), "done");
});

Deno.test("Python's change is heard, our own is not, even when it comes back as a copy", () => {
  const model = fakeModel({ record: null });
  const backing = modelBacking(model, () => true);
  /** @type {any[]} */
  const heard = [];
  const stop = backing.subscribe((record) => heard.push(record));
  backing.write({ a: 1 }, "begun");
  model.set("record", { a: 1 });
  assert.deepEqual(heard, []);
  model.set("record", { a: 2 });
  model.set("record", null);
  assert.deepEqual(heard, [{ a: 2 }, null]);
  stop();
  assert.equal(model.listening(), 0);
});

/** A kernel that answers when it is told to. */
function fakeKernel() {
  /** @type {any[]} */
  const asked = [];
  /** @type {(message: any) => void} */
  let heard = () => {};
  const model = /** @type {any} */ ({
    send: (/** @type {any} */ message) => asked.push(message),
    on: (/** @type {string} */ event, /** @type {any} */ fn) => event === "msg:custom" && (heard = fn),
    off: () => heard = () => {},
  });
  return { model, asked, answer: (/** @type {any} */ message) => heard(message) };
}

Deno.test("one question is on its way at a time, the latest is asked next, and only the last answer is drawn", () => {
  const { model, asked, answer } = fakeKernel();
  const life = new AbortController();
  /** @type {any[]} */
  const drawn = [];
  const exact = asking(model, life.signal);
  for (const a of [1, 2, 3, 4]) exact({ a }, (lines) => drawn.push([a, lines]));
  assert.deepEqual(asked, [{ values: { a: 1 }, number: 1 }]);
  answer({ asked: 7, lines: "another's" });
  answer({ asked: 1, lines: "one" });
  assert.deepEqual(asked.slice(1), [{ values: { a: 4 }, number: 4 }]);
  assert.equal(drawn.length, 0);
  answer({ asked: 4, lines: "four" });
  answer({ asked: 4, lines: "again" });
  assert.deepEqual(drawn, [[4, "four"]]);
  exact({ a: 5 }, (lines) => drawn.push([5, lines]));
  answer({ asked: 5, lines: null }); // Python could not: what is drawn stays
  assert.deepEqual(drawn, [[4, "four"]]);
  exact({ a: 6 }, (lines) => drawn.push([6, lines]));
  life.abort();
  answer({ asked: 6, lines: "late" });
  assert.equal(drawn.length, 1);
});
