/** The page that says what is done, what is begun, and where to go on. */

import { dayOf } from "../../kinds/quiz/review.js";
import { fill, h } from "../dom.js";
import { kept, watch } from "../kept.js";
import { dueIn } from "../marks.js";
import { device } from "./device.js";
import { account, lastBegun, nextCore } from "./standing.js";
import { ago, some } from "./words.js";

/** @typedef {import("./frame.js").Desk} Desk */
/** @typedef {import("./frame.js").Listed} Listed */
/** @typedef {import("./standing.js").Standing} Standing */
/** @typedef {import("./standing.js").Account} Account */

/** @param {Desk} desk */
export function progress(desk) {
  const { data, store, live } = desk;
  const shown = h("div");
  const draw = () => {
    const at = document.activeElement?.closest(".desk-standing a")?.getAttribute("href");
    fill(shown, standing(desk));
    // Drawn again because another tab saved something: focus stays where it was.
    if (at) [...shown.querySelectorAll("a")].find((link) => link.getAttribute("href") === at)?.focus();
  };
  draw();
  live.append(shown, device(desk));
  watch(store, data.exercises, draw);
}

/** @param {Desk} desk */
function standing({ data, store }) {
  const today = dayOf(new Date());
  /** @type {Map<string, Standing>} */
  const standings = new Map();
  for (const exercise of data.exercises) {
    const found = kept(store, exercise);
    if (found) standings.set(exercise.id, { status: found.status, saved: found.saved, record: found.record });
  }
  const due = data.recalled.reduce((sum, quiz) => sum + dueIn(store, quiz, today), 0);
  const chapters = data.chapters.map((chapter) => account(chapter, data.exercises, standings));
  return h(
    "div",
    { class: "desk-standing" },
    whereNext(data, standings, today),
    due > 0 && h(
      "p",
      null,
      `${some(due, "question")} from before ${due === 1 ? "is" : "are"} due: `,
      h("a", { href: data.pages.review }, "review"),
      ".",
    ),
    chapters.map((each) => chapterPart(each, today)),
    standings.size > 0 && data.pages.portfolio && h(
      "p",
      null,
      "What you have written and planned is in ",
      h("a", { href: data.pages.portfolio }, "your portfolio"),
      ". There you can also take all your work with you, or erase it.",
    ),
  );
}

/** Where to go on, first of all. @param {import("./frame.js").Catalogue} data @param {Map<string, Standing>} standings @param {number} today */
function whereNext({ chapters, exercises }, standings, today) {
  const begun = lastBegun(exercises, standings);
  if (begun) {
    const { record, saved } = /** @type {Standing} */ (standings.get(begun.id));
    const place = placeIn(begun, record);
    const day = ago(saved, today);
    return h(
      "p",
      { class: "desk-next" },
      h(
        "a",
        { class: "exercise-button", href: begun.address },
        `Go on with ${begun.title}${place && `, ${place}`}`,
      ),
      day && h("span", { class: "hint" }, `Last saved ${day}.`),
    );
  }
  if (!standings.size) {
    return h(
      "div",
      null,
      h("p", null, "Nothing is kept in this browser yet. What you do in the course will show here."),
      h(
        "p",
        { class: "hint" },
        "If you have worked before, that may have been in another browser, or on a device that you said others use.",
      ),
      chapters[0] &&
        h(
          "p",
          { class: "desk-next" },
          h("a", { class: "exercise-button", href: chapters[0].address }, "Begin"),
        ),
    );
  }
  const next = nextCore(chapters, exercises, standings);
  if (!next) return h("p", null, "You have done the core of every chapter that is ready.");
  return h(
    "p",
    { class: "desk-next" },
    h("a", { class: "exercise-button", href: next.address }, `Next: ${next.title}`),
    h("span", { class: "hint" }, `${some(next.minutes, "minute")}.`),
  );
}

/** How far somebody is in an exercise, if its kind can tell. @param {Listed} exercise @param {any} record */
function placeIn(exercise, record) {
  const kind = /** @type {{where?: (record: any) => string} | undefined} */ (
    customElements.get(`course-${exercise.kind}`)
  );
  try {
    return kind?.where?.(record) ?? "";
  } catch {
    return "";
  }
}

/** @param {Account} account @param {number} today */
function chapterPart(account, today) {
  const { chapter, core, further, done } = account;
  const bar = done > 0 && h(
    "div",
    { class: "indicator-bar desk-bar", "aria-hidden": "true" },
    h("span", { style: `inline-size: ${100 * done / core.length}%` }),
  );
  return h(
    "section",
    { class: "desk-part" },
    h(
      "h2",
      null,
      h("span", { class: "hint" }, `Chapter ${chapter.number}: ${chapter.theme} `),
      h("a", { href: chapter.address }, chapter.question),
    ),
    core.length > 0 && [h("p", null, coreWords(account)), bar, list(core, today)],
    further.length > 0 && [h("h3", null, "Further"), list(further, today)],
  );
}

/** How far the core is, and about how long the rest of it takes. @param {Account} account */
function coreWords({ core, done, left }) {
  if (done === core.length) return "The core is done.";
  const time = left > 0 ? ` About ${some(left, "minute")} of the core left.` : "";
  if (done) return `${done} of ${core.length} core exercises done.${time}`;
  return core.some(({ state }) => state === "begun")
    ? `Begun.${time}`
    : `Not begun yet.${left > 0 ? ` The core takes about ${some(left, "minute")}.` : ""}`;
}

/** @param {Account["core"]} rows @param {number} today */
function list(rows, today) {
  return h(
    "ul",
    { class: "desk-list" },
    rows.map(({ exercise, state, saved, instead }) =>
      h(
        "li",
        null,
        h("a", { href: exercise.address }, exercise.title),
        h("span", { class: "hint" }, `${exercise.kind_label}, ${some(exercise.minutes, "minute")}`),
        h(
          "span",
          { class: `desk-state is-${state}` },
          stateWords(state, saved && ago(saved, today), instead),
        ),
      )
    ),
  );
}

/** @param {"done" | "begun" | "new"} state @param {string} day @param {string | null} instead title of what counts in its place */
function stateWords(state, day, instead) {
  if (state === "done") return instead ? `Done: ${instead} counts in its place` : "Done";
  if (state === "begun") return day ? `Begun, last saved ${day}` : "Begun";
  return "Not yet";
}
