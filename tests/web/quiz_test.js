/** The quiz engine: what a sitting asks, how answers are read and judged, what the record keeps. */
import assert from "node:assert/strict";
import {
  answer,
  answered,
  go,
  mend,
  missed,
  sit,
  summary,
  unseen,
} from "../../courseware/kinds/quiz/engine.js";
import { judge, legal, parseNumber, quantity, read } from "../../courseware/kinds/quiz/judge.js";

/** @param {string} id @param {boolean} [correct] */
const option = (id, correct = false) => ({
  id,
  text: `Option ${id}`,
  correct,
  feedback: `<p>why ${id}</p>`,
  basis: "practice",
  cite: null,
});
/** @param {string} id @returns {import("../../courseware/kinds/quiz/judge.js").Item} */
const single = (id) => ({
  id,
  type: "single",
  prompt: `<p>${id}?</p>`,
  options: [option("a", true), option("b"), option("c")],
});

/** @type {import("../../courseware/kinds/quiz/engine.js").Quiz} */
const quiz = {
  confidence: true,
  pools: [
    { id: "p", draw: 2, items: ["one", "two", "three", "four", "five"].map(single) },
    { id: "q", draw: 1, items: ["six", "seven"].map(single) },
  ],
};

const WHEN = "2026-02-03T10:00:00.000Z";
/**
 * Answer every item of the sitting in turn.
 * @param {import("../../courseware/kinds/quiz/engine.js").Sat} record
 * @param {(at: number) => string[]} how option, then confidence
 */
function sitThrough(record, how) {
  record.sitting.forEach((_, at) => {
    const [given, confidence] = how(at);
    record = go(answer(quiz, record, given, confidence, WHEN), at + 1);
  });
  return record;
}

Deno.test("a sitting draws so many from each pool, and the same ones for the same counter", () => {
  const first = sit(quiz, null);
  assert.equal(first.sitting.length, 3);
  assert.equal(first.sitting.filter((id) => quiz.pools[0].items.some((item) => item.id === id)).length, 2);
  assert.deepEqual(sit(quiz, null), first);
  const seen = new Set();
  for (let record = first; record.count < 20; record = sit(quiz, record)) seen.add(record.sitting.join());
  assert.ok(seen.size > 5, "sittings differ");
});

Deno.test("every item turns up about as often as any other", () => {
  /** @type {Record<string, number>} */
  const times = {};
  let record = sit(quiz, null);
  for (; record.count <= 500; record = sit(quiz, record)) {
    for (const id of record.sitting) times[id] = (times[id] ?? 0) + 1;
  }
  for (const id of ["one", "two", "three", "four", "five"]) {
    assert.ok(times[id] > 150 && times[id] < 250, `${id}: ${times[id]}`);
  }
});

Deno.test("items are asked in file order", () => {
  for (let record = sit(quiz, null); record.count < 20; record = sit(quiz, record)) {
    const order = ["one", "two", "three", "four", "five", "six", "seven"];
    const places = record.sitting.map((id) => order.indexOf(id));
    assert.deepEqual(places, [...places].sort((a, b) => a - b));
  }
});

Deno.test("answers are kept with date, confidence and outcome; the first stays when a retry comes", () => {
  let record = sitThrough(sit(quiz, null), (at) => at === 0 ? ["b", "sure"] : ["a", "guess"]);
  assert.equal(record.finished, true);
  const [again] = missed(quiz, record);
  assert.deepEqual(record.answers[again], [{
    given: "b",
    confidence: "sure",
    correct: false,
    when: WHEN,
    sitting: 1,
  }]);
  record = sit(quiz, record, "missed");
  assert.deepEqual(record.sitting, [again]);
  assert.equal(answered(record, again), null, "asked afresh");
  record = sitThrough(record, () => ["a", "fairly-sure"]);
  assert.deepEqual(record.answers[again].map(({ correct }) => correct), [false, true]);
  assert.equal(summary(quiz, record).sentence, "1 right this time.");
});

Deno.test("others are only items not seen, until none is left", () => {
  let record = sitThrough(sit(quiz, null), () => ["a", "sure"]);
  const asked = new Set(record.sitting);
  while (unseen(quiz, record).length) {
    record = sit(quiz, record, "others");
    assert.ok(record.sitting.length > 0);
    for (const id of record.sitting) assert.ok(!asked.has(id)), asked.add(id);
    record = sitThrough(record, () => ["a", "sure"]);
  }
  assert.equal(asked.size, 7);
});

Deno.test("what was missed before is not forgotten by a sitting of others", () => {
  let record = sitThrough(sit(quiz, null), (at) => at ? ["a", "sure"] : ["b", "guess"]);
  const [before] = missed(quiz, record);
  record = sitThrough(sit(quiz, record, "others"), () => ["a", "sure"]);
  assert.equal(summary(quiz, record).sentence, "All 3 right at once; 1 to look at again from before.");
  assert.deepEqual(sit(quiz, record, "missed").sitting, [before]);
  record = sitThrough(sit(quiz, record, "others"), () => ["b", "sure"]);
  assert.equal(summary(quiz, record).sentence, "1 to look at again, and 1 from before.");
  assert.deepEqual(
    summary(quiz, record).missed.map(({ id }) => id).at(-1),
    before,
    "those missed while sure come first",
  );
});

Deno.test("nobody gets past an item that is not answered, and an item is answered once", () => {
  const record = sit(quiz, null);
  assert.equal(go(record, 2).at, 0);
  assert.equal(go(record, -1).at, 0);
  const after = answer(quiz, record, "b", null, WHEN);
  assert.equal(go(after, 2).at, 1);
  assert.throws(() => answer(quiz, after, "a", null, WHEN));
  assert.throws(() => answer(quiz, record, "zz", null, WHEN));
});

Deno.test("the summary is a sentence, names confident misses, and sets confidence against outcome", () => {
  const record = sitThrough(sit(quiz, null), (at) => [["b", "sure"], ["a", "sure"], ["c", "guess"]][at]);
  const { sentence, missed: left, sure, table } = summary(quiz, record);
  assert.equal(sentence, "1 right at once; 2 to look at again.");
  assert.equal(left.length, 2);
  assert.deepEqual(sure.map(({ id }) => id), [record.sitting[0]]);
  assert.deepEqual(table, [
    { label: "A guess", right: 0, other: 1 },
    { label: "Fairly sure", right: 0, other: 0 },
    { label: "Sure", right: 1, other: 1 },
  ]);
  assert.equal(
    summary(quiz, sitThrough(sit(quiz, null), () => ["a", "sure"])).sentence,
    "All 3 right at once.",
  );
  assert.equal(
    summary(quiz, sitThrough(sit(quiz, null), () => ["b", "sure"])).sentence,
    "3 to look at again.",
  );
});

Deno.test("whatever was stored, the quiz goes on with what fits", () => {
  for (
    const bad of [null, 3, "x", [], {}, { sitting: 4 }, { sitting: ["nobody"] }, { sitting: [null, {}] }]
  ) {
    assert.equal(mend(quiz, bad), null);
  }
  const record = sitThrough(sit(quiz, null), () => ["a", "sure"]);
  assert.deepEqual(mend(quiz, JSON.parse(JSON.stringify(record))), record);
  const odd = mend(quiz, {
    ...record,
    count: "9",
    at: 99,
    draft: 4,
    answers: {
      ...record.answers,
      [record.sitting[1]]: [null, { given: "zz", correct: true }],
      gone: [{ given: "b", correct: false }],
    },
  });
  assert.equal(odd?.count, 1);
  assert.equal(odd?.at, 1, "back to the item whose answer does not fit");
  assert.equal(odd?.draft, null);
  assert.ok(odd?.answers.gone, "an item that left the quiz may come back");
});

Deno.test("numbers are read as people write them", () => {
  for (
    const [text, value] of /** @type {[string, number][]} */ ([
      ["87", 87],
      ["87%", 87],
      [" 87 % ", 87],
      ["87.0", 87],
      ["87 per cent", 87],
      ["1,000", 1000],
      ["1 000", 1000],
      ["1\u00a0234\u202f567", 1234567],
      ["£1,200.50", 1200.5],
      ["-3", -3],
      ["−3", -3],
      [".5", 0.5],
      ["5.", 5],
      ["０.５", 0.5],
    ])
  ) assert.deepEqual(parseNumber(text), { value }, text);
  assert.deepEqual(parseNumber("12 Months", "months"), { value: 12 });
  assert.deepEqual(parseNumber("£30", "£"), { value: 30 });
});

Deno.test("what is no number gets a reason and no value", () => {
  for (
    const text of [
      "",
      "  ",
      "many",
      "8 7",
      "1,00,0",
      "1.2.3",
      "12 days",
      "--3",
      "1e5",
      "Infinity",
      ".",
      "-",
      "0x10",
      "%",
      "9".repeat(400),
    ]
  ) {
    const got = parseNumber(text);
    assert.ok("problem" in got && got.problem.length > 10, text.slice(0, 20));
  }
  const comma = parseNumber("1,5");
  assert.ok("problem" in comma && comma.problem.includes("1.5"));
  assert.ok("problem" in parseNumber("87%", "months"));
});

Deno.test("answers are read from the controls, and what is missing is said", () => {
  const item = single("x");
  assert.deepEqual(read(item, "a"), { given: "a" });
  assert.ok("problem" in read(item, ""));
  assert.ok("problem" in read(item, undefined));
  assert.ok("problem" in read({ ...item, type: "multiple" }, []));
  assert.deepEqual(read({ ...item, type: "multiple" }, ["a"]), { given: ["a"] });
  const cloze = {
    ...item,
    type: /** @type {const} */ ("cloze"),
    gaps: { g: { options: [option("a", true)] }, h: { options: [option("b", true)] } },
  };
  const half = read(cloze, { g: "a" });
  assert.ok("problem" in half && half.problem.includes("1 still"));
  assert.deepEqual(read(cloze, { g: "a", h: "b" }), { given: { g: "a", h: "b" } });
});

Deno.test("single and true-false: the chosen first, the others after", () => {
  const right = judge(single("x"), "a");
  assert.equal(right.outcome, "right");
  assert.deepEqual(right.parts[0].chosen.map(({ label, word }) => [label, word]), [["Option a", "Right"]]);
  assert.deepEqual(right.parts[0].others.map(({ label }) => label), ["Option b", "Option c"]);
  const wrong = judge({ ...single("x"), type: "true-false" }, "b");
  assert.equal(wrong.correct, false);
  assert.equal(wrong.parts[0].chosen[0].feedback, "<p>why b</p>");
});

Deno.test("multiple: a right answer left out is not folded away", () => {
  const item = {
    ...single("x"),
    type: /** @type {const} */ ("multiple"),
    options: [option("a", true), option("b", true), option("c"), option("d")],
  };
  assert.equal(judge(item, ["b", "a"]).correct, true);
  const half = judge(item, ["a", "c"]);
  assert.equal(half.outcome, "partly");
  assert.deepEqual(half.parts[0].chosen.map(({ word }) => word), [
    "Right",
    "Right, and left out",
    "Not this one",
  ]);
  assert.deepEqual(half.parts[0].others.map(({ label }) => label), ["Option d"]);
  assert.equal(judge(item, ["c"]).outcome, "wrong");
  assert.equal(judge(item, ["a", "b", "c"]).correct, false);
});

Deno.test("numeric: the answer met, else the reason for any other", () => {
  const reason = { feedback: "<p>f</p>", basis: "evidence", cite: null };
  /** @type {import("../../courseware/kinds/quiz/judge.js").Item} */
  const item = {
    id: "n",
    type: "numeric",
    prompt: "",
    unit: "%",
    answers: [{ value: 0.3, tolerance: 0.2, correct: true, ...reason }, {
      value: 89,
      tolerance: 0,
      ...reason,
      feedback: "<p>the other year</p>",
    }],
    otherwise: { ...reason, feedback: "<p>no</p>" },
  };
  assert.equal(judge(item, 0.1).correct, true, "0.3 - 0.1 is a hair over 0.2 in binary");
  assert.equal(judge(item, 0.09).correct, false);
  assert.equal(judge(item, 89).parts[0].chosen[0].feedback, "<p>the other year</p>");
  const other = judge(item, 1234.5).parts[0];
  assert.equal(other.chosen[0].label, "1,234.5%");
  assert.equal(other.chosen[0].feedback, "<p>no</p>");
  assert.equal(other.others.length, 2);
  assert.equal(quantity(3, "months"), "3 months");
  assert.equal(quantity(3, "£"), "£3");
});

Deno.test("cloze: each gap has its own feedback", () => {
  /** @type {import("../../courseware/kinds/quiz/judge.js").Item} */
  const item = {
    id: "c",
    type: "cloze",
    prompt: "",
    text: "[g] and [h]",
    gaps: {
      g: { options: [option("a", true), option("b")] },
      h: { options: [option("c", true), option("d")] },
    },
  };
  assert.equal(judge(item, { g: "a", h: "c" }).correct, true);
  const half = judge(item, { g: "a", h: "d" });
  assert.equal(half.outcome, "partly");
  assert.deepEqual(half.parts.map(({ title, chosen }) => [title, chosen[0].word]), [["Gap 1", "Right"], [
    "Gap 2",
    "Not this one",
  ]]);
  assert.equal(legal(item, { g: "a" }), false);
  assert.equal(legal(item, null), false);
});
