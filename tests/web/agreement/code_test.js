/**
 * Every code that Python made, made and read here, and every wrong one, with what is said of it. Python writes the file
 * that COURSEWARE_VECTORS names (tests/facilitate/test_codes.py); without it this test fails, for it would compare nothing.
 */

import { CodeError, encode, head, Reader } from "../../../courseware/kinds/scenario/code.js";
import { opened, sealed } from "../../../courseware/web/symbols.js";

const named = Deno.env.get("COURSEWARE_VECTORS");

Deno.test("the two sides write and read the same codes", () => {
  if (!named) throw new Error("set COURSEWARE_VECTORS; `make unit` does");
  const { scenarios, texts, runs, refused, long } = JSON.parse(Deno.readTextFileSync(named));
  const byId = Object.fromEntries(scenarios.map((/** @type {any} */ each) => [each.id, each]));
  for (const each of scenarios) same(each.id, head(each), each.head);
  for (const [id, run, code] of runs) same(`${id} ${run.act}`, encode(byId[id], run), code);
  for (const [id, run, why] of refused) same(`${id} ${run.act}`, whyNot(byId[id], run), why);
  const reader = new Reader(scenarios);
  for (const [text, wanted] of texts) same(text, tried(reader, text), wanted);
  for (const text of long) same(text, sealed(opened(text) ?? [], text.length), text);
  if (!runs.length || !refused.length || !texts.length) throw new Error("nothing was compared");
  console.log(`${runs.length} runs, ${refused.length} without a code and ${texts.length} texts compared`);
});

/** @param {any} scenario @param {any} run */
function whyNot(scenario, run) {
  try {
    return encode(scenario, run);
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    return error.message;
  }
}

/** @param {Reader} reader @param {string} text */
function tried(reader, text) {
  try {
    const { scenario, act, moves, state } = reader.read(text);
    return { scenario: scenario.id, act, moves, values: { ...state.indicators, ...state.flags } };
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    return { error: error.message, mend: error.mend };
  }
}

/** @param {string} where @param {unknown} found @param {unknown} wanted */
function same(where, found, wanted) {
  const [one, other] = [found, wanted].map((each) => JSON.stringify(each, ordered));
  if (one !== other) throw new Error(`${where}: the page has ${one}, Python ${other}`);
}

/** Keys in one order, whichever side wrote them. @param {string} _ @param {any} value */
function ordered(_, value) {
  const plain = value && typeof value === "object" && !Array.isArray(value);
  return plain ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1)) : value;
}
