/** How sure somebody was against how right: a dot on a line for each, the numbers beside it, and a sentence. */

import { h } from "../dom.js";
import { calibration, calibrationSays, ENOUGH } from "./gather.js";

/**
 * @param {any[]} records of quizzes
 * @returns {HTMLElement | null} null before the first answer
 */
export function sureness(records) {
  const rows = calibration(records);
  if (!rows.some(({ of }) => of)) return null;
  const cells = rows.map(({ label, right, of }) =>
    h(
      "tr",
      null,
      h("th", { scope: "row" }, label),
      h("td", null, of ? `${right} of ${of}` : "no answers"),
      h("td", null, of < ENOUGH ? "too few to say" : dot(right / of)),
    )
  );
  const heads = ["You said", "Right", "From never to always right"].map((text) =>
    h("th", { scope: "col" }, text)
  );
  return h(
    "section",
    { class: "desk-part" },
    h("h2", null, "How sure, and how right"),
    h("p", null, calibrationSays(rows)),
    h(
      "table",
      { class: "desk-sureness" },
      h("caption", null, "All your answers in quizzes and reviews, as this browser keeps them."),
      h("thead", null, h("tr", null, heads)),
      h("tbody", null, cells),
    ),
  );
}

/** @param {number} share */
function dot(share) {
  const words = `${Math.round(share * 100)} in 100`;
  return h(
    "span",
    { class: "desk-dot", role: "img", "aria-label": words, style: `--at: ${share}` },
    h("span"),
  );
}
