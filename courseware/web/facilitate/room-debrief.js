/** The debrief of a room, one screen at a time: its path, where it parted, who would have gone another way, four questions. */

import { button, h, html } from "../dom.js";
import { encode } from "../../kinds/scenario/code.js";
import { CONFIDENCE } from "../../kinds/scenario/decision.js";
import { opening, untold } from "../../kinds/scenario/partings.js";
import { indicators, reading, why } from "../../kinds/scenario/scenes.js";
import { titleOf } from "../../kinds/scenario/words.js";
import { defended, table } from "./room-beside.js";
import { furthest, made, parts } from "./room-session.js";
import { numbers } from "./room-stages.js";
import { bars, more } from "./room-vote.js";
import { degree, inWords, leaders, letter, movedInWords, sureInWords, total } from "./room-votes.js";

/** @typedef {import("./room-run.js").Room} Room */
/** @typedef {import("./room-stages.js").Shown} Shown */
/** @typedef {import("./room-shape.js").Session} Session */
/** @typedef {import("./room-session.js").Made} Made */
/** @typedef {import("./room-session.js").Part} Part */

/**
 * @param {Room} room
 * @param {number} [at] which screen of it
 * @param {Element | null} [support] the numbers of the page
 * @returns {Shown}
 */
export function debriefing(room, at = room.place.part, support = null) {
  const all = parts(room.scenario);
  const part = all[at];
  const faces = { ended, path, parted, role: defended, table, question, plan, code };
  const { title, content, whole } = faces[part.kind](room, part, support);
  return {
    trail: `Debrief, ${at + 1} of ${all.length}`,
    title,
    content,
    parted: !whole,
    go: at < all.length - 1 ? "Go on" : "",
  };
}

/** @param {Room} room @returns {Made[]} */
function decided(room) {
  return made(room.place, /** @type {Session} */ (room.session));
}

/** @typedef {{title: string, content: import("../dom.js").Child, whole?: boolean}} Face */

/** @param {Room} room @returns {Face} */
function ended(room) {
  const { state, node } = room.place;
  const { scenario } = room;
  const ending = node.type === "ending" ? state.node : null;
  const act = room.act?.id ?? null;
  const rest = untold(scenario, act);
  return {
    title: ending ? `How it ended: ${titleOf(scenario, ending)}` : "How it stands at the end of the act",
    content: [
      indicators(scenario, state, null, true),
      html(opening(scenario, act)),
      ending && node.learned && html(node.learned),
      rest && h("p", { class: "chosen" }, rest),
    ],
  };
}

/** @param {Room} room @returns {Face} */
function path(room) {
  const all = decided(room);
  const most = furthest(all);
  const counted = all.some(({ counts }) => total(counts));
  return {
    title: "What this room did",
    content: [
      h(
        "p",
        { class: "room-lead" },
        most
          ? `It parted most at decision ${most.number}. That is where the time is best spent.`
          : counted
          ? "At every decision that was counted, everybody chose alike."
          : "No hands were counted on the way.",
      ),
      h("ol", { class: "room-path" }, all.map((each) => made_(each, each === most))),
    ],
  };
}

/** @param {Made} each @param {boolean} most */
function made_({ step, number, counts, sure, again }, most) {
  const { choices, label } = step.node;
  const at = choices.indexOf(step.taken);
  const said = (/** @type {import("./room-votes.js").Counts} */ hands) =>
    choices.map((/** @type {any} */ { id }, /** @type {number} */ i) => `${letter(i)} ${hands[id] ?? 0}`)
      .join(" · ");
  const first = leaders(counts);
  return h(
    "li",
    { class: most ? "is-most" : null },
    h("p", { class: "trail" }, `Decision ${number}`, label && ` · ${label}`),
    h("p", null, h("b", null, `${letter(at)} `), step.taken.text),
    total(counts) > 0 && h(
      "p",
      { class: "room-figure" },
      said(counts),
      total(again) > 0 && `, then ${said(again)}`,
      ". ",
      degree(counts),
      !first.includes(step.taken.id) && " The room took a choice that had not the most hands.",
      most && h("b", null, " Here the room parted most."),
    ),
    more([movedInWords(counts, again), sureInWords(sure, CONFIDENCE)]),
  );
}

/** @param {Room} room @returns {Face} */
function parted(room) {
  const most = furthest(decided(room));
  if (!most) {
    return {
      title: "Where we parted",
      content: h(
        "p",
        { class: "room-question" },
        "No count parts this room. Which decision did you find hardest, and what would have made you choose another way?",
      ),
    };
  }
  const { step, number, counts, sure, again } = most;
  const { choices, label } = step.node;
  return {
    title: `Where we parted: decision ${number}${label ? `, ${label}` : ""}`,
    content: [
      h("p", { class: "room-lead" }, inWords(choices, counts)),
      more([movedInWords(counts, again), sureInWords(sure, CONFIDENCE)]),
      bars(choices, [counts, again]),
      h(
        "details",
        { class: "room-why" },
        h("summary", null, "Why each does what it does"),
        choices.map((/** @type {any} */ each, /** @type {number} */ at) => [
          h("p", null, h("b", null, `${letter(at)} `), each.text),
          html(each.feedback.consequence),
          why(each.feedback),
        ]),
      ),
    ],
    whole: true,
  };
}

/** @param {Room} _ @param {Part} part @returns {Face} */
function question(_, { which }) {
  return { title: "After the action", content: h("p", { class: "room-question" }, which.text) };
}

/** @param {Room} room @returns {Face} */
function plan({ scenario }) {
  return {
    title: "Your own case, and one plan",
    content: [
      html(scenario.debrief.own_case),
      h("p", { class: "room-question" }, scenario.debrief.if_then),
      h("p", { class: "hint" }, "Everybody writes their own. Nobody need read it out."),
    ],
  };
}

/** @param {Room} room @param {Part} _ @param {Element | null} support @returns {Face} */
function code(room, _, support) {
  const { scenario } = room;
  const { moves } = room.place;
  const { seed } = /** @type {Session} */ (room.session);
  let text;
  try {
    text = encode(scenario, { act: room.act?.id ?? null, seed, moves });
  } catch {
    text = "";
  }
  const { state } = room.place;
  return {
    title: "This room’s run, as a code",
    content: [
      text ? h("p", { class: "room-code-text" }, text) : h("p", null, "This run has no code."),
      h(
        "p",
        { class: "hint" },
        "It holds what was chosen and how luck fell, no count of hands and no name. Put it with other rooms’ codes on the " +
          "page of codes.",
      ),
      h(
        "p",
        null,
        Object.entries(scenario.indicators).map(([key, each]) =>
          `${/** @type {any} */ (each).label} ${reading(each, state.indicators[key])}`
        ).join("; "),
        ".",
      ),
      numbers(support),
      h(
        "div",
        { class: "again" },
        button("Print the room’s debrief", () => print(), { quiet: true }),
        button("Finish, and forget this session", () => room.forget(), { quiet: true }),
      ),
    ],
    whole: true,
  };
}

/** All of it, one after the other, for paper. @param {Room} room */
export function onPaper(room) {
  return parts(room.scenario).map((_, at) => {
    const { trail, title, content } = debriefing(room, at);
    return h("section", null, h("p", { class: "trail" }, trail), h("h2", null, title), content);
  });
}
