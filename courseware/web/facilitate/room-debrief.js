/** The debrief of a room, one screen at a time: its path, where it parted, who would have gone another way, four questions. */

import { button, h, html } from "../dom.js";
import { encode } from "../../kinds/scenario/code.js";
import { CONFIDENCE } from "../../kinds/scenario/decision.js";
import {
  compare,
  defence,
  opening,
  partedFrom,
  role,
  thisRun,
  untold,
} from "../../kinds/scenario/partings.js";
import { indicators, reading, why } from "../../kinds/scenario/scenes.js";
import { titleOf } from "../../kinds/scenario/words.js";
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

/** @param {Room} room */
function run(room) {
  const { steps, state } = room.place;
  return thisRun(room.scenario, { act: room.act?.id ?? null }, { steps, state, whole: true });
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

/** @param {Room} room @param {Part} part @returns {Face} */
function defended(room, { which }) {
  const { scenario } = room;
  const path = role(scenario, which);
  const found = partedFrom(scenario, run(room), path);
  const [ours, theirs] = [found.run?.step, found.role?.step];
  const { argues, ended } = defence(scenario, which, room.act?.id ?? null);
  return {
    title: which.by,
    content: [
      h("p", { class: "trail" }, "One of the ways that somebody would defend. None is the answer."),
      html(argues),
      found.nothing &&
      h("p", { class: "chosen" }, "This path and the room’s never come to the same decision."),
      !found.nothing && !ours &&
      h("p", { class: "chosen" }, "At every decision that both face, it goes as the room went."),
      ours && theirs && h(
        "div",
        { class: "room-against" },
        h("p", null, h("b", null, `Parts from the room at decision ${found.run?.number}. `), ours.node.label),
        h("p", { class: "chosen" }, h("b", null, "The room: "), ours.taken.text),
        h("p", { class: "chosen" }, h("b", null, "This path: "), theirs.taken.text),
      ),
      !argues && theirs && [
        h("p", { class: "trail" }, "What speaks for that, and what it costs"),
        why(theirs.taken.feedback),
      ],
      ended && h("p", null, h("b", null, "It ends: "), ended),
    ],
  };
}

/** The room's choices beside those of each defended path. @param {Room} room @returns {Face} */
function table(room) {
  const { scenario } = room;
  const own = run(room);
  /** @type {import("../../kinds/scenario/partings.js").Side[]} */
  const paths = scenario.debrief.defended.map((/** @type {any} */ each) => role(scenario, each));
  const beside = paths.map((path) => compare(scenario, own, path));
  const rows = decided(room).map(({ step, number, counts }) => {
    const at = (/** @type {any} */ taken) => letter(step.node.choices.indexOf(taken));
    const others = beside.map(({ rows }) => {
      const met = rows.find(({ points: [a, b] }) => a?.step === step && b)?.points[1];
      return met ? at(met.step.taken) : "not there";
    });
    const first = leaders(counts).map((id) =>
      letter(step.node.choices.findIndex((/** @type {any} */ each) => each.id === id))
    );
    return h(
      "tr",
      null,
      h("th", { scope: "row" }, `${number}. `, step.node.label),
      h("td", null, first.join(", ") || "–"),
      h("td", null, h("b", null, at(step.taken))),
      others.map((each) => h("td", { class: each === at(step.taken) ? null : "differs" }, each)),
    );
  });
  const heads = ["Decision", "Most hands", "The room took", ...paths.map(({ short }) => short)];
  const caption = "By letter: what most chose at first, what the room took, and what each path takes there";
  return {
    title: "The room’s path beside the others",
    content: h(
      "div",
      { class: "table-scroll", tabindex: 0, role: "region", "aria-label": caption },
      h(
        "table",
        null,
        h("caption", null, caption),
        h("thead", null, h("tr", null, heads.map((each) => h("th", { scope: "col" }, each)))),
        h("tbody", null, rows),
      ),
    ),
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
