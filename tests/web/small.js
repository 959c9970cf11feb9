// A scenario as small as the tests of the engine allow: two decisions, a story, luck and checks; it can go round.

/** @param {string} id @param {string} next @param {any} [more] */
export const choice = (id, next, more = {}) => ({
  id,
  next,
  text: id,
  if: null,
  else_text: null,
  effects: [],
  feedback: {},
  ...more,
});

/** @type {any} */
export const SCENARIO = {
  id: "small",
  start: "first",
  indicators: {
    trust: {
      label: "Trust",
      min: 0,
      max: 10,
      start: 5,
      show: "always",
      words: ["worn", "strained", "steady"],
    },
    safe: { label: "Safe", min: -3, max: 3, start: 0, show: "debrief", words: null },
  },
  flags: { told: false, mood: "calm" },
  acts: [
    { id: "one", title: "One", start: "first", with: {}, minutes: 3 },
    { id: "two", title: "Two", start: "second", with: { trust: 99, told: true }, minutes: 3 },
  ],
  nodes: {
    first: {
      type: "decision",
      choices: [
        choice("up", "read", { effects: [["add", "trust", 9], ["add", "trust", -1], ["set", "told", true]] }),
        choice("down", "read", { effects: [["add", "trust", -9], ["add", "trust", 1]] }),
        choice("shut", "read", { if: ["cmp", ">", "trust", 5], else_text: "Not yet" }),
      ],
    },
    read: { type: "story", text: "", next: "luck" },
    luck: {
      type: "chance",
      outcomes: [
        { id: "calm", weight: 3, text: "", effects: [], next: "sort" },
        { id: "storm", weight: 1, text: "", effects: [["set", "mood", "loud"]], next: "sort" },
      ],
    },
    sort: {
      type: "check",
      routes: [{ if: ["cmp", "==", "mood", "loud"], next: "sort2" }, { if: null, next: "second" }],
    },
    sort2: { type: "check", routes: [{ if: null, next: "second" }] },
    second: {
      type: "decision",
      choices: [
        choice("stop", "end"),
        choice("again", "first"),
        choice("set", "end", { effects: [["set", "safe", -9]] }),
      ],
    },
    end: { type: "ending", title: "End", text: "" },
  },
  debrief: { defended: [] },
};
