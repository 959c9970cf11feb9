/**
 * What stands in the browser's storage for one exercise, and how it is read back.
 *
 * A stored text is somebody else's until proven ours: another version of the course, another site on the same host, an
 * extension or a person may have written it. So it is classified before it is used, and never thrown away.
 */

export const FORMAT = 1;
export const MAX_CHARACTERS = 1_000_000;
const MAX_DEPTH = 12;
export const UNSAFE_KEYS = new Set(["__proto__", "constructor", "prototype"]);
/** A time as `toISOString` writes it, so that text order is time order. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** @typedef {Record<string, any>} Plain */
/** @typedef {"begun" | "done"} Status */
/** @typedef {{format: number, version: string, saved: string, status: Status, record: Plain}} Wrapped */
/** @typedef {{kind: "none"} | {kind: "newer"} | {kind: "unreadable"} | {kind: "ours", wrapped: Wrapped}} Found */

/**
 * @param {unknown} value
 * @returns {value is Plain}
 */
export function isPlain(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A value of an object that came from outside, and only its own: `{}["constructor"]` is not something a learner wrote.
 *
 * @param {Plain | null | undefined} object
 * @param {string} key
 */
export function own(object, key) {
  return isPlain(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * @param {unknown} value
 * @returns {number} levels of nesting; stops counting past the limit
 */
function depth(value, level = 0) {
  if (typeof value !== "object" || value === null || level > MAX_DEPTH) return level;
  return Object.values(value).reduce((most, each) => Math.max(most, depth(each, level + 1)), level);
}

/**
 * Parse JSON that may be anything.
 *
 * @param {string} text
 * @returns {unknown} undefined when it is not JSON, or too large or too deep to be ours
 */
export function parse(text) {
  if (text.length > MAX_CHARACTERS) return undefined;
  try {
    // A reviver that returns undefined drops the key, so no parsed object can pass a prototype on.
    const value = JSON.parse(text, (key, each) => UNSAFE_KEYS.has(key) ? undefined : each);
    return depth(value) > MAX_DEPTH ? undefined : value;
  } catch {
    return undefined;
  }
}

/**
 * Say what a stored text is.
 *
 * @param {string | null} raw
 * @param {(record: Plain) => boolean} accepts the kind's own test of a record's shape
 * @returns {Found}
 */
export function classify(raw, accepts) {
  if (raw === null) return { kind: "none" };
  const value = parse(raw);
  if (!isPlain(value) || typeof value.format !== "number") return { kind: "unreadable" };
  if (value.format > FORMAT) return { kind: "newer" };
  if (value.format !== FORMAT || !isPlain(value.record) || !TIME.test(value.saved)) {
    return { kind: "unreadable" };
  }
  const status = value.status === "done" ? "done" : "begun";
  const version = String(value.version ?? "");
  try {
    if (!accepts(value.record)) return { kind: "unreadable" };
  } catch {
    return { kind: "unreadable" };
  }
  return {
    kind: "ours",
    wrapped: { format: FORMAT, version, saved: value.saved, status, record: value.record },
  };
}

/**
 * @param {Plain} record
 * @param {string} version of the exercise
 * @param {Status} status
 * @param {string} [saved]
 */
export function wrap(record, version, status, saved = stamp()) {
  return JSON.stringify({ format: FORMAT, version, saved, status, record });
}

/**
 * Now, for what is saved; or just after what it takes the place of, where a clock was put back.
 *
 * @param {string} [after] ISO time, or ""
 */
export function stamp(after = "") {
  return new Date(Math.max(Date.now(), (Date.parse(after) || 0) + 1)).toISOString();
}

/**
 * The record in a stored text, as far as one can be read there.
 *
 * @param {string | null} raw
 */
export function recordIn(raw) {
  return own(/** @type {any} */ (parse(raw ?? "")), "record");
}

/**
 * The texts that were set aside under one name. What is no list of ours is one text more.
 *
 * @param {string | null} raw
 * @returns {string[]}
 */
export function listed(raw) {
  if (raw === null) return [];
  try {
    const list = JSON.parse(raw);
    if (Array.isArray(list) && list.every((each) => typeof each === "string")) return list;
  } catch {
    // Not a list: kept as it is.
  }
  return [raw];
}

// What the course writes into a record by itself: ids, seeds as text and times. Everything else a person typed.
// Under these names a single word is a person's too.
const WRITTEN = new Set(["written", "after_action", "if_then", "rationale", "note"]);
const MADE = /^(?:[a-z0-9]+(?:[_-][a-z0-9]+)*|\d{4}-\d\d-\d\dT[\d:.]+Z)$/;

/**
 * The pieces of text in a record that a person wrote, each with the path that leads there.
 *
 * @param {unknown} value
 * @param {string[]} [path]
 * @returns {{text: string, path: string[]}[]}
 */
export function pieces(value, path = []) {
  if (typeof value === "string") {
    const text = value.trim();
    return text && (!MADE.test(text) || path.some((key) => WRITTEN.has(key))) ? [{ text, path }] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => pieces(each, [...path, key]));
}

/**
 * @param {unknown} value
 * @returns {string[]}
 */
export const writing = (value) => pieces(value).map(({ text }) => text);

/**
 * What a person wrote in one record that another record does not hold. A sentence that has merely grown is not lost.
 *
 * @param {unknown} before
 * @param {unknown} after
 */
export function lost(before, after) {
  const kept = writing(after);
  // A word as short as "no" would be found in nearly anything.
  const holds = (/** @type {string} */ each, /** @type {string} */ text) =>
    text.length > 3 ? each.includes(text) : each === text;
  return [...new Set(writing(before))].filter((text) => !kept.some((each) => holds(each, text)));
}
