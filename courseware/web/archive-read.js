/**
 * Reading a file of saved work, which may be anything: cut off, somebody's photograph, or made to do harm. It is checked to
 * its last field before any of it is used. A file in which one thing is wrong is refused whole, and told why.
 */

import { exerciseIn, FORMAT, nothing, readerOf } from "./archive.js";
import { classify, FORMAT as RECORD_FORMAT, isPlain, MAX_CHARACTERS, UNSAFE_KEYS } from "./record.js";

/** @typedef {import("./archive.js").Work} Work */
/** @typedef {import("./archive.js").Knowing} Knowing */

/** More than a browser's storage holds, so that whatever was saved can be loaded. */
export const MAX_BYTES = 20_000_000;
const MAX_DEPTH = 16;
const PARTS = ["about", "course", "format", "newer", "records", "set_aside", "unreadable"];
const FIELDS = ["format", "record", "saved", "status", "version"];

/** What is wrong with a file, in a sentence for the learner. */
class Refusal extends Error {}

/** @param {string} why @returns {never} */
function refuse(why) {
  throw new Refusal(why);
}

/**
 * @param {string} text
 * @param {string} course
 * @param {Knowing} knowing
 * @returns {{work: Work} | {why: string}} the reason, where the file is refused
 */
export function readArchive(text, course, knowing) {
  try {
    return { work: read(text, course, knowing) };
  } catch (error) {
    if (error instanceof Refusal) return { why: error.message };
    throw error;
  }
}

/** @param {string} text @param {string} course @param {Knowing} knowing */
function read(text, course, knowing) {
  if (!text.trim()) refuse("The file is empty.");
  if (text.length > MAX_BYTES) refuse("The file is larger than anything that this course saves.");
  const file = parsed(text);
  if (!isPlain(file) || typeof file.course !== "string" || typeof file.format !== "number") {
    refuse("This is not a file of work saved from this course.");
  }
  if (file.course !== course) refuse(`This file holds work from another course, “${short(file.course)}”.`);
  if (file.format > FORMAT) {
    refuse("This file was saved by a newer version of the course. Load it in the newest version.");
  }
  if (file.format !== FORMAT) refuse("The file’s `format` is not one that this course has ever used.");
  for (const name of Object.keys(file)) {
    if (!PARTS.includes(name)) refuse(`The file has a field \`${short(name)}\`, which no saved file has.`);
  }
  /** @type {Work} */
  const work = new Map();
  /** @param {string} part @param {(name: string, value: any) => void} each */
  const through = (part, each) => {
    if (!isPlain(file[part])) refuse(`The file’s \`${part}\` is missing, or not a list by exercise.`);
    for (const [name, value] of Object.entries(file[part])) {
      const id = exerciseIn(name);
      if (!id || id.length > 60) {
        refuse(`In \`${part}\`, “${short(name)}” is not the name of an exercise with its version.`);
      }
      if (!work.has(name)) work.set(name, nothing());
      each(name, value);
    }
  };
  const it = (/** @type {string} */ name) => /** @type {import("./archive.js").Held} */ (work.get(name));
  through("records", (name, value) => it(name).record = wrapped(name, value, knowing));
  through("newer", (name, value) => {
    const newer = typeof value === "string" && classify(value, () => true).kind === "newer";
    it(name).newer = newer
      ? value
      : refuse(`${called(name, knowing)}: what stands under \`newer\` is not newer.`);
  });
  through("set_aside", (name, value) => it(name).aside = texts(value, "set_aside", name, knowing));
  through("unreadable", (name, value) => it(name).unreadable = texts(value, "unreadable", name, knowing));
  return work;
}

/** @param {string} text */
function parsed(text) {
  try {
    inspect(text);
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return refuse(
      "The file cannot be read. It may be of another kind, or have been cut off on its way here.",
    );
  }
}

/**
 * Go through the text once without making anything of it: how deep it goes, whether an object names a thing twice, and
 * whether a name means something of its own to a browser.
 *
 * @param {string} text
 */
function inspect(text) {
  /** @type {{names: Set<string> | null, naming: boolean}[]} */
  const open = [];
  for (let i = 0; i < text.length; i++) {
    const at = text[i];
    const inside = open[open.length - 1];
    if (at === '"') {
      const end = closing(text, i);
      if (inside?.names && inside.naming) name(JSON.parse(text.slice(i, end + 1)), inside.names);
      if (inside) inside.naming = false;
      i = end;
    } else if (at === "{" || at === "[") {
      open.push({ names: at === "{" ? new Set() : null, naming: true });
      if (open.length > MAX_DEPTH) refuse("The file is nested deeper than any work that this course saves.");
    } else if (at === "}" || at === "]") open.pop();
    else if (at === "," && inside) inside.naming = true;
  }
}

/** @param {string} key @param {Set<string>} names */
function name(key, names) {
  if (UNSAFE_KEYS.has(key)) refuse(`The file has a field \`${key}\`, which no saved file has.`);
  if (names.has(key)) refuse(`The file says \`${short(key)}\` twice in one place.`);
  names.add(key);
}

/** @param {string} text @param {number} start of a string @returns {number} where its closing quotation mark is */
function closing(text, start) {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text[before - 1] === "\\") before--;
    if ((end - before) % 2 === 0) return end;
  }
  throw new SyntaxError("a string without an end");
}

/**
 * One record as it is kept, with its time, its version and how far it came.
 *
 * @param {string} name
 * @param {any} value
 * @param {Knowing} knowing
 * @returns {import("./record.js").Wrapped}
 */
function wrapped(name, value, knowing) {
  const title = called(name, knowing);
  const wrong = (/** @type {string} */ field) =>
    refuse(`${title}: its \`${short(field)}\` is not as this course saves it.`);
  if (!isPlain(value)) return refuse(`${title}: what is saved of it is not a record.`);
  for (const field of Object.keys(value)) if (!FIELDS.includes(field)) wrong(field);
  if (typeof value.format === "number" && value.format > RECORD_FORMAT) {
    refuse(`${title} was saved by a newer version of the course. Load the file in the newest version.`);
  }
  if (value.format !== RECORD_FORMAT) wrong("format");
  if (value.status !== "begun" && value.status !== "done") wrong("status");
  if (typeof value.version !== "string") wrong("version");
  if (!isPlain(value.record)) wrong("record");
  const raw = JSON.stringify(value);
  if (raw.length > MAX_CHARACTERS) refuse(`${title}: what is saved of it is longer than a browser keeps.`);
  const { sound } = readerOf(knowing, name);
  const found = classify(raw, sound);
  if (found.kind === "ours") return found.wrapped;
  if (classify(JSON.stringify({ ...value, record: {} }), () => true).kind !== "ours") wrong("saved");
  return wrong(culprit(value.record, sound));
}

/**
 * Which field of a record is at fault: the one that could be otherwise, and all would be well.
 *
 * @param {import("./record.js").Plain} record
 * @param {(record: any) => boolean} sound
 */
function culprit(record, sound) {
  const others = [undefined, null, "", 1, true, [], {}];
  const well = (/** @type {any} */ bent) => {
    try {
      return sound(bent);
    } catch {
      return false;
    }
  };
  return Object.keys(record).find((key) => others.some((other) => well({ ...record, [key]: other }))) ??
    "record";
}

/** @param {any} value @param {string} part @param {string} name @param {Knowing} knowing @returns {string[]} */
function texts(value, part, name, knowing) {
  const fine = Array.isArray(value) && value.every((each) => typeof each === "string");
  return fine ? value : refuse(`${called(name, knowing)}: its \`${part}\` is not a list of texts.`);
}

/** @param {string} name @param {Knowing} knowing */
function called(name, knowing) {
  const id = name.split(":")[0];
  return `“${knowing(id)?.title ?? id}”`;
}

/** Words out of a file that may be anything, for a sentence. @param {string} text */
function short(text) {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
