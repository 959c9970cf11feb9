/**
 * The page that asks again: what was missed comes back, mixed from all chapters, one at a time, and one can stop at any time.
 *
 * What is due is worked out anew before every question, from what is kept then. So another tab may answer some of it, and
 * nothing is asked twice.
 */

import { mend } from "../../kinds/quiz/engine.js";
import { dayOf } from "../../kinds/quiz/review.js";
import { button, fill, focusOn, h } from "../dom.js";
import { kept, watch } from "../kept.js";
import { ask } from "./asking.js";
import { daysAhead, dueNow, gather } from "./gather.js";
import { reminder } from "./reminder.js";
import { sureness } from "./sureness.js";
import { some, when } from "./words.js";

/** @typedef {import("./frame.js").Desk} Desk */
/** @typedef {import("./gather.js").Asked} Asked */
/** @typedef {{right: number, back: number, asked: Set<string>}} Session what was asked since "Begin" */

/** @param {Desk} desk */
export function review(desk) {
  const page = new Review(desk);
  page.open();
  desk.live.append(page.task, page.rest);
  watch(desk.store, page.quizzes, () => page.changed());
}

class Review {
  /** The question, or what comes before and after it. */
  task = h("section", { class: "desk-part desk-task" });
  /** What stands below while no question is asked. */
  rest = h("div");
  #asking = false;

  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.quizzes = desk.data.quizzes ?? [];
  }

  get #today() {
    return dayOf(new Date());
  }

  /** @param {any} quiz */
  #record(quiz) {
    return kept(this.desk.store, quiz)?.record ?? null;
  }

  /** Everything that will come back. */
  #coming() {
    return gather(this.quizzes, (quiz) => this.#record(quiz), new Date());
  }

  /** What is due and was not asked yet. @param {Session} [session] */
  #due(session) {
    return dueNow(this.#coming(), this.#today).filter((each) => !session?.asked.has(keyOf(each)));
  }

  /** The page before the first question, and when nothing is due. */
  open() {
    const due = this.#due();
    const chapters = new Set(due.map(({ quiz }) => quiz.chapter)).size;
    const heading = h(
      "h2",
      null,
      due.length ? `${some(due.length, "question")} to look at again` : "Nothing is due today",
    );
    const from = chapters > 1 ? `From ${chapters} chapters, mixed. ` : "";
    fill(
      this.task,
      heading,
      due.length
        ? [
          h("p", null, from, "They come one at a time, and you can stop after any of them."),
          moves(button("Begin", () => this.#next({ right: 0, back: 0, asked: new Set() }))),
        ]
        : h("p", null, this.#later()),
    );
    this.#around();
    return heading;
  }

  /** Another tab answered something. Somebody in the middle of a question is left in peace. */
  changed() {
    if (this.#asking) return;
    const within = this.task.contains(document.activeElement);
    const heading = this.open();
    if (within) focusOn(heading, this.task);
  }

  #around() {
    const records = this.quizzes.map((quiz) => mend(quiz, this.#record(quiz)));
    fill(this.rest, reminder(this.desk, daysAhead(this.#coming(), this.#today)), sureness(records));
  }

  /** When something comes back next, in words. */
  #later() {
    const days = this.#coming().map(({ due }) => due.day).filter((day) => day > this.#today);
    if (days.length) {
      const day = Math.min(...days);
      const count = days.filter((each) => each === day).length;
      return `The next ${count === 1 ? "question comes" : `${count} questions come`} back ${
        when(day, this.#today)
      }.`;
    }
    return this.quizzes.some((quiz) => Object.keys(this.#record(quiz)?.answers ?? {}).length)
      ? "Nothing is waiting to come back."
      : "Once you have answered a quiz, what you missed in it comes back here. You have not answered one in this browser.";
  }

  /** @param {Session} session */
  #next(session) {
    const left = this.#due(session);
    const [first] = left;
    if (!first) return this.#close(session);
    this.#asking = true;
    fill(this.rest);
    const number = session.asked.size + 1;
    const { node, heading } = ask(this.desk, first, {
      number,
      of: session.asked.size + left.length,
      answered: (correct) => {
        session.asked.add(keyOf(first));
        session[correct ? "right" : "back"]++;
        this.desk.say(`${number} answered.`);
        return { more: this.#due(session).length > 0, next: () => this.#next(session) };
      },
      enough: () => this.#close(session),
    });
    fill(this.task, node);
    focusOn(heading, this.task);
  }

  /** @param {Session} session */
  #close(session) {
    this.#asking = false;
    const left = this.#due(session).length;
    const heading = h("h2", null, left ? "Enough for today" : "That was all for today");
    fill(
      this.task,
      heading,
      h("p", { class: "account" }, told(session)),
      h(
        "p",
        null,
        left
          ? `${some(left, "question")} ${left === 1 ? "waits" : "wait"} until you come back.`
          : this.#later(),
      ),
      left > 0 && moves(button("Go on after all", () => this.#next(session), { quiet: true })),
    );
    this.#around();
    focusOn(heading, this.task);
  }
}

/** @param {HTMLElement} first */
const moves = (first) => h("div", { class: "exercise-moves" }, first);

/** @param {Asked} asked */
const keyOf = ({ quiz, item }) => `${quiz.id} ${item.id}`;

/** What came of it; never a mark. @param {Session} session */
function told({ right, back, asked }) {
  if (!asked.size) return "You can come back whenever you like.";
  const parts = [right && `${right} right`, back && `${back} to meet again in two days`].filter(Boolean);
  return `You met ${some(asked.size, "question")} again: ${parts.join(", ")}.`;
}
