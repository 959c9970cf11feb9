/**
 * A run-sheet's page: the time it starts, how many come, a calendar file, printing. Nothing that is entered is kept or sent.
 *
 * Without it the sheet reads whole, its minutes counted from 0:00, for as many people as its author thought of.
 */

import { announcer } from "../announce.js";
import { button, fault, h } from "../dom.js";
import { clock, dayFrom, events, later, minuteOf } from "./event.js";
import { breakoutsOf, FEWEST, groupsOf, MOST } from "./room-size.js";

/** @typedef {{title: string, start: number, minutes: number}} Step */
/** @typedef {{title: string, start: string | null, minutes: number, steps: Step[]}} Part a session, or a day of a programme */
/**
 * @typedef {object} Sheet
 * @property {string} course
 * @property {string} id
 * @property {string} title
 * @property {string} question
 * @property {string} invitation
 * @property {number} size
 * @property {Part[]} parts
 */

const DEFAULT_START = "09:30";

/** @param {Element} section */
function open(section) {
  const live = section.querySelector(".sheet-live");
  const text = section.querySelector("script.sheet-data")?.textContent;
  if (!live || !text) return;
  /** @type {Sheet} */
  const sheet = JSON.parse(text);
  const { region, say } = announcer(new AbortController().signal);
  const error = h("p", { class: "error", id: "sheet-error" });
  const starts = sheet.parts.map((part, at) => startField(sheet, part, at));
  const day = h("input", { type: "date", id: "sheet-day", value: tomorrow(), autocomplete: "off" });
  const size = h("input", {
    type: "number",
    id: "sheet-size",
    min: FEWEST,
    max: MOST,
    inputmode: "numeric",
    value: sheet.size,
    autocomplete: "off",
  });
  const counted = section.querySelector("[data-per]");

  const retime = () => {
    starts.forEach(({ input }, part) => setClocks(section, part, minuteOf(input.value)));
    const [first] = starts;
    const from = minuteOf(first.input.value);
    if (from !== null) say(`It now runs from ${clock(from)} to ${clock(from + sheet.parts[0].minutes)}.`);
  };
  const recount = () => {
    const people = Number(size.value);
    const sound = Number.isInteger(people) && people >= FEWEST && people <= MOST;
    error.textContent = "";
    if (!sound) {
      error.textContent = `A sheet is for ${FEWEST} to ${MOST} people. With more, use two rooms.`;
      size.setAttribute("aria-describedby", error.id);
      size.setAttribute("aria-invalid", "true");
      return say(error.textContent);
    }
    size.removeAttribute("aria-describedby");
    size.removeAttribute("aria-invalid");
    setCounts(section, people);
    say(`For ${people} people in ${groupsOf(people)} ${groupsOf(people) === 1 ? "group" : "groups"}.`);
  };
  for (const { input } of starts) input.addEventListener("change", retime);
  size.addEventListener("change", recount);

  const save = () => {
    const first = dayFrom(day.value);
    const times = starts.map(({ input }) => minuteOf(input.value));
    const missing = times.indexOf(null);
    error.textContent = "";
    if (!first) return fault(error, "Choose a day first.", day);
    if (missing >= 0) return fault(error, "Choose when it starts first.", starts[missing].input);
    const entries = sheet.parts.map((part, at) => ({
      title: part.title ? `${sheet.title} · ${part.title}` : sheet.title,
      day: later(first, at),
      start: times[at] ?? 0,
      minutes: part.minutes,
      description: described(sheet, part, times[at] ?? 0),
    }));
    // A page opened from a folder has an address that is of use to nobody else.
    const url = location.protocol.startsWith("http") ? location.origin + location.pathname : null;
    download(
      `${sheet.id}.ics`,
      events({ course: sheet.course, id: sheet.id, url, entries, now: new Date() }),
    );
    say("The calendar file is made.");
  };

  live.append(
    region,
    error,
    h(
      "div",
      { class: "sheet-fields" },
      starts.map(({ field }) => field),
      labelled(sheet.parts.length > 1 ? "First day" : "Day", day),
      counted && labelled("People", size),
    ),
    h(
      "div",
      { class: "exercise-moves" },
      button("Print this sheet", () => print()),
      button("Get the calendar file", save, { quiet: true }),
    ),
    h(
      "p",
      { class: "hint" },
      section.querySelector("details")
        ? "What you open on this page is printed with it. Nothing that you enter here is kept or sent."
        : "Nothing that you enter here is kept or sent.",
    ),
  );
  starts.forEach(({ input }, part) => setClocks(section, part, minuteOf(input.value)));
  section.classList.add("is-live");
}

/** @param {Sheet} sheet @param {Part} part @param {number} at */
function startField(sheet, part, at) {
  const input = h("input", {
    type: "time",
    id: `sheet-start-${at}`,
    value: part.start ?? DEFAULT_START,
    autocomplete: "off",
  });
  const several = sheet.parts.length > 1;
  const label = several ? `Day ${at + 1} starts at` : "Starts at";
  return { input, field: labelled(label, input) };
}

/** @param {string} label @param {HTMLInputElement} input */
function labelled(label, input) {
  return h("div", { class: "field" }, h("label", { for: input.id }, label), input);
}

/**
 * Times of day beside each step, or minutes from the beginning where there is no start.
 *
 * @param {Element} section
 * @param {number} part
 * @param {number | null} start
 */
function setClocks(section, part, start) {
  for (const each of section.querySelectorAll(`.sheet-clock[data-part="${part}"]`)) {
    const minute = Number(each.getAttribute("data-minute"));
    each.textContent = start === null ? clock(minute).replace(/^0/, "") : clock(start + minute);
  }
}

/** @param {Element} section @param {number} size */
function setCounts(section, size) {
  const groups = groupsOf(size);
  const of = { size, groups, breakouts: breakoutsOf(size), person: size, group: groups, room: 1 };
  for (const each of section.querySelectorAll("[data-per]")) {
    const per = /** @type {keyof typeof of} */ (each.getAttribute("data-per"));
    const [times, spare] = [each.getAttribute("data-each") ?? 1, each.getAttribute("data-spare") ?? 0];
    each.textContent = String(of[per] * Number(times) + Number(spare));
  }
}

/** The plan in an entry: each step with its time. @param {Sheet} sheet @param {Part} part @param {number} start */
function described(sheet, part, start) {
  const steps = part.steps.map((step) => `${clock(start + step.start)} ${step.title} (${step.minutes} min)`);
  const plan = [...steps, `${clock(start + part.minutes)} End`].join("\n");
  // Most invitations begin with the question.
  const question = sheet.invitation.startsWith(sheet.question) ? "" : sheet.question;
  return [question, sheet.invitation, plan].filter(Boolean).join("\n\n");
}

/** Tomorrow, as a date field has it. */
function tomorrow() {
  const now = new Date();
  const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${next.getFullYear()}-${two(next.getMonth() + 1)}-${two(next.getDate())}`;
}

/** @param {string} name @param {string} text */
function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

for (const section of document.querySelectorAll("section.sheet")) open(section);
