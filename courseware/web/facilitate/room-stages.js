/** What stands on the screen at each step of the story: heading, text, and the blocks that a long text can be parted at. */

import { h, html } from "../dom.js";
import { consequence, indicators, told } from "../../kinds/scenario/scenes.js";
import { letter, total } from "./room-votes.js";
import { counting, revealed } from "./room-vote.js";
import { tickets } from "./room-luck.js";
import { votesAt } from "./room-session.js";

/** @typedef {import("./room-run.js").Room} Room */
/** @typedef {import("./room-shape.js").Session} Session */
/** @typedef {import("../dom.js").Child} Child */
/**
 * @typedef {object} Shown one screen
 * @property {string | null} trail where one is, without giving the plot away
 * @property {string} title
 * @property {Child} content
 * @property {boolean} [parted] whether its text may be shown in parts
 * @property {string} go the word on the button that goes on; "" where a choice goes on
 * @property {() => void} [draw] puts in what another window counted
 */

/** What everybody is asked, all at once. */
const ASKED = {
  vote: "Which do you choose? Everybody at once, and nobody says why yet.",
  sure: "How sure are you of your letter? Everybody at once.",
  again: "You have talked. Which do you choose now? The same letter or another: everybody at once.",
};
const LEAVE = "You can stop at any time, and nobody asks why.";

/** What a node is called on the screen. @param {any} node @param {number} decided @returns {[string | null, string]} */
export function headed(node, decided) {
  if (node.type === "decision") return [`Decision ${decided + 1}`, node.label ?? "What do you do?"];
  if (node.type === "ending") return ["The end", node.title];
  return [null, node.label ?? (node.type === "chance" ? "What nobody controls" : "The story goes on")];
}

/** The numbers to turn to, as the page has them; nothing where the case asks for no care. @param {Element | null} support */
export function numbers(support) {
  const box = /** @type {HTMLElement | null} */ (support?.cloneNode(true) ?? null);
  if (box) box.hidden = false;
  return box;
}

/** @param {Room} room @param {Element | null} support the numbers of the page @returns {Shown} */
export function opening(room, support) {
  const { scenario, act } = room;
  const { safety } = scenario;
  return {
    trail: act ? scenario.title : null,
    title: act?.title ?? scenario.title,
    content: [
      html(scenario.prompt),
      safety && h("div", null, h("p", { class: "room-care" }, LEAVE), numbers(support)),
      act?.so_far && [h("h3", null, "The story so far"), html(act.so_far)],
    ],
    parted: true,
    go: "Begin",
  };
}

/** @param {Room} room @returns {Shown} */
export function telling(room) {
  const { node, decided, state, steps } = room.place;
  const [trail, title] = headed(node, decided);
  const go = { decision: "To the vote", chance: "Draw", ending: "To the debrief", story: "Go on" };
  const last = steps.at(-1);
  const stood = node.type === "ending" ? [] : indicators(room.scenario, state, last?.before ?? null);
  return {
    trail,
    title,
    content: [told(node), !last && stood],
    parted: true,
    go: go[/** @type {keyof typeof go} */ (node.type)],
  };
}

/** @param {Room} room @returns {Shown} */
export function voting(room) {
  const [trail, title] = headed(room.place.node, room.place.decided);
  const { stage } = room.place;
  const face = counting(room, false);
  return {
    trail: stage === "again" ? `${trail}, after the talk` : trail,
    title,
    content: [
      h("p", { class: "room-lead" }, ASKED[/** @type {keyof typeof ASKED} */ (stage)]),
      face.node,
      h("p", { class: "hint" }, "Press a letter or a number, and type its hands. R shows the counts."),
    ],
    go: "Show the counts",
    draw: face.draw,
  };
}

/** @param {Room} room @returns {Shown} */
export function counted(room) {
  const [trail, title] = headed(room.place.node, room.place.decided);
  return { trail, title, content: revealed(room), go: "" };
}

/**
 * What came of it.
 *
 * @param {Room} room
 * @param {AbortSignal | null} signal where luck is drawn at this moment
 * @returns {Shown}
 */
export function following(room, signal) {
  const { steps, state, decided } = room.place;
  const step = /** @type {import("../../kinds/scenario/run.js").Step} */ (steps.at(-1));
  const [trail, title] = headed(step.node, decided - 1);
  const came = /** @type {HTMLElement} */ (consequence(step));
  const stood = indicators(room.scenario, state, step.before);
  if (step.node.type === "chance") {
    const rest = h("div", null, came, stood);
    return { trail, title, content: [tickets(step, signal, rest), rest], go: "Go on" };
  }
  return { trail, title, content: [took(room, step), came, stood], parted: true, go: "Go on" };
}

/** @param {Room} room @param {import("../../kinds/scenario/run.js").Step} step */
function took(room, { node, taken, before }) {
  const at = node.choices.indexOf(taken);
  const [counts, again] = /** @type {const} */ (["counts", "again"]).map((sheet) =>
    votesAt(/** @type {Session} */ (room.session), room.place.moves.length - 1, before.node, sheet)
  );
  const of = total(counts);
  const then = total(again) > 0 ? `, and ${again[taken.id] ?? 0} after the talk` : "";
  return h(
    "p",
    { class: "chosen" },
    h("b", null, `The room takes ${letter(at)}: `),
    taken.text,
    of > 0 &&
      h("span", { class: "hint" }, ` ${counts[taken.id] ?? 0} of ${of} had chosen it at first${then}.`),
  );
}
