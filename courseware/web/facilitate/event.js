/**
 * A calendar file with timed entries, as RFC 5545 has it: a session, or each day of a programme. Pure: data in, text out.
 *
 * The times float: half past nine is half past nine wherever the calendar is opened, as it is on the sheet in the hand.
 */

import { escaped, folded } from "../desk/calendar.js";

/** @typedef {{year: number, month: number, day: number}} Day month from 1 */
/**
 * @typedef {object} Entry
 * @property {string} title
 * @property {Day} day
 * @property {number} start minutes after midnight
 * @property {number} minutes
 * @property {string} description
 */

const two = (/** @type {number} */ n) => String(n).padStart(2, "0");

/** The time of day some minutes after midnight; past midnight it begins again. @param {number} minute */
export function clock(minute) {
  const late = ((minute % 1440) + 1440) % 1440;
  return `${two(Math.floor(late / 60))}:${two(late % 60)}`;
}

/** Minutes after midnight, or null for what is no time of day. @param {string} text as `09:30` */
export function minuteOf(text) {
  const found = /^(\d\d):(\d\d)$/.exec(text);
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

/** A day, or null for what is none. @param {string} text as `2026-11-24` @returns {Day | null} */
export function dayFrom(text) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!found) return null;
  const day = { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) };
  const date = at(day, 0);
  return date.getUTCMonth() + 1 === day.month && date.getUTCDate() === day.day ? day : null;
}

/** The day some days later. @param {Day} day @param {number} days @returns {Day} */
export function later(day, days) {
  const date = at(day, days * 1440);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** A moment, reckoned in UTC so that no change of the clocks comes into it. @param {Day} day @param {number} minute */
function at(day, minute) {
  const date = new Date(0);
  date.setUTCFullYear(day.year, day.month - 1, day.day);
  date.setUTCMinutes(minute);
  return date;
}

/** A floating time as a calendar writes it. @param {Day} day @param {number} minute */
function value(day, minute) {
  return at(day, minute).toISOString().slice(0, 16).replace(/[-:]/g, "") + "00";
}

/**
 * The file.
 *
 * @param {object} given
 * @param {string} given.course its id
 * @param {string} given.id of the sheet: with the day it names an entry, so that one brought in again takes its own place
 * @param {string | null} given.url of the sheet; null where there is none that others could open
 * @param {Entry[]} given.entries
 * @param {Date} given.now
 */
export function events({ course, id, url, entries, now }) {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const body = entries.flatMap((entry) => [
    "BEGIN:VEVENT",
    `UID:${id}-${value(entry.day, 0).slice(0, 8)}@${course}`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${value(entry.day, entry.start)}`,
    `DTEND:${value(entry.day, entry.start + entry.minutes)}`,
    `SUMMARY:${escaped(entry.title)}`,
    `DESCRIPTION:${escaped(entry.description)}`,
    ...(url ? [`URL:${url}`] : []),
    "END:VEVENT",
  ]);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:-//${course}//run-sheet//EN`,
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...body,
    "END:VCALENDAR",
  ];
  return lines.map((line) => folded(line) + "\r\n").join("");
}
