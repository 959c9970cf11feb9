/** Days as people say them. A day is a number, as `dayOf` of the review counts it. */

import { dateOf, dayOf } from "../../kinds/quiz/review.js";

/** A number of things in words: `some(1, "question")`, `some(3, "question")`. @param {number} n @param {string} thing */
export const some = (n, thing) => `${n} ${thing}${n === 1 ? "" : "s"}`;

/** 26 November, with its year when that is another one. @param {number} day @param {number} today */
export function dated(day, today) {
  const date = dateOf(day);
  const other = date.getFullYear() !== dateOf(today).getFullYear();
  return date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    ...(other ? { year: "numeric" } : {}),
  });
}

/** When something was, or will be. @param {number} day @param {number} today */
export function when(day, today) {
  const near = { [-1]: "yesterday", 0: "today", 1: "tomorrow" }[day - today];
  return near ?? `on ${dated(day, today)}`;
}

/** When something was saved: never later than today, whatever a clock once said. @param {string} saved ISO time @param {number} today */
export function ago(saved, today) {
  const time = new Date(saved);
  return Number.isNaN(time.getTime()) ? "" : when(Math.min(dayOf(time), today), today);
}

/** Several things in one sentence: "a", "a and b", "a, b and c". @param {string[]} parts */
export function listed(parts) {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
