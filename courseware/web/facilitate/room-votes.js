/** Hands counted for the choices of one decision, and how far they part a room. Nothing here ranks anybody. */

/** @typedef {Record<string, number>} Counts by a choice's id */

/** No room is larger; what is more was a slip of the finger. */
export const MOST_HANDS = 999;
/** Of 100 pairs of people, in how many the two chose differently: from here on a room is called divided. */
const [NEARLY, DIVIDED] = [1 / 4, 1 / 2];

/** @param {number} at which choice, from 0 */
export const letter = (at) => String.fromCharCode(65 + at);

/** @param {Counts} counts */
export function total(counts) {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}

/**
 * What somebody typed as a count of hands.
 *
 * @param {string} text
 * @returns {number | null} null where it is no whole number that a room can have
 */
export function handsIn(text) {
  const said = text.trim();
  if (said === "") return 0;
  return /^\d{1,3}$/.test(said) ? Number(said) : null;
}

/** @param {number} n */
const pairs = (n) => n * (n - 1) / 2;

/**
 * How far a room is apart: of all pairs of people, the share in which the two chose differently. The cohort's picture
 * measures groups in the same way.
 *
 * @param {Counts} counts
 * @returns {number} from 0, all alike, to 1, everybody differently
 */
export function apart(counts) {
  const of = pairs(total(counts));
  const alike = Object.values(counts).reduce((sum, each) => sum + pairs(each), 0);
  return of ? (of - alike) / of : 0;
}

/** The choices with the most hands: several where they are level, none where nobody was counted. @param {Counts} counts */
export function leaders(counts) {
  const most = Math.max(0, ...Object.values(counts));
  return most ? Object.keys(counts).filter((id) => counts[id] === most) : [];
}

/** @param {number} n */
export const hands = (n) => `${n} ${n === 1 ? "hand" : "hands"}`;

/** `11 of 24 · 46%`. @param {Counts} counts @param {string} id */
export function share(counts, id) {
  const of = total(counts);
  const own = counts[id] ?? 0;
  return `${own} of ${of} · ${of ? Math.round(100 * own / of) : 0}%`;
}

/**
 * How a room stands, in a sentence or two.
 *
 * @param {{id: string}[]} choices in their order
 * @param {Counts} counts
 */
export function inWords(choices, counts) {
  const of = total(counts);
  if (!of) return "No hands were counted.";
  const first = leaders(counts);
  const named = choices.map(({ id }, at) => first.includes(id) ? letter(at) : "").filter(Boolean);
  if (of === 1) return `One hand, for ${named[0]}.`;
  const most = counts[first[0]];
  if (most === of) return `All ${of} are for ${named[0]}.`;
  if (first.length > 1) return `A tie: ${list(named)} have ${most} each. ${degree(counts)}`;
  return `Most hands are for ${named[0]}: ${most} of ${of}. ${degree(counts)}`;
}

/** @param {Counts} counts */
export function degree(counts) {
  const far = apart(counts);
  if (!far) return "All chose alike.";
  const word = far >= DIVIDED ? "The room is divided" : far >= NEARLY ? "Some differ" : "Nearly of one mind";
  return `${word}: in ${Math.max(1, Math.round(100 * far))} of 100 pairs, the two chose differently.`;
}

/**
 * How a room moved between two counts, as far as counts can tell: two who changed places cannot be seen.
 *
 * @param {Counts} first
 * @param {Counts} again
 * @returns {string} nothing where it was not counted twice
 */
export function movedInWords(first, again) {
  const [of, then] = [total(first), total(again)];
  if (!of || !then) return "";
  if (of !== then) return `${hands(of)} at first, and ${then} after the talk.`;
  const moved = Object.keys(again).reduce((sum, id) => sum + Math.max(0, again[id] - (first[id] ?? 0)), 0);
  return moved
    ? `After the talk at least ${moved} of ${of} moved; at most ${of - moved} stayed.`
    : `After the talk the counts of all ${of} are the same.`;
}

/** @param {Counts} counts by how sure @param {Record<string, string>} words for each @returns {string} */
export function sureInWords(counts, words) {
  const said = Object.entries(words).map(([key, word]) => `${counts[key] ?? 0} ${word}`);
  return total(counts) ? `How sure at first: ${said.join(", ")}.` : "";
}

/** @param {string[]} words */
function list(words) {
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
