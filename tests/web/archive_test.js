// One file of everything: the same to the byte, nothing lost on the way, and a file of harm changes nothing.

import assert from "node:assert/strict";
import * as quiz from "../../courseware/kinds/quiz/engine.js";
import * as reflect from "../../courseware/kinds/reflect/engine.js";
import * as scenario from "../../courseware/kinds/scenario/kept.js";
import * as sort from "../../courseware/kinds/sort/engine.js";
import { erase, exportText, held, importWork, plain } from "../../courseware/web/archive.js";
import { MAX_BYTES, readArchive } from "../../courseware/web/archive-read.js";
import { backingFor } from "../../courseware/web/backing.js";
import { wrap } from "../../courseware/web/record.js";
import { FakeStorage, tab } from "./fake.js";

const COURSE = "course";
/** @type {Record<string, any>} */
const KNOWN = {
  diary: { title: "The diary", kind_label: "Reflection", major: 1, ...reflect },
  story: { title: "The story", kind_label: "Scenario", major: 1, ...scenario },
  test: { title: "The test", kind_label: "Quiz", major: 1, ...quiz },
  piles: { title: "The piles", kind_label: "Sort", major: 1, ...sort },
};
/** @type {import("../../courseware/web/archive.js").Knowing} */
const knowing = (id) => Object.hasOwn(KNOWN, id) ? KNOWN[id] : undefined;
const DIARY = { id: "diary", major: 1, version: "1.0.0" };
const WHEN = "2026-05-01T10:00:00.000Z";

const RECORDS = {
  diary: {
    written: { a: "Words of <b>mine</b>.", b: 'é 🌊 \u2028 "q"' },
    revealed: true,
    if_then: { if: "so", then: "" },
  },
  story: {
    seed: 7,
    act: null,
    moves: [{ at: "n1", move: "tell", rationale: "She knows more.", confidence: "sure" }],
    finished: false,
    draft: { at: "n2", rationale: "half a" },
    runs: [{
      seed: 7,
      act: null,
      moves: [{ at: "n1", move: null }],
      ending: "e1",
      indicators: { trust: 5 },
      when: WHEN,
    }],
    after_action: { expected: "Quiet.", happened: "", why_different: "", learned: "" },
    if_then: "If it rains, I will ring.",
  },
  test: {
    count: 2,
    sitting: ["q1", "q2"],
    at: 1,
    answers: {
      q1: [{ given: ["a", "b"], confidence: "guess", correct: false, when: WHEN, sitting: 1 }],
      q2: [{ given: 3.5, confidence: null, correct: true, when: WHEN, sitting: 2 }],
      q3: [{ given: { g: "x" }, confidence: null, correct: true, when: WHEN, sitting: 1 }],
    },
    finished: true,
    draft: { item: "q1", raw: { g: "" }, confidence: null },
  },
  piles: { placed: { x: "fact" }, checked: false, tries: 2 },
};

/** @param {any} record @param {string} [saved] @param {string} [status] */
const kept = (record, saved = WHEN, status = "begun") => ({
  format: 1,
  version: "1.0.0",
  saved,
  status,
  record,
});

/** A profile on a device of one's own. @param {Record<string, string>} [texts] by name */
function profile(texts = {}) {
  const it = tab(new FakeStorage(), DIARY);
  it.store.setMachine("own");
  for (const [name, raw] of Object.entries(texts)) it.local.setItem(`course:1:${name}`, raw);
  return { ...it, text: () => exportText(it.store, COURSE, knowing) };
}

/** A profile with something of everything, unreadable and set-aside texts included. */
function rich() {
  const texts = Object.fromEntries(
    Object.entries(RECORDS).map(([id, record]) => [`${id}:1`, JSON.stringify(kept(record))]),
  );
  return profile({
    ...texts,
    "diary:1:set-aside": JSON.stringify([
      JSON.stringify(kept({ written: { a: "What another tab wrote." } })),
    ]),
    "diary:0": JSON.stringify(kept({ notes: "As it was before." })),
    "story:1:unreadable": "{half",
    "story:1:unreadable-2": "",
    "piles:2": JSON.stringify({ format: 2, of: "a newer course" }),
    "gone-since:1": JSON.stringify(kept({ anything: ["It is kept as it is."] })),
    "test:3": "not JSON and not yet seen by anybody",
    appearance: "dark",
  });
}

/** @param {string} text */
function work(text) {
  const read = readArchive(text, COURSE, knowing);
  if ("why" in read) throw new Error(read.why);
  return read.work;
}

/** @param {string} text */
function why(text) {
  const read = readArchive(text, COURSE, knowing);
  return "why" in read ? read.why : null;
}

/** Load a file into a profile. @param {ReturnType<typeof profile>} to @param {string} text */
const load = (to, text) => importWork(to.store, work(text), knowing);

Deno.test("saved in one profile, loaded in another, saved there: the same to the byte", () => {
  const [a, b] = [rich(), profile()];
  const file = a.text();
  assert.equal(file, a.text());
  const outcome = load(b, file);
  assert.deepEqual(outcome, { done: true, account: { added: 6, merged: 0, same: 0, aside: 1 } });
  assert.equal(b.text(), file);
  assert.ok(
    !file.includes("dark") && !file.includes("own"),
    "neither the appearance nor the answer goes along",
  );
  for (const id of Object.keys(RECORDS)) {
    const record = backingFor(b.store, { ...DIARY, id }, KNOWN[id].sound).read();
    assert.equal(plain(record), plain(RECORDS[/** @type {keyof typeof RECORDS} */ (id)]));
  }
});

Deno.test("the same file again changes nothing, and an empty profile makes a file that loads", () => {
  const [a, b] = [rich(), profile()];
  load(b, a.text());
  const before = b.local.dump();
  assert.deepEqual(load(b, a.text()), { done: true, account: { added: 0, merged: 0, same: 6, aside: 0 } });
  assert.deepEqual(load(a, a.text()), { done: true, account: { added: 0, merged: 0, same: 6, aside: 0 } });
  assert.equal(b.local.dump(), before);
  assert.deepEqual(load(b, profile().text()), {
    done: true,
    account: { added: 0, merged: 0, same: 0, aside: 0 },
  });
});

Deno.test("work that lies in the tab alone is in the file, and what a shared device holds is not", () => {
  const local = new FakeStorage();
  local.setItem("course:1:diary:1", JSON.stringify(kept({ written: { a: "Somebody else's." } })));
  const { store, session } = tab(local, DIARY);
  store.setMachine("own");
  session.setItem("course:1:machine", "shared");
  session.setItem("course:1:piles:1", JSON.stringify(kept(RECORDS.piles)));
  const text = exportText(store, COURSE, knowing);
  assert.ok(text.includes("piles:1") && !text.includes("Somebody"));
  importWork(store, work(rich().text()), knowing);
  assert.equal(JSON.parse(local.getItem("course:1:diary:1") ?? "").record.written.a, "Somebody else's.");
  erase(store);
  assert.ok(local.getItem("course:1:diary:1"), "another person's work is not erased");
  assert.equal(session.map.size, 0);
});

Deno.test("two records of one exercise become one, and what it cannot hold is set aside", () => {
  const mine = {
    written: { a: "Mine, earlier.", b: "Only here." },
    revealed: true,
    if_then: { if: "x y", then: "" },
  };
  const theirs = {
    written: { a: "Theirs, later.", b: " " },
    revealed: false,
    if_then: { if: "", then: "act" },
  };
  const here = profile({ "diary:1": JSON.stringify(kept(mine, WHEN, "done")) });
  const there = profile({ "diary:1": JSON.stringify(kept(theirs, "2026-05-02T10:00:00.000Z")) });
  assert.deepEqual(load(here, there.text()), {
    done: true,
    account: { added: 0, merged: 1, same: 0, aside: 1 },
  });
  assert.deepEqual(here.backing.read(), {
    written: { a: "Theirs, later.", b: "Only here." },
    revealed: true,
    if_then: { if: "x y", then: "act" },
  });
  assert.equal(here.backing.status?.(), "done", "what was done once stays done");
  assert.deepEqual(here.backing.aside?.(), ["Mine, earlier."]);
  const once = here.local.dump();
  for (const text of [there.text(), here.text()]) load(here, text);
  assert.equal(here.local.dump(), once);
});

Deno.test("a quiz keeps every answer ever given, and a scenario every run", () => {
  const answer = (/** @type {string} */ given, /** @type {string} */ when, sitting = 1) => ({
    given,
    confidence: "sure",
    correct: false,
    when,
    sitting,
  });
  const first = { ...RECORDS.test, count: 1, answers: { q1: [answer("a", "2026-05-01T08:00:00.000Z")] } };
  const second = {
    ...RECORDS.test,
    count: 3,
    answers: { q1: [answer("b", "2026-05-01T07:00:00.000Z"), answer("c", "2026-05-01T09:00:00.000Z", 3)] },
  };
  for (const [e, l] of [[first, second], [second, first]]) {
    const both = quiz.merge(/** @type {any} */ (e), /** @type {any} */ (l));
    assert.deepEqual(both.answers.q1.map(({ given }) => given).sort(), ["a", "b", "c"]);
    assert.ok(quiz.sound(both));
    assert.equal(both.count, 3);
    for (const again of [quiz.merge(/** @type {any} */ (e), both), quiz.merge(both, both)]) {
      assert.deepEqual(again, both);
    }
  }
  // An answer that belongs to another device's sitting must not count as given in this one.
  const both = quiz.merge(/** @type {any} */ (second), /** @type {any} */ ({ ...first, sitting: ["q1"] }));
  assert.deepEqual(both.answers.q1.filter(({ sitting }) => sitting === 3).map(({ given }) => given), ["a"]);

  const run = (/** @type {string} */ move, /** @type {number} */ n, rationale = "") => ({
    ...RECORDS.story.runs[0],
    moves: [{ at: "n1", move, rationale }],
    when: new Date(Date.parse(WHEN) + n * 1000).toISOString(),
  });
  const many = Array.from({ length: 50 }, (_, n) => run(`m${n}`, n, n % 2 ? `Reason ${n}.` : ""));
  const left = { ...RECORDS.story, runs: many.slice(0, 30) };
  const right = { ...RECORDS.story, runs: [...many.slice(20), run("m1", 99, "Another reason.")] };
  const merged = scenario.merge(left, right);
  assert.deepEqual(scenario.merge(merged, merged), merged);
  assert.deepEqual(scenario.merge(left, left), left);
  const reasons = merged.runs.map((/** @type {any} */ each) => each.moves[0].rationale).filter(Boolean);
  assert.equal(reasons.length, 26, "every run with a reason, and both reasons for the same moves");
  assert.deepEqual(
    merged.runs,
    merged.runs.toSorted((/** @type {any} */ a, /** @type {any} */ b) => a.when < b.when ? -1 : 1),
  );
  const silent = Array.from({ length: 80 }, (_, n) => run(`m${n}`, n));
  assert.equal(
    scenario.merge({ ...left, after_action: {}, runs: silent }, { ...left, after_action: {}, runs: [] }).runs
      .filter((/** @type {any} */ r) => !r.moves[0].rationale).length,
    scenario.RUNS_KEPT,
  );
});

Deno.test("a merge that would grow past what can be read back takes the later, and sets the other aside whole", () => {
  const long = (/** @type {string} */ key) => ({ written: { [key]: `${key} ${"words ".repeat(110_000)}` } });
  const here = profile({ "diary:1": JSON.stringify(kept(long("a"))) });
  const there = profile({ "diary:1": JSON.stringify(kept(long("b"), "2026-05-02T10:00:00.000Z")) });
  const outcome = load(here, there.text());
  assert.deepEqual(outcome, { done: true, account: { added: 0, merged: 1, same: 0, aside: 1 } });
  assert.deepEqual(Object.keys(here.backing.read()?.written), ["b"]);
  assert.deepEqual(here.backing.aside?.().map((text) => text.slice(0, 7)), ["a words"]);
  const text = here.text();
  const next = profile();
  load(next, text);
  assert.equal(next.text(), text);
});

Deno.test("what a newer version keeps here is not touched; what the file has of it is set aside", () => {
  const newer = JSON.stringify({ format: 2 });
  const here = profile({ "diary:1": newer });
  const outcome = load(here, rich().text());
  assert.ok(outcome.done && outcome.account.aside === 2);
  assert.equal(here.local.getItem("course:1:diary:1"), newer);
  assert.match(here.local.getItem("course:1:diary:1:set-aside") ?? "", /Words of <b>mine/);
});

Deno.test("what lies unreadable under a key here is moved out of the way of what is loaded", () => {
  const here = profile({
    "diary:1": JSON.stringify(kept({ written: "no map" })),
    "diary:1:unreadable": "first",
  });
  load(here, rich().text());
  assert.equal(here.backing.read()?.written.a, RECORDS.diary.written.a);
  assert.match(here.local.getItem("course:1:diary:1:unreadable-2") ?? "", /no map/);
  assert.equal(here.local.getItem("course:1:diary:1:unreadable"), "first");
});

Deno.test("a tab that held the later copy while the device was full gives it to the file, and to the device", () => {
  const here = profile({ "diary:1": JSON.stringify(kept({ written: { a: "On the device." } })) });
  here.session.setItem(
    "course:1:diary:1",
    JSON.stringify(kept({ written: { a: "In the tab." } }, "2026-05-03T00:00:00.000Z")),
  );
  const text = here.text();
  assert.ok(text.includes("In the tab.") && text.includes("On the device."));
  const next = profile();
  load(next, text);
  assert.equal(next.text(), text);
  load(here, profile({ "diary:1": JSON.stringify(kept({ written: { b: "From the file." } })) }).text());
  assert.equal(here.session.map.size, 0);
  assert.deepEqual(here.backing.read()?.written, { a: "In the tab.", b: "From the file." });
  assert.deepEqual(here.backing.aside?.(), ["On the device."]);
});

Deno.test("a full storage fits into a file that can be read", () => {
  const here = profile();
  for (let n = 0; n < 5; n++) here.local.setItem(`course:1:long-${n}:1:unreadable`, 'é"'.repeat(490_000));
  const text = here.text();
  assert.ok(text.length < MAX_BYTES && work(text).size === 5);
});

Deno.test("erasing: one exercise in all its versions, or everything, and the others hear of it", () => {
  const here = rich();
  const other = tab(here.local, DIARY);
  /** @type {any[]} */
  const heard = [];
  here.backing.read();
  here.backing.subscribe((record) => heard.push(record));
  assert.ok(erase(here.store, "diary"));
  assert.deepEqual(heard, [null]);
  assert.deepEqual([...here.local.map.keys()].filter((key) => key.includes("diary")), []);
  assert.ok(here.local.getItem("course:1:piles:1"));
  other.store.changed({ key: "course:1:diary:1", newValue: null });
  assert.equal(other.backing.read(), null);
  assert.ok(erase(here.store));
  assert.deepEqual([...here.local.map.keys()], ["course:1:appearance"]);
  assert.equal(here.store.machine(), null, "asked again, as on the first day");
});

Deno.test("erasing where nothing can be removed says so", () => {
  const here = rich();
  here.local.fails = () => true;
  assert.equal(erase(here.store), false);
});

// ---------- files of every kind ----------

/** @param {(file: any) => void} change */
function bent(change) {
  const file = JSON.parse(rich().text());
  change(file);
  return JSON.stringify(file);
}

Deno.test("a file that is none of ours is refused, in plain words, and changes nothing", () => {
  const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
  /** @type {[string, RegExp][]} */
  const files = [
    ["", /empty/],
    [" \n", /empty/],
    ["\0\x01\xff\xfePK\x03\x04", /cannot be read/],
    ["GIF89a", /cannot be read/],
    [rich().text().slice(0, -40), /cut off/],
    [`${rich().text().slice(0, 400)}`, /cut off/],
    ["x".repeat(MAX_BYTES + 1), /larger/],
    [deep, /nested deeper/],
    ["[".repeat(10_000), /nested deeper/],
    ["[".repeat(5_000_000), /nested deeper/],
    ["null", /not a file of work/],
    ["7", /not a file of work/],
    ['"text"', /not a file of work/],
    ["[]", /not a file of work/],
    ["{}", /not a file of work/],
    ['{"course":"course"}', /not a file of work/],
    [bent((file) => file.course = "another"), /another course, “another”/],
    [bent((file) => file.course = "<script>alert(1)</script>".repeat(9)), /another course, “<script>/],
    [bent((file) => file.format = 2), /newer version/],
    [bent((file) => file.format = 0), /format/],
    [bent((file) => file.format = 0.5), /format/],
    [bent((file) => file.extra = 1), /`extra`/],
    [rich().text().replace('"course"', '"__proto__": {"a": 1}, "course"'), /`__proto__`/],
    [rich().text().replace('"course"', '"\\u005f_proto__": {"a": 1}, "course"'), /`__proto__`/],
    [
      rich().text().replace('"written"', '"constructor": {"prototype": {"a": 1}}, "written"'),
      /`constructor`/,
    ],
    [rich().text().replace('"written"', '"prototype": {"a": 1}, "written"'), /`prototype`/],
    [rich().text().replace('"course"', '"course": "course", "course"'), /`course` twice/],
    [rich().text().replace('"story:1"', '"diary:1": {}, "story:1"'), /`diary:1` twice/],
    [rich().text().replace('"written"', '"wr\\u0069tten": {}, "written"'), /`written` twice/],
  ];
  for (const [text, reason] of files) {
    assert.match(why(text) ?? "accepted", reason, text.slice(0, 60));
  }
  assert.equal(/** @type {any} */ ({}).a, undefined);
});

Deno.test("wrong at any field: refused, and the exercise is named", () => {
  const wrong = [undefined, null, true, 3, -1.5, "text", [], [1], {}, { a: 1 }, "x".repeat(50)];
  /** @type {string[][]} */
  const paths = [];
  const walk = (/** @type {any} */ value, /** @type {string[]} */ path) => {
    paths.push(path);
    if (typeof value === "object" && value !== null) {
      for (const [key, each] of Object.entries(value)) walk(each, [...path, key]);
    }
  };
  walk(JSON.parse(rich().text()), []);
  let refused = 0;
  for (const path of paths) {
    for (const other of wrong) {
      const file = JSON.parse(rich().text());
      const parent = path.slice(0, -1).reduce((at, key) => at[key], { "": file, ...file });
      if (!path.length) continue;
      parent[/** @type {string} */ (path.at(-1))] = other;
      const whole = path.length === 1 ? { ...file, [path[0]]: other } : file;
      const text = JSON.stringify(whole);
      const here = profile();
      const before = here.local.dump();
      const reason = why(text);
      if (reason !== null) {
        refused += 1;
        assert.match(reason, /^[A-Z“].*[.]$/s, reason);
        if (path[0] === "records" && path.length > 2) {
          const title = knowing(path[1].split(":")[0])?.title ?? path[1].split(":")[0];
          assert.ok(reason.includes(`“${title}”`), reason);
        }
        assert.equal(here.local.dump(), before);
        continue;
      }
      // What is not refused must be something that loads, is read back by its exercise, and is saved the same.
      const outcome = load(here, text);
      assert.ok(outcome.done, path.join("."));
      for (const id of Object.keys(RECORDS)) {
        const backing = backingFor(here.store, { ...DIARY, id }, KNOWN[id].sound);
        backing.read();
        const said = backing.notice?.() ?? "";
        assert.ok(!said.includes("could not be read") || id === "test", `${path.join(".")}: ${said}`);
      }
      assert.equal(profileAfter(here.text()), here.text());
    }
  }
  assert.ok(paths.length > 90 && refused > 500, `${paths.length} fields, ${refused} refusals`);
});

/** @param {string} text */
function profileAfter(text) {
  const next = profile();
  load(next, text);
  return next.text();
}

Deno.test("the field at fault is named where one is", () => {
  /** @type {[(file: any) => void, RegExp][]} */
  const slips = [
    [(file) => file.records["story:1"].record.moves = 5, /^“The story”: its `moves`/],
    [(file) => file.records["story:1"].record.seed = "x", /^“The story”: its `seed`/],
    [(file) => file.records["test:1"].record.count = 0, /^“The test”: its `count`/],
    [(file) => file.records["diary:1"].record.written.a = 5, /^“The diary”: its `written`/],
    [(file) => file.records["diary:1"].saved = "yesterday", /^“The diary”: its `saved`/],
    [(file) => file.records["diary:1"].status = "perfect", /^“The diary”: its `status`/],
    [(file) => file.records["diary:1"].format = 2, /^“The diary” was saved by a newer version/],
    [(file) => file.records["gone-since:1"].record = [], /^“gone-since”: its `record`/],
    [(file) => file.records["../x:1"] = kept({}), /“..\/x:1” is not the name of an exercise/],
    [(file) => file.records.machine = kept({}), /“machine” is not the name/],
    [(file) => file.records["diary:1:set-aside"] = kept({}), /“diary:1:set-aside” is not the name/],
    [(file) => file.newer["diary:1"] = "own", /“The diary”: what stands under `newer`/],
    [(file) => file.set_aside["diary:1"] = "own", /“The diary”: its `set_aside`/],
    [(file) => delete file.unreadable, /`unreadable` is missing/],
    [(file) => file.records["diary:1"].record.written.a = "x".repeat(1_000_001), /“The diary”.* longer/],
  ];
  for (const [change, reason] of slips) assert.match(why(bent(change)) ?? "accepted", reason);
});

// ---------- storage that fails ----------

/** What each storage holds when something from this write on fails, or only this one. */
const FAILING = {
  once: (/** @type {number} */ at) => (/** @type {number} */ n) => n === at,
  "from then on": (/** @type {number} */ at) => (/** @type {number} */ n) => n >= at,
};

for (const [manner, failing] of Object.entries(FAILING)) {
  Deno.test(`loading while the storage fails at one write, ${manner}: all is put back, and it says so`, () => {
    const file = rich().text();
    const before = {
      "diary:1": JSON.stringify(
        kept({ written: { a: "Mine.", c: "Mine too." } }, "2026-04-01T00:00:00.000Z"),
      ),
      "piles:1": JSON.stringify(kept({ placed: {}, checked: false, tries: 0 }, "2026-04-01T00:00:00.000Z")),
      "test:1": "unreadable here",
    };
    let failed = 0;
    for (let at = 1; at < 60; at++) {
      const here = profile(before);
      here.session.setItem(
        "course:1:story:1",
        JSON.stringify(kept(RECORDS.story, "2026-04-01T00:00:00.000Z")),
      );
      const [device, session] = [here.local.dump(), here.session.dump()];
      here.local.written = 0;
      here.local.fails = failing(at);
      const outcome = load(here, file);
      here.local.fails = () => false;
      if (outcome.done) {
        assert.ok(at > 8, `${at} writes`);
        assert.equal(profileAfter(here.text()), here.text());
        break;
      }
      failed += 1;
      if (outcome.restored) {
        assert.deepEqual([here.local.dump(), here.session.dump()], [device, session], `at ${at}`);
      } else {
        // A storage that takes nothing any more: what was already written holds all of what was there.
        assert.equal(manner, "from then on");
        for (const words of ["Mine.", "Mine too.", "unreadable here"]) {
          assert.ok(here.local.dump().includes(words), `at ${at}: ${words}`);
        }
      }
      assert.ok(load(here, file).done, "and once it works again, it loads");
      assert.ok(here.text().includes("Mine too.") && here.text().includes("Words of <b>mine"));
    }
    assert.ok(failed > 8, `${failed} failures`);
  });
}

Deno.test("loading into a device with too little room, whatever the room: all or nothing", () => {
  const file = rich().text();
  const whole = profile();
  load(whole, file);
  for (let quota = 0; quota <= whole.local.size; quota += 37) {
    const here = profile({
      "diary:1": JSON.stringify(kept({ written: { a: "Mine." } }, "2026-04-01T00:00:00.000Z")),
    });
    const before = here.local.dump();
    here.local.quota = Math.max(quota, here.local.size);
    const outcome = load(here, file);
    assert.ok(!outcome.done && outcome.restored, `room for ${quota}`);
    assert.equal(here.local.dump(), before);
  }
});

Deno.test("saving while the storage fails at one write: what was said to be saved is there", () => {
  for (const failing of Object.values(FAILING)) {
    for (let at = 1; at < 8; at++) {
      const local = new FakeStorage();
      const [one, two] = [tab(local, DIARY), tab(local, DIARY)];
      one.store.setMachine("own");
      for (const { backing } of [one, two]) backing.read();
      one.backing.write({ written: { a: "The first tab." } }, "begun");
      local.written = 0;
      local.fails = failing(at);
      // The second has not heard of the first: what it takes the place of is set aside, or it keeps its own in the tab.
      const saved = two.backing.write({ written: { a: "The second tab." } }, "begun");
      const again = two.backing.write({ written: { a: "The second tab, again." } }, "begun");
      assert.ok(saved.saved && again.saved);
      const all = local.dump() + two.session.dump();
      for (const words of ["The first tab.", "The second tab, again."]) {
        assert.ok(all.includes(words), `at ${at}`);
      }
    }
  }
});

Deno.test("a change of mind about the machine while the storage fails at one write: nothing goes missing", () => {
  const texts = () => ({
    "course:1:diary:1": JSON.stringify(kept({ written: { a: "In the one place." } })),
    "course:1:diary:1:set-aside": JSON.stringify([JSON.stringify(kept({ written: { a: "Aside in one." } }))]),
    "course:1:diary:1:unreadable": "unreadable in one",
    "course:1:story:1": "not JSON in one",
    "course:1:piles:1": JSON.stringify({ format: 2, newer: "in one" }),
  });
  const others = () => ({
    "course:1:diary:1": JSON.stringify(kept({ written: { a: "In the other." } }, "2026-06-01T00:00:00.000Z")),
    "course:1:diary:1:set-aside": JSON.stringify([
      JSON.stringify(kept({ written: { a: "Aside in other." } })),
    ]),
    "course:1:diary:1:unreadable": "unreadable in other",
    "course:1:story:1": "not JSON in other",
    "course:1:piles:1": JSON.stringify({ format: 2, newer: "in other" }),
  });
  const all = [
    ...JSON.stringify([texts(), others()]).matchAll(
      /(In the|Aside in|unreadable in|not JSON in|newer\W+in) (one( place)?|other)/g,
    ),
  ]
    .map(([words]) => words.split(/\W+/).slice(-2).join(" "));
  assert.equal(all.length, 10);
  for (const answer of /** @type {("own" | "shared")[]} */ (["own", "shared"])) {
    for (const failing of [...Object.values(FAILING), () => () => false]) {
      for (let at = 1; at < 16; at++) {
        const it = tab(new FakeStorage(), DIARY);
        for (const [key, raw] of Object.entries(texts())) it.session.setItem(key, raw);
        for (const [key, raw] of Object.entries(others())) it.local.setItem(key, raw);
        for (const area of [it.local, it.session]) {
          area.written = 0;
          area.fails = failing(at);
        }
        it.store.setMachine(answer);
        const left = it.local.dump() + it.session.dump();
        for (const words of all) assert.ok(left.includes(words), `${answer}, at ${at}: ${words}`);
      }
    }
  }
});

Deno.test("a clock that was put back does not bring an older text back", () => {
  const here = profile();
  const now = Date.now;
  try {
    here.backing.write({ written: { a: "First." } }, "begun");
    here.local.full = true;
    Date.now = () => 0;
    here.backing.write({ written: { a: "Second." } }, "begun");
    const again = tab(here.local, DIARY, here.session);
    assert.equal(again.backing.read()?.written.a, "Second.");
    here.local.full = false;
    again.backing.write({ written: { a: "Third." } }, "begun");
    assert.equal(tab(here.local, DIARY).backing.read()?.written.a, "Third.");
  } finally {
    Date.now = now;
  }
  assert.ok(wrap({}, "1.0.0", "begun").includes('"saved":"2'));
});

Deno.test("an exercise that has changed shows what was kept of it before, and a file holds both", () => {
  const here = profile({ "diary:1": JSON.stringify(kept(RECORDS.diary, WHEN, "done")) });
  const next = backingFor(here.store, { id: "diary", major: 2, version: "2.0.0" });
  assert.equal(next.read(), null);
  assert.deepEqual(next.older?.().map(({ status, record }) => [status, record.written.a]), [[
    "done",
    RECORDS.diary.written.a,
  ]]);
  next.write({ written: { a: "Afresh." } }, "begun");
  assert.deepEqual([...held(here.store, knowing).keys()].sort(), ["diary:1", "diary:2"]);
  assert.equal(profileAfter(here.text()), here.text());
});
