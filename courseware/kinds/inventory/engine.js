/**
 * What an inventory is, without a page: ratings, what they come to by dimension, and how that differs from before.
 *
 * A taking is never changed once finished. Statements are known by their ids, so that takings of a version with other
 * statements can still be read: only what was rated both times is compared. The rules of a score are those of `score.py`.
 * @module
 */

import { isPlain } from "../../web/record.js";

/** @typedef {{id: string, text: string, reversed?: boolean}} Statement */
/** @typedef {{id: string, label: string, from: number, to: number}} Band */
/**
 * @typedef {object} Dimension
 * @property {string} id
 * @property {string} label
 * @property {string} means
 * @property {Statement[]} statements
 * @property {Record<string, {suggests: string, ask: string}>} readings by band; `suggests` is author's HTML
 */
/**
 * @typedef {object} Inventory
 * @property {{question: string, points: string[], cannot_say?: string|null}} scale points count 1, 2, 3 and so on
 * @property {Band[]} bands
 * @property {Dimension[]} dimensions
 * @property {number} little_change in scale points
 * @property {number} most takings that are kept; none is ever dropped to make room
 */
/** @typedef {Record<string, number|null>} Answers by statement; null for "cannot say" */
/** @typedef {{when: string, answers: Answers}} Taking */
/**
 * @typedef {object} Taken the learner's record
 * @property {Taking[]} takings finished ones, oldest first
 * @property {Answers} answers of the taking that is not finished yet
 * @property {boolean} open whether the statements are on the page, rather than the profile
 * @property {string} note
 */
/** @typedef {{rated: number, value: number|null}} Score no value with fewer than half of the statements rated */

const MOST_POINTS = 7; // that any scale has

/** @param {any} it */
const areAnswers = (it) =>
  isPlain(it) &&
  Object.values(it).every((each) =>
    each === null || (Number.isInteger(each) && each > 0 && each <= MOST_POINTS)
  );

/**
 * Has a record the shape of an inventory's?
 * @param {any} record
 * @returns {record is Taken}
 */
export const sound = (record) =>
  isPlain(record) && Array.isArray(record.takings) &&
  record.takings.every((it) =>
    isPlain(it) && typeof it.when === "string" && Date.parse(it.when) > 0 && areAnswers(it.answers)
  ) &&
  areAnswers(record.answers) && typeof record.open === "boolean" && typeof record.note === "string";

/** @param {Inventory} spec @returns {Statement[]} every statement, in order */
const statements = (spec) => spec.dimensions.flatMap((each) => each.statements);

/**
 * A record that can be relied on, from whatever was stored or imported. Takings are kept with all that they hold; of the
 * ratings that are not finished, those that the exercise still asks for.
 * @param {Inventory} spec
 * @param {unknown} stored
 * @returns {Taken}
 */
export function mend(spec, stored) {
  const record = sound(stored) ? stored : { takings: [], answers: {}, open: true, note: "" };
  const { cannot_say, points } = spec.scale;
  /** @type {Answers} */
  const answers = {};
  for (const { id } of statements(spec)) {
    const value = record.answers[id];
    if (value === null ? cannot_say : value <= points.length) answers[id] = value;
  }
  const { length } = record.takings;
  return { ...record, answers, open: !length || (record.open && length < spec.most) };
}

/**
 * The records of two devices as one: every taking of both, and the words written last. Ratings that are not finished are
 * the later record's; the earlier one's only where nothing was done since.
 * @param {Taken} earlier
 * @param {Taken} later
 * @returns {Taken}
 */
export function merge(earlier, later) {
  const mine = earlier.takings.map((each) => JSON.stringify(each));
  const fresh = later.takings.filter((each) => !mine.includes(JSON.stringify(each)));
  const takings = [...earlier.takings, ...fresh];
  // Sorted only when it must be: a clock that was wrong once would otherwise change the order of what is one's own.
  if (fresh.length) takings.sort((a, b) => a.when < b.when ? -1 : 1);
  const newer = fresh.length || Object.keys(later.answers).length ? later : earlier;
  return { ...newer, takings, note: later.note || earlier.note };
}

/** The statements still to be answered. @param {Inventory} spec @param {Taken} record */
export const left = (spec, { answers }) => statements(spec).filter(({ id }) => !(id in answers));

/**
 * End a taking, which is open only when every statement is answered and there is room.
 * @param {Inventory} spec
 * @param {Taken} record
 * @param {string} when ISO date and time
 * @returns {Taken}
 * @throws {Error} when something is left, or there is no room
 */
export function finish(spec, record, when) {
  const { takings, answers } = record;
  if (left(spec, record).length || takings.length >= spec.most) throw new Error("not to be finished");
  return { ...record, takings: [...takings, { when, answers }], answers: {}, open: false };
}

/**
 * The mean of one dimension, rounded to one decimal, halves upwards.
 * @param {Inventory} spec
 * @param {Dimension} dimension
 * @param {Taking} taking
 * @param {Taking} [also] another one: only what is rated in both counts
 * @returns {Score}
 */
export function score({ scale }, { statements }, taking, also = taking) {
  const points = scale.points.length;
  const none = points + 1;
  let [sum, rated] = [0, 0];
  for (const { id, reversed } of statements) {
    const value = taking.answers[id] ?? none;
    if (Math.max(value, also.answers[id] ?? none) > points) continue;
    sum += reversed ? none - value : value;
    rated++;
  }
  const enough = rated * 2 >= statements.length;
  return { rated, value: enough ? Math.floor((20 * sum + rated) / (2 * rated)) / 10 : null };
}

/** The band that a score lies in. @param {Inventory} spec @param {Score} score */
export const bandOf = ({ bands }, { value }) => value ? bands.find(({ to }) => value <= to) : undefined;
