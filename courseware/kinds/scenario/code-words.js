/** What is said of a code that cannot be used: what is wrong, where, and what to do. `facilitate/code_words.py` says the same. */

import { GROUP, grouped } from "../../web/symbols.js";

/** How many characters nearly every code has; only a story that goes on for long has a longer one. */
export const USUAL = [8, 12, 16];

/** A code that cannot be used. The message says what is wrong, and where; `mend` is what it most likely was. */
export class CodeError extends Error {
  /** @param {string} what @param {string | null} [mend] */
  constructor(what, mend = null) {
    super(mend ? `${what} Was it ${mend}?` : what);
    this.mend = mend;
    /** The message without the mend, for a page that offers it as a button. */
    this.what = what;
  }
}

/** What may be wrong with so many characters that are no code together, and what to do. @param {number} length */
export function misfit(length) {
  if (USUAL.includes(length)) {
    return "The characters do not fit together: some were misread or mixed up, or a group of four is missing.";
  }
  const [over, under] = [USUAL.find((each) => each > length), USUAL.findLast((each) => each < length)];
  const spare = under ? `${are(length - under)} too many` : "more";
  const has = `It has ${length} ${
    length === 1 ? "character" : "characters"
  }. Codes have 8, 12 or 16 as a rule`;
  return over
    ? `${has}: ${are(over - length)} missing, or ${spare}. Ask for it again, group by group.`
    : `${has}: ${spare}. If it is several codes, give each a line of its own.`;
}

/** What is said of characters that fit together and are no play. @param {{title: string}} scenario @param {number} length */
export function impossible({ title }, length) {
  // Codes that were run together fit together, by the way that their check characters are made.
  if (length > USUAL[USUAL.length - 1]) return new CodeError(misfit(length));
  return new CodeError(`It is no play that “${title}” allows: something in it is wrong.`);
}

/** @param {number} count */
function are(count) {
  return `${count} ${count === 1 ? "is" : "are"}`;
}

/** @param {string[]} code @param {number} at */
export function where(code, at) {
  const start = at - at % GROUP;
  return `in group ${start / GROUP + 1} (${code.slice(start, start + GROUP).join("")})`;
}

/** In which group a mend changes something. @param {string} code @param {string} mend */
export function place(code, mend) {
  const [one, other] = [Array.from(code), Array.from(mend)];
  const at = one.findIndex((each, i) => i < other.length && each !== other[i]);
  return ` The slip is ${where(one, at < 0 ? one.length - 1 : at)}.`;
}

/** Every way to take a code for two that were run together. @param {string} code @returns {[string, string][]} */
export function halves(code) {
  /** @type {[string, string][]} */
  const found = [];
  for (let at = USUAL[0]; at <= code.length - USUAL[0]; at += GROUP) {
    found.push([code.slice(0, at), code.slice(at)]);
  }
  return found;
}

/** What is said of two codes that were run together. @param {string} one @param {string} other */
export function two(one, other) {
  const between = `${grouped(one)}, ${grouped(other)}`;
  return new CodeError("These are two codes, run together: put a comma between them.", between);
}
