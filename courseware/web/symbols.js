/**
 * Text that survives being read aloud: 32 characters not mistaken for each other, with two that check the rest.
 *
 * The alphabet is Douglas Crockford's: no I, L, O or U. The two characters at the end of a block make it a Reed–Solomon
 * code over the field of 32 elements. Any two sound texts of one length differ in three characters at least. So one wrong
 * character, two wrong characters, or two that have changed places are always noticed. `facilitate/symbols.py` says the
 * same, name for name.
 */

export const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const GROUP = 4;
const CHECKS = 2;
/** A block is whole groups, and no longer than the 31 places that this field can tell apart. */
export const BLOCK = 28;

// What stands between groups when somebody types or pastes: spaces, hyphens and dashes, dots, underscores.
// deno-lint-ignore no-control-regex
const BETWEEN = /[\s\x1c-\x1f\x85\u200b\ufeff\-\u2010-\u2015\u2212._]+/g;
/** @type {Record<string, string>} */
const MISREAD = { I: "1", L: "1", O: "0" };
const NUMBER = new Map([...ALPHABET].map((character, number) => [character, number]));
// The powers of 2 in the field, whose polynomial is x⁵ + x² + 1, and back.
const POWERS = [1];
while (POWERS.length < 31) {
  const last = /** @type {number} */ (POWERS.at(-1));
  POWERS.push((last << 1) ^ (last & 16 ? 0b100101 : 0));
}
/** @type {number[]} */
const LOG = [];
POWERS.forEach((power, exponent) => LOG[power] = exponent);

/** @param {number} one @param {number} other */
function times(one, other) {
  return one && other ? POWERS[(LOG[one] + LOG[other]) % 31] : 0;
}

/** What was typed as capital letters and digits alone, I and L read as 1, O as 0; other characters stay. @param {string} text */
export function tidy(text) {
  return text.replace(BETWEEN, "").toUpperCase().replace(/[ILO]/g, (each) => MISREAD[each]);
}

/** A code as it is printed, in fours. @param {string} text */
export function grouped(text) {
  return text.match(/.{1,4}/gsu)?.join("-") ?? "";
}

/** How many blocks a text of this length is; each has its own check characters. @param {number} length */
function blocks(length) {
  return Math.ceil(length / BLOCK);
}

/** How many numbers a text of this length holds beside its check characters. @param {number} room */
export function holds(room) {
  return room - CHECKS * blocks(room);
}

/**
 * Numbers from 0 to 31, as many as `holds(room)`, as text with each block's check characters.
 *
 * @param {number[]} numbers
 * @param {number} room
 */
export function sealed(numbers, room) {
  const inside = room / blocks(room) - CHECKS;
  const parts = Array.from({ length: blocks(room) }, (_, i) => numbers.slice(i * inside, (i + 1) * inside));
  return parts.flatMap(withChecks).map((number) => ALPHABET[number]).join("");
}

/** How many characters hold this many numbers: whole groups, in blocks of one size. @param {number} count */
export function roomFor(count) {
  const parts = Math.ceil(count / (BLOCK - CHECKS));
  const size = Math.ceil(count / parts) + CHECKS;
  return parts * Math.ceil(size / GROUP) * GROUP;
}

/** @param {number[]} numbers */
function withChecks(numbers) {
  const [total, weighed] = syndromes(numbers, 0, numbers.length);
  const first = POWERS[numbers.length];
  const second = POWERS[numbers.length + 1];
  const last = times(weighed ^ times(total, first), POWERS[(31 - LOG[first ^ second]) % 31]);
  return [...numbers, total ^ last, last];
}

/** @param {number[]} numbers @param {number} from @param {number} to */
function syndromes(numbers, from, to) {
  let [total, weighed] = [0, 0];
  for (let at = from; at < to; at++) {
    total ^= numbers[at];
    weighed ^= times(numbers[at], POWERS[at - from]);
  }
  return [total, weighed];
}

/**
 * The numbers that a tidy text holds; null where it is not whole, or a character in it is wrong.
 *
 * @param {string} text
 * @returns {number[] | null}
 */
export function opened(text) {
  const numbers = Array.from(text, (each) => NUMBER.get(each) ?? -1);
  const length = numbers.length;
  const size = length / blocks(length);
  if (!length || length % GROUP || length % blocks(length) || size <= CHECKS || numbers.includes(-1)) {
    return null;
  }
  const found = [];
  for (let at = 0; at < length; at += size) {
    const [total, weighed] = syndromes(numbers, at, at + size);
    if (total || weighed) return null;
    found.push(...numbers.slice(at, at + size - CHECKS));
  }
  return found;
}

/** Where a tidy text has something that is no character of a code. @param {string[]} characters */
export function strange(characters) {
  return characters.flatMap((each, at) => NUMBER.has(each) ? [] : [at]);
}

/**
 * Every whole text that is one slip away: a character misread, left out or put in, or two neighbours that changed places.
 *
 * @param {string} text
 */
export function slips(text) {
  const all = Array.from(text);
  const spare = all.length % GROUP;
  const every = [...all.keys()];
  /** @type {string[]} */
  let near = [];
  if (spare === 0) near = [...misread(all), ...swapped(all)];
  else if (spare === 1) near = every.map((at) => [...all.slice(0, at), ...all.slice(at + 1)].join(""));
  else if (spare === GROUP - 1) {
    near = [...every, all.length].map((at) => fitted(all.slice(0, at), all.slice(at)));
  }
  return [...new Set(near)].filter((each) => opened(each) !== null);
}

/** @param {string[]} all */
function misread(all) {
  // Where a character is none of a code's, it must be the one that is wrong.
  const wrong = strange(all);
  return (wrong.length ? wrong : [...all.keys()]).map((at) => fitted(all.slice(0, at), all.slice(at + 1)));
}

/**
 * Two parts with the one character between them that can make its block whole: the others give its sum.
 *
 * @param {string[]} before
 * @param {string[]} after
 */
function fitted(before, after) {
  const all = [...before, "0", ...after];
  const size = Math.ceil(all.length / blocks(all.length));
  const start = Math.floor(before.length / size) * size;
  const total = all.slice(start, start + size).reduce((sum, each) => sum ^ (NUMBER.get(each) ?? 0), 0);
  all[before.length] = ALPHABET[total];
  return all.join("");
}

/** @param {string[]} all */
function swapped(all) {
  return all.slice(1).flatMap((each, at) =>
    each === all[at] ? [] : [[...all.slice(0, at), each, all[at], ...all.slice(at + 2)].join("")]
  );
}
