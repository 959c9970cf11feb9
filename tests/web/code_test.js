// Room codes in the page, of the small scenario: what Python's vectors do not reach. That both sides agree is proven in
// agreement/code_test.js.

import { CodeError, decode, encode, head, Reader } from "../../courseware/kinds/scenario/code.js";
import { advance, over, start } from "../../courseware/kinds/scenario/engine.js";
import { linesOf } from "../../courseware/web/facilitate/cohort.js";
import { opened, tidy } from "../../courseware/web/symbols.js";
import { SCENARIO } from "./small.js";

/** @param {boolean} held @param {string} said */
function assert(held, said) {
  if (!held) throw new Error(said);
}

/** @param {() => unknown} act @returns {CodeError} */
function fails(act) {
  try {
    act();
  } catch (error) {
    if (error instanceof CodeError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/**
 * A finished run that goes round as often as is asked, then stops.
 *
 * @param {number} seed
 * @param {number} rounds
 */
function run(seed, rounds = 0) {
  let state = start(SCENARIO, { seed });
  const moves = [];
  for (let left = rounds; !over(SCENARIO, state);) {
    const { type, choices } = SCENARIO.nodes[state.node];
    const again = choices?.find((/** @type {any} */ each) => each.next !== "end" && each.if === null);
    const on = choices?.find((/** @type {any} */ each) => each.next === "end");
    const taken = type === "decision" ? (on && left-- <= 0 ? on : again ?? choices[0]).id : null;
    moves.push({ at: state.node, move: taken });
    state = advance(SCENARIO, state, taken);
  }
  return { seed, act: null, moves, state };
}

Deno.test("luck that was drawn comes back as it fell", () => {
  const fell = new Set();
  for (let seed = 1; seed < 40; seed++) {
    const played = run(seed);
    const back = decode(encode(SCENARIO, played), [SCENARIO]);
    assert(
      JSON.stringify(back.state.path) === JSON.stringify(played.state.path),
      `seed ${seed} came back otherwise`,
    );
    fell.add(back.state.path.find((each) => each === "calm" || each === "storm"));
  }
  assert(fell.size === 2, "luck fell one way only");
});

Deno.test("a story that goes round has a long code, with a check in every block", () => {
  const code = encode(SCENARIO, run(3, 45));
  const plain = tidy(code);
  assert(plain.length > 28, `only ${plain.length} characters`);
  const back = decode(code, [SCENARIO]);
  assert(encode(SCENARIO, back) === code, "it came back otherwise");
  for (let at = 0; at < plain.length; at++) {
    const wrong = plain.slice(0, at) + (plain[at] === "7" ? "8" : "7") + plain.slice(at + 1);
    assert(opened(wrong) === null, `a slip at ${at} was not noticed`);
  }
  const error = fails(() =>
    decode(plain.slice(0, 8) + (plain[8] === "7" ? "8" : "7") + plain.slice(9), [SCENARIO])
  );
  assert(error.mend === code, `the mend is ${error.mend}`);
});

Deno.test("what has no code says why", () => {
  const whole = run(1);
  const unfinished = fails(() => encode(SCENARIO, { ...whole, moves: whole.moves.slice(0, -1) }));
  assert(unfinished.message.includes("not finished"), unfinished.message);
  const endless = fails(() => encode(SCENARIO, run(1, 400)));
  assert(endless.message.includes("too long for a code"), endless.message);
});

Deno.test("how sure in no known word is refused, and nothing said is no word", () => {
  const whole = run(1);
  const at = whole.moves.findIndex((each) => SCENARIO.nodes[each.at].type === "decision");
  const asking = { ...SCENARIO.nodes[whole.moves[at].at], ask_first: ["confidence"] };
  const scenario = { ...SCENARIO, nodes: { ...SCENARIO.nodes, [whole.moves[at].at]: asking } };
  const said = (/** @type {any} */ confidence) => ({
    ...whole,
    moves: whole.moves.map((each, i) => i === at ? { ...each, confidence } : each),
  });
  const error = fails(() => encode(scenario, said("very, says Kim")));
  assert(error.message.endsWith("They have: guess, fairly-sure, sure."), error.message);
  assert(!error.message.includes("Kim"), "what somebody wrote is in the message");
  for (const nothing of [undefined, null, ""]) {
    assert(encode(scenario, said(nothing)) === encode(scenario, whole), `${nothing} is another code`);
  }
});

Deno.test("a reader of no scenario still says what is wrong", () => {
  const error = fails(() => new Reader([]).read(encode(SCENARIO, run(1))));
  assert(error.what.includes(`It begins with ${head(SCENARIO)}`), error.message);
  assert(error.mend === null, "there is nothing to mend it with");
});

Deno.test("lines have their number, and what stands before a colon is a label", () => {
  const found = linesOf("Table 1: AAAA\n\nbbbb;CCCC\r\n: dddd,");
  assert(
    JSON.stringify(found.map(({ number, label, text }) => [number, label, text])) ===
      JSON.stringify([[1, "Table 1", "AAAA"], [3, "", "bbbb"], [3, "", "CCCC"], [4, "", "dddd"]]),
    JSON.stringify(found),
  );
});
