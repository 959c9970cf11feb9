/** The cohort's picture as it stands in the page: words, counts and bars, in tables that read as well without the bars. */

import { word } from "../../kinds/scenario/run.js";
import { h } from "../dom.js";
import { ACT_OVER, picture, SURE } from "./cohort.js";

/** @typedef {import("./cohort.js").Cohort} Cohort */
/** @typedef {import("./cohort.js").Picture} Picture */
/** @typedef {import("./cohort.js").Decided} Decided */
/** @typedef {import("../dom.js").Child} Child */

/** How many of the decisions at which the room parted are shown whole, with what to ask. */
const MOST = 3;
/** More values than this do not fit side by side on a phone. */
const VALUES_AT_MOST = 12;

const percent = (/** @type {number} */ share) => `${Math.round(share * 100)}%`;
const groupsOf = (/** @type {number} */ n) => n === 1 ? "1 group" : `${n} groups`;

/** @param {Cohort} cohort */
export function pictureOf(cohort) {
  const found = picture(cohort);
  const of = cohort.groups.length;
  const parted = found.partings.filter(({ apart }) => apart > 0).slice(0, MOST);
  return h(
    "article",
    { class: "cohort-picture" },
    h("h2", null, cohort.title, " ", h("span", { class: "hint" }, groupsOf(of))),
    of < 3 && h(
      "p",
      { class: "exercise-notice" },
      of === 1
        ? "One group is no room to picture. If none of yours played this, its code was misread: ask again, or take its line out."
        : "Two groups are no room to picture: set their paths side by side instead.",
    ),
    part(
      "Where the room parted most",
      parted.length === 0
        ? h("p", null, of > 1 ? "Nowhere: all groups chose alike." : "It takes two groups to part.")
        : [
          h(
            "p",
            null,
            "Spend the time here. The share is that of all pairs of groups which both met the decision and chose differently.",
          ),
          h("ol", { class: "cohort-partings" }, parted.map((each) => parting(each, of))),
          found.partings.length > MOST && ranking(found.partings),
        ],
    ),
    part(
      "Decision by decision",
      h(
        "details",
        null,
        h("summary", null, `What the groups chose at each of ${found.decisions.length} decisions`),
        found.decisions.map((each) => decision(each, of)),
      ),
    ),
    part("How it ended", found.endings.some(({ name }) => name !== ACT_OVER) ? ended(found, of) : stopped()),
    part("Where things stood at the end", found.standing.map(strip)),
    found.sure.length > 0 &&
      part(
        `How sure they were${found.sure.length > 1 ? ", and how it ended for them" : ""}`,
        sureness(found, cohort.title),
      ),
    part("Beside the paths that others would defend", agreement(found)),
  );
}

/** @param {string} title @param {...Child} inside */
function part(title, ...inside) {
  return h("section", { class: "cohort-part" }, h("h3", null, title), ...inside);
}

/** @param {Decided} each @param {number} of */
function parting(each, of) {
  return h(
    "li",
    null,
    h("h4", null, each.label),
    h("p", null, `${percent(each.apart)} of pairs parted here.`),
    choices(each, of),
    each.ask.length > 0 && [
      h("p", null, h("b", null, "Ask:")),
      h("ul", null, each.ask.map((text) => h("li", null, text))),
    ],
    each.listen.length > 0 && h(
      "details",
      null,
      h("summary", null, "What to listen for"),
      h("ul", null, each.listen.map((text) => h("li", null, text))),
    ),
  );
}

/** @param {Decided[]} partings */
function ranking(partings) {
  return h(
    "details",
    null,
    h("summary", null, "Every decision, by how far the room parted"),
    h(
      "ol",
      null,
      partings.map(({ label, apart, ask }) => h("li", null, `${label}: ${percent(apart)}. `, ask[0])),
    ),
  );
}

/** @param {Decided} each @param {number} of */
function decision(each, of) {
  return h("section", { class: "cohort-decision" }, h("h4", null, each.label), choices(each, of));
}

/**
 * One decision's choices. The roles say again what the table is: on a narrow screen its cells are laid out as blocks.
 *
 * @param {Decided} decided
 * @param {number} of
 */
function choices({ label, met, choices }, of) {
  const some = met < of ? ` ${met} of ${groupsOf(of)} met this decision.` : "";
  const row = (/** @type {import("./cohort.js").Taken} */ { text, count, defended }) =>
    h(
      "tr",
      { role: "row" },
      h("th", { role: "rowheader", scope: "row" }, text),
      h("td", { role: "cell" }, measure(count, met)),
      h(
        "td",
        { role: "cell", "data-label": defended.length ? "Would be defended by" : null },
        defended.join("; "),
      ),
    );
  return h(
    "table",
    { class: "cohort-table", role: "table" },
    h("caption", null, `What the groups chose at ${label}.${some}`),
    heads("Choice", "Groups", "Defended by"),
    h("tbody", { role: "rowgroup" }, choices.map(row)),
  );
}

/** @param {...string} names */
function heads(...names) {
  return h(
    "thead",
    { role: "rowgroup" },
    h("tr", { role: "row" }, names.map((each) => h("th", { role: "columnheader", scope: "col" }, each))),
  );
}

/** A count with its share, and a bar that says it again. @param {number} count @param {number} of */
function measure(count, of) {
  return h(
    "span",
    { class: "cohort-measure" },
    h("span", null, `${count} of ${of}`),
    h("span", { class: "cohort-bar", "aria-hidden": "true" }, bar(count / of)),
  );
}

/** @param {number} share */
function bar(share) {
  const filled = h("span");
  filled.style.inlineSize = percent(share);
  return filled;
}

/** An act played alone has no ending. */
function stopped() {
  return h("p", null, "An act has no ending of its own: see below where things stood when it was over.");
}

/** @param {Picture} found @param {number} of */
function ended({ endings }, of) {
  const led = endings.some(({ defended }) => defended.length);
  return [
    h(
      "p",
      { class: "hint" },
      "Chance alone is a thousand plays in which every open choice was as likely as the next, counted when this page was made. " +
        "An ending is the story’s word for what came, luck included. It is no mark.",
    ),
    h(
      "table",
      { class: "cohort-table", role: "table" },
      h("caption", null, "How the story ended"),
      heads("Ending", "Groups", "Chance alone", ...(led ? ["Where a defended path leads"] : [])),
      h(
        "tbody",
        { role: "rowgroup" },
        endings.map(({ name, count, random, defended }) =>
          h(
            "tr",
            { role: "row" },
            h("th", { role: "rowheader", scope: "row" }, name),
            h("td", { role: "cell" }, measure(count, of)),
            h("td", { role: "cell", "data-label": "Chance alone" }, percent(random)),
            led && h(
              "td",
              { role: "cell", "data-label": defended.length ? "The path of" : null },
              defended.join("; "),
            ),
          )
        ),
      ),
    ),
  ];
}

/** One indicator: how many groups ended at each value. @param {Picture["standing"][number]} standing */
function strip({ label, min, max, values, middle, random, words }) {
  const said = (/** @type {number} */ value) => {
    const text = word({ min, max, words }, Math.round(value));
    return text ? `${value} (${text})` : String(value);
  };
  const [low, high] = [values[0], values[values.length - 1]];
  const sentence = low === high
    ? `All groups ended at ${said(low)}. `
    : `The groups ended from ${said(low)} to ${said(high)}, the middle one at ${said(middle)}. `;
  const at = Array.from({ length: max - min + 1 }, (_, i) => min + i);
  const counts = at.map((value) => values.filter((each) => each === value).length);
  const most = Math.max(...counts);
  const cell = (/** @type {number} */ count) => {
    const column = h("span", { class: "cohort-column", "aria-hidden": "true" });
    column.style.blockSize = `${2.5 * count / most}rem`;
    return h("td", null, column, count || h("span", { class: "cohort-none" }, "0"));
  };
  return [
    h("h4", null, label),
    h("p", null, sentence, `Chance alone: ${random.toFixed(1)} on average.`),
    at.length <= VALUES_AT_MOST && h(
      "table",
      { class: "cohort-strip" },
      h("caption", null, `How many groups ended at each value of ${label}`),
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", { scope: "row" }, "Value"),
          at.map((value) => h("th", { scope: "col" }, value)),
        ),
      ),
      h("tbody", null, h("tr", null, h("th", { scope: "row" }, "Groups"), counts.map(cell))),
    ),
  ];
}

/** @param {Picture} found @param {string} title of what was played, since a page may have several */
function sureness({ sure }, title) {
  return h(
    "div",
    {
      class: "table-scroll",
      tabindex: 0,
      role: "region",
      "aria-label": `How sure the groups were, by how it ended: ${title}`,
    },
    h(
      "table",
      null,
      h(
        "caption",
        null,
        "How often each was said, at the decisions where it was asked. Being sure and ending well are two things: look for where they come apart.",
      ),
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", { scope: "col" }, "Ending"),
          SURE.map((each) => h("th", { scope: "col" }, each)),
        ),
      ),
      h(
        "tbody",
        null,
        sure.map(({ ending, counts }) =>
          h("tr", null, h("th", { scope: "row" }, ending), counts.map((count) => h("td", null, count)))
        ),
      ),
    ),
  );
}

/** @param {Picture} found */
function agreement({ agreement }) {
  return [
    h(
      "p",
      null,
      "None of these is the answer. A room near one of them has a view to test; a room far from all of them may have seen something else.",
    ),
    h(
      "table",
      { class: "cohort-table", role: "table" },
      h("caption", null, "How often the groups chose as each role would, where both met a decision"),
      heads("Role", "Chose alike", "Chance alone"),
      h(
        "tbody",
        { role: "rowgroup" },
        agreement.map(({ by, met, alike, random }) =>
          h(
            "tr",
            { role: "row" },
            h("th", { role: "rowheader", scope: "row" }, by),
            h("td", { role: "cell" }, met ? measure(alike, met) : "no decision in common"),
            h("td", { role: "cell", "data-label": "Chance alone" }, percent(random)),
          )
        ),
      ),
    ),
  ];
}
