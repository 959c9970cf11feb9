/**
 * The cohort's picture: what a room's groups chose, where they parted and how it ended, against chance and the defended
 * paths. `facilitate/cohort.py` says the same, and tests hold the two to the same numbers. Nothing here ranks a group.
 */

/** @typedef {import("../../kinds/scenario/code.js").Run} Run */
/** @typedef {any} Case a scenario as `cohort.case` of Python gives it: what is played, and what is said of it */
/** @typedef {{number: number, label: string, text: string}} Line */
/** @typedef {{label: string, line: Line, code: string, run: Run}} Group */
/** @typedef {{scenario: Case, act: string | null, title: string, groups: Group[]}} Cohort */
/** @typedef {{id: string, text: string, count: number, defended: string[]}} Taken */
/** @typedef {{node: string, label: string, met: number, choices: Taken[], apart: number, ask: string[], listen: string[]}} Decided */
/** @typedef {{name: string, count: number, share: number, random: number, defended: string[]}} Ended */
/**
 * @typedef {object} Picture
 * @property {Decided[]} decisions in the order of the story
 * @property {Decided[]} partings the furthest first
 * @property {Ended[]} endings
 * @property {{ending: string, counts: number[]}[]} sure by ending, how often each word of `SURE` was said
 * @property {{label: string, min: number, max: number, values: number[], middle: number, random: number, words: string[] | null}[]} standing
 * @property {{by: string, met: number, alike: number, random: number}[]} agreement
 */

const LEVELS = ["guess", "fairly-sure", "sure", undefined];
export const SURE = ["a guess", "fairly sure", "sure", "not said"];
export const ACT_OVER = "At the end of the act";
/** More lines than this are counted, and not named, in what is said of them. */
const LINES_AT_MOST = 6;

/**
 * What was pasted, code by code: one a line, or with commas, semicolons or tabs between; what stands before a colon is the
 * group's label.
 *
 * @param {string} pasted
 * @returns {Line[]}
 */
export function linesOf(pasted) {
  return pasted.split(/\r\n?|\n/).flatMap((row, i) =>
    row.split(/[,;\t]/).flatMap((each) => {
      const colon = each.lastIndexOf(":");
      const text = each.slice(colon + 1).trim();
      return text ? [{ number: i + 1, label: each.slice(0, Math.max(colon, 0)).trim(), text }] : [];
    })
  );
}

/**
 * Groups put together with those that played the same, a scenario or one act of it: the largest cohort first.
 *
 * @param {Group[]} groups
 * @returns {Cohort[]}
 */
export function cohorts(groups) {
  /** @type {Map<string, Cohort>} */
  const found = new Map();
  for (const group of groups) {
    const { scenario, act } = group.run;
    const key = `${scenario.id} ${act ?? ""}`;
    const part = scenario.acts.find((/** @type {any} */ each) => each.id === act)?.title;
    const title = part ? `${scenario.title}: ${part}` : scenario.title;
    /** @type {Cohort} */
    const own = found.get(key) ?? { scenario, act, title, groups: [] };
    own.groups.push(group);
    found.set(key, own);
  }
  return [...found.values()].sort((a, b) => b.groups.length - a.groups.length);
}

/**
 * How many codes are read and how many cannot be used; then which are of another case than the most, or nothing.
 *
 * @param {Cohort[]} all
 * @param {number} wrong
 * @returns {[string, string]}
 */
export function account([main, ...others], wrong) {
  const size = (/** @type {Cohort[]} */ some) => some.reduce((sum, { groups }) => sum + groups.length, 0);
  const count = main ? size([main, ...others]) : 0;
  const read = count === 1 ? "1 code is read" : `${count || "No"} codes are read`;
  const told = wrong ? `${read}, ${wrong} cannot be used` : read;
  if (!others.length) return [told, ""];
  const of = size(others);
  const what = others.some(({ scenario }) => scenario.id === main.scenario.id) ? ["case", "act"] : ["case"];
  const whose = others.length === 1
    ? `another ${what.join(" or ")}`
    : `other ${what.map((each) => `${each}s`).join(" or ")}`;
  const named = others.map(({ title, groups }) => `${title} (${on(groups)})`).join(", ");
  return [told, `Of the ${count}, ${of} ${of === 1 ? "is" : "are"} of ${whose}: ${named}`];
}

/** @param {Group[]} groups */
function on(groups) {
  const numbers = groups.map(({ line }) => line.number);
  if (numbers.length === 1) return `line ${numbers[0]}`;
  if (numbers.length > LINES_AT_MOST) return `${numbers.length} lines`;
  return `lines ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}

/** @param {Cohort} cohort @returns {Picture} */
export function picture({ scenario, act, groups }) {
  const runs = groups.map(({ run }) => run);
  const chance = scenario.chance[act ?? ""];
  const ways = runs.map((run) => madeIn(scenario, run));
  const decisions = Object.entries(scenario.nodes).flatMap(([name, node]) => {
    const made = ways.flatMap((way) => way.get(name) ?? []);
    return node.type === "decision" && made.length ? [decided(scenario, name, node, made, runs.length)] : [];
  });
  return {
    decisions,
    partings: [...decisions].sort((a, b) => b.apart - a.apart),
    endings: endings(scenario, act, runs, chance),
    sure: sureness(scenario, act, runs, ways, chance),
    standing: Object.entries(scenario.indicators).map(([name, { label, min, max, words }]) => {
      const values = runs.map((run) => run.state.indicators[name]).sort((a, b) => a - b);
      const [low, high] = [Math.floor, Math.ceil].map((way) => values[way((values.length - 1) / 2)]);
      return { label, min, max, words, values, middle: (low + high) / 2, random: chance.indicators[name] };
    }),
    agreement: scenario.defended.map((/** @type {any} */ { by, path }, /** @type {number} */ i) => {
      const both = ways.flatMap((way) => [...way].filter(([node]) => Object.hasOwn(path, node)));
      const alike = both.filter(([node, { move }]) => path[node] === move).length;
      const [met, same] = chance.agreed[i];
      return { by, met: both.length, alike, random: met ? same / met : 0 };
    }),
  };
}

/** What a run decided, by decision; one met twice counts as it was met first. @param {Case} scenario @param {Run} run */
function madeIn(scenario, { moves }) {
  /** @type {Map<string, import("../../kinds/scenario/code.js").Move>} */
  const made = new Map();
  for (const move of moves) {
    if (scenario.nodes[move.at].type === "decision" && !made.has(move.at)) made.set(move.at, move);
  }
  return made;
}

/**
 * @param {Case} scenario
 * @param {string} name
 * @param {any} node
 * @param {{move: string | null}[]} made
 * @param {number} of how many groups there are
 * @returns {Decided}
 */
function decided(scenario, name, { label, choices, ask, listen }, made, of) {
  const all = choices.map((/** @type {any} */ { id, text }) => ({
    id,
    text,
    count: made.filter(({ move }) => move === id).length,
    defended: scenario.defended.filter((/** @type {any} */ each) => each.path[name] === id).map((
      /** @type {any} */ { by },
    ) => by),
  }));
  const alike = all.reduce(
    (/** @type {number} */ sum, /** @type {Taken} */ { count }) => sum + pairs(count),
    0,
  );
  // Of all pairs of groups, those that both met it and chose differently: small where they agreed, and where few met it.
  const apart = of > 1 ? (pairs(made.length) - alike) / pairs(of) : 0;
  return { node: name, label: label ?? name, met: made.length, choices: all, apart, ask, listen };
}

/** @param {number} n */
const pairs = (n) => n * (n - 1) / 2;

/** The story's own name for where a run stopped. @param {Case} scenario @param {string} node */
function endingOf(scenario, node) {
  return scenario.nodes[node].type === "ending" ? scenario.nodes[node].title : ACT_OVER;
}

/**
 * @param {Case} scenario
 * @param {string | null} act
 * @param {Run[]} runs
 * @param {any} chance
 * @returns {Ended[]}
 */
function endings(scenario, act, runs, chance) {
  const titles = Object.values(scenario.nodes).filter(({ type }) => type === "ending").map(({ title }) =>
    title
  );
  return [...new Set([...titles, ACT_OVER])].map((name) => {
    const count = runs.filter(({ state }) => endingOf(scenario, state.node) === name).length;
    const random = Object.entries(chance.endings).filter(([node]) => endingOf(scenario, node) === name);
    const led = act
      ? []
      : scenario.defended.filter((/** @type {any} */ { end }) => endingOf(scenario, end) === name);
    return {
      name,
      count,
      share: count / runs.length,
      random: random.reduce((sum, [, plays]) => sum + plays, 0) / chance.plays,
      defended: led.map((/** @type {any} */ { by }) => by),
    };
  }).filter(({ count, random }) => count || random);
}

/**
 * @param {Case} scenario
 * @param {string | null} act
 * @param {Run[]} runs
 * @param {Map<string, {confidence?: string}>[]} ways
 * @param {any} chance
 */
function sureness(scenario, act, runs, ways, chance) {
  return endings(scenario, act, runs, chance).flatMap(({ name }) => {
    const here = ways.filter((_, i) => endingOf(scenario, runs[i].state.node) === name);
    const said = here.flatMap((way) =>
      [...way].filter(([node]) => scenario.nodes[node].ask_first.length).map(([, { confidence }]) =>
        confidence
      )
    );
    const counts = LEVELS.map((level) => said.filter((each) => each === level).length);
    return said.length ? [{ ending: name, counts }] : [];
  });
}
