/** When a question comes back: the rule, day by day, and over histories that nobody planned. */
import assert from "node:assert/strict";
import { itemsOf, missed, recall, REVIEW, sit, summary } from "../../courseware/kinds/quiz/engine.js";
import { answer, answered, go, merge } from "../../courseware/kinds/quiz/engine.js";
import { coming, dateOf, dayOf, DAYS, due, nextDue, planFor } from "../../courseware/kinds/quiz/review.js";
import { mulberry32 } from "../../courseware/web/random.js";

const START = dayOf(new Date(2026, 2, 20)); // nine days before the clocks go forward

/** @param {number} day from START @param {boolean} correct @param {string|null} [confidence] @param {number} [hour] */
function given(day, correct, confidence = "fairly-sure", hour = 12) {
  const at = dateOf(START + day);
  at.setHours(hour);
  return { when: at.toISOString(), correct, confidence };
}

/** Midday of a day from START. @param {number} day */
const noon = (day) => new Date(given(day, true).when);

/** @param {ReturnType<typeof given>[]} answers @param {number} now */
const plan = (answers, now) => {
  const found = planFor(answers, START + now);
  return found && { step: found.step, day: found.day - START, reason: found.reason };
};

Deno.test("what was right, and not a guess, never comes back", () => {
  assert.equal(plan([given(0, true, "sure")], 40), null);
  assert.equal(plan([given(0, true, null)], 40), null);
});

Deno.test("a miss comes back on days 2, 7 and 30, and then rests", () => {
  const history = [given(0, false, "sure")];
  for (const [step, day] of DAYS.entries()) {
    assert.deepEqual(plan(history, day), { step, day, reason: "sure" });
    history.push(given(day, true));
  }
  assert.equal(plan(history, 300), null);
  history.push(given(301, false, "guess"));
  assert.deepEqual(plan(history, 301), { step: 0, day: 303, reason: "wrong" });
});

Deno.test("a lucky guess comes back, and a second one asks for the same step again", () => {
  const history = [given(0, true, "guess")];
  assert.deepEqual(plan(history, 0), { step: 0, day: 2, reason: "guess" });
  history.push(given(2, true, "guess"));
  assert.deepEqual(plan(history, 2), { step: 0, day: 4, reason: "guess" });
  history.push(given(4, true, "sure"));
  assert.deepEqual(plan(history, 4), { step: 1, day: 9, reason: "guess" });
});

Deno.test("wrong again, whenever that is, goes back to day 2", () => {
  const twice = [given(0, false), given(2, true), given(7, false, "sure")];
  assert.deepEqual(plan(twice, 7), { step: 0, day: 9, reason: "sure" });
  const early = [given(0, false), given(1, false)];
  assert.deepEqual(plan(early, 1), { step: 0, day: 3, reason: "wrong" });
});

Deno.test("right before its day has come changes nothing; late, the next gap counts from the answer", () => {
  assert.deepEqual(plan([given(0, false), given(0, true, "sure", 13), given(1, true)], 1), {
    step: 0,
    day: 2,
    reason: "wrong",
  });
  assert.deepEqual(plan([given(0, false), given(20, true)], 20), { step: 1, day: 25, reason: "wrong" });
});

Deno.test("days turn at local midnight, and are one apart when the clocks change", () => {
  const evening = [given(0, false, "sure", 23)];
  assert.equal(due({ a: evening }, new Date(given(1, true, null, 23).when)).length, 0);
  assert.equal(due({ a: evening }, new Date(given(2, true, null, 0).when)).length, 1);
  for (let day = 0; day < 500; day++) {
    const midnight = dateOf(START + day);
    assert.equal(midnight.getHours(), 0);
    assert.equal(dayOf(midnight), START + day);
    assert.equal(dayOf(new Date(midnight.getTime() - 1)), START + day - 1);
  }
});

Deno.test("a clock moved back, or a record from a clock that was ahead, loses nothing", () => {
  // Answered in a year that has not come: due at once, and then on its way again.
  const ahead = [given(4000, false)];
  assert.equal(due({ a: ahead }, noon(0)).length, 1);
  assert.deepEqual(plan([...ahead, given(0, true)], 0), { step: 0, day: 2, reason: "wrong" });
  // The clock stood in 1970 for one answer: it is due as soon as the date is right again.
  const behind = [given(0, false), { ...given(2, true), when: "1970-01-01T10:00:00.000Z" }];
  assert.equal(due({ a: behind }, noon(3)).length, 1);
});

Deno.test("what is no date, no answer and no item is borne", () => {
  const nowhere = [{ when: "soon", correct: false, confidence: "sure" }];
  assert.equal(due({ a: nowhere }, noon(0)).length, 1);
  assert.equal(plan([], 5), null);
  assert.deepEqual(coming({}, noon(0)), []);
  assert.equal(nextDue({}, noon(0)), null);
});

Deno.test("missed while sure comes first, then missed, then guessed; in these the longest due", () => {
  const found = due({
    guessed: [given(0, true, "guess")],
    late: [given(3, false)],
    early: [given(1, false, "guess")],
    sure: [given(4, false, "sure")],
    right: [given(0, true)],
    later: [given(9, false, "sure")],
  }, noon(10));
  assert.deepEqual(found.map(({ item }) => item), ["sure", "early", "late", "guessed"]);
  assert.equal(nextDue({ later: [given(9, false)], on: [given(20, false)] }, noon(10)), START + 11);
});

/** A number below n out of a chain of chances. @param {{state: number}} chance @param {number} n */
function below(chance, n) {
  const { value, state } = mulberry32(chance.state);
  chance.state = state;
  return value % n;
}

Deno.test("over three hundred learners' years nothing is lost, and nothing is due twice in a day", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const chance = { state: seed };
    /** @type {Record<string, ReturnType<typeof given>[]>} */
    const answers = {};
    /** @type {Record<string, number>} reviews passed in a row since the last miss or guess */
    const passed = {};
    for (let day = 0; day < 120; day += 1 + below(chance, 5)) {
      const asked = due(answers, noon(day)).map(({ item }) => item);
      assert.equal(new Set(asked).size, asked.length);
      // Some of what is due is answered; sometimes the quiz itself asks something else, due or not.
      const some = asked.filter(() => below(chance, 3) > 0);
      const other = `item-${below(chance, 6)}`;
      for (const item of [...some, ...(below(chance, 2) && !asked.includes(other) ? [other] : [])]) {
        const correct = below(chance, 3) > 0;
        const confidence = ["guess", "fairly-sure", "sure"][below(chance, 3)];
        const before = planFor(answers[item] ?? [], START + day);
        answers[item] = [...(answers[item] ?? []), given(day, correct, confidence)];
        const after = planFor(answers[item], START + day);
        const onTime = before !== null && before.day <= START + day;
        if (!correct) {
          assert.equal(after?.day, START + day + 2, "a miss comes back in two days");
          passed[item] = 0;
        } else if (onTime && confidence !== "guess") {
          passed[item]++;
          assert.equal(
            after === null,
            passed[item] === DAYS.length,
            "it rests after the third, and not before",
          );
        } else if (before) {
          assert.equal(after?.step, before.step, "neither on nor back");
          if (!onTime) assert.deepEqual(after, before);
        } else {
          passed[item] = 0;
          assert.equal(after !== null, confidence === "guess");
        }
        assert.ok(!after || after.day > START + day, "answered today, it is not due today");
      }
      // Whatever comes back does so within the longest gap of its last answer.
      for (const each of coming(answers, noon(day))) {
        const last = dayOf(new Date(/** @type {any} */ (answers[each.item].at(-1)).when));
        assert.ok(each.day <= last + 30);
      }
    }
  }
});

/** @param {string} id */
const item = (id) => ({
  id,
  type: /** @type {const} */ ("single"),
  prompt: `<p>${id}</p>`,
  options: ["a", "b"].map((each) => ({
    id: each,
    text: each,
    correct: each === "a",
    feedback: "",
    basis: "practice",
  })),
});
const quiz = { pools: [{ id: "all", draw: 2, items: [item("one"), item("two")] }] };

Deno.test("an answer in a review leaves the quiz's sitting as it is", () => {
  const when = given(0, true).when;
  let record = sit(quiz, null);
  record = go(answer(quiz, record, "b", "sure", when), 1);
  const first = record.sitting[0];
  const half = recall(quiz, record, first, "a", "sure", given(2, true).when);
  assert.equal(half.answers[first].at(-1)?.sitting, REVIEW);
  assert.equal(answered(half, first)?.given, "b");
  assert.equal(go(half, 1).at, 1);
  assert.throws(() => answer(quiz, { ...half, at: 0 }, "a", "sure", when), /answered already/);
  const whole = go(answer(quiz, half, "a", "sure", when), 2);
  assert.ok(whole.finished);
  assert.deepEqual(missed(quiz, whole), []);
  assert.equal(summary(quiz, whole).sentence, "1 right at once, 1 right in a review since.");
  assert.deepEqual(summary(quiz, whole).table[2], { label: "Sure", right: 1, other: 1 });
  const again = recall(quiz, whole, first, "b", "sure", given(9, true).when);
  assert.equal(summary(quiz, again).sentence, "1 right at once; 1 to look at again.");
  assert.deepEqual(summary(quiz, again).sure.map(({ id }) => id), [first]);
  assert.ok(itemsOf(quiz).has(first));
});

Deno.test("a review cannot record what could not be answered", () => {
  const record = sit(quiz, null);
  assert.throws(() => recall(quiz, record, "gone", "a", "sure", "now"), /no such answer to gone/);
  assert.throws(() => recall(quiz, record, "one", "z", "sure", "now"), /no such answer to one/);
});

Deno.test("records of two devices brought together go on as one history", () => {
  const first = sit(quiz, null).sitting[0];
  const at = (/** @type {number} */ day) => given(day, true).when;
  const start = answer(quiz, sit(quiz, null), "b", "sure", at(0));
  const here = recall(quiz, start, first, "a", "sure", at(2));
  const there = recall(quiz, recall(quiz, start, first, "b", "guess", at(3)), first, "a", "sure", at(5));
  for (const both of [merge(here, there), merge(there, here), merge(merge(here, there), here)]) {
    assert.deepEqual(both.answers[first].map(({ when }) => when), [0, 2, 3, 5].map(at));
    assert.deepEqual(plan(/** @type {any} */ (both.answers[first]), 6), {
      step: 1,
      day: 10,
      reason: "wrong",
    });
    assert.equal(answered(both, first)?.given, "b");
  }
});
