/** The debrief of a room: its path beside each of those that somebody would defend. */

import { h, html } from "../dom.js";
import { compare, defence, partedFrom, role, thisRun } from "../../kinds/scenario/partings.js";
import { why } from "../../kinds/scenario/scenes.js";
import { made } from "./room-session.js";
import { leaders, letter } from "./room-votes.js";

/** @typedef {import("./room-run.js").Room} Room */
/** @typedef {import("./room-session.js").Part} Part */
/** @typedef {import("./room-debrief.js").Face} Face */

/** @param {Room} room @param {Part} part @returns {Face} */
export function defended(room, { which }) {
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
export function table(room) {
  const { scenario } = room;
  const own = run(room);
  /** @type {import("../../kinds/scenario/partings.js").Side[]} */
  const paths = scenario.debrief.defended.map((/** @type {any} */ each) => role(scenario, each));
  const beside = paths.map((path) => compare(scenario, own, path));
  const rows = made(room.place, /** @type {any} */ (room.session)).map(({ step, number, counts }) => {
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

/** @param {Room} room */
function run(room) {
  const { steps, state } = room.place;
  return thisRun(room.scenario, { act: room.act?.id ?? null }, { steps, state, whole: true });
}
