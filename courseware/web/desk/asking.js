/** One question of a review: the same controls and the same reasons as in the quiz it comes from. */

import { mend, recall, sit, sound } from "../../kinds/quiz/engine.js";
import { control, sureness } from "../../kinds/quiz/controls.js";
import { feedback } from "../../kinds/quiz/feedback.js";
import { read } from "../../kinds/quiz/judge.js";
import { backingFor } from "../backing.js";
import { button, fill, focusOn, h, html } from "../dom.js";

/** @typedef {import("./frame.js").Desk} Desk */
/** @typedef {import("./gather.js").Asked} Asked */
/**
 * @typedef {object} Turn
 * @property {number} number which question this is
 * @property {number} of how many there are as things stand
 * @property {(correct: boolean) => {more: boolean, next: () => void}} answered called once it is
 * @property {() => void} enough
 */

/**
 * @param {Desk} desk
 * @param {Asked} asked
 * @param {Turn} turn
 * @returns {{node: HTMLElement, heading: HTMLElement}}
 */
export function ask(desk, { quiz, item }, turn) {
  const name = `again-${quiz.id}-${item.id}`;
  const heading = h("h2", null, `Question ${turn.number} of ${turn.of}`);
  const asked = control(item, name, null);
  const sure = sureness(`${name}-sure`, null);
  const place = h("div");
  const enough = () => button("That is enough for today", turn.enough, { quiet: true });

  const check = () => {
    const got = read(item, asked.raw());
    const confidence = sure.raw();
    sure.fault(confidence ? "" : "Say how sure you are before you see the answer.");
    // Last, so that of two things missing the first has the focus.
    asked.fault("problem" in got ? got.problem : "");
    if ("problem" in got || !confidence) return;
    const { entry, saved } = keepAnswer(desk, quiz, item.id, got.given, confidence);
    const { more, next } = turn.answered(entry.correct);
    const shown = feedback(item, entry, ["h3", "h4"]);
    put(
      shown.section,
      !saved.saved &&
        h("p", { class: "exercise-notice" }, "This answer could not be saved here. ", saved.why ?? ""),
      origin(desk, quiz),
      h(
        "div",
        { class: "exercise-moves" },
        button(more ? "Next question" : "See how it went", next),
        more && enough(),
      ),
    );
    fill(place, shown.section);
    focusOn(shown.heading, shown.section);
  };

  fill(
    place,
    h(
      "form",
      {
        novalidate: true,
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          check();
        },
      },
      asked.group,
      sure.group,
      h(
        "div",
        { class: "exercise-moves" },
        h("button", { type: "submit", class: "exercise-button" }, "Check"),
        enough(),
      ),
    ),
  );
  const node = h(
    "div",
    { class: "exercise-main" },
    heading,
    h("div", { id: `${name}-prompt` }, html(item.prompt)),
    place,
  );
  return { node, heading };
}

/** @param {Element} node @param {...import("../dom.js").Child} children */
function put(node, ...children) {
  node.append(h("div", null, ...children));
}

/**
 * Put the answer with the others to this item. What is kept is read again first: another tab may have gone on with the quiz.
 *
 * @param {Desk} desk
 * @param {any} quiz
 * @param {string} id
 * @param {import("../../kinds/quiz/judge.js").Given} given
 * @param {string} confidence
 */
function keepAnswer({ store, live }, quiz, id, given, confidence) {
  const backing = backingFor(store, quiz, sound);
  // Nothing is there when another tab has erased it meanwhile.
  const before = mend(quiz, backing.read()) ?? sit(quiz, null);
  const record = recall(quiz, before, id, given, confidence, new Date().toISOString());
  const status = backing.status?.() ?? "begun";
  const saved = backing.write(record, status);
  live.dispatchEvent(
    new CustomEvent("course:record", { bubbles: true, detail: { id: quiz.id, record, status } }),
  );
  return { entry: record.answers[id].slice(-1)[0], saved };
}

/** Where a question comes from, and where the course explains what it is about. @param {Desk} desk @param {any} quiz */
function origin({ data }, quiz) {
  const listed = data.exercises.find(({ id }) => id === quiz.id);
  const chapter = data.chapters.find(({ id }) => id === quiz.chapter);
  const explained = /** @type {{title: string, address: string}[]} */ (quiz.explained ?? []);
  return [
    listed && h(
      "p",
      { class: "hint" },
      "From ",
      h("a", { href: listed.address }, quiz.title),
      chapter && `, chapter ${chapter.number}: ${chapter.theme}`,
      ".",
    ),
    explained.length > 0 && h(
      "details",
      null,
      h("summary", null, "Read about it again"),
      h("ul", null, explained.map(({ title, address }) => h("li", null, h("a", { href: address }, title)))),
    ),
  ];
}
