// Room mode without a page: counts and how far they part a room, the log of steps and undoing them, the clock, what is kept.

import assert from "node:assert/strict";
import { encode } from "../../courseware/kinds/scenario/code.js";
import {
  apart,
  degree,
  handsIn,
  inWords,
  leaders,
  movedInWords,
  share,
  sureInWords,
} from "../../courseware/web/facilitate/room-votes.js";
import {
  act,
  count,
  furthest,
  made,
  parts,
  place,
  undo,
  votesAt,
} from "../../courseware/web/facilitate/room-session.js";
import { fresh, sound } from "../../courseware/web/facilitate/room-shape.js";
import { leftOf, longer, paused, running } from "../../courseware/web/facilitate/room-time.js";
import { reads } from "../../courseware/web/facilitate/room-clock.js";
import { pagesOf } from "../../courseware/web/facilitate/room-fit.js";
import { ticket } from "../../courseware/web/facilitate/room-luck.js";
import { decisionsOf } from "../../courseware/web/facilitate/room-notes.js";
import { classify, wrap } from "../../courseware/web/record.js";
import { SCENARIO } from "./small.js";

const NOW = 1_000_000;
const NOTES = { first: { minutes: 5 }, second: { minutes: 2 } };
/** @type {any} */
const CASE = {
  ...SCENARIO,
  major: 1,
  decisions: { one: ["first"], two: ["second"] },
  nodes: Object.fromEntries(
    Object.entries(SCENARIO.nodes).map(([name, node]) => [
      name,
      /** @type {any} */ (node).type === "decision" ? { ask_first: [], .../** @type {any} */ (node) } : node,
    ]),
  ),
  debrief: {
    defended: [{ by: "A", path: ["up", "calm", "stop"], argues: "" }],
    after_action: { expected: "1", happened: "2", why_different: "3", learned: "4" },
  },
};
const NEXT = { do: /** @type {const} */ ("next") };
const REVEAL = { do: /** @type {const} */ ("reveal") };
const DRAW = { do: /** @type {const} */ ("draw") };
/** @param {string} choice */
const take = (choice) => ({ do: /** @type {const} */ ("take"), choice });
/** @param {any[]} actions @param {any} [from] */
const played = (actions, from = fresh({ act: null, seed: 1, auto: true })) =>
  actions.reduce((one, action) => act(CASE, one, action, NOW, NOTES), from);
const TO_END = [NEXT, NEXT, REVEAL, take("up"), NEXT, NEXT, DRAW, NEXT, NEXT, REVEAL, take("stop"), NEXT];

Deno.test("apart: none of the pairs where all chose alike, all of them where everybody differs", () => {
  assert.equal(apart({ a: 9, b: 0 }), 0);
  assert.equal(apart({ a: 1, b: 1, c: 1 }), 1);
  assert.equal(apart({ a: 2, b: 2 }), 4 / 6);
  assert.equal(apart({}), 0);
  assert.equal(apart({ a: 1 }), 0, "one person cannot part");
  assert.ok(apart({ a: 12, b: 12 }) > apart({ a: 20, b: 4 }));
  assert.ok(apart({ a: 8, b: 8, c: 8 }) > apart({ a: 12, b: 12 }));
});

Deno.test("a tie is said, and is not broken", () => {
  const choices = [{ id: "x" }, { id: "y" }, { id: "z" }];
  assert.deepEqual(leaders({ x: 4, y: 2, z: 4 }), ["x", "z"]);
  assert.match(inWords(choices, { x: 4, y: 2, z: 4 }), /^A tie: A and C have 4 each\. The room is divided/);
  assert.match(inWords(choices, { x: 4, y: 4, z: 4 }), /^A tie: A, B and C have 4 each/);
  assert.match(inWords(choices, { x: 1, y: 6 }), /^Most hands are for B: 6 of 7\. Some differ/);
  assert.equal(inWords(choices, { y: 6 }), "All 6 are for B.");
  assert.equal(inWords(choices, { y: 1 }), "One hand, for B.");
  assert.equal(inWords(choices, { x: 0 }), "No hands were counted.");
  assert.deepEqual(leaders({ x: 0 }), []);
  assert.equal(share({ x: 11, y: 13 }, "x"), "11 of 24 · 46%");
  assert.equal(share({}, "x"), "0 of 0 · 0%");
  assert.equal(degree({ x: 5 }), "All chose alike.");
  assert.match(
    degree({ x: 200, y: 1 }),
    /^Nearly of one mind: in 1 of 100 pairs/,
    "never none, where one differs",
  );
});

Deno.test("what is typed for hands: whole numbers, nothing is none, the rest is refused", () => {
  assert.deepEqual(["", " 7 ", "0", "012", "999"].map(handsIn), [0, 7, 0, 12, 999]);
  assert.deepEqual(["-1", "1.5", "x", "1000", "1e2", "٣"].map(handsIn), [null, null, null, null, null, null]);
});

Deno.test("the steps of a room, from the opening to the last page of the debrief", () => {
  const stages = TO_END.map((_, i) => {
    const { stage, state } = place(CASE, played(TO_END.slice(0, i + 1)));
    return `${stage} ${state.node}`;
  });
  assert.deepEqual(stages, [
    "told first",
    "vote first",
    "shown first",
    "after read",
    "told read",
    "told luck",
    "after second",
    "told second",
    "vote second",
    "shown second",
    "after end",
    "told end",
  ]);
  const pages = parts(CASE).length;
  let session = played([...TO_END, NEXT]);
  assert.deepEqual([place(CASE, session).stage, place(CASE, session).part], ["debrief", 0]);
  for (let i = 0; i < pages + 5; i++) session = played([NEXT], session);
  assert.equal(place(CASE, session).part, pages - 1, "it stops at the last page");
  assert.equal(session.log.length, TO_END.length + pages);
});

Deno.test("a step that is not to be had changes nothing", () => {
  const start = fresh({ act: null, seed: 1, auto: true });
  for (const action of [REVEAL, DRAW, take("up")]) assert.equal(played([action], start), start);
  const voting = played([NEXT, NEXT]);
  assert.equal(played([NEXT], voting), voting, "from a vote only the counts or a choice lead on");
  assert.equal(played([take("shut")], voting), voting, "a choice that is locked");
  assert.equal(played([take("no-such")], voting), voting);
  assert.equal(place(CASE, played([take("up")], voting)).stage, "after", "without a count");
});

Deno.test("undo takes back any step, as far as the start, and loses no count", () => {
  let session = played([NEXT, NEXT]);
  session = count(CASE, session, "up", 7);
  session = count(CASE, session, "down", 3);
  session = played(TO_END.slice(2), session);
  const seen = [];
  while (session.log.length) {
    session = undo(CASE, session, NOW, NOTES);
    seen.push(place(CASE, session).stage);
  }
  assert.deepEqual(seen.slice(-5), ["after", "shown", "vote", "told", "opening"]);
  assert.equal(undo(CASE, session, NOW, NOTES).log.length, 0);
  assert.deepEqual(votesAt(session, 0, "first"), { up: 7, down: 3 });
});

Deno.test("another choice forgets what was counted further on, and not what was counted here", () => {
  let session = count(CASE, played([NEXT, NEXT]), "up", 4);
  session = played([REVEAL, take("up"), NEXT, NEXT, DRAW, NEXT, NEXT], session);
  session = count(CASE, session, "stop", 9);
  assert.deepEqual(Object.keys(session.votes), ["0", "3"]);
  while (session.log.length > 3) session = undo(CASE, session, NOW, NOTES);
  assert.deepEqual(Object.keys(session.votes), ["0", "3"], "undone alone, it may be taken up again");
  session = played([take("down")], session);
  assert.deepEqual(Object.keys(session.votes), ["0"]);
});

Deno.test("counts are held to what a room can have, and only taken while it votes", () => {
  const voting = played([NEXT, NEXT]);
  const hands = (/** @type {number} */ n) => votesAt(count(CASE, voting, "up", n), 0, "first").up;
  assert.deepEqual([-3, 2.4, 5000, NaN].map(hands), [0, 2, 999, 0]);
  assert.equal(count(CASE, voting, "elsewhere", 3), voting);
  const before = fresh({ act: null, seed: 1, auto: true });
  assert.equal(count(CASE, before, "up", 3), before);
  assert.deepEqual(votesAt(count(CASE, voting, "up", 3), 0, "second"), {}, "of another decision");
});

const SURE = { do: /** @type {const} */ ("sure") };
const AGAIN = { do: /** @type {const} */ ("again") };

Deno.test("a room may say how sure it is, and vote again: each count keeps to its own sheet, and outlives undoing", () => {
  let session = count(CASE, played([NEXT, NEXT]), "up", 11);
  session = count(CASE, session, "down", 13);
  session = played([SURE], session);
  assert.equal(place(CASE, session).stage, "sure");
  assert.equal(count(CASE, session, "up", 3), session, "a choice is not asked for here");
  session = count(CASE, session, "guess", 20);
  session = count(CASE, session, "sure", 4);
  session = played([REVEAL], session);
  assert.equal(place(CASE, session).stage, "shown");
  session = played([AGAIN], session);
  assert.equal(count(CASE, session, "guess", 3), session);
  session = count(CASE, session, "up", 17);
  session = count(CASE, session, "down", 7);
  session = played([REVEAL, take("up")], session);
  const sheets = (/** @type {any} */ at) =>
    /** @type {const} */ (["counts", "sure", "again"]).map((sheet) => votesAt(at, 0, "first", sheet));
  const all = [{ up: 11, down: 13 }, { guess: 20, sure: 4 }, { up: 17, down: 7 }];
  assert.deepEqual(sheets(session), all);
  assert.ok(sound(session));
  const [{ counts, sure, again }] = made(place(CASE, session), session);
  assert.deepEqual([counts, sure, again], all);
  const seen = [];
  while (session.log.length) {
    session = undo(CASE, session, NOW, NOTES);
    seen.push(place(CASE, session).stage);
  }
  assert.deepEqual(seen, ["shown", "again", "shown", "sure", "vote", "told", "opening"]);
  assert.deepEqual(sheets(session), all);
});

Deno.test("neither is asked of anybody: they are to be had where a vote is, and nowhere else", () => {
  for (const early of [[], [NEXT], [NEXT, NEXT, REVEAL]]) {
    const there = played(early);
    assert.equal(played([SURE], there), there);
  }
  for (const early of [[NEXT], [NEXT, NEXT], [NEXT, NEXT, SURE]]) {
    const there = played(early);
    assert.equal(played([AGAIN], there), there);
  }
  assert.equal(place(CASE, played([NEXT, NEXT, SURE, take("up")])).stage, "after");
});

Deno.test("how a room moved, as far as counts can tell", () => {
  const first = { x: 11, y: 9, z: 4 };
  assert.equal(
    movedInWords(first, { x: 5, y: 15, z: 4 }),
    "After the talk at least 6 of 24 moved; at most 18 stayed.",
  );
  assert.equal(movedInWords(first, { ...first }), "After the talk the counts of all 24 are the same.");
  assert.equal(movedInWords(first, { x: 20 }), "24 hands at first, and 20 after the talk.");
  assert.equal(movedInWords(first, {}), "");
  assert.equal(movedInWords({}, first), "");
  assert.equal(sureInWords({ b: 3 }, { a: "a guess", b: "sure" }), "How sure at first: 0 a guess, 3 sure.");
  assert.equal(sureInWords({}, { a: "a guess" }), "");
});

Deno.test("what was kept before a room could vote twice opens as it was", () => {
  const kept = {
    act: null,
    seed: 7,
    auto: true,
    log: [NEXT, NEXT, REVEAL],
    votes: { 0: { at: "first", counts: { up: 4, down: 2 } } },
    clock: { of: 0, left: 1000, ends: null },
    hidden: false,
    size: 1,
    view: { at: 3, page: 0, pages: 1 },
  };
  const found = classify(wrap(kept, "1.0.0", "begun"), sound);
  const session = /** @type {any} */ (found.kind === "ours" && found.wrapped.record);
  assert.equal(place(CASE, session).stage, "shown");
  assert.deepEqual(votesAt(session, 0, "first"), { up: 4, down: 2 });
  assert.deepEqual(votesAt(session, 0, "first", "again"), {});
});

Deno.test("an act ends where the next begins, and goes to the debrief", () => {
  const one = fresh({ act: "one", seed: 1, auto: true });
  const { stage, state } = place(CASE, played([NEXT, NEXT, REVEAL, take("up"), NEXT, NEXT, DRAW, NEXT], one));
  assert.deepEqual([stage, state.node], ["debrief", "second"]);
});

Deno.test("where the room parted most, and the code of its run", () => {
  let session = count(CASE, played([NEXT, NEXT]), "up", 9);
  session = count(CASE, session, "down", 1);
  session = played([REVEAL, take("up"), NEXT, NEXT, DRAW, NEXT, NEXT], session);
  session = count(CASE, session, "stop", 5);
  session = count(CASE, session, "set", 5);
  session = played([REVEAL, take("stop"), NEXT], session);
  const now = place(CASE, session);
  const all = made(now, session);
  assert.deepEqual(all.map(({ number, counts }) => [number, counts]), [
    [1, { up: 9, down: 1 }],
    [2, { stop: 5, set: 5 }],
  ]);
  assert.equal(furthest(all)?.number, 2);
  assert.equal(furthest(made(now, { ...session, votes: {} })), null);
  assert.match(encode(CASE, { act: null, seed: 1, moves: now.moves }), /^[0-9A-Z]{4}(-[0-9A-Z]{4})+$/);
});

Deno.test("the clock begins with a decision, stands once it is made, and outlives a crash", () => {
  const told = played([NEXT]);
  assert.deepEqual(told.clock, { of: 0, left: 300_000, ends: NOW + 300_000 });
  const later = act(CASE, told, NEXT, NOW + 60_000, NOTES);
  assert.deepEqual(later.clock, told.clock, "it runs on into the vote");
  const after = act(CASE, later, take("up"), NOW + 100_000, NOTES);
  assert.deepEqual(after.clock, { of: 0, left: 200_000, ends: null });
  const again = undo(CASE, after, NOW + 500_000, NOTES);
  assert.deepEqual(
    again.clock,
    { of: 0, left: 200_000, ends: null },
    "back at the decision it stands where it stood",
  );
  assert.equal(played([NEXT], fresh({ act: null, seed: 1, auto: false })).clock?.ends, null);
  assert.equal(
    act(CASE, fresh({ act: null, seed: 1, auto: true }), NEXT, NOW, {}).clock?.left,
    0,
    "a case without minutes",
  );
});

Deno.test("the clock pauses, goes on, gets longer, and says when time is up", () => {
  const clock = { of: 0, left: 90_000, ends: NOW + 90_000 };
  const still = paused(clock, NOW + 30_000);
  assert.deepEqual(still, { of: 0, left: 60_000, ends: null });
  assert.equal(leftOf(running(still, NOW + 500_000), NOW + 510_000), 50_000);
  assert.equal(
    leftOf(longer(clock, 60_000, NOW + 200_000), NOW + 200_000),
    60_000,
    "a minute from now, not from then",
  );
  assert.equal(paused(clock, NOW + 999_000).left, 0);
  assert.equal(reads(clock, NOW + 500, false), "1:30");
  assert.equal(reads(clock, NOW + 25_000, false), "1:05");
  assert.equal(reads(clock, NOW + 24_500, true), "1:10", "with less motion, by tens of seconds");
  assert.equal(reads(clock, NOW + 90_000, false), "Time is up");
});

Deno.test("what is kept opens again as it was; what is not ours, or broken, is refused", () => {
  const session = count(CASE, played([NEXT, NEXT]), "up", 4);
  const found = classify(wrap(session, "1.0.0", "begun"), sound);
  assert.deepEqual(
    found.kind === "ours" && place(CASE, /** @type {any} */ (found.wrapped.record)),
    place(CASE, session),
  );
  const broken = [
    {},
    { ...session, log: "next" },
    { ...session, log: [{ do: "explode" }] },
    { ...session, log: [{ do: "take" }] },
    { ...session, log: [{ do: "next", choice: "up" }] },
    { ...session, log: Array(3000).fill(NEXT) },
    { ...session, votes: { 0: { at: "first", counts: { up: -1 } } } },
    { ...session, votes: { 0: { at: "first", counts: { up: "7" } } } },
    { ...session, votes: { 0: { at: "first", counts: {}, again: { up: -1 } } } },
    { ...session, votes: { 0: { at: "first", counts: {}, sure: 3 } } },
    { ...session, votes: [] },
    { ...session, clock: { of: 0, left: "5", ends: null } },
    { ...session, seed: 1.5 },
    { ...session, size: 40 },
    { ...session, act: 3 },
    { ...session, view: null },
  ];
  for (const each of broken) {
    assert.equal(
      classify(wrap(each, "1.0.0", "begun"), sound).kind,
      "unreadable",
      JSON.stringify(each).slice(0, 80),
    );
  }
});

Deno.test("a step that a changed scenario no longer has ends the log there, and the room goes on from it", () => {
  const session = { ...played([NEXT, NEXT, REVEAL]), log: [NEXT, NEXT, REVEAL, take("gone"), NEXT, NEXT] };
  const now = place(CASE, session);
  assert.deepEqual([now.stage, now.whole], ["shown", false]);
  const next = act(CASE, session, take("down"), NOW, NOTES);
  assert.deepEqual(next.log, [NEXT, NEXT, REVEAL, take("down")]);
  assert.equal(place(CASE, next).whole, true);
});

Deno.test("a long text is parted where there is room, and nothing of it is lost", () => {
  assert.deepEqual(pagesOf([100, 100, 100], 250), [[0, 1], [2]]);
  assert.deepEqual(pagesOf([400, 50, 50], 250), [[0], [1, 2]], "one that fits nowhere has a part of its own");
  assert.deepEqual(pagesOf([50], 250), [[0]]);
  const heading = (/** @type {number} */ at) => at === 1;
  assert.deepEqual(
    pagesOf([200, 30, 100], 250, heading),
    [[0], [1, 2]],
    "a heading goes with what it is about",
  );
});

Deno.test("the ticket that is drawn is the one that the engine drew", () => {
  for (let seed = 1; seed < 60; seed++) {
    const session = played(
      [NEXT, NEXT, take("up"), NEXT, NEXT, DRAW],
      fresh({ act: null, seed, auto: true }),
    );
    const step = /** @type {any} */ (place(CASE, session).steps.at(-1));
    const { drawn, of } = ticket(step);
    assert.equal(of, 4);
    assert.equal(step.taken.id, drawn <= 3 ? "calm" : "storm");
  }
});

Deno.test("the printed key has the decisions of its act, and no others", () => {
  const names = (/** @type {string | null} */ part) => decisionsOf(CASE, part).map(([name]) => name);
  assert.deepEqual(names(null), ["first", "second"]);
  assert.deepEqual(names("one"), ["first"]);
});
