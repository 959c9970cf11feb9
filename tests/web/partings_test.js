// Two paths set against each other: where they part and meet, what each point cost, what a role would say; in words too.

import assert from "node:assert/strict";
import { finish, fresh } from "../../courseware/kinds/scenario/kept.js";
import { compare, partedFrom, role, sides, thisRun } from "../../courseware/kinds/scenario/partings.js";
import { replay, walk } from "../../courseware/kinds/scenario/run.js";
import { cutShort, inWords, place } from "../../courseware/kinds/scenario/words.js";
import { choice, SCENARIO } from "./small.js";

/** A way round that only some take: `first` leads past `aside` or straight on. @type {any} */
const FORKED = {
  ...SCENARIO,
  acts: [],
  start: "first",
  nodes: {
    first: {
      type: "decision",
      label: "Monday",
      choices: [
        choice("long", "aside", { effects: [["add", "trust", 2]] }),
        choice("short", "luck", { effects: [["add", "trust", -1]] }),
        choice("out", "early"),
      ],
    },
    aside: {
      type: "decision",
      choices: [choice("look", "luck", { effects: [["add", "safe", 1]] }), choice("sit", "other")],
    },
    luck: {
      type: "chance",
      outcomes: [
        { id: "calm", weight: 1, text: "", effects: [], next: "last" },
        { id: "storm", weight: 1, text: "", effects: [["add", "trust", -2]], next: "last" },
      ],
    },
    last: { type: "decision", choices: [choice("go", "end"), choice("stay", "end")] },
    other: { type: "decision", choices: [choice("x", "elsewhere"), choice("y", "elsewhere")] },
    end: { type: "ending", title: "End", text: "" },
    elsewhere: { type: "ending", title: "Elsewhere", text: "" },
    early: { type: "ending", title: "Early", text: "" },
  },
};

/** @param {string[]} path @param {any} [scenario] */
const along = (path, scenario = FORKED) => role(scenario, { by: "Ann, of the board", path });
/** @param {string[]} one @param {string[]} other @param {any} [scenario] */
const compared = (one, other, scenario = FORKED) =>
  compare(scenario, along(one, scenario), along(other, scenario));
/** @param {string[]} one @param {string[]} other */
const told = (one, other) => inWords(compared(one, other), ["This run", "Ann"]).join(" ");

Deno.test("they part at a choice, and meet again where both come to one place", () => {
  const { rows, partings, differ, faced, luck } = compared(["long", "look", "calm", "go"], [
    "short",
    "calm",
    "go",
  ]);
  assert.deepEqual(rows.map(({ points }) => points.map((each) => each?.step.taken.id)), [
    ["long", "short"],
    ["look", undefined],
    ["calm", "calm"],
    ["go", "go"],
  ]);
  assert.deepEqual(partings, [{ at: 0, by: "choice", meets: 2 }]);
  assert.deepEqual([differ, faced, luck], [[0], 2, []]);
  assert.deepEqual(rows.map(place), [
    "decision 1",
    "decision 2",
    "luck after decision 2 (1 on the second path)",
    "decision 3 (2 on the second path)",
  ]);
});

Deno.test("what each point cost adds up to where they stand in the end", () => {
  const { rows, accounts } = compared(["long", "look", "storm", "go"], ["short", "calm", "go"]);
  assert.deepEqual(rows.map(({ changes }) => changes), [
    [{ trust: 2 }, { trust: -1 }],
    [{ safe: 1 }, {}],
    [{ trust: -2 }, {}],
    [{}, {}],
  ]);
  assert.deepEqual(rows.map(({ after: [a, b] }) => a.trust - b.trust), [3, 3, 1, 1]);
  assert.deepEqual(accounts, {
    trust: { from: 0, to: 1, made: [[0, 3], [2, -2]] },
    safe: { from: 0, to: 1, made: [[1, 1]] },
  });
});

Deno.test("a change is what came of it, not what was meant: a value at its end moves no further", () => {
  const { rows } = compared(
    ["up", "calm", "again", "up", "calm", "stop"],
    ["down", "calm", "stop"],
    SCENARIO,
  );
  assert.deepEqual(rows[0].changes, [{ trust: 4 }, { trust: -4 }]);
  assert.deepEqual(
    rows.find(({ points: [a, b] }) => a && !b)?.changes,
    [{}, {}],
    "9 + 9 − 1 in a range to 10 is 9",
  );
});

Deno.test("property: for any two paths the points add up, and each path is there whole and in order", () => {
  const paths = [
    ["long", "look", "calm", "go"],
    ["long", "look", "storm", "stay"],
    ["long", "sit", "y"],
    ["short", "calm", "stay"],
    ["short", "storm", "go"],
    ["out"],
  ];
  for (const one of paths) {
    for (const other of paths) {
      const found = compared(one, other);
      [one, other].forEach((path, side) => {
        const there = found.rows.flatMap(({ points }) => points[side]?.step.taken.id ?? []);
        assert.deepEqual(there, path);
      });
      for (const { from, to, made } of Object.values(found.accounts)) {
        assert.equal(made.reduce((sum, [, by]) => sum + by, from), to);
      }
      for (const { points: [a, b] } of found.rows) {
        assert.ok(!a || !b || a.step.before.node === b.step.before.node);
      }
      const back = compared(other, one);
      assert.deepEqual(back.differ.length, found.differ.length);
      assert.equal(back.accounts.trust.to, 0 - found.accounts.trust.to);
    }
  }
});

Deno.test("in words: the same, by choice, by luck, by the story, and where one ends early", () => {
  assert.equal(
    told(["short", "calm", "go"], ["short", "calm", "go"]),
    "They make the same choices throughout, and luck fell alike. Both come to “End”.",
  );
  assert.equal(
    told(["long", "look", "calm", "go"], ["short", "storm", "stay"]),
    "They part at decision 1. They meet again where luck falls, after decision 2 (1 on the second path). Of the 2 decisions that both " +
      "face, they take 2 differently: 1 and 3. Luck fell differently after decision 2 (1 on the second path). Both come to “End”.",
  );
  assert.equal(
    told(["short", "calm", "go"], ["short", "calm", "stay"]),
    "They part at decision 2. Of the 2 decisions that both face, they take 1 differently: 2. Both come to “End”.",
  );
  assert.equal(
    told(["short", "calm", "go"], ["short", "storm", "go"]),
    "Luck parts them first, after decision 1. They meet again at decision 2. At every decision that both face they choose " +
      "alike. Both come to “End”.",
  );
  assert.equal(
    told(["long", "sit", "x"], ["out"]),
    "They part at decision 1. They do not meet again. This run comes to “Elsewhere”, Ann to “Early”.",
  );
  const routed = structuredClone(FORKED);
  routed.nodes.last.choices.forEach((/** @type {any} */ each) => each.next = "sort");
  routed.nodes.sort = {
    type: "check",
    routes: [{ if: ["cmp", ">", "trust", 3], next: "other" }, { if: null, next: "end" }],
  };
  const found = compared(["short", "calm", "go", "x"], ["short", "storm", "go"], routed);
  assert.deepEqual(found.partings.map(({ by }) => by), ["luck", "end"]);
});

Deno.test("a role says how far it goes with a run, and where it chose otherwise", () => {
  const with_ = (/** @type {string[]} */ run, /** @type {string[]} */ path) => {
    const { agreed, run: mine, role: theirs, luck, nothing } = partedFrom(FORKED, along(run), along(path));
    return [agreed, mine?.number, mine?.step.taken.id, theirs?.step.taken.id, luck, nothing];
  };
  assert.deepEqual(with_(["long", "look", "calm", "go"], ["long", "sit", "x"]), [
    1,
    2,
    "look",
    "sit",
    false,
    false,
  ]);
  assert.deepEqual(with_(["short", "calm", "go"], ["short", "storm", "stay"]), [
    1,
    2,
    "go",
    "stay",
    true,
    false,
  ]);
  assert.deepEqual(with_(["short", "calm", "go"], ["short", "calm", "go"]), [
    2,
    undefined,
    undefined,
    undefined,
    false,
    false,
  ]);
  assert.deepEqual(with_(["out"], ["long", "look", "calm", "go"]), [0, 1, "out", "long", false, false]);
});

/** @param {any} record @param {string[]} path @param {string | null} [act] */
function played(record, path, act = null) {
  const { steps, state } = walk(SCENARIO, path);
  const moves = steps.map((each) => each.move);
  const from = act === "two" ? moves.findIndex(({ at }) => at === "second") : 0;
  return finish(
    { ...fresh(1, act, record), moves: moves.slice(from) },
    state,
    act === "one" ? null : state.node,
  );
}
const PATH = ["up", "calm", "stop"];
/** @type {any} */
const DEFENDED = {
  ...SCENARIO,
  debrief: {
    defended: [{ by: "Ann, of the board", path: PATH }, { by: "Bo", path: ["down", "storm", "set"] }],
  },
};

Deno.test("every path can be chosen: this run, earlier ones newest first, and each role's", () => {
  const record = played(played(played(null, PATH), ["down", "calm", "stop"]), ["up", "storm", "stop"]);
  record.runs.forEach((/** @type {any} */ run, /** @type {number} */ i) =>
    run.when = `2026-03-0${i + 1}T10:00:00`
  );
  const found = sides(DEFENDED, record, replay(DEFENDED, record));
  assert.deepEqual(found.map((each) => [each.name, each.short]), [
    ["This run: End", "This run"],
    ["Run of 2 Mar 2026, 10:00: End", "Run of 2 Mar 2026, 10:00"],
    ["Run of 1 Mar 2026, 10:00: End", "Run of 1 Mar 2026, 10:00"],
    ["Ann, of the board", "Ann"],
    ["Bo", "Bo"],
  ]);
  assert.ok(found.every((each) => cutShort(DEFENDED, each) === null));
});

Deno.test("a run of one act is set against that part of the others", () => {
  const two = { act: "two", moves: [{ at: "second", move: "set" }], seed: 1 };
  const run = thisRun(DEFENDED, two, replay(DEFENDED, two));
  const found = compare(DEFENDED, run, along(PATH, DEFENDED));
  assert.deepEqual(found.rows.map(({ points }) => points.map((each) => each?.step.taken.id)), [[
    "set",
    "stop",
  ]]);
  assert.deepEqual(found.accounts.trust, { from: 1, to: 1, made: [] }, "the act has a start of its own");
  assert.deepEqual(inWords(found, ["This run", "Ann"])[0], "They part at decision 1.");
  const one = { act: "one", moves: [{ at: "first", move: "up" }], seed: 1 };
  const apart = compare(DEFENDED, run, thisRun(DEFENDED, one, replay(DEFENDED, one)));
  assert.equal(apart.rows.length, 0);
  assert.match(inWords(apart, ["A", "B"])[0], /^They play different acts/);
});

Deno.test("a path that ended before an act began has nothing to set beside it", () => {
  const scenario = { ...FORKED, acts: [{ id: "a", title: "A", start: "last", with: {}, minutes: 1 }] };
  const run = thisRun(
    scenario,
    { act: "a" },
    replay(scenario, { act: "a", seed: 1, moves: [{ at: "last", move: "go" }] }),
  );
  const found = compare(scenario, run, along(["out"], scenario));
  assert.equal(found.faced, 0);
  assert.deepEqual(inWords(found, ["This run", "Ann"]), [
    "They never face the same decision.",
    "This run comes to “End”, Ann to an end before this act.",
  ]);
});

Deno.test("a run of an earlier version is followed as far as it can be, and that is said", () => {
  const record = played(null, PATH);
  record.runs = [
    {
      ...record.runs[0],
      ending: "burnt",
      moves: [...record.moves.slice(0, 3), { at: "second", move: "sold" }],
    },
    { ...record.runs[0], act: "nine", ending: "constructor", moves: [{ at: "gone", move: "x" }] },
  ];
  const [run, ...earlier] = sides(DEFENDED, record, replay(DEFENDED, record));
  const cut = earlier.find((each) => each.played.steps.length);
  const lost = earlier.find((each) => each.sort === "run" && !each.played.steps.length);
  assert.ok(cut && lost);
  assert.equal(cut.ended, "an ending that is no more");
  assert.equal(lost.ended, "an ending that is no more");
  assert.match(cutShort(DEFENDED, cut) ?? "", /can be followed only as far as decision 1\./);
  assert.match(cutShort(DEFENDED, lost) ?? "", /can be followed not even at its first decision\./);
  const found = compare(DEFENDED, run, cut);
  assert.deepEqual(found.partings, [{ at: 2, by: "end", meets: null }]);
  assert.equal(
    inWords(found, ["A", "B"])[0],
    "They go together up to decision 2, which only one of them comes to.",
  );
  assert.equal(compare(DEFENDED, run, lost).faced, 0);
  assert.equal(partedFrom(DEFENDED, lost, role(DEFENDED, DEFENDED.debrief.defended[0])).nothing, true);
});
