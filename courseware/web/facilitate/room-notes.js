/** The facilitator's notes of a decision. They stand on the key, on paper, and on the screen only while somebody holds a key. */

import { h, html } from "../dom.js";
import { letter } from "./room-votes.js";

/** @typedef {import("./room-run.js").Note} Note */
/** @typedef {import("./room-run.js").Room} Room */

const SHORT = {
  skip: "Short of time: take this one by count, without the talk.",
  keep: "Short of time: keep this one whole.",
};

/** @param {Note | null} note @returns {any} */
export function notesOf(note) {
  if (!note) {
    return h(
      "p",
      null,
      "The case has no notes for this decision. Ask what would have made somebody choose another way, and wait.",
    );
  }
  return [
    h("p", null, h("b", null, "Ask:")),
    h("ul", { class: "room-ask" }, note.ask.map((each) => h("li", null, each))),
    note.listen_for.length > 0 && [
      h("p", null, h("b", null, "Listen for:")),
      h("ul", null, note.listen_for.map((each) => h("li", null, each))),
    ],
    h("p", { class: "hint" }, `${note.minutes} minutes in all. ${SHORT[note.if_short]}`),
  ];
}

/** The first sentences of a text, as many as tell what comes; the rest when somebody asks. @param {string} source */
export function firstLines(source) {
  const text = (html(source).textContent ?? "").replace(/\s+/g, " ").trim();
  const first = /^.{60,}?[.!?][”’"]?(?=\s|$)/.exec(text)?.[0];
  return first && first.length < text.length ? `${first} …` : text;
}

/** What follows each choice, so that nobody is surprised with the room. @param {any} node @param {boolean} folded */
export function followsOf(node, folded) {
  return h(
    "ol",
    { class: "room-follows" },
    node.choices.map((/** @type {any} */ { text, feedback }, /** @type {number} */ at) =>
      h(
        "li",
        null,
        h("p", null, h("b", null, `${letter(at)} `), text),
        folded
          ? h(
            "details",
            null,
            h("summary", null, firstLines(feedback.consequence)),
            html(feedback.consequence),
          )
          : h("p", null, firstLines(feedback.consequence)),
      )
    ),
  );
}

/**
 * The decisions that a play of an act, or of the whole, can come to, in the order of the file.
 *
 * @param {any} scenario
 * @param {string | null} act
 * @returns {[string, any][]}
 */
export function decisionsOf(scenario, act) {
  const own = act === null ? null : scenario.decisions[act];
  return Object.entries(scenario.nodes).filter(([name, node]) =>
    node.type === "decision" && (!own || own.includes(name))
  );
}

/** The whole key for paper. @param {Room} room @param {string | null} act */
export function keyOnPaper({ scenario, notes }, act) {
  const part = scenario.acts.find((/** @type {any} */ each) => each.id === act);
  return h(
    "div",
    { class: "room-paper" },
    h("p", { class: "trail" }, "For whoever runs the room, and nobody else."),
    h("h2", null, `Key: ${scenario.title}${part ? `, ${part.title}` : ""}`),
    decisionsOf(scenario, act).map(([name, node]) =>
      h(
        "section",
        null,
        h("h3", null, node.label ?? "A decision"),
        notesOf(Object.hasOwn(notes, name) ? notes[name] : null),
        followsOf(node, false),
      )
    ),
    h("h3", null, "After the action"),
    h("ol", null, Object.values(scenario.debrief.after_action).map((each) => h("li", null, each))),
    h("p", null, h("b", null, "Then a plan: "), scenario.debrief.if_then),
  );
}
