/** The cohort's picture as it stands in the page: first where to spend the time, then how it ended, then the rest. */

import { h } from "../dom.js";
import { ACT_OVER, picture, SURE } from "./cohort.js";
import { measure, strip, table } from "./cohort-tables.js";

/** @typedef {import("./cohort.js").Cohort} Cohort */
/** @typedef {import("./cohort.js").Picture} Picture */
/** @typedef {import("./cohort.js").Decided} Decided */
/** @typedef {import("../dom.js").Child} Child */

/** How many of the decisions at which the room parted are shown whole, with what to ask. */
const MOST = 3;
/** Fewer groups than this are no room: there is nothing to set beside chance. */
const ROOM = 3;

/** What the line is that `measure` draws across a bar. */
const CHANCE =
  "The line across a bar is chance alone: a thousand plays in which every open choice was as likely as the next.";

const groupsOf = (/** @type {number} */ n) => n === 1 ? "1 group" : `${n} groups`;

/** @param {Cohort} cohort @param {boolean} aside whether most groups played something else */
export function pictureOf(cohort, aside) {
  const of = cohort.groups.length;
  const title = h("h2", null, cohort.title, " ", h("span", { class: "hint" }, groupsOf(of)));
  if (of > 1 || !aside) return h("article", { class: "cohort-picture" }, title, parts(cohort));
  const { number } = cohort.groups[0].line;
  return h(
    "article",
    { class: "cohort-picture is-aside" },
    title,
    h(
      "p",
      { class: "exercise-notice" },
      `Only line ${number} has a code of this. If it came by mistake, take the line out.`,
    ),
    h("details", null, h("summary", null, "What this group chose all the same"), parts(cohort)),
  );
}

/** @param {Cohort} cohort @returns {Child} */
function parts(cohort) {
  const found = picture(cohort);
  const of = cohort.groups.length;
  const parted = found.partings.filter(({ apart }) => apart > 0).slice(0, MOST);
  const rest = parted.length ? found.partings.slice(parted.length) : found.decisions;
  return [
    of < ROOM && h(
      "p",
      { class: "exercise-notice" },
      of === 1
        ? "One group is no room to picture, so nothing here is set beside chance."
        : "Two groups are no room to picture, so nothing here is set beside chance.",
    ),
    of > 1 && part(of === 2 ? "Where the two parted" : "Where the room parted most", most(parted, of)),
    part(
      "How it ended",
      found.endings.some(({ name }) => name !== ACT_OVER) ? ended(found, of) : stopped(of),
    ),
    part("Where things stood at the end", found.standing.map((each) => strip(each, of >= ROOM))),
    of >= ROOM && found.sure.length > 0 &&
    part(
      `How sure they were${found.sure.length > 1 ? ", and how it ended for them" : ""}`,
      sureness(found, cohort.title),
    ),
    of >= ROOM && part("Beside the paths that others would defend", agreement(found)),
    rest.length > 0 && part(
      parted.length === 0
        ? "Decision by decision"
        : rest.length === 1
        ? "The other decision"
        : `The other ${rest.length} decisions`,
      h(
        "details",
        null,
        h("summary", null, `What ${of === 1 ? "the group" : "the groups"} chose, and what to ask`),
        rest.map((each) => decision(each, of)),
      ),
    ),
  ];
}

/** @param {string} title @param {...Child} inside */
function part(title, ...inside) {
  return h("section", { class: "cohort-part" }, h("h3", null, title), ...inside);
}

/** @param {Decided[]} parted @param {number} of @returns {Child} */
function most(parted, of) {
  if (!parted.length) return h("p", null, "Nowhere: all groups chose alike.");
  return [
    h(
      "p",
      null,
      of < ROOM
        ? "Spend the time here, and let each say why."
        : "Spend the time here: at these decisions the most pairs of groups chose differently. Where the counts are close, " +
          "take the one with the better question.",
    ),
    h("ol", { class: "cohort-partings" }, parted.map((each) => parting(each, of))),
  ];
}

/** @param {Decided} each @param {number} of */
function parting(each, of) {
  return h(
    "li",
    null,
    h("h4", null, each.label),
    h("p", null, spread(each, of)),
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

/** @param {Decided} each @param {number} of */
function decision(each, of) {
  return h(
    "section",
    { class: "cohort-decision" },
    h("h4", null, each.label),
    of > 1 && h("p", null, spread(each, of)),
    choices(each, of),
    each.ask.length > 0 && h("p", null, h("b", null, "Ask: "), each.ask[0]),
  );
}

/** How many ways the groups went, in words. @param {Decided} decided @param {number} of */
function spread({ met, choices, apart }, of) {
  const ways = choices.filter(({ count }) => count).length;
  if (met === 2 && of === 2) {
    return ways > 1 ? "The two groups chose differently." : "Both groups chose alike.";
  }
  if (met < of) {
    return `${met} of ${of} groups met this decision${met > 1 ? `, and ${went(ways)}` : ""}.${
      differed(apart, of)
    }`;
  }
  return `${ways > 1 ? `The ${of}` : `All ${of}`} groups ${went(ways)}.${differed(apart, of)}`;
}

/** @param {number} ways */
function went(ways) {
  return ways > 1 ? `went ${ways} ways` : "chose alike";
}

/** @param {number} apart @param {number} of */
function differed(apart, of) {
  const pairs = of * (of - 1) / 2;
  return of >= ROOM && apart > 0
    ? ` Of ${pairs} pairs of groups, ${Math.round(apart * pairs)} chose differently.`
    : "";
}

/** @param {Decided} decided @param {number} of */
function choices({ label, met, choices }, of) {
  if (of === 1) return choices.filter(({ count }) => count).map(({ text }) => h("p", null, text));
  return table(
    `What was chosen at ${label}`,
    ["Choice", "Groups"],
    choices.map(({ text, count, defended }) => [[text, by("Defended by", defended)], measure(count, met)]),
  );
}

/** @param {string} what @param {string[]} roles */
function by(what, roles) {
  return roles.length > 0 && h("span", { class: "hint" }, `${what} ${roles.join("; ")}`);
}

/** An act played alone has no ending. @param {number} of @returns {Child} */
function stopped(of) {
  return [
    h("p", null, "An act has no ending of its own: see below where things stood when it was over."),
    of >= ROOM && h("p", { class: "hint" }, CHANCE),
  ];
}

/** @param {Picture} found @param {number} of @returns {Child} */
function ended({ endings }, of) {
  const room = of >= ROOM;
  // Half the square root is the most that counts of so many stray from their mean, as a rule.
  const stray = Math.round(Math.sqrt(of) / 2);
  const luck = ` ${CHANCE} With ${of} groups, ${stray} more or fewer than that says little.`;
  const leads = (/** @type {string[]} */ defended) => by("Leads here: the path of", defended);
  return [
    h(
      "p",
      { class: "hint" },
      "An ending is the story’s word for what came, luck included. It is no mark.",
      room && luck,
    ),
    of === 1
      ? endings.filter(({ count }) => count).map(({ name, defended }) =>
        h("p", null, h("b", null, name), ". ", leads(defended))
      )
      : table(
        "How the story ended",
        ["Ending", "Groups"],
        endings.filter(({ count }) => room || count).map(({ name, count, random, defended }) => [
          [name, leads(defended)],
          measure(count, of, room ? random : null),
        ]),
      ),
  ];
}

/** @param {Picture} found @param {string} title of what was played, since a page may have several @returns {Child} */
function sureness({ sure }, title) {
  const says = `How sure the groups were, by how it ended: ${title}`;
  return [
    h(
      "p",
      { class: "hint" },
      "How often each was said, at the decisions where it was asked.",
      sure.length > 1 && " Being sure and ending well are two things: look for where they come apart.",
    ),
    h(
      "div",
      { class: "table-scroll", tabindex: 0, role: "region", "aria-label": says },
      h(
        "table",
        { class: "cohort-sure" },
        h("caption", null, says),
        h(
          "thead",
          null,
          h("tr", null, ["Ending", ...SURE].map((each) => h("th", { scope: "col" }, each))),
        ),
        h(
          "tbody",
          null,
          sure.map(({ ending, counts }) =>
            h("tr", null, h("th", { scope: "row" }, ending), counts.map((count) => h("td", null, count)))
          ),
        ),
      ),
    ),
  ];
}

/** @param {Picture} found */
function agreement({ agreement }) {
  return [
    h(
      "p",
      null,
      "How often did the groups choose as each role would, of all the times that both met a decision? None of these is the " +
        "answer. A room near one of them has a view to test; a room far from all of them may have seen something else.",
    ),
    table(
      "How often the groups chose as each role would",
      ["Role", "Chose alike"],
      agreement.map((each) => [
        each.by,
        each.met ? measure(each.alike, each.met, each.random) : "no decision in common",
      ]),
    ),
  ];
}
