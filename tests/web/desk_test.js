/** The learner's own pages, without a page: what is counted, what is gathered, what the calendar file says. */
import assert from "node:assert/strict";
import { dateOf, dayOf } from "../../courseware/kinds/quiz/review.js";
import { chapterMark, dueIn } from "../../courseware/web/marks.js";
import { calendar, escaped, folded } from "../../courseware/web/desk/calendar.js";
import { calibration, calibrationSays, daysAhead, dueNow, gather } from "../../courseware/web/desk/gather.js";
import { account, lastBegun, nextCore } from "../../courseware/web/desk/standing.js";
import { ago, dated, listed, some, when } from "../../courseware/web/desk/words.js";
import { kept } from "../../courseware/web/kept.js";
import { Store } from "../../courseware/web/store.js";
import { FakeStorage } from "./fake.js";

const TODAY = dayOf(new Date(2026, 10, 22));

/** @param {string} id @param {object} [more] */
const exercise = (id, more = {}) => ({
  id,
  kind: "sort",
  kind_label: "Sort",
  title: `Title of ${id}`,
  chapter: "one",
  minutes: 10,
  core: true,
  version: "1.0.0",
  major: 1,
  address: `#${id}`,
  alternative: null,
  writings: [],
  ...more,
});
const chapter = (id = "one", core = 40) => ({
  id,
  number: 1,
  question: "Why?",
  theme: "A theme",
  minutes: { core, further: 10 },
  address: `${id}.html`,
});
/** @param {Record<string, "begun" | "done">} states @param {string} [saved] */
const standings = (states, saved = "2026-11-20T10:00:00.000Z") =>
  new Map(Object.entries(states).map(([id, status]) => [id, { status, saved, record: {} }]));

Deno.test("a chapter's account: done, left, and what counts in another's place", () => {
  const all = [
    exercise("a", { minutes: 30, alternative: "b" }),
    exercise("b", { minutes: 14 }),
    exercise("c", { minutes: 6, core: false }),
    exercise("d", { chapter: "two" }),
  ];
  const none = account(chapter(), all, new Map());
  assert.deepEqual([none.done, none.left, none.core.length, none.further.length], [0, 40, 2, 1]);
  const first = account(chapter(), all, standings({ a: "done" }));
  assert.deepEqual([first.done, first.left], [1, 10]);
  // The other way round is one exercise of its own and stands in for the first as well.
  const both = account(chapter(), all, standings({ a: "begun", b: "done" }));
  assert.deepEqual([both.done, both.left, both.core[0].instead], [2, 0, "Title of b"]);
  const further = account(chapter(), all, standings({ c: "done" }));
  assert.deepEqual([further.done, further.left, further.further[0].state], [0, 40, "done"]);
  assert.equal(account(chapter("one", 5), all, standings({ a: "done" })).left, 0);
});

Deno.test("where to go on: what was begun and saved last, else the next of the core", () => {
  const all = [exercise("a"), exercise("b"), exercise("c", { core: false })];
  const begun = standings({ a: "begun", b: "done", c: "begun" });
  /** @type {any} */ (begun.get("c")).saved = "2026-11-21T10:00:00.000Z";
  assert.equal(lastBegun(all, begun)?.id, "c");
  assert.equal(lastBegun(all, standings({ a: "done" })), null);
  assert.equal(nextCore([chapter()], all, standings({ a: "done" }))?.id, "b");
  assert.equal(nextCore([chapter()], all, standings({ a: "done", b: "done" })), null);
});

Deno.test("the menu's words for a chapter", () => {
  assert.equal(chapterMark([[undefined], [undefined, undefined]]), "");
  assert.equal(chapterMark([["begun"], [undefined]]), "begun");
  assert.equal(chapterMark([["done"], ["begun", undefined], [undefined, "done"]]), "2 of 3 done");
  assert.equal(chapterMark([["done"], ["begun", "done"]]), "done");
});

/** @param {string} id @param {string[]} items */
const quizOf = (id, items) => ({
  id,
  kind: "quiz",
  major: 1,
  pools: [{
    id: "all",
    draw: items.length,
    items: items.map((each) => ({
      id: each,
      type: "single",
      prompt: each,
      options: [{ id: "a", text: "A", correct: true }, { id: "b", text: "B" }],
    })),
  }],
});
/** @param {number} ago days @param {boolean} correct @param {string} confidence */
const given = (ago, correct, confidence) => ({
  given: correct ? "a" : "b",
  correct,
  confidence,
  sitting: 1,
  when: new Date(dateOf(TODAY - ago).getTime() + 9 * 3_600_000).toISOString(),
});
/** @param {Record<string, any[]>} answers */
const recordOf = (answers) => ({
  count: 1,
  sitting: Object.keys(answers),
  at: 0,
  answers,
  finished: true,
  draft: null,
});

Deno.test("what is due is gathered from every quiz, mixed, the most pressing first", () => {
  const names = Array.from({ length: 6 }, (_, i) => `item-${i}`);
  const one = quizOf("one", names), two = quizOf("two", [...names, "sure"]);
  const miss = Object.fromEntries(names.map((name) => [name, [given(3, false, "guess")]]));
  const records = {
    one: recordOf({ ...miss, "no-longer-asked": [given(3, false, "sure")] }),
    two: recordOf({ ...miss, sure: [given(2, false, "sure")] }),
  };
  const now = dateOf(TODAY);
  const all = gather([one, two], (quiz) => records[/** @type {"one"} */ (quiz.id)], now);
  assert.equal(all.length, 13);
  assert.equal(all[0].item.id, "sure");
  assert.equal(dueNow(all, TODAY).length, 13);
  const turns = all.slice(1).map(({ quiz }) => quiz.id);
  assert.ok(
    turns.indexOf("two") < turns.lastIndexOf("one") && turns.indexOf("one") < turns.lastIndexOf("two"),
  );
  assert.deepEqual(gather([one, two], (quiz) => records[/** @type {"one"} */ (quiz.id)], now), all);
  for (const wrong of [null, 7, "x", { answers: 7 }, { sitting: ["item-0"], answers: { "item-0": "x" } }]) {
    assert.deepEqual(gather([one], () => wrong, now), []);
  }
});

Deno.test("the days ahead are those of every step still to come, each once", () => {
  const quiz = quizOf("one", ["a", "b", "c"]);
  const record = recordOf({
    a: [given(0, false, "sure")], // on days 2, 7 and 30 from today
    b: [given(3, false, "sure")], // a day late: today, then 5 and 28 days on
    c: [given(9, false, "sure"), given(7, true, "sure"), given(2, true, "sure")], // 21 days on
  });
  const all = gather([quiz], () => record, dateOf(TODAY));
  assert.deepEqual(daysAhead(all, TODAY).map((day) => day - TODAY), [2, 5, 7, 21, 28, 30]);
});

Deno.test("sureness says no more than the answers can", () => {
  /** @param {number} n @param {boolean} correct @param {string} confidence */
  const many = (n, correct, confidence) => Array.from({ length: n }, () => given(1, correct, confidence));
  /** @param {...any[]} lists */
  const says = (...lists) => calibrationSays(calibration([recordOf({ a: lists.flat() }), null]));
  assert.equal(says(many(3, true, "guess")), "You have not said “Sure” yet.");
  assert.equal(
    says(many(4, true, "sure")),
    "You have said “Sure” 4 times so far: too few to say how often you are right when you are.",
  );
  assert.equal(
    says(many(6, true, "sure"), many(2, false, "sure")),
    "When you said “Sure”, you were right 6 times out of 8.",
  );
  assert.equal(
    says(many(6, true, "sure"), many(2, false, "sure"), many(5, false, "guess")),
    "When you said “Sure”, you were right 6 times out of 8; when you guessed, 0 out of 5.",
  );
  assert.equal(
    says(many(3, true, "sure"), many(3, false, "sure"), many(5, true, "guess")),
    "When you said “Sure”, you were right 3 times out of 6, which is no more often than when you guessed.",
  );
  assert.deepEqual(calibration([recordOf({ a: many(2, true, "sure"), b: many(1, false, "sure") })])[2], {
    label: "Sure",
    right: 2,
    of: 3,
  });
});

Deno.test("days in words", () => {
  assert.equal(when(TODAY, TODAY), "today");
  assert.equal(when(TODAY + 1, TODAY), "tomorrow");
  assert.equal(when(TODAY - 1, TODAY), "yesterday");
  assert.equal(when(TODAY + 5, TODAY), "on 27 November");
  assert.equal(dated(TODAY + 60, TODAY), "21 January 2027");
  assert.equal(ago("2099-01-01T00:00:00.000Z", TODAY), "today");
  assert.equal(ago("whenever", TODAY), "");
  assert.equal(some(1, "question"), "1 question");
  assert.equal(listed(["a", "b", "c"]), "a, b and c");
  assert.equal(listed(["a"]), "a");
});

/** @param {Record<string, string>} texts */
function holding(texts) {
  const storage = new FakeStorage();
  for (const [key, text] of Object.entries(texts)) storage.setItem(key, text);
  return storage;
}

/** Unfold as RFC 5545 says. @param {string} text */
const lines = (text) => text.replace(/\r\n[ \t]/g, "").split("\r\n");

Deno.test("the calendar file is folded, escaped, stable, and says nothing of the learner", () => {
  const long = "Größe, “quoted”; back\\slash\nand 🙂 ".repeat(6);
  const options = {
    course: "a-course",
    title: long,
    description: "x",
    url: null,
    days: [TODAY, TODAY + 8],
    now: new Date("2026-11-22T09:00:00.000Z"),
  };
  const text = calendar(options);
  const encoder = new TextEncoder();
  assert.ok(text.endsWith("END:VCALENDAR\r\n"));
  assert.ok(!/[^\r]\n|\r[^\n]/.test(text));
  for (const line of text.split("\r\n")) {
    assert.ok(encoder.encode(line).length <= 75, line);
    assert.ok(!line.includes("�"));
  }
  const read = lines(text);
  assert.ok(read.includes(`SUMMARY:${escaped(long)}`));
  assert.ok(read.includes("UID:review-20261122@a-course"));
  assert.ok(read.includes("DTSTART;VALUE=DATE:20261130"));
  assert.ok(read.includes("DTEND;VALUE=DATE:20261201"));
  assert.ok(read.includes("DTSTAMP:20261122T090000Z"));
  assert.ok(!text.includes("URL:"));
  assert.equal(calendar(options), text);
  assert.ok(
    lines(calendar({ ...options, url: "https://example.org/r" })).includes("URL:https://example.org/r"),
  );
});

Deno.test("folding keeps a character whole, and leaves a short line alone", () => {
  assert.equal(folded("short"), "short");
  for (let n = 60; n < 90; n++) {
    const line = `${"x".repeat(n)}🙂${"é".repeat(50)}`;
    assert.equal(folded(line).replaceAll("\r\n ", ""), line);
  }
});

Deno.test("a look at what is kept changes nothing, whatever is there", () => {
  Object.assign(globalThis, { customElements: { get: () => ({ sound: (/** @type {any} */ r) => r.ok }) } });
  const stamp = { format: 1, version: "1.0.0", saved: "2026-11-20T00:00:00.000Z", status: "done" };
  for (
    const left of [
      "{half",
      "",
      "null",
      JSON.stringify({ ...stamp, record: {} }),
      JSON.stringify({
        ...stamp,
        format: 2,
        record: { ok: true },
      }),
    ]
  ) {
    const local = holding({ "c:1:machine": "own", "c:1:x:1": left });
    const store = new Store("c", { local: () => local, session: () => new FakeStorage() });
    assert.equal(kept(store, { kind: "quiz", id: "x", major: 1 }), null);
    assert.equal(dueIn(store, { kind: "quiz", id: "x", major: 1, items: ["a"] }, TODAY), 0);
    assert.equal(local.getItem("c:1:x:1"), left);
    assert.equal(local.length, 2);
  }
  const answers = {
    a: [given(5, false, "sure")],
    b: [given(5, false, "sure")],
    gone: [given(5, false, "sure")],
  };
  const early = JSON.stringify({ ...stamp, record: { ok: true, answers } });
  const later = JSON.stringify({ ...stamp, saved: "2026-11-21T00:00:00.000Z", record: { ok: true, at: 2 } });
  const store = new Store("c", {
    local: () => holding({ "c:1:x:1": early }),
    session: () => holding({ "c:1:y:1": later }),
  });
  assert.equal(dueIn(store, { kind: "quiz", id: "x", major: 1, items: ["a", "b", "new"] }, TODAY), 2);
  assert.equal(kept(store, { kind: "quiz", id: "y", major: 1 })?.record.at, 2);
});
