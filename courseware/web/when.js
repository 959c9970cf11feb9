/** Times as they are said. What was saved may hold any text in a time's place. */

/** @param {string} time ISO @param {Intl.DateTimeFormatOptions} form */
function told(time, form) {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "an unknown day" : date.toLocaleString("en-GB", form);
}

/** 22 November 2026. @param {string} time ISO */
export const day = (time) => told(time, { dateStyle: "long" });

/** 22 Nov 2026, 07:17. @param {string} time ISO */
export const moment = (time) => told(time, { dateStyle: "medium", timeStyle: "short" });
