/**
 * When a question comes back. Pure: out of the answers and today's date comes what is due, and nothing else is kept.
 *
 * The rule. An answer that was wrong, or right but a guess, brings its item back near days 2, 7 and 30 after that day.
 * Right and at least fairly sure on or after such a day: it goes on to the next one, and after the third it rests. Right
 * but a guess: the same step again. Wrong, whenever that is: back to day 2. Right before the day has come changes
 * nothing, for trying again at once shows little. Who comes late loses nothing: the next gap counts from the day of the
 * answer.
 *
 * The grounds. Cepeda and others (2008, doi 10.1111/j.1467-9280.2008.02209.x) found the best gap before a review to be
 * about 20 to 40 per cent of a delay of a week, and 5 to 10 per cent of a year. They did not test days 2, 7 and 30: these
 * are the course's reading of that rule.
 *
 * Days are the learner's own: they turn at midnight where the device is. Answers stand in the order in which they were given,
 * and that order is believed before their times: where the clock was moved back, an earlier answer is taken to be no later
 * than the next, and one from a day that has not come yet makes its item due now rather than some day or never.
 * @module
 */

/** @typedef {{when: string, correct: boolean, confidence: string|null}} Given what of an answer matters here */
/** @typedef {"sure"|"wrong"|"guess"} Reason missed while sure; missed; right, but a guess */
/** @typedef {{step: number, day: number, reason: Reason}} Plan step: 0 to 2; day: a day's number, see `dayOf` */
/** @typedef {Plan & {item: string}} Due */

/** Days after the miss. @type {readonly number[]} */
export const DAYS = [2, 7, 30];
/** What lies between the steps: how long it is from one answer to the next. */
export const GAPS = DAYS.map((day, step) => day - (DAYS[step - 1] ?? 0));

const MS_A_DAY = 86_400_000;
/** @type {Record<Reason, number>} */
const ORDER = { sure: 0, wrong: 1, guess: 2 };

/**
 * The number of a local day: one apart from midnight to midnight, whatever the clocks do in between.
 * @param {Date} date
 */
export function dayOf(date) {
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / MS_A_DAY);
}

/** The local midnight at which a day begins. @param {number} day as `dayOf` counts */
export function dateOf(day) {
  const utc = new Date(day * MS_A_DAY);
  return new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate());
}

/**
 * The days on which these answers were given, none later than the one after it. What is no date counts as long ago.
 * @param {readonly Given[]} answers
 */
function daysOf(answers) {
  const days = answers.map(({ when }) => {
    const at = new Date(when);
    return Number.isNaN(at.getTime()) ? 0 : dayOf(at);
  });
  for (let i = days.length - 2; i >= 0; i--) days[i] = Math.min(days[i], days[i + 1]);
  return days;
}

/** @param {Given} answer @returns {Reason|null} why this answer brings its item back, if it does */
function reasonFor({ correct, confidence }) {
  if (!correct) return confidence === "sure" ? "sure" : "wrong";
  return confidence === "guess" ? "guess" : null;
}

/**
 * Where one item stands.
 * @param {readonly Given[]} answers to this item, oldest first
 * @param {number} today as `dayOf` counts
 * @returns {Plan|null} null when it rests: never missed, or right three times since
 */
export function planFor(answers, today) {
  const days = daysOf(answers);
  /** @type {Plan|null} */
  let plan = null;
  answers.forEach((answer, i) => {
    const day = days[i];
    const reason = reasonFor(answer);
    if (!plan || !answer.correct) {
      plan = reason && { step: 0, day: day + GAPS[0], reason };
    } else if (day >= plan.day) {
      const step = reason ? plan.step : plan.step + 1;
      plan = step < DAYS.length ? { ...plan, step, day: day + GAPS[step] } : null;
    }
  });
  const ahead = (days.at(-1) ?? 0) > today;
  return plan && ahead ? { .../** @type {Plan} */ (plan), day: today } : plan;
}

/**
 * Every item that will come back, the most pressing first: missed while sure, missed, guessed; in these, longest due.
 * @param {Readonly<Record<string, readonly Given[]>>} answers by item
 * @param {Date} now
 * @returns {Due[]}
 */
export function coming(answers, now) {
  const today = dayOf(now);
  return Object.entries(answers).flatMap(([item, given]) => {
    const plan = planFor(given, today);
    return plan ? [{ item, ...plan }] : [];
  }).sort(byNeed);
}

/** @param {Due} a @param {Due} b */
export function byNeed(a, b) {
  return ORDER[a.reason] - ORDER[b.reason] || a.day - b.day || (a.item < b.item ? -1 : 1);
}

/**
 * What is due, the most pressing first.
 * @param {Readonly<Record<string, readonly Given[]>>} answers by item
 * @param {Date} now
 */
export function due(answers, now) {
  const today = dayOf(now);
  return coming(answers, now).filter(({ day }) => day <= today);
}

/**
 * The next day on which something not due yet falls due.
 * @param {Readonly<Record<string, readonly Given[]>>} answers by item
 * @param {Date} now
 * @returns {number|null} as `dayOf` counts
 */
export function nextDue(answers, now) {
  const today = dayOf(now);
  const days = coming(answers, now).map(({ day }) => day).filter((day) => day > today);
  return days.length ? Math.min(...days) : null;
}
