/**
 * The course's menu marks quietly what is done, how far a chapter that was begun has come, and how many questions are due.
 * What it needs stands on the links: `note_marks` in book/desk.py wrote it there. It asks for no other file.
 */

import { dayOf, planFor } from "../kinds/quiz/review.js";
import { afterPaint, h } from "./dom.js";
import { kept, watch } from "./kept.js";
import { own } from "./record.js";
import { pageStore } from "./store.js";

/** @typedef {import("./kept.js").Named} Named */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {Named & {items: string[]}} Marked an exercise; of a quiz on the link to the review page, its items */

/**
 * What is said of a chapter.
 *
 * @param {("begun" | "done" | undefined)[][]} slots for each core exercise, the states of it and of what counts in its place
 * @returns {string} nothing before it is begun
 */
export function chapterMark(slots) {
  const done = slots.filter((states) => states.includes("done")).length;
  if (done === slots.length) return "done";
  if (done) return `${done} of ${slots.length} done`;
  return slots.some((states) => states.includes("begun")) ? "begun" : "";
}

/**
 * How many questions of a quiz are due.
 *
 * @param {Store} store
 * @param {Marked} quiz
 * @param {number} today
 */
export function dueIn(store, quiz, today) {
  const answers = kept(store, quiz)?.record.answers;
  // Of those that the quiz still has: what it has lost is asked no more.
  const given = quiz.items.map((id) => own(answers, id));
  return given.filter((each) => Array.isArray(each) && (planFor(each, today)?.day ?? Infinity) <= today)
    .length;
}

/** @param {Element} link @param {string} name of the attribute that `note_marks` wrote @returns {Marked[][]} */
function read(link, name) {
  const slots = link.getAttribute(name)?.split(" ") ?? [];
  return slots.map((slot) =>
    slot.split("|").map((each) => {
      const [kind, id, major, items = ""] = each.split(":");
      return { kind, id, major: Number(major), items: items.split(",") };
    })
  );
}

/** Mark the menu now, and again whenever something is saved. */
export function markMenu() {
  const course = document.documentElement.dataset.course;
  if (!course) return;
  const store = pageStore(course);
  for (const link of document.querySelectorAll("#course-nav :is([data-core], [data-due])")) {
    const core = read(link, "data-core");
    const quizzes = read(link, "data-due").flat();
    const mark = h("span", { class: "mark" });
    (link.lastElementChild ?? link).append(mark);
    const draw = () => {
      const today = dayOf(new Date());
      const count = quizzes.reduce((sum, quiz) => sum + dueIn(store, quiz, today), 0);
      const words = core.length
        ? chapterMark(core.map((slot) => slot.map((each) => kept(store, each)?.status)))
        : count && `${count} due`;
      mark.textContent = words ? ` ${words}` : "";
      mark.classList.toggle("is-done", words === "done");
    };
    watch(store, [...core.flat(), ...quizzes], () => afterPaint(draw));
    draw();
  }
}
