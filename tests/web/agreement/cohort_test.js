/**
 * Rooms that Python pictured, pictured here: number for number. Python writes the file that COURSEWARE_VECTORS names
 * (tests/facilitate/test_cohort.py); without it this test fails, for it would compare nothing.
 */

import { CodeError, head, Reader } from "../../../courseware/kinds/scenario/code.js";
import { account, cohorts, linesOf, picture } from "../../../courseware/web/facilitate/cohort.js";

const named = Deno.env.get("COURSEWARE_VECTORS");

Deno.test("the two sides picture a room alike", () => {
  if (!named) throw new Error("set COURSEWARE_VECTORS; `make unit` does");
  const { cases, rooms, accounts } = JSON.parse(Deno.readTextFileSync(named));
  const all = Object.values(cases);
  for (const each of all) same(each.id, head(each), each.head);
  const reader = new Reader(all);
  for (const { id, pasted, wanted } of rooms) {
    const { groups, wrong } = read(reader, pasted);
    same(id, wrong, 0);
    const [room, ...others] = cohorts(groups);
    same(id, others.length, 0);
    const found = numbers(room);
    for (const key of Object.keys(wanted)) {
      same(`${id} ${room.act} ${key}`, found[/** @type {keyof typeof found} */ (key)], wanted[key]);
    }
  }
  for (const [pasted, wanted] of accounts) {
    const { groups, wrong } = read(reader, pasted);
    same(pasted, account(cohorts(groups), wrong).filter(Boolean).join(". "), wanted);
  }
  if (!rooms.length || !accounts.length) throw new Error("nothing was compared");
  console.log(`${rooms.length} rooms and ${accounts.length} accounts compared`);
});

/** @param {Reader} reader @param {string} pasted */
function read(reader, pasted) {
  let wrong = 0;
  const groups = linesOf(pasted).flatMap((line) => {
    try {
      return [{ label: line.label, line, code: line.text, run: reader.read(line.text) }];
    } catch (error) {
      if (!(error instanceof CodeError)) throw error;
      wrong++;
      return [];
    }
  });
  return { groups, wrong };
}

/** @param {import("../../../courseware/web/facilitate/cohort.js").Cohort} room */
function numbers(room) {
  const found = picture(room);
  return {
    title: room.title,
    choices: found.decisions.flatMap(({ label, met, choices }) =>
      choices.map(({ text, count, defended }) => [label, text, count, met, defended.join(", ")])
    ),
    partings: found.partings.map(({ label, apart }) => [label, apart]),
    endings: found.endings.map((
      { name, count, random, defended },
    ) => [name, count, random, defended.join(", ")]),
    sure: found.sure.map(({ ending, counts }) => [ending, ...counts]),
    standing: found.standing.map((
      { label, values, middle, random },
    ) => [label, values[0], middle, values.at(-1), random]),
    agreement: found.agreement.map(({ by, met, alike, random }) => [by, met, alike, random]),
  };
}

/** @param {string} where @param {unknown} found @param {unknown} wanted */
function same(where, found, wanted) {
  const [one, other] = [found, wanted].map((each) => JSON.stringify(each, near));
  if (one !== other) throw new Error(`${where}: the page has ${one}, Python ${other}`);
}

/** Shares as far as both sides write them. @param {string} _ @param {any} value */
function near(_, value) {
  return typeof value === "number" ? Number(value.toFixed(6)) : value;
}
