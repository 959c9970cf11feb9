// The store: nothing throws, nothing a person wrote is lost, two tabs agree, and a shared machine keeps nothing.

import assert from "node:assert/strict";
import { backingFor } from "../../courseware/web/backing.js";
import { classify, lost, own, parse, wrap, writing } from "../../courseware/web/record.js";
import { Store } from "../../courseware/web/store.js";
import { mulberry32 } from "../../courseware/web/random.js";
import { FakeStorage, tab as tabOn } from "./fake.js";

const KEY = "course:1:tide:1";
const EXERCISE = { id: "tide", major: 1, version: "1.2.0" };

/** @param {FakeStorage} local */
function tab(local) {
  return tabOn(local, EXERCISE);
}

/** @param {FakeStorage} local */
function ownTab(local = new FakeStorage()) {
  const it = tab(local);
  it.store.setMachine("own");
  return it;
}

/** Tell a tab what another one wrote, as the browser would. @param {ReturnType<typeof tab>} to @param {string} [key] */
function hear(to, key = KEY) {
  to.store.changed({ key, newValue: to.local.getItem(key) });
}

Deno.test("until somebody answers, work stays in the tab", () => {
  const { local, session, store, backing } = tab(new FakeStorage());
  assert.equal(store.machine(), null);
  assert.deepEqual(backing.write({ a: 1 }, "begun"), { saved: true, where: "tab", why: undefined });
  assert.equal(local.map.size, 0);
  assert.ok(session.getItem(KEY));
  assert.deepEqual(backing.read(), { a: 1 });
  assert.equal(backing.status?.(), "begun");
});

Deno.test("on one's own device, what the tab held moves to the device", () => {
  const { local, session, store, backing } = tab(new FakeStorage());
  backing.write({ a: 1 }, "done");
  store.setMachine("own");
  assert.equal(session.map.size, 0);
  assert.deepEqual([...local.map.keys()].sort(), [KEY, "course:1:machine"].sort());
  assert.equal(backing.write({ a: 2 }, "done").where, "device");
  assert.deepEqual(JSON.parse(local.getItem(KEY) ?? "").record, { a: 2 });
});

Deno.test("on a shared device, everything leaves the device, other major versions and set-aside work included", () => {
  const { local, session, store, backing } = ownTab();
  backing.write({ a: 1 }, "begun");
  local.setItem("course:1:tide:0", "old");
  local.setItem(`${KEY}:unreadable`, "{");
  local.setItem("another:1:tide:1", "not ours");
  store.setMachine("shared");
  assert.deepEqual([...local.map.keys()], ["another:1:tide:1"]);
  assert.equal(session.map.size, 4);
  assert.deepEqual(backing.read(), { a: 1 });
  assert.equal(backing.write({ a: 2 }, "begun").where, "tab");
  assert.deepEqual([...local.map.keys()], ["another:1:tide:1"]);
});

Deno.test("what a tab cannot take over stays where it is", () => {
  const { local, session, store, backing } = ownTab();
  backing.write({ a: "My words" }, "begun");
  session.full = true;
  store.setMachine("shared");
  assert.ok(local.getItem(KEY));
});

Deno.test("a full device: the tab keeps it, says why, and the later copy is read", () => {
  const { local, session, backing } = ownTab();
  backing.write({ a: 1 }, "begun");
  local.full = true;
  const { saved, where, why } = backing.write({ a: 2 }, "begun");
  assert.deepEqual([saved, where], [true, "tab"]);
  assert.match(why ?? "", /full/);
  // Two writes may fall into one millisecond; time moves on between two sittings.
  session.map.set(KEY, session.map.get(KEY)?.replace(/"saved":"\d{4}/, '"saved":"9999') ?? "");
  assert.deepEqual(backing.read(), { a: 2 });
  local.full = false;
  assert.equal(backing.write({ a: 3 }, "begun").where, "device");
  assert.equal(session.getItem(KEY), null);
});

Deno.test("no storage at all: nothing throws, and it says that nothing is saved", () => {
  for (const area of [() => null, () => Object.assign(new FakeStorage(), { shut: true }), refuse]) {
    const store = new Store("course", { local: area, session: area });
    const backing = backingFor(store, EXERCISE);
    assert.equal(backing.read(), null);
    assert.deepEqual([backing.write({ a: 1 }, "begun").saved, backing.write({ a: 1 }, "begun").where], [
      false,
      "memory",
    ]);
    store.setMachine("own");
    assert.equal(store.machine(), "own", "asked once, even where nothing can be kept");
    store.resume();
    assert.deepEqual(backing.aside?.(), []);
    backing.dropAside?.();
  }
});

/** @returns {Storage} */
function refuse() {
  throw new DOMException("no", "SecurityError");
}

Deno.test("a text that is not ours is set aside, whole, and the exercise starts afresh", () => {
  const bad = [
    "",
    "{",
    "null",
    "[]",
    "7",
    '"text"',
    '{"record":{}}',
    '{"format":0,"saved":"x","record":{}}',
    '{"format":1,"saved":"x","record":[]}',
    '{"format":1,"saved":5,"record":{}}',
    JSON.stringify({ format: 1, saved: "x", record: { bad: true } }),
    `{"format":1,"saved":"x","record":${'{"a":'.repeat(40)}1${"}".repeat(40)}}`,
    "x".repeat(1_000_001),
  ];
  for (const raw of bad) {
    const { local, store } = ownTab();
    local.setItem(KEY, raw);
    const backing = backingFor(store, EXERCISE, (record) => !record.bad);
    assert.equal(backing.read(), null, raw.slice(0, 40));
    assert.match(backing.notice?.() ?? "", /set aside, not deleted/);
    assert.equal(local.getItem(KEY), null);
    assert.equal(local.getItem(`${KEY}:unreadable`), raw);
    assert.equal(backing.write({ a: 1 }, "begun").where, "device");
  }
});

Deno.test("a second unreadable text does not take the place of the first", () => {
  const { local, backing } = ownTab();
  for (const raw of ["one", "two", "two", "three"]) {
    local.setItem(KEY, raw);
    backing.read();
  }
  const kept = [...local.map].filter(([key]) => key.includes("unreadable")).map(([, value]) => value);
  assert.deepEqual(kept, ["one", "two", "three"]);
});

Deno.test("a text that turns unreadable while the page is open is set aside before the next write", () => {
  const { local, backing } = ownTab();
  backing.write({ a: 1 }, "begun");
  local.setItem(KEY, "garbage");
  assert.equal(backing.write({ a: 2 }, "begun").where, "device");
  assert.equal(local.getItem(`${KEY}:unreadable`), "garbage");
});

Deno.test("where an unreadable text cannot be set aside, it is not overwritten either", () => {
  const { local, session, backing } = ownTab();
  local.setItem(KEY, "garbage");
  local.full = true;
  assert.equal(backing.read(), null);
  assert.equal(backing.write({ a: 1 }, "begun").where, "tab");
  assert.equal(local.getItem(KEY), "garbage");
  assert.ok(session.getItem(KEY));
});

Deno.test("a record of a newer format is left untouched, at reading and at writing", () => {
  const { local, backing } = ownTab();
  const newer = JSON.stringify({ format: 2, shape: "unknown" });
  local.setItem(KEY, newer);
  assert.equal(backing.read(), null);
  assert.match(backing.notice?.() ?? "", /newer version/);
  assert.equal(backing.write({ a: 1 }, "begun").where, "tab");
  assert.equal(local.getItem(KEY), newer);
});

Deno.test("a record of an older major version is left untouched, and the learner is told", () => {
  const { local, store } = ownTab();
  backingFor(store, EXERCISE).write({ a: 1 }, "done");
  const before = local.getItem(KEY);
  const next = backingFor(store, { ...EXERCISE, major: 2, version: "2.0.0" });
  assert.equal(next.read(), null);
  assert.match(next.notice?.() ?? "", /has changed/);
  next.write({ b: 1 }, "begun");
  assert.equal(local.getItem(KEY), before);
  assert.deepEqual(next.read(), { b: 1 });
  assert.equal(next.notice?.(), null);
});

Deno.test("a kind's test that throws counts as a refusal", () => {
  const found = classify(wrap({}, "1.0.0", "begun"), () => {
    throw new Error("no");
  });
  assert.equal(found.kind, "unreadable");
});

Deno.test("two tabs: the other hears of a write, and of erasing", () => {
  const local = new FakeStorage();
  const [one, two] = [ownTab(local), tab(local)];
  /** @type {any[]} */
  const heard = [];
  const stop = two.backing.subscribe((record, status) => heard.push([record, status]));
  one.backing.write({ a: 1 }, "done");
  hear(two);
  local.removeItem(KEY);
  hear(two);
  local.setItem(KEY, "garbage");
  hear(two);
  stop();
  one.backing.write({ a: 2 }, "done");
  hear(two);
  assert.deepEqual(heard, [[{ a: 1 }, "done"], [null, null]]);
});

Deno.test("two tabs: the later write wins, and displaced writing is kept until it is deleted", () => {
  const local = new FakeStorage();
  const [one, two] = [ownTab(local), tab(local)];
  one.backing.read();
  two.backing.read();
  one.backing.write({ note: "Written in the first tab." }, "begun");
  two.backing.write({ note: "Written in the second tab." }, "begun");
  assert.equal(JSON.parse(local.getItem(KEY) ?? "").record.note, "Written in the second tab.");
  for (const { backing } of [one, two]) assert.deepEqual(backing.aside?.(), ["Written in the first tab."]);
  two.backing.dropAside?.();
  assert.deepEqual(one.backing.aside?.(), []);
});

Deno.test("two tabs: a write that was heard of is no conflict, nor is one that only grew", () => {
  const local = new FakeStorage();
  const [one, two] = [ownTab(local), tab(local)];
  two.backing.subscribe(() => {});
  two.backing.read();
  one.backing.write({ note: "A first line" }, "begun");
  hear(two);
  two.backing.write({ note: "Something else entirely" }, "begun");
  assert.deepEqual(two.backing.aside?.(), []);
  one.backing.write({ note: "Something else entirely, and more" }, "begun");
  assert.deepEqual(one.backing.aside?.(), []);
});

Deno.test("two tabs: one that hears while it has unsaved words saves them, and sets the other's aside", () => {
  const local = new FakeStorage();
  const [one, two] = [ownTab(local), tab(local)];
  two.backing.read();
  two.backing.subscribe(() => two.backing.write({ note: "Still being typed." }, "begun"));
  one.backing.write({ note: "Saved a moment ago." }, "begun");
  hear(two);
  assert.deepEqual(two.backing.aside?.(), ["Saved a moment ago."]);
  two.backing.write({ note: "Still being typed. Done." }, "begun");
  assert.deepEqual(two.backing.aside?.(), ["Saved a moment ago."]);
});

Deno.test("a page that comes back from the cache hears what it missed", () => {
  const local = new FakeStorage();
  const [one, two] = [ownTab(local), tab(local)];
  /** @type {any[]} */
  const heard = [];
  two.backing.read();
  two.backing.subscribe((record) => heard.push(record));
  two.store.resume();
  one.backing.write({ a: 1 }, "begun");
  two.store.resume();
  two.store.resume();
  assert.deepEqual(heard, [{ a: 1 }]);
});

Deno.test("one tab says shared: the other is asked again, and its screen does not bring the work back", () => {
  const local = new FakeStorage();
  const [one, two] = [ownTab(local), tab(local)];
  one.backing.write({ a: 1 }, "begun");
  /** @type {any[]} */
  const heard = [];
  let asked = 0;
  two.backing.read();
  two.backing.subscribe((record) => heard.push(record));
  two.store.onMachine(() => asked++);
  one.store.setMachine("shared");
  hear(two, "course:1:machine");
  hear(two);
  assert.deepEqual([heard, asked, two.store.machine()], [[null], 1, null]);
  two.backing.write({ a: 2 }, "begun");
  assert.equal(local.map.size, 0);
  assert.deepEqual(one.backing.read(), { a: 1 });
});

Deno.test("a tab that was told `shared` does not listen to the device", () => {
  const local = new FakeStorage();
  const [one, two] = [tab(local), tab(local)];
  two.store.setMachine("shared");
  two.backing.subscribe(() => assert.fail("another person's work reached this tab"));
  one.store.setMachine("own");
  one.backing.write({ a: 1 }, "begun");
  hear(two, "course:1:machine");
  hear(two);
  assert.equal(two.store.machine(), "shared");
  assert.equal(two.backing.read(), null);
});

Deno.test("clearing all of the device's storage reaches every exercise", () => {
  const { local, store, backing } = ownTab();
  backing.write({ a: 1 }, "begun");
  let heard = 0;
  backing.subscribe((record) => heard += record === null ? 1 : 0);
  local.clear();
  store.changed({ key: null, newValue: null });
  assert.equal(heard, 1);
  assert.equal(store.machine(), null);
});

Deno.test("nothing parsed passes a prototype on", () => {
  const raw =
    '{"__proto__":{"bad":1},"constructor":{"prototype":{"bad":1}},"a":{"__proto__":{"bad":1},"b":2}}';
  const value = /** @type {any} */ (parse(raw));
  assert.deepEqual(Object.keys(value), ["a"]);
  assert.equal(value.a.bad, undefined);
  assert.equal(/** @type {any} */ ({}).bad, undefined);
  assert.equal(own(value, "constructor"), undefined);
  assert.equal(own(value, "toString"), undefined);
});

Deno.test("what a person wrote is told from what the course wrote", () => {
  const record = {
    seed: 7,
    moves: [{ at: "n1", move: "ring-her", rationale: "Nobody knows" }],
    runs: [{ when: "2026-07-01T10:00:00.000Z" }],
    after_action: { expected: "Quiet.", happened: "" },
  };
  assert.deepEqual(writing(record), ["Nobody knows", "Quiet."]);
  assert.deepEqual(lost(record, { a: "Quiet. And then not." }), ["Nobody knows"]);
});

Deno.test("property: two tabs that write at random lose no sentence", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const local = new FakeStorage();
    const tabs = [ownTab(local), tab(local)].map((each, i) => ({
      ...each,
      i,
      /** @type {string[]} */ notes: [],
    }));
    for (const each of tabs) {
      each.backing.read();
      each.backing.subscribe((record) => each.notes = record ? record.notes : []);
    }
    const written = [];
    let dice = seed;
    for (let n = 0; n < 40; n++) {
      const { value, state } = mulberry32(dice);
      dice = state;
      const it = tabs[value % 2];
      if (value % 5 === 0) hear(it);
      else {
        const note = `Line ${n} of tab ${it.i}.`;
        written.push(note);
        it.notes = [...it.notes, note];
        it.backing.write({ notes: it.notes }, "begun");
      }
    }
    const held = JSON.parse(local.getItem(KEY) ?? "").record.notes.concat(tabs[0].backing.aside?.());
    for (const note of written) assert.ok(held.includes(note), `seed ${seed}: ${note}`);
  }
});

Deno.test("property: whatever stands under our key, reading and writing neither throw nor delete it", () => {
  const pieces = [
    '{"format":1',
    '"saved":"x"',
    '"record":{',
    '"__proto__":1',
    "}",
    ",",
    "null",
    "[",
    "é",
    "\u2028",
    "1",
  ];
  for (let seed = 1; seed <= 400; seed++) {
    let dice = seed;
    let raw = "";
    for (let n = 0; n < seed % 9; n++) {
      const { value, state } = mulberry32(dice);
      dice = state;
      raw += pieces[value % pieces.length];
    }
    const { local, backing } = ownTab();
    local.setItem(KEY, raw);
    const before = backing.read();
    backing.write({ fresh: true }, "begun");
    const texts = [...local.map.values()];
    assert.ok(before !== null || texts.includes(raw), JSON.stringify(raw));
  }
});

Deno.test("what two tabs wrote at the same moment: one in its place, the other beside it, wherever one looks", () => {
  const local = new FakeStorage();
  const [one, two] = [tab(local), tab(local)];
  one.store.setMachine("own");
  for (const { backing } of [one, two]) {
    backing.read();
    backing.subscribe(() => {});
  }
  one.backing.write({ text: "before it all" }, "begun");
  const before = local.getItem(KEY);
  two.store.changed({ key: KEY, newValue: before, oldValue: null });

  // Neither has heard of the other: each writes over the same text.
  one.backing.write({ text: "before it all, the first" }, "begun");
  const first = local.getItem(KEY);
  local.setItem(KEY, /** @type {string} */ (before));
  two.backing.write({ text: "before it all, the second" }, "begun");
  const second = local.getItem(KEY);
  two.store.changed({ key: KEY, newValue: first, oldValue: before });
  one.store.changed({ key: KEY, newValue: second, oldValue: before });

  assert.equal(local.getItem(KEY), second);
  assert.deepEqual(one.backing.aside?.(), ["before it all, the first"]);
  assert.deepEqual(two.backing.aside?.(), ["before it all, the first"]);
});
