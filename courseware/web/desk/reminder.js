/** The offer of a calendar file, made in the page out of nothing but days. */

import { dayOf } from "../../kinds/quiz/review.js";
import { button, h } from "../dom.js";
import { calendar } from "./calendar.js";
import { dated, listed } from "./words.js";

const SHOWN = 6;

/**
 * @param {import("./frame.js").Desk} desk
 * @param {number[]} days on which something falls due
 * @returns {HTMLElement | null} null when nothing will
 */
export function reminder({ data, say }, days) {
  if (!days.length) return null;
  const today = dayOf(new Date());
  const first = days.slice(0, SHOWN).map((day) => dated(day, today));
  const more = days.length - first.length;
  const save = () => {
    download(text(data.course, days));
    say("The calendar file is made.");
  };
  return h(
    "section",
    { class: "desk-part" },
    h("h2", null, "A reminder in your calendar"),
    h(
      "p",
      null,
      "If you answer on the day, questions come back ",
      `on ${listed(more > 0 ? [...first, `${more} later days`] : first)}.`,
      " This file puts a note on those days.",
    ),
    h(
      "p",
      { class: "hint" },
      `It is called “${TITLE}”, leaves the day free, and says nothing of what you answered.`,
    ),
    h("div", { class: "exercise-moves" }, button("Get the calendar file", save, { quiet: true })),
  );
}

const TITLE = "Course review: a few minutes";

/** @param {string} course @param {number[]} days */
function text(course, days) {
  // A page opened from a folder has an address that is of use to nobody else.
  const url = location.protocol.startsWith("http") ? location.origin + location.pathname : null;
  const description = "Move it or delete it as you like.";
  return calendar({ course, title: TITLE, description, url, days, now: new Date() });
}

/** @param {string} text */
function download(text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  h("a", { href: url, download: "review.ics" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
