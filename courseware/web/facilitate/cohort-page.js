/**
 * The page on which a facilitator puts the groups' codes together. Nothing of it is stored: what is pasted is in the page,
 * until it is closed or somebody saves it as a file.
 */

import { CodeError } from "../../kinds/scenario/code.js";
import { announcer } from "../announce.js";
import { download } from "../desk/carry.js";
import { button, choice, fault, fill, focusOn, h } from "../dom.js";
import { isPlain } from "../record.js";
import { grouped, tidy } from "../symbols.js";
import { readerFor } from "./cases.js";
import { account, cohorts, linesOf } from "./cohort.js";
import { pictureOf } from "./cohort-face.js";
import { fromFile, named, UNREACHED } from "./cohort-files.js";

/** @typedef {import("./cases.js").Listed & {major: number}} Listed */
/** @typedef {import("./cohort.js").Line} Line */
/** @typedef {import("./cohort.js").Group} Group */
/** @typedef {{line: Line, error: CodeError}} Wrong */

/** More codes than this that stand more than once are folded: in a large room many groups choose alike, and nobody slipped. */
const ASKED_AT_ONCE = 2;

for (const section of document.querySelectorAll("section.cohort")) {
  const data = JSON.parse(section.querySelector("script.cohort-data")?.textContent ?? "null");
  if (isPlain(data)) begin(section, /** @type {any} */ (data));
}

/** @param {Element} section @param {{course: string, cases: Listed[]}} data */
function begin(section, { course, cases }) {
  const { region, say } = announcer(new AbortController().signal);
  const error = h("p", { class: "exercise-error", id: "cohort-error" });
  const result = h("div");
  /** What was answered of a code that stands more than once: whether it is of one group. @type {Map<string, boolean>} */
  const once = new Map();
  const area = h("textarea", {
    id: "cohort-codes",
    rows: 8,
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    "aria-describedby": "cohort-hint",
  });
  const show = async () => {
    error.textContent = "";
    const lines = linesOf(area.value);
    if (!lines.length) return fault(error, "Put in at least one code, then try again.", area);
    let read;
    try {
      read = reading(lines, await readerFor(cases, lines.map(({ text }) => text)));
    } catch (problem) {
      fault(error, UNREACHED, area);
      throw problem;
    }
    const [told, aside] = account(cohorts(read.groups), read.wrong.length);
    const head = h("h2", null, told, aside && [". ", h("span", { class: "cohort-aside" }, aside)]);
    const pictures = h("div");
    const draw = () =>
      fill(pictures, cohorts(counted(read.groups, once)).map((each, i) => pictureOf(each, i > 0)));
    fill(
      result,
      head,
      read.wrong.length > 0 && wrongOnes(read.wrong, read.groups.length > 0, instead),
      repeated(read.groups, once, () => {
        draw();
        say("The picture is drawn again.");
      }),
      read.groups.length > 0 && h(
        "div",
        { class: "exercise-moves cohort-ways" },
        button("Print", () => print(), { quiet: true }),
        button("Save the codes as a file", () => save(read.groups), { quiet: true }),
      ),
      pictures,
    );
    draw();
    focusOn(head, result);
    say(head.textContent ?? "");
  };
  /** @param {Line} line @param {string} mend */
  const instead = (line, mend) => {
    const rows = area.value.split(/\r\n?|\n/);
    rows[line.number - 1] = rows[line.number - 1].replace(line.text, mend);
    area.value = rows.join("\n");
    return show();
  };
  const input = h("input", {
    type: "file",
    id: "cohort-files",
    multiple: true,
    accept: ".json,.txt,application/json,text/plain",
    onchange: async () => {
      const files = [...input.files ?? []];
      const taken = await Promise.all(files.map((file) => fromFile(file, course, cases)));
      input.value = "";
      const why = taken.flatMap((each, i) => each.why ? [`${files[i].name}: ${each.why}`] : []);
      const rows = taken.flatMap(({ codes }, i) => codes.map((code) => named(code, files[i], i)));
      area.value = [area.value.trimEnd(), ...rows].filter(Boolean).join("\n");
      error.textContent = "";
      if (why.length) fault(error, why.join(" "), input);
      say(`${rows.length} ${rows.length === 1 ? "code" : "codes"} put in.`);
    },
  });
  const form = h(
    "form",
    {
      class: "cohort-form",
      novalidate: true,
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        return show();
      },
    },
    error,
    h(
      "div",
      { class: "field" },
      h("label", { for: area.id }, "The groups’ codes"),
      h(
        "p",
        { class: "hint", id: "cohort-hint" },
        "One a line. You can put a label and a colon before it, as in “Table 3: 2HFJ-…”. Use no names.",
      ),
      area,
    ),
    h(
      "div",
      { class: "field" },
      h("label", { for: input.id }, "Or add files"),
      h(
        "p",
        { class: "hint" },
        "Codes that you saved here, or the files of people who saved their work. Of these only the choices of the last finished run are taken, as a code.",
      ),
      input,
    ),
    h(
      "p",
      null,
      h("button", { type: "submit", class: "exercise-button" }, "Show what the room chose"),
    ),
    h("p", { class: "hint" }, "Nothing is stored or sent. When you close this page, the codes are gone."),
  );
  const live = h("div", { class: "exercise cohort-live" }, form, result);
  section.append(h("div", { class: "cohort-voice" }, region), live);
  section.classList.add("is-live");
}

/**
 * @param {Line[]} lines
 * @param {import("../../kinds/scenario/code.js").Reader} reader
 */
function reading(lines, reader) {
  /** @type {Group[]} */
  const groups = [];
  /** @type {Wrong[]} */
  const wrong = [];
  lines.forEach((line, i) => {
    try {
      const run = reader.read(line.text);
      groups.push({ label: line.label || `Group ${i + 1}`, line, code: grouped(tidy(line.text)), run });
    } catch (error) {
      if (!(error instanceof CodeError)) throw error;
      wrong.push({ line, error });
    }
  });
  return { groups, wrong };
}

/** The groups that count: of a code that is of one group, the first. @param {Group[]} groups @param {Map<string, boolean>} once */
function counted(groups, once) {
  const seen = new Set();
  return groups.filter(({ code }) => {
    const again = seen.has(code);
    seen.add(code);
    return !(again && once.get(code));
  });
}

/**
 * @param {Wrong[]} wrong
 * @param {boolean} others whether there are codes that can be used
 * @param {(line: Line, mend: string) => void} instead
 */
function wrongOnes(wrong, others, instead) {
  const whom = wrong.length === 1 ? "Ask the group again" : "Ask these groups again";
  const offered = wrong.some(({ error }) => error.mend) ? ", or put in what it most likely was" : "";
  return h(
    "section",
    { class: "cohort-wrong" },
    h("h3", null, wrong.length === 1 ? "A code that cannot be used" : "Codes that cannot be used"),
    h("p", null, others && "The others count. ", `${whom}${offered}.`),
    h(
      "ul",
      null,
      wrong.map(({ line, error }) =>
        h(
          "li",
          null,
          h("b", null, `Line ${line.number}${line.label ? `, ${line.label}` : ""}: `),
          h("code", null, line.text.length > 40 ? `${line.text.slice(0, 40)}…` : line.text),
          ` ${error.what} `,
          error.mend && [
            "It may have been ",
            h("code", null, error.mend),
            ". ",
            button("Use this instead", () => instead(line, error.mend ?? ""), {
              quiet: true,
              "aria-label": `Use ${error.mend} instead, on line ${line.number}`,
            }),
          ],
        )
      ),
    ),
  );
}

/**
 * Codes that stand more than once, each with a question. Until it is answered each line counts.
 *
 * @param {Group[]} groups
 * @param {Map<string, boolean>} once
 * @param {() => void} changed
 */
function repeated(groups, once, changed) {
  /** @type {Map<string, number[]>} */
  const on = new Map();
  for (const { code, line } of groups) on.set(code, [...on.get(code) ?? [], line.number]);
  const twice = [...on].filter(([, lines]) => lines.length > 1);
  const one = (/** @type {string} */ code, /** @type {number[]} */ lines, /** @type {number} */ i) => {
    const radio = (/** @type {boolean} */ value, /** @type {string} */ words) =>
      choice({
        type: "radio",
        name: `cohort-twice-${i}`,
        value: String(value),
        checked: once.get(code) === value,
        onchange: () => (once.set(code, value), changed()),
      }, words);
    const places = `${lines.slice(0, -1).join(", ")} and ${lines.at(-1)}`;
    return h(
      "fieldset",
      { class: "choices" },
      h("legend", null, `${code} stands on lines ${places}. Is it one group, or did they choose alike?`),
      radio(true, "One group, put in more than once: count it once"),
      radio(false, "As many groups as lines: count each"),
    );
  };
  const asked = twice.map(([code, lines], i) => one(code, lines, i));
  return twice.length > 0 && h(
    "section",
    { class: "cohort-twice" },
    h("h3", null, "The same code more than once"),
    h(
      "p",
      null,
      "Groups that made the same choices have the same code. Until you answer, every line counts. If only some are one group, take the lines that are too many out of the box.",
    ),
    twice.length > ASKED_AT_ONCE
      ? h("details", null, h("summary", null, `The ${twice.length} codes that stand more than once`), asked)
      : asked,
  );
}

/** @param {Group[]} groups */
function save(groups) {
  const rows = groups.map(({ label, line, code }) => line.label ? `${label}: ${code}` : code);
  download("room-codes.txt", "text/plain", `${rows.join("\n")}\n`);
}
