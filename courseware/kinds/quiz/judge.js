/**
 * Reading and judging one answer, for every type of item. No page, no memory: the same answer is always judged alike.
 * @module
 */

/** @typedef {{label: string, full: string, url: string|null, at: string|null}} Cite */
/** @typedef {{feedback: string, basis: string, cite?: Cite|null}} Reason `feedback` is author's HTML */
/** @typedef {Reason & {id: string, text: string, correct?: boolean}} Option */
/** @typedef {Reason & {value: number, tolerance?: number, correct?: boolean}} Answer */
/**
 * @typedef {object} Item
 * @property {string} id
 * @property {"single"|"multiple"|"true-false"|"numeric"|"cloze"} type
 * @property {string} prompt author's HTML
 * @property {Option[]} [options]
 * @property {string|null} [unit]
 * @property {Answer[]} [answers]
 * @property {Reason|null} [otherwise]
 * @property {string|null} [text]
 * @property {Record<string, {options: Option[]}>} [gaps]
 */
/** @typedef {string|string[]|number|Record<string, string>} Given an option id, option ids, a number, or gap -> option id */
/** @typedef {{label: string, right: boolean, word: string, feedback: string, basis: string, cite: Cite|null}} Verdict */
/** @typedef {{title: string|null, chosen: Verdict[], others: Verdict[]}} Part */
/** @typedef {{correct: boolean, outcome: "right"|"partly"|"wrong", parts: Part[]}} Judgement */

const FIGURES = "Write the answer in figures, such as 12 or 12.5.";

/**
 * A number as people write it: "87%", " 87.0 ", "1,000", "1 000", "£1,200", "−3".
 * @param {string} text
 * @param {string|null} [unit] the item's own unit, which may be typed before or after the figures
 * @returns {{value: number}|{problem: string}} the problem says what to write instead
 */
export function parseNumber(text, unit = null) {
  let rest = text.normalize("NFKC").replace(/\s+/g, " ").replace(/[−–]/g, "-").trim().toLowerCase();
  if (!rest) return { problem: "Write a number first." };
  const own = (unit ?? "%").trim().toLowerCase();
  const names = own === "%" ? ["%", "per cent", "percent"] : [own];
  for (const name of names) {
    if (!name) continue;
    if (rest.endsWith(name)) rest = rest.slice(0, -name.length).trim();
    else if (rest.startsWith(name)) rest = rest.slice(name.length).trim();
  }
  if (unit === null) rest = rest.replace(/^£ ?/, "");
  // A decimal comma would be read as a thousand: ask, do not guess.
  if (/^[-+]?\d+,\d{1,2}$/.test(rest)) {
    return { problem: `Use a point for decimals: ${rest.replace(",", ".")}, not ${rest}.` };
  }
  if (!/^[-+]?(\d{1,3}(,\d{3})+|\d{1,3}( \d{3})+|\d+)?(\.\d*)?$/.test(rest) || !/\d/.test(rest)) {
    return { problem: `That could not be read as a number. ${FIGURES}` };
  }
  const value = Number(rest.replace(/[ ,]/g, ""));
  return Number.isFinite(value) ? { value } : { problem: `That number is too large. ${FIGURES}` };
}

/** @param {string} label @param {Reason & {correct?: boolean}} reason @param {string} [word] @returns {Verdict} */
function verdict(label, reason, word) {
  const right = reason.correct === true;
  const { feedback, basis, cite = null } = reason;
  return { label, right, word: word ?? (right ? "Right" : "Not this one"), feedback, basis, cite };
}

/** One choice among options. @param {Option[]} options @param {string} id @param {string|null} title */
function pick(options, id, title = null) {
  const chosen = options.filter((option) => option.id === id);
  const others = options.filter((option) => option.id !== id);
  return {
    right: chosen.every((option) => option.correct === true),
    part: {
      title,
      chosen: chosen.map((option) => verdict(option.text, option)),
      others: others.map((option) => verdict(option.text, option)),
    },
  };
}

/** @param {Option[]} options @param {string[]} ids @returns {Judgement} */
function several(options, ids) {
  /** @type {Part} */
  const part = { title: null, chosen: [], others: [] };
  let hits = 0, slips = 0;
  for (const option of options) {
    const taken = ids.includes(option.id);
    if (taken && option.correct) hits++;
    if (taken !== (option.correct === true)) slips++;
    // A right answer that was left out is feedback on what was chosen, so it is not folded away.
    if (taken) part.chosen.push(verdict(option.text, option));
    else if (option.correct) part.chosen.push(verdict(option.text, option, "Right, and left out"));
    else part.others.push(verdict(option.text, option));
  }
  return { correct: slips === 0, outcome: slips === 0 ? "right" : hits ? "partly" : "wrong", parts: [part] };
}

/** @param {number} value @param {string|null|undefined} unit */
export function quantity(value, unit) {
  const figures = value.toLocaleString("en-GB", { maximumFractionDigits: 6 });
  if (!unit) return figures;
  if (unit === "£") return `£${figures}`;
  return unit === "%" ? `${figures}%` : `${figures} ${unit}`;
}

/** @param {Item} item @param {number} value @returns {Judgement} */
function number(item, value) {
  const answers = item.answers ?? [];
  // First match in file order; the sliver forgives binary fractions, as 0.3 against 0.1 + 0.2.
  const met = answers.find((answer) => Math.abs(value - answer.value) <= (answer.tolerance ?? 0) + 1e-9);
  const reason = met ?? item.otherwise ?? { feedback: "", basis: "" };
  const correct = met?.correct === true;
  const others = answers.filter((answer) => answer !== met);
  return {
    correct,
    outcome: correct ? "right" : "wrong",
    parts: [{
      title: null,
      chosen: [verdict(quantity(value, item.unit), reason)],
      others: others.map((answer) => verdict(quantity(answer.value, item.unit), answer)),
    }],
  };
}

/** @param {Item} item @param {Record<string, string>} given @returns {Judgement} */
function sentence(item, given) {
  const gaps = Object.entries(item.gaps ?? {});
  const picked = gaps.map(([gap, { options }], i) =>
    pick(options, given[gap], gaps.length > 1 ? `Gap ${i + 1}` : null)
  );
  const hits = picked.filter(({ right }) => right).length;
  const outcome = hits === gaps.length ? "right" : hits ? "partly" : "wrong";
  return { correct: outcome === "right", outcome, parts: picked.map(({ part }) => part) };
}

/** @param {Option[]|undefined} options @param {unknown} id */
const has = (options, id) => (options ?? []).some((option) => option.id === id);

/**
 * @typedef {object} Type what differs between the types of item
 * @property {(item: Item, raw: any) => {given: Given}|{problem: string}} read
 * @property {(item: Item, given: any) => boolean} legal
 * @property {(item: Item, given: any) => Judgement} judge
 */

/** @type {Type} */
const one = {
  read: (_, raw) => typeof raw === "string" && raw ? { given: raw } : { problem: "Choose an answer first." },
  legal: (item, given) => has(item.options, given),
  judge(item, given) {
    const { right, part } = pick(item.options ?? [], given);
    return { correct: right, outcome: right ? "right" : "wrong", parts: [part] };
  },
};

/** @type {Record<string, Type>} */
const types = {
  "single": one,
  "true-false": one,
  "multiple": {
    read: (_, raw) =>
      Array.isArray(raw) && raw.length ? { given: raw } : { problem: "Choose at least one answer first." },
    legal: (item, given) =>
      Array.isArray(given) && given.length > 0 && given.every((id) => has(item.options, id)),
    judge: (item, given) => several(item.options ?? [], given),
  },
  "numeric": {
    read(item, raw) {
      const number = parseNumber(typeof raw === "string" ? raw : "", item.unit ?? null);
      return "value" in number ? { given: number.value } : number;
    },
    legal: (_, given) => Number.isFinite(given),
    judge: number,
  },
  "cloze": {
    read(item, raw) {
      const gaps = Object.keys(item.gaps ?? {});
      const left = gaps.filter((gap) => !raw?.[gap]).length;
      return left
        ? { problem: `Choose the words for every gap; ${left} still to fill.` }
        : { given: Object.fromEntries(gaps.map((gap) => [gap, raw[gap]])) };
    },
    legal: (item, given) =>
      given !== null && typeof given === "object" &&
      Object.entries(item.gaps ?? {}).every(([gap, { options }]) => has(options, given[gap])),
    judge: sentence,
  },
};

/**
 * What the controls hold, as an answer.
 * @param {Item} item
 * @param {unknown} raw option id; list of option ids; typed text; or an object of gap -> option id
 * @returns {{given: Given}|{problem: string}} the problem is a sentence for the learner
 */
export const read = (item, raw) => types[item.type].read(item, raw);

/** Could this stored answer have been given to this item, as the item now stands? @param {Item} item @param {unknown} given */
export const legal = (item, given) => types[item.type].legal(item, given);

/**
 * Judge an answer and gather the feedback: what was chosen first, then what was not.
 * @param {Item} item
 * @param {unknown} given a legal answer
 * @returns {Judgement}
 */
export const judge = (item, given) => types[item.type].judge(item, given);
