/**
 * Room codes: a group's run of a scenario, short enough to read aloud, and back.
 *
 * A code holds which scenario it is of and which edition, whether an act or the whole was played, every choice and every
 * fall of luck, and how sure the group was where that was asked. It holds no word that anybody wrote, and no name.
 * `facilitate/codes.py` says how one is made, and says the same, name for name, down to what it says of a wrong code.
 */

import * as symbols from "../../web/symbols.js";
import { CodeError, halves, impossible, misfit, place, two, USUAL, where } from "./code-words.js";
import { advance, over, start } from "./engine.js";

export { CodeError };

const FORM = 0;
const [NUMBERS, EDITIONS] = [2048, 128];
const HEAD = 4;
const SURE = ["", "guess", "fairly-sure", "sure"];
/** As many as a kept run can have, and far more than a story has; what goes on for longer is no code. */
const MOVES_AT_MOST = 500;
const LONGEST = 8 * symbols.BLOCK;

/** @typedef {import("./engine.js").Scenario} Scenario compiled; for codes, what the texts say may be left out */
/** @typedef {import("./engine.js").State} State */
/** @typedef {{at: string, move: string | null, confidence?: string}} Move */
/**
 * @typedef {object} Run a run that a code holds
 * @property {Scenario} scenario
 * @property {string | null} act
 * @property {Move[]} moves as a record keeps them
 * @property {State} state where it led
 */

/** A uint32 of a text: FNV-1a, its high bits folded in. @param {string} text */
export function hashed(text) {
  let found = 0x811C9DC5;
  for (const byte of new TextEncoder().encode(text)) found = Math.imul(found ^ byte, 0x01000193) >>> 0;
  return (found ^ (found >>> 15)) >>> 0;
}

/** The short number that stands for a scenario's id. @param {string} id */
function number(id) {
  return hashed(id) % NUMBERS;
}

/** A short number that changes with the major version, and with anything that decides where a path leads. @param {Scenario} scenario */
function edition(scenario) {
  const shape = [
    scenario.major,
    scenario.start,
    sorted(scenario.flags, (each) => each),
    sorted(scenario.indicators, ({ min, max, start }) => [min, max, start]),
    scenario.acts.map((/** @type {any} */ act) => [act.id, act.start, sorted(act.with, (each) => each)]),
    sorted(scenario.nodes, shapeOf),
  ];
  return hashed(JSON.stringify(shape)) % EDITIONS;
}

/** @param {Record<string, any>} object @param {(value: any) => any} each */
function sorted(object, each) {
  return Object.fromEntries(Object.keys(object).sort().map((key) => [key, each(object[key])]));
}

/** @param {any} node */
function shapeOf(node) {
  const way = (/** @type {any} */ { id, next, effects }) => [id, next, effects];
  if (node.type === "decision") {
    return [asks(node), ...node.choices.map((/** @type {any} */ each) => [...way(each), each.if ?? null])];
  }
  if (node.type === "chance") return node.outcomes.map(way);
  if (node.type === "story") return [node.next];
  return (node.routes ?? []).map((/** @type {any} */ each) => [each.if ?? null, each.next]); // an ending has none
}

/** @param {any} node @returns {boolean} */
function asks(node) {
  return node.ask_first?.includes("confidence") ?? false;
}

/** @param {any} node @returns {any[]} */
function among(node) {
  return node.choices ?? node.outcomes ?? [];
}

/** The four characters that every code of this edition of a scenario begins with. @param {Scenario} scenario */
export function head(scenario) {
  const found = (FORM * NUMBERS + number(scenario.id)) * EDITIONS + edition(scenario);
  return [15, 10, 5, 0].map((shift) => symbols.ALPHABET[(found >> shift) & 31]).join("");
}

/**
 * The code of a finished run, as a record keeps one: `act`, `moves`, and `seed` where luck was drawn.
 *
 * @param {Scenario} scenario
 * @param {{act?: string | null, seed?: number, moves: Move[]}} run
 * @returns {string} in fours
 * @throws {CodeError} for a run that is not finished, that this scenario does not offer, or that says how sure somebody was
 *   in a word that codes do not have
 */
export function encode(scenario, { act = null, seed = 1, moves }) {
  const acts = actsOf(scenario);
  if (!acts.includes(act)) throw new CodeError(`${scenario.title} has no act \`${act}\`.`);
  let state = start(scenario, { seed, act });
  const digits = [[acts.indexOf(act), acts.length]];
  for (const { move, confidence } of moves) {
    const name = state.node;
    const node = scenario.nodes[name];
    if (over(scenario, state, act)) {
      throw new CodeError("This run goes on after its end, so it has no code.");
    }
    try {
      state = advance(scenario, state, move);
    } catch {
      throw new CodeError(
        `${scenario.title} does not offer this run, so it has no code. Another version of it may have.`,
      );
    }
    const ways = among(node);
    if (ways.length) digits.push([ways.findIndex(({ id }) => id === state.path.at(-1)), ways.length]);
    if (node.type === "decision" && asks(node)) {
      digits.push([sureOf(node.label ?? name, confidence), SURE.length]);
    }
  }
  if (!over(scenario, state, act)) throw new CodeError("This run is not finished, so it has no code yet.");
  const code = written(head(scenario), digits);
  if (code.length > LONGEST) throw new CodeError("This run is too long for a code.");
  return symbols.grouped(code);
}

/** The digit of how sure a group was; where nothing was said, 0. @param {string} decision @param {string | null} [confidence] */
function sureOf(decision, confidence) {
  const at = SURE.indexOf(confidence ?? "");
  if (at >= 0) return at;
  const known = SURE.slice(1).join(", ");
  throw new CodeError(
    `At “${decision}” it says how sure in a word that codes do not have. They have: ${known}.`,
  );
}

/** @param {Scenario} scenario @returns {(string | null)[]} */
function actsOf({ acts }) {
  return [null, ...acts.map((/** @type {any} */ { id }) => id)];
}

/** @param {string} first @param {number[][]} digits each with its radix */
function written(first, digits) {
  let [value, weight] = [0n, 1n];
  for (const [digit, radix] of digits) {
    value += BigInt(digit) * weight;
    weight *= BigInt(radix);
  }
  const room = roomOf(weight);
  const places = symbols.holds(room) - HEAD;
  value += weight * filling(value, weight, places);
  const numbers = [...first].map((each) => symbols.ALPHABET.indexOf(each));
  for (let at = 0; at < places; at++) numbers.push(Number((value >> BigInt(5 * at)) & 31n));
  return symbols.sealed(numbers, room);
}

/** How many characters a code has whose play is one of so many. @param {bigint} weight */
function roomOf(weight) {
  const bits = weight > 1n ? (weight - 1n).toString(2).length : 0;
  return symbols.roomFor(HEAD + Math.ceil(bits / 5));
}

/** What fills the room that a play leaves. @param {bigint} value @param {bigint} weight @param {number} places */
function filling(value, weight, places) {
  return BigInt(hashed(String(value))) % ((1n << BigInt(5 * places)) / weight);
}

/** Reads codes of the scenarios that it is given. */
export class Reader {
  /** @param {Iterable<Scenario>} scenarios */
  constructor(scenarios) {
    const each = [...scenarios];
    this.byHead = new Map(each.map((scenario) => [head(scenario), scenario]));
    this.byNumber = new Map(each.map((scenario) => [number(scenario.id), scenario]));
  }

  /**
   * The run that a code holds.
   *
   * @param {string} text
   * @returns {Run}
   * @throws {CodeError} with the likely mend where one slip explains it
   */
  read(text) {
    const code = symbols.tidy(text);
    try {
      return this.#read(code);
    } catch (error) {
      if (!(error instanceof CodeError) || Array.from(code).length > LONGEST) throw error;
      for (const [one, other] of halves(code)) {
        if (this.#holds(one) && this.#holds(other)) throw two(one, other);
      }
      const mends = symbols.slips(code).filter((each) => this.#holds(each));
      if (mends.length !== 1) throw error;
      throw new CodeError(`${error.message}${place(code, mends[0])}`, symbols.grouped(mends[0]));
    }
  }

  /** @param {string} code */
  #holds(code) {
    try {
      return Boolean(this.#read(code));
    } catch (error) {
      if (error instanceof CodeError) return false;
      throw error;
    }
  }

  /** @param {string} code */
  #read(code) {
    const all = Array.from(code);
    if (!all.length) throw new CodeError("There is no code here.");
    if (all.length > LONGEST) throw new CodeError(misfit(all.length));
    const [at] = symbols.strange(all);
    if (at !== undefined) {
      throw new CodeError(`“${all[at]}”, ${where(all, at)}, is not a character that codes have.`);
    }
    const numbers = all.length >= USUAL[0] ? symbols.opened(code) : null;
    if (!numbers) throw new CodeError(misfit(all.length));
    return played(this.#whose(code.slice(0, HEAD)), numbers, code.length);
  }

  /** @param {string} first */
  #whose(first) {
    const known = this.byHead.get(first);
    if (known) return known;
    const bits = [...first].reduce((sum, each) => (sum << 5) | symbols.ALPHABET.indexOf(each), 0);
    if (bits >> 18 !== FORM) {
      throw new CodeError("It was made by a newer version of the course than this page belongs to.");
    }
    const other = this.byNumber.get((bits >> 7) & (NUMBERS - 1));
    if (other) {
      throw new CodeError(
        `It was made with another version of “${other.title}” than the ${other.version} here, ` +
          "so its choices cannot be read.",
      );
    }
    throw new CodeError(`It begins with ${first}, and no scenario here has codes that begin so.`);
  }
}

/** @param {Scenario} scenario @param {number[]} numbers @param {number} length @returns {Run} */
function played(scenario, numbers, length) {
  const whole = numbers.slice(HEAD).reduceRight((sum, each) => (sum << 5n) | BigInt(each), 0n);
  let [rest, weight] = [whole, 1n];
  const next = (/** @type {number} */ radix) => {
    const digit = Number(rest % BigInt(radix));
    rest /= BigInt(radix);
    weight *= BigInt(radix);
    return digit;
  };
  const acts = actsOf(scenario);
  const act = acts[next(acts.length)];
  let state = start(scenario, { act });
  /** @type {Move[]} */
  const moves = [];
  while (!over(scenario, state, act)) {
    const node = scenario.nodes[state.node];
    const ways = among(node);
    const at = state.node;
    const move = ways.length ? ways[next(ways.length)].id : null;
    const confidence = node.type === "decision" && asks(node) ? SURE[next(SURE.length)] : "";
    try {
      state = advance(scenario, state, move);
    } catch {
      throw impossible(scenario, length);
    }
    moves.push(confidence ? { at, move, confidence } : { at, move });
    if (moves.length > MOVES_AT_MOST) throw impossible(scenario, length);
  }
  const fills = roomOf(weight) === length && rest === filling(whole % weight, weight, numbers.length - HEAD);
  if (!fills) throw impossible(scenario, length);
  return { scenario, act, moves, state };
}

/**
 * The run that a code holds; for many codes, make one `Reader`.
 *
 * @param {string} text
 * @param {Iterable<Scenario>} scenarios
 * @returns {Run}
 * @throws {CodeError} as `Reader.read` does
 */
export function decode(text, scenarios) {
  return new Reader(scenarios).read(text);
}
