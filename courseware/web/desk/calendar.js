/**
 * A calendar file of all-day entries, as RFC 5545 has it. Pure: days in, text out.
 *
 * A work calendar is often seen by others. So an entry has a plain title and nothing of what anybody answered; it is
 * marked private and leaves the day free.
 */

import { dateOf } from "../../kinds/quiz/review.js";

const MAX_OCTETS = 75;
const encoder = new TextEncoder();

/** Text in a property: backslash, comma, semicolon and line break mean something there. @param {string} text */
export function escaped(text) {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");
}

/**
 * A content line cut into lines of at most 75 octets, none of them inside a character.
 *
 * @param {string} line
 */
export function folded(line) {
  const lines = [];
  let part = "", size = 0;
  for (const character of line) {
    const octets = encoder.encode(character).length;
    if (size + octets > MAX_OCTETS) {
      lines.push(part);
      // The space that begins a line which goes on counts too.
      [part, size] = [" ", 1];
    }
    part += character;
    size += octets;
  }
  return [...lines, part].join("\r\n");
}

/** A day as a calendar writes it. @param {number} day as `dayOf` counts */
function dateValue(day) {
  const date = dateOf(day);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}${two(date.getMonth() + 1)}${two(date.getDate())}`;
}

/**
 * The file.
 *
 * @param {object} given
 * @param {string} given.course its id, which with the day names an entry: brought in again, it takes its own place
 * @param {string} given.title what an entry is called
 * @param {string} given.description
 * @param {string | null} given.url of the review page; null where there is none that others could open
 * @param {number[]} given.days as `dayOf` counts
 * @param {Date} given.now
 */
export function calendar({ course, title, description, url, days, now }) {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const events = days.flatMap((day) => [
    "BEGIN:VEVENT",
    `UID:review-${dateValue(day)}@${course}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${dateValue(day)}`,
    `DTEND;VALUE=DATE:${dateValue(day + 1)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(description)}`,
    ...(url ? [`URL:${url}`] : []),
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ]);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:-//${course}//review//EN`,
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...events,
    "END:VCALENDAR",
  ];
  return lines.map((line) => folded(line) + "\r\n").join("");
}
