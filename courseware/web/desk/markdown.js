/** The portfolio as a Markdown file. Pure. The learner's words stay words: no mark in them means anything there. */

import { day } from "../when.js";

/** @typedef {import("./gathered.js").Sheet} Sheet */
/** @typedef {import("./frame.js").Chapter} Chapter */

// What means something anywhere in a line, in CommonMark and in its common extensions.
const ANYWHERE = /[\\`*_[\]<>&#|~$^{}]|(?<=:)\/\/|@|(?<=\bwww)\.|:(?=[\w+-]+:)|={2,}|\+{2,}|-{2,}/gi;
// What means something at the beginning of one: lists, rules, underlines of headings, definitions.
const AT_START = /^(?:[-+=:!%"'.]|\d+(?=[.)]))/;

/**
 * Text as Markdown that reads as exactly this text.
 *
 * @param {string} text
 */
function escaped(text) {
  return text.replace(/\r\n?/g, "\n").trim().split(/\n(?:[ \t]*\n)+/).map((paragraph) =>
    paragraph.split("\n").map(line).join("\\\n")
  ).join("\n\n");
}

/** @param {string} text */
function line(text) {
  const marked = text.trimEnd().replace(ANYWHERE, (found) => found.replace(/./g, "\\$&"));
  const start = marked.search(/\S/);
  if (start < 0) return "";
  // Spaces at the beginning would make code, or vanish: these stay, and mean nothing.
  const indent = "\u00a0".repeat(start);
  return indent +
    marked.slice(start).replace(AT_START, (found) => /\d/.test(found) ? `${found}\\` : `\\${found}`);
}

/** A heading is one line. @param {string} text */
const heading = (text) => escaped(text.replace(/\s+/g, " "));

/**
 * @param {string} course its title
 * @param {Chapter[]} chapters
 * @param {Sheet[]} sheets
 */
export function markdown(course, chapters, sheets) {
  const planned = sheets.filter(({ plans }) => plans.some(({ text }) => text.trim()));
  const parts = [`# What I wrote in ${heading(course)}`];
  if (planned.length) parts.push("## My plans", ...planned.flatMap(plansOf));
  for (const chapter of chapters) {
    const written = sheets.filter(({ listed }) => listed?.chapter === chapter.id).flatMap(partOf);
    if (written.length) parts.push(`## Chapter ${chapter.number}: ${heading(chapter.question)}`, ...written);
  }
  const gone = sheets.filter(({ listed }) => !chapters.some(({ id }) => id === listed?.chapter)).flatMap(
    partOf,
  );
  if (gone.length) parts.push("## From exercises that are no longer in a chapter", ...gone);
  return `${parts.join("\n\n")}\n`;
}

/** @param {Sheet} sheet */
const titleOf = ({ id, listed }) => `### ${heading(listed?.title ?? id)}`;

/** @param {string} label @param {string} text */
const answer = (label, text) => text.trim() ? [`#### ${heading(label)}`, escaped(text)] : [];

/** @param {Sheet} sheet */
function plansOf(sheet) {
  return [titleOf(sheet), ...sheet.plans.flatMap(({ writing, text }) => answer(writing.label, text))];
}

/** @param {Sheet} sheet */
function partOf(sheet) {
  const { now, entries, also, aside, older } = sheet;
  const said = [
    ...entries.flatMap(({ writing, text }) => answer(writing.label, text)),
    ...also.flatMap(({ label, text }) => answer(label, text)),
    ...aside.flatMap((text) => answer("Set aside, because a later save took its place", text)),
    ...older.flatMap((each) =>
      each.said.flatMap(({ label, text }) =>
        answer(`${label} (before the exercise changed, ${day(each.saved)})`, text)
      )
    ),
  ];
  if (!said.length) return [];
  return [titleOf(sheet), ...(now ? [`*Last saved on ${day(now.saved)}*`] : []), ...said];
}
