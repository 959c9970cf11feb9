/** The key: the second window, for whoever runs the room. The notes, the counts as they come in, and what each choice leads to. */

import { button, fill, h, html } from "../dom.js";
import { untold } from "../../kinds/scenario/partings.js";
import { told } from "../../kinds/scenario/scenes.js";
import { clockFace } from "./room-clock.js";
import { debriefing } from "./room-debrief.js";
import { bindKeys, help } from "./room-keys.js";
import { followsOf, notesOf } from "./room-notes.js";
import { furthest, made, parts } from "./room-session.js";
import { headed } from "./room-stages.js";
import { inWords } from "./room-votes.js";
import { counting, revealed } from "./room-vote.js";

/** @typedef {import("./room-run.js").Room} Room */
/** @typedef {import("./room-shape.js").Session} Session */

const ON = {
  opening: "The room reads what the case is about.",
  told: "The room reads.",
  vote: "The room votes. Nobody sees the counts but you.",
  sure: "The room says how sure it is. Nobody sees the counts but you.",
  shown:
    "The room sees the counts. Let it talk. Vote again if you like, then take what it decides; most hands need not win.",
  again: "The room has talked, and votes again. Nobody sees the counts but you.",
  after: "The room reads what came of it.",
  debrief: "The room is at the debrief.",
};
/** What to do at each screen of the debrief. */
const AT = {
  ended: "Let it sink in. Ask what luck did and what the room did, before anybody says whether it was right.",
  path: "Do not go through it line by line. Ask who would now go back, and to where.",
  parted: "Spend the most time here. Let somebody who was in the smaller part speak first.",
  table: "Ask where the room and a path part, and what the other side could see that the room could not.",
  role: "Read it aloud, or let somebody read it. Ask what would have to be true for it to be right.",
  question:
    "One minute alone, in writing. Then ask, count to ten, and let somebody who has not spoken begin.",
  plan: "Four minutes in silence, in one sentence. Nobody reads it out unless they want to.",
  code: "Write the code down if you put several rooms together.",
};

/**
 * @param {Room} room
 * @param {HTMLElement} root
 * @param {{print: () => void, signal: AbortSignal}} ways
 * @returns {() => void} draws what the session now shows
 */
export function keyFace(room, root, { print, signal }) {
  const clock = clockFace(room, signal);
  const inside = h("div");
  const printing = button("Print the key", print, { quiet: true });
  fill(
    root,
    h("p", { class: "room-private" }, "Facilitator’s key: not for the projector"),
    inside,
    h("div", { class: "room-foot" }, printing),
  );
  bindKeys(room, root, {
    full: () => {},
    key: () => {},
    help: () => (root.append(help()), root.querySelector("dialog")?.showModal()),
    notes: () => {},
  }, signal);
  let drawn = "";
  /** @type {(() => void) | null} */
  let patch = null;
  const view = h("p", { class: "hint" });
  return () => {
    const { session } = room;
    clock.draw();
    const sign = session ? JSON.stringify([session.act, session.seed, session.log]) : "none";
    if (session) {
      const { view: seen, log } = session;
      view.textContent = seen.at === log.length && seen.pages > 1
        ? `Part ${seen.page + 1} of ${seen.pages} is on the screen.`
        : "";
    }
    if (sign === drawn) return patch?.();
    const inFocus = root.contains(document.activeElement);
    drawn = sign;
    patch = null;
    if (!session) {
      fill(
        inside,
        h("h2", { tabindex: -1 }, "Nothing has begun"),
        h("p", null, "Start on the screen, in the other window. This one follows it."),
      );
    } else {
      const face = sectionsOf(room);
      patch = face.draw;
      const [trail, title] = titleOf(room);
      const heading = h("h2", { tabindex: -1 }, trail && h("span", { class: "trail" }, trail), title);
      fill(
        inside,
        h("p", { class: "room-where" }, room.title),
        heading,
        h("p", null, ON[room.place.stage]),
        view,
        clock.node,
        h("div", { class: "room-moves" }, moves(room)),
        face.sections,
      );
    }
    if (inFocus) inside.querySelector("h2")?.focus();
  };
}

/** @param {Room} room @returns {[string | null, string]} */
function titleOf(room) {
  const { stage, node, decided, steps } = room.place;
  if (stage === "opening") return [null, "The opening"];
  if (stage === "debrief") {
    const { trail, title } = debriefing(room);
    return [trail, title];
  }
  const last = steps.at(-1);
  return stage === "after" && last ? headed(last.node, decided - 1) : headed(node, decided);
}

/** @param {Room} room */
function moves(room) {
  const { stage, node, part } = room.place;
  const at = room.session?.log.length;
  const back = button("Back one step", () => room.back(), { quiet: true });
  const last = stage === "debrief" && part === parts(room.scenario).length - 1;
  if (room.isVoting) {
    return [
      back,
      button("Go on without a count", () => room.do({ do: "reveal" }, at), { quiet: true }),
      stage === "vote" && button("How sure?", () => room.do({ do: "sure" }, at), { quiet: true }),
      button("Show the counts", () => room.reveal()),
    ];
  }
  if (stage === "shown") {
    return [back, button("Vote again, after the talk", () => room.do({ do: "again" }, at), { quiet: true })];
  }
  const words = stage === "told" && node.type === "decision"
    ? "To the vote"
    : stage === "told" && node.type === "chance"
    ? "Draw"
    : "Go on";
  return [back, !last && button(words, () => room.next())];
}

/** @param {Room} room @returns {{sections: any, draw: (() => void) | null}} */
function sectionsOf(room) {
  const { stage, node, steps, state } = room.place;
  if (stage === "debrief") return { sections: debriefNotes(room), draw: null };
  const deciding = node.type === "decision" && stage !== "opening" && stage !== "after";
  if (room.isVoting || stage === "shown") {
    const face = counting(room, true);
    const so = h("p", { class: "room-lead" });
    const draw = () => {
      face.draw();
      so.textContent = stage === "sure" ? "" : inWords(room.ballot, room.counts);
    };
    draw();
    const hands = [h("h3", null, "Hands"), face.node, so];
    return {
      sections: [
        stage === "shown" && [h("h3", null, "What the room takes"), revealed(room)],
        room.isVoting && hands,
        h("h3", null, "Notes"),
        notesOf(room.note),
        h("h3", null, "What follows each"),
        followsOf(node, true),
      ],
      draw: room.isVoting ? draw : null,
    };
  }
  const next = stage === "after" || stage === "opening" ? room.scenario.nodes[state.node] : null;
  const before = steps.at(-1);
  return {
    sections: [
      deciding && [
        h("h3", null, "Notes"),
        notesOf(room.note),
        h("h3", null, "What follows each"),
        followsOf(node, true),
      ],
      stage === "after" && before?.node.type === "decision" && [
        h("h3", null, "Notes for what they have just decided"),
        notesOf(room.noteOf(before.before.node)),
      ],
      next && next.type !== "ending" && [
        h("h3", null, "Next"),
        h("p", null, headed(next, room.place.decided).filter(Boolean).join(": ")),
      ],
      stage === "told" && h(
        "details",
        { class: "room-aloud" },
        h("summary", null, "What the room reads, to read aloud"),
        told(node),
      ),
    ],
    draw: null,
  };
}

/** @param {Room} room */
function debriefNotes(room) {
  const part = parts(room.scenario)[room.place.part];
  const most = furthest(made(room.place, /** @type {Session} */ (room.session)));
  const about = ["path", "parted", "question"].includes(part.kind) && most;
  return [
    h("h3", null, "Here"),
    h("p", null, AT[part.kind]),
    part.kind === "question" && h("p", { class: "room-lead" }, part.which.text),
    part.kind === "role" && untold(room.scenario, room.act?.id ?? null) && h(
      "details",
      null,
      h("summary", null, "What they say once the whole story is over: it tells what comes later"),
      html(part.which.argues),
    ),
    about && [
      h("h3", null, `Where the room parted most: decision ${about.number}, ${about.step.node.label ?? ""}`),
      h("p", null, inWords(about.step.node.choices, about.counts)),
      notesOf(room.noteOf(about.step.before.node)),
    ],
  ];
}
