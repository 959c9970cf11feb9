// Whatever somebody does, in whatever order, on two devices, with a clock that jumps and a storage that fills up: nothing that
// they were told is saved goes missing.

import assert from "node:assert/strict";
import * as quiz from "../../courseware/kinds/quiz/engine.js";
import * as reflect from "../../courseware/kinds/reflect/engine.js";
import * as scenario from "../../courseware/kinds/scenario/kept.js";
import { exportText, importWork } from "../../courseware/web/archive.js";
import { readArchive } from "../../courseware/web/archive-read.js";
import { backingFor } from "../../courseware/web/backing.js";
import { mulberry32 } from "../../courseware/web/random.js";
import { FakeStorage, tab } from "./fake.js";

/** @type {Record<string, any>} */
const KINDS = { diary: reflect, story: scenario, test: quiz };
/** @type {import("../../courseware/web/archive.js").Knowing} */
const knowing = (id) => KINDS[id] && { title: id, kind_label: id, major: 1, ...KINDS[id] };

/** @typedef {ReturnType<typeof tab> & {records: Record<string, any>, backings: Record<string, any>}} Tab */
/** @typedef {{local: FakeStorage, tabs: Tab[], said: Set<string>}} Profile */

/** @param {number} seed */
function chance(seed) {
  let state = seed * 7919;
  return (/** @type {number} */ below) => {
    const drawn = mulberry32(state);
    state = drawn.state;
    return drawn.value % below;
  };
}

/** Open a tab as a page does: read everything, listen. @param {Profile} of @param {FakeStorage} [session] */
function open(of, session) {
  const it = /** @type {Tab} */ (tab(of.local, { id: "diary", major: 1, version: "1.0.0" }, session));
  it.records = {};
  it.backings = {};
  for (const [id, kind] of Object.entries(KINDS)) {
    const backing = backingFor(it.store, { id, major: 1, version: "1.0.0" }, kind.sound);
    it.records[id] = backing.read();
    backing.subscribe((record) => it.records[id] = record);
    it.backings[id] = backing;
  }
  of.tabs.push(it);
  return it;
}

/** All that a profile holds, wherever. @param {Profile} of */
const all = ({ local, tabs }) =>
  [local, ...tabs.map(({ session }) => session)].map((each) => each.dump()).join();

/** The record with one sentence more, as somebody adds it. @param {string} id @param {any} record @param {string} words @param {number} where @param {string} when */
function grown(id, record, words, where, when) {
  if (id === "diary") {
    const field = `f${where % 3}`;
    const before = record ?? reflect.mend(null);
    return { ...before, written: { ...before.written, [field]: `${before.written[field] ?? ""} ${words}` } };
  }
  if (id === "story") {
    const before = record ?? scenario.fresh(where, null);
    const moves = [{ at: "n1", move: `m${where % 4}`, rationale: words }];
    return where % 2
      ? { ...before, if_then: `${before.if_then} ${words}` }
      : scenario.finish({ ...before, moves }, /** @type {any} */ ({ indicators: {} }), "end");
  }
  const before = record ?? { count: 1, sitting: ["q0"], at: 0, answers: {}, finished: false, draft: null };
  const item = `q${where % 3}`;
  const entry = { given: words, confidence: null, correct: true, when, sitting: before.count };
  return { ...before, answers: { ...before.answers, [item]: [...before.answers[item] ?? [], entry] } };
}

/** The other tabs of a device hear what one of them did, at once or with the rest of the news. @param {Profile} of @param {Tab} by @param {Map<string, string>} before */
function hear(of, by, before) {
  for (const key of new Set([...before.keys(), ...of.local.map.keys()])) {
    const [newValue, oldValue] = [of.local.getItem(key), before.get(key) ?? null];
    if (newValue === oldValue) continue;
    for (const other of of.tabs) if (other !== by) other.store.changed({ key, newValue, oldValue });
  }
}

Deno.test("property: two devices, tabs, reloads, files, machines, clocks and full storages lose no sentence that was saved", () => {
  const now = Date.now;
  let clock = Date.UTC(2026, 0, 1);
  Date.now = () => clock;
  const seen = { saved: 0, unsaved: 0, files: 0, refused: 0, failed: 0, moved: 0 };
  try {
    for (let seed = 1; seed <= 300; seed++) {
      const draw = chance(seed);
      /** @type {Profile[]} */
      const profiles = [0, 1].map(() => ({ local: new FakeStorage(), tabs: [], said: new Set() }));
      profiles.forEach((each) => open(each).store.setMachine("own"));
      /** @type {{text: string, holds: string[]} | null} */
      let file = null;
      for (let step = 0; step < 60; step++) {
        clock += draw(20) === 0 ? -draw(1e9) : draw(1e6);
        const of = profiles[draw(2)];
        const it = of.tabs[draw(of.tabs.length)];
        const before = new Map(of.local.map);
        const doing = draw(20);
        if (doing < 11) {
          const id = Object.keys(KINDS)[draw(3)];
          const words = `Sentence ${seed}-${step}.`;
          it.records[id] = grown(id, it.records[id], words, draw(12), new Date(clock).toISOString());
          const { saved } = it.backings[id].write(it.records[id], "begun");
          seen[saved ? "saved" : "unsaved"] += 1;
          if (saved) {
            for (const [each] of JSON.stringify(it.records[id]).matchAll(/Sentence \d+-\d+\./g)) {
              of.said.add(each);
            }
          }
        } else if (doing < 13) {
          // A reload: the tab's own storage outlives it.
          of.tabs = of.tabs.filter((each) => each !== it);
          open(of, it.session);
        } else if (doing === 13 && of.tabs.length < 3) {
          open(of);
        } else if (doing === 14) {
          of.local.quota = draw(2) ? Infinity : of.local.size + draw(200);
        } else if (doing === 15) {
          it.store.setMachine(draw(3) ? "own" : "shared");
          seen.moved += 1;
        } else if (doing < 18) {
          const text = exportText(it.store, "course", knowing);
          assert.equal(text, exportText(it.store, "course", knowing));
          file = { text, holds: [...of.said].filter((each) => text.includes(each)) };
          seen.files += 1;
        } else if (file) {
          const read = readArchive(file.text, "course", knowing);
          assert.ok("work" in read, `seed ${seed}: what was saved can be loaded`);
          const [device, tabs] = [of.local.dump(), it.session.dump()];
          const outcome = importWork(it.store, read.work, knowing);
          if (outcome.done) {
            file.holds.forEach((each) => of.said.add(each));
            const once = all(of);
            assert.ok(importWork(it.store, read.work, knowing).done);
            assert.equal(all(of), once, `seed ${seed}, step ${step}: the same file again changes nothing`);
          } else {
            seen.failed += 1;
            assert.ok(outcome.restored);
            assert.deepEqual([of.local.dump(), it.session.dump()], [device, tabs]);
          }
        }
        hear(of, it, before);
        const held = all(of);
        for (const each of of.said) {
          assert.ok(held.includes(each), `seed ${seed}, step ${step}, doing ${doing}: ${each}`);
        }
      }
      // A last file from each tab loads into a new browser, and is the same when it is saved there.
      for (const { store } of profiles.flatMap(({ tabs }) => tabs)) {
        const text = exportText(store, "course", knowing);
        const next = tab(new FakeStorage(), { id: "diary", major: 1, version: "1.0.0" });
        next.store.setMachine("own");
        const read = readArchive(text, "course", knowing);
        assert.ok("work" in read && importWork(next.store, read.work, knowing).done);
        assert.equal(exportText(next.store, "course", knowing), text, `seed ${seed}`);
      }
    }
  } finally {
    Date.now = now;
  }
  for (const [what, times] of Object.entries(seen)) {
    if (!["unsaved", "refused"].includes(what)) assert.ok(times > 50, `${what}: ${times}`);
  }
});

for (const [id, kind] of Object.entries(KINDS)) {
  Deno.test(`property: two records of ${id} become one that is sound, the same again, and holds both`, () => {
    for (let seed = 1; seed <= 200; seed++) {
      const draw = chance(seed);
      const when = (/** @type {number} */ n) => new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();
      /** @param {any} from @param {string} by */
      const gone = (from, by) => {
        let record = from;
        for (let n = draw(6); n >= 0; n--) {
          record = grown(id, record, `Sentence ${by}${seed}-${n}.`, draw(12), when(draw(1e6)));
        }
        return record;
      };
      const common = draw(2) ? gone(null, "0") : null;
      const [a, b] = [gone(common, "1"), gone(common, "2")];
      assert.ok(kind.sound(a) && kind.sound(b));
      assert.deepEqual(kind.merge(a, a), a);
      const one = kind.merge(a, b);
      assert.ok(kind.sound(one));
      assert.deepEqual(kind.merge(a, b), one);
      assert.deepEqual(kind.merge(one, one), one);
      assert.deepEqual(kind.merge(a, one), one, `seed ${seed}`);
      assert.deepEqual(kind.merge(b, one), one, `seed ${seed}`);
      if (id !== "test") continue;
      for (const [words] of JSON.stringify([a, b]).matchAll(/Sentence \d+-\d+\./g)) {
        assert.ok(JSON.stringify(one).includes(words), `seed ${seed}: ${words}`);
      }
    }
  });
}
