/**
 * What the quizzes of all chapters hold for a review: what is due now, on which days something will be, and how sure
 * somebody was against how right.
 */

import { byNeed, coming, dayOf, GAPS } from "../../kinds/quiz/review.js";
import { CONFIDENCE, itemsOf, mend } from "../../kinds/quiz/engine.js";
import { shuffled } from "../random.js";

/** @typedef {import("../../kinds/quiz/judge.js").Item} Item */
/** @typedef {import("../../kinds/quiz/review.js").Due} Due */
/** @typedef {{item: Item, quiz: any, due: Due}} Asked */
/** @typedef {{label: string, right: number, of: number}} Sureness */

/** Below this number of answers, a share of right ones says next to nothing. */
export const ENOUGH = 5;

/**
 * Every item that will come back, out of all quizzes.
 *
 * @param {any[]} quizzes compiled
 * @param {(quiz: any) => any} recordOf what is kept of a quiz, or null
 * @param {Date} now
 * @returns {Asked[]} the most pressing first; among equals in an order of the day's own, so that chapters mix
 */
export function gather(quizzes, recordOf, now) {
  const found = quizzes.flatMap((quiz) => {
    const record = mend(quiz, recordOf(quiz));
    const items = itemsOf(quiz);
    return coming(record?.answers ?? {}, now).flatMap((due) => {
      const item = items.get(due.item);
      return item ? [{ item, quiz, due }] : [];
    });
  });
  const mixed = shuffled(found, dayOf(now));
  return mixed.sort((a, b) => byNeed({ ...a.due, day: 0, item: "" }, { ...b.due, day: 0, item: "" }));
}

/** Those that are due. @param {Asked[]} all @param {number} today */
export const dueNow = (all, today) => all.filter(({ due }) => due.day <= today);

/**
 * The days on which something falls due from now on, if each is answered on its day and goes on to its next step.
 *
 * @param {Asked[]} all
 * @param {number} today
 * @returns {number[]} each once, in order
 */
export function daysAhead(all, today) {
  const days = all.flatMap(({ due }) => {
    let day = Math.max(due.day, today);
    return [day, ...GAPS.slice(due.step + 1).map((gap) => day += gap)];
  });
  return [...new Set(days)].filter((day) => day > today).sort((a, b) => a - b);
}

/**
 * How sure, against how right, over every answer for which it was asked.
 *
 * @param {any[]} records of quizzes
 * @returns {Sureness[]}
 */
export function calibration(records) {
  const answers = records.flatMap((record) => Object.values(record?.answers ?? {}).flat());
  return CONFIDENCE.map(([id, label]) => {
    const mine = answers.filter(({ confidence }) => confidence === id);
    return { label, right: mine.filter(({ correct }) => correct).length, of: mine.length };
  });
}

/**
 * What the numbers say, in one sentence, and no more than they can.
 *
 * @param {Sureness[]} rows
 */
export function calibrationSays(rows) {
  const [guess, , sure] = rows;
  if (sure.of < ENOUGH) {
    return sure.of
      ? `You have said “Sure” ${times(sure.of)} so far: too few to say how often you are right when you are.`
      : "You have not said “Sure” yet.";
  }
  const said = `When you said “Sure”, you were right ${sure.right} times out of ${sure.of}`;
  if (guess.of < ENOUGH) return `${said}.`;
  const more = sure.right / sure.of - guess.right / guess.of;
  if (more <= 0) return `${said}, which is no more often than when you guessed.`;
  return `${said}; when you guessed, ${guess.right} out of ${guess.of}.`;
}

/** @param {number} n */
const times = (n) => n === 1 ? "once" : n === 2 ? "twice" : `${n} times`;
