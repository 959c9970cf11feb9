/**
 * What a quiz is, without a page: which items a sitting asks, what was answered and how sure, and what comes of it.
 *
 * Every answer ever given stays in the record with its date and confidence, so that a later review can bring back
 * what was missed, and first of all what was missed while sure.
 * @module
 */

import { shuffled } from "../../web/random.js";
import { isPlain } from "../../web/record.js";
import { judge, legal } from "./judge.js";

/** @typedef {import("./judge.js").Item} Item */
/** @typedef {import("./judge.js").Given} Given */
/** @typedef {{id: string, title?: string|null, draw: number, items: Item[]}} Pool */
/** @typedef {{confidence?: boolean, pools: Pool[]}} Quiz */
/** @typedef {{given: Given, confidence: string|null, correct: boolean, when: string, sitting: number}} Answered `sitting` 0: in a review */
/**
 * @typedef {object} Sat the learner's record
 * @property {number} count which sitting this is, from 1; it also seeds the draw
 * @property {string[]} sitting ids of the items of this sitting, in order
 * @property {number} at index of the item shown; sitting.length at the summary
 * @property {Record<string, Answered[]>} answers oldest first
 * @property {boolean} finished true once any sitting was finished
 * @property {{item: string, raw: unknown, confidence: string|null}|null} draft chosen but not checked yet
 */

/** How sure, from the record's word to the learner's. @type {readonly (readonly [string, string])[]} */
export const CONFIDENCE = [["guess", "A guess"], ["fairly-sure", "Fairly sure"], ["sure", "Sure"]];

/** @param {Quiz} quiz @returns {Map<string, Item>} */
export function itemsOf(quiz) {
  return new Map(quiz.pools.flatMap(({ items }) => items.map((item) => [item.id, item])));
}

/**
 * The items of a sitting: `draw` from each pool, by chance, told in file order.
 * @param {Quiz} quiz
 * @param {number} seed
 * @param {(id: string) => boolean} open which items may be drawn
 */
function drawn(quiz, seed, open) {
  return quiz.pools.flatMap(({ items, draw }, pool) => {
    const ids = items.map(({ id }) => id).filter(open);
    // Spread the seeds of neighbouring pools and sittings, or equal pools would draw alike.
    const taken = new Set(shuffled(ids, seed * 7919 + pool * 104729).slice(0, draw));
    return ids.filter((id) => taken.has(id));
  });
}

/** @param {Sat} record @param {string} id @returns {Answered|null} the answer given in this sitting */
export function answered(record, id) {
  // Not simply the last one: a review may have asked the item again since.
  return record.answers[id]?.findLast(({ sitting }) => sitting === record.count) ?? null;
}

/** Items never yet put to the learner. @param {Quiz} quiz @param {Sat} record @returns {string[]} */
export function unseen(quiz, record) {
  return [...itemsOf(quiz).keys()].filter((id) =>
    !record.answers[id]?.length && !record.sitting.includes(id)
  );
}

/** Items whose last answer was not right, in this sitting or before it. @param {Quiz} quiz @param {Sat} record @returns {string[]} */
export function missed(quiz, record) {
  return [...itemsOf(quiz).keys()].filter((id) => record.answers[id]?.at(-1)?.correct === false);
}

/**
 * Begin a sitting.
 * @param {Quiz} quiz
 * @param {Sat|null} record what there is, or null the first time
 * @param {"draw"|"missed"|"others"} which a fresh draw, those missed so far, or those not seen yet
 * @returns {Sat}
 */
export function sit(quiz, record, which = "draw") {
  const count = (record?.count ?? 0) + 1;
  const fresh = new Set(record && which === "others" ? unseen(quiz, record) : []);
  const sitting = record && which === "missed"
    ? missed(quiz, record)
    : drawn(quiz, count, (id) => which !== "others" || fresh.has(id));
  return {
    count,
    sitting,
    at: 0,
    answers: record?.answers ?? {},
    finished: record?.finished ?? false,
    draft: null,
  };
}

/**
 * Record an answer to the item shown.
 * @param {Quiz} quiz
 * @param {Sat} record
 * @param {Given} given
 * @param {string|null} confidence
 * @param {string} when ISO date and time
 * @returns {Sat}
 * @throws {Error} when the answer does not fit the item, or the item is answered already
 */
export function answer(quiz, record, given, confidence, when) {
  const id = record.sitting[record.at];
  const item = itemsOf(quiz).get(id);
  if (!item || !legal(item, given)) throw new Error(`no such answer to ${id}`);
  if (answered(record, id)) throw new Error(`${id} is answered already`);
  const { correct } = judge(item, given);
  const entry = { given, confidence, correct, when, sitting: record.count };
  return {
    ...record,
    draft: null,
    answers: { ...record.answers, [id]: [...(record.answers[id] ?? []), entry] },
  };
}

/** What an answer given in a review has for its sitting; sittings count from 1. */
export const REVIEW = 0;

/**
 * Record an answer given in a review, outside any sitting: the sitting stays where it is.
 * @param {Quiz} quiz
 * @param {Sat} record
 * @param {string} id of the item
 * @param {Given} given
 * @param {string|null} confidence
 * @param {string} when ISO date and time
 * @returns {Sat}
 * @throws {Error} when the answer does not fit the item
 */
export function recall(quiz, record, id, given, confidence, when) {
  const item = itemsOf(quiz).get(id);
  if (!item || !legal(item, given)) throw new Error(`no such answer to ${id}`);
  const entry = { given, confidence, correct: judge(item, given).correct, when, sitting: REVIEW };
  return { ...record, answers: { ...record.answers, [id]: [...(record.answers[id] ?? []), entry] } };
}

/** Go to an item, or to the summary; never past one not answered. @param {Sat} record @param {number} at @returns {Sat} */
export function go(record, at) {
  const open = record.sitting.findIndex((id) => !answered(record, id));
  const end = open < 0 ? record.sitting.length : open;
  const to = Math.max(0, Math.min(at, end));
  return { ...record, at: to, finished: record.finished || to === record.sitting.length };
}

/** @param {unknown} value */
const isText = (value) => typeof value === "string";
/** @param {unknown} value */
const isTextOrNull = (value) => value === null || typeof value === "string";

/** @param {unknown} given could it be the answer to some item? */
function isGiven(given) {
  if (Array.isArray(given)) return given.every(isText);
  return isText(given) || Number.isFinite(given) || isPlain(given) && Object.values(given).every(isText);
}

/** @param {any} entry */
const isAnswered = (entry) =>
  isPlain(entry) && typeof entry.correct === "boolean" && isText(entry.when) && isGiven(entry.given) &&
  isTextOrNull(entry.confidence) && Number.isSafeInteger(entry.sitting);

/** @param {any} draft */
const isDraft = (draft) =>
  draft === null || draft === undefined ||
  isPlain(draft) && isText(draft.item) && isTextOrNull(draft.confidence ?? null) &&
    (draft.raw === null || draft.raw === undefined || isGiven(draft.raw));

/** Has something from storage or a file the shape of a quiz's record? @param {any} record */
export function sound(record) {
  return isPlain(record) && Number.isSafeInteger(record.count) && record.count > 0 &&
    Array.isArray(record.sitting) && record.sitting.every(isText) && Number.isSafeInteger(record.at) &&
    typeof record.finished === "boolean" && isDraft(record.draft) && isPlain(record.answers) &&
    Object.values(record.answers).every((entries) => Array.isArray(entries) && entries.every(isAnswered));
}

/**
 * One record of two: every answer ever given on either device, and the sitting of the later.
 *
 * Both may have counted to the same sitting. Answers of the other device then belong to an earlier one, unless the two
 * are one sitting that went on in both places.
 * @param {Sat} earlier
 * @param {Sat} later
 * @returns {Sat}
 */
export function merge(earlier, later) {
  const count = Math.max(earlier.count, later.count);
  const one = earlier.count === later.count && earlier.sitting.join() === later.sitting.join();
  /** @param {Answered} entry */
  const apart = (entry) => ({ ...entry, sitting: one ? entry.sitting : Math.min(entry.sitting, count - 1) });
  /** @type {Record<string, Answered[]>} */
  const answers = {};
  for (const id of new Set([...Object.keys(earlier.answers), ...Object.keys(later.answers)])) {
    const mine = later.answers[id] ?? [];
    const known = new Set(mine.map(told));
    const others = (earlier.answers[id] ?? []).filter((entry) => !known.has(told(entry)));
    // By time, but never against the order in which one device had them: its clock may have been put back.
    answers[id] = mine.flatMap((entry) => {
      const before = others.findIndex(({ when }) => when >= entry.when);
      const older = others.splice(0, before < 0 ? others.length : before);
      const sitting = entry.sitting === later.count ? count : entry.sitting;
      return [...older.map(apart), { ...entry, sitting }];
    }).concat(others.map(apart));
  }
  return { ...later, count, answers, finished: earlier.finished || later.finished };
}

/** One answer told from another; which sitting it counts to may differ. @param {Answered} entry */
const told = ({ given, confidence, correct, when }) => JSON.stringify([given, confidence, correct, when]);

/** @param {unknown} entry @param {Item|undefined} item @returns {entry is Answered} */
function fits(entry, item) {
  const it = /** @type {any} */ (entry);
  return it !== null && typeof it === "object" && typeof it.correct === "boolean" &&
    (!item || legal(item, it.given));
}

/**
 * A record that can be relied on, from whatever was stored or imported. Answers to items that the quiz no longer
 * has are kept, in case it has them again; answers that no longer fit their item count to no sitting. Where the quiz has
 * none of the sitting's items any more, a new sitting begins.
 * @param {Quiz} quiz
 * @param {unknown} stored
 * @returns {Sat|null} null when there is nothing to go on with
 */
export function mend(quiz, stored) {
  const given = /** @type {any} */ (stored && typeof stored === "object" ? stored : {});
  const items = itemsOf(quiz);
  const listed = Array.isArray(given.sitting) ? given.sitting : [];
  const sitting = [...new Set(listed.filter((/** @type {any} */ id) => items.has(id)))];
  /** @type {Record<string, Answered[]>} */
  const answers = {};
  for (const [id, entries] of Object.entries(given.answers ?? {})) {
    const kept = Array.isArray(entries) ? entries.filter((entry) => fits(entry, undefined)) : [];
    const of = items.get(id);
    if (kept.length) {
      answers[id] = kept.map((entry) => ({ ...entry, sitting: fits(entry, of) ? entry.sitting : 0 }));
    }
  }
  const count = Number.isSafeInteger(given.count) && given.count > 0 ? given.count : 1;
  const finished = given.finished === true;
  if (!sitting.length) {
    const before = { count, sitting, at: 0, answers, finished, draft: null };
    return Object.keys(answers).length ? sit(quiz, before) : null;
  }
  const draft = given.draft && typeof given.draft === "object" && items.has(given.draft.item)
    ? given.draft
    : null;
  const record = { count, sitting, at: 0, answers, finished, draft };
  return go(record, Number.isSafeInteger(given.at) ? given.at : 0);
}

/** A clause for a number of items; nothing for none. @param {number} n @param {string} rest */
const some = (n, rest) => n ? [`${n} ${rest}`] : [];

/** @param {{once: number, later: number, since: number, wrong: number, before: number}} counts */
function sentence({ once, later, since, wrong, before }) {
  const alone = once > 1 && !later && !since && !wrong;
  const right = alone ? [`All ${once} right at once`] : [
    ...some(once, "right at once"),
    ...some(later, "right this time"),
    ...some(since, "right in a review since"),
  ];
  const left = wrong
    ? [...some(wrong, "to look at again"), ...some(before, "from before")]
    : some(before, "to look at again from before");
  return `${[right.join(", "), left.join(", and ")].filter(Boolean).join("; ")}.`;
}

/**
 * What came of a finished sitting, in words and counts; never a mark.
 * @param {Quiz} quiz
 * @param {Sat} record
 * @returns {{sentence: string, missed: Item[], sure: Item[], table: {label: string, right: number, other: number}[]}}
 *   `missed`: everything still to look at again, those missed while sure first; `sure`: those; `table`: this sitting
 */
export function summary(quiz, record) {
  const items = itemsOf(quiz);
  const rows = record.sitting.flatMap((id) => {
    const now = answered(record, id);
    return now ? [{ id, now, first: record.answers[id][0] === now }] : [];
  });
  const open = missed(quiz, record);
  const left = open.map((id) => /** @type {Item} */ (items.get(id)));
  const sure = left.filter(({ id }) => record.answers[id].at(-1)?.confidence === "sure");
  const wrong = rows.filter(({ id, now }) => !now.correct && open.includes(id)).length;
  const since = rows.filter(({ now }) => !now.correct).length - wrong;
  const once = rows.filter(({ now, first }) => now.correct && first).length;
  const later = rows.length - wrong - since - once;
  return {
    sentence: sentence({ once, later, since, wrong, before: left.length - wrong }),
    missed: [...sure, ...left.filter((item) => !sure.includes(item))],
    sure,
    table: CONFIDENCE.map(([id, label]) => {
      const mine = rows.filter(({ now }) => now.confidence === id);
      const right = mine.filter(({ now }) => now.correct).length;
      return { label, right, other: mine.length - right };
    }),
  };
}
