/** Before a session: what to play, what is kept, the second window. Or go on with what a crash or a closed laptop broke off. */

import { button, choice, fill, h } from "../dom.js";
import { moment } from "../when.js";
import { headed } from "./room-stages.js";

/** @typedef {import("./room-run.js").Room} Room */

const LUCK = 0xffff;

/**
 * @param {Room} room
 * @param {HTMLElement} root
 * @param {{start: () => void, openKey: () => boolean, print: (act: string | null) => void}} ways
 * @returns {() => void}
 */
export function setupFace(room, root, { start, openKey, print }) {
  const { scenario } = room;
  const said = h("p", { class: "exercise-notice", hidden: true });
  const say = (/** @type {string} */ text) => {
    said.hidden = false;
    said.textContent = text;
    room.say(text);
  };
  const acts = scenario.acts.map((/** @type {any} */ { id, title, minutes }, /** @type {number} */ i) =>
    radio(id, `${title}: ${minutes} minutes`, i === 0)
  );
  const length = scenario.minutes.group ?? scenario.minutes.solo;
  const part = acts.length > 0 && h(
    "fieldset",
    { class: "choices" },
    h("legend", null, "What to play"),
    acts,
    radio("", `All of it: ${length} minutes`, false),
  );
  const clock = box(
    "room-clock",
    "Start the clock with each decision. It can be stopped, hidden, or turned on by hand.",
    true,
  );
  const shared = room.keep.store.machine() === "shared";
  const lasting = box(
    "room-keep",
    "Keep the session on this machine until I forget it, so that it can go on after a crash.",
    !shared,
  );
  const seed = h("input", {
    type: "text",
    id: "room-seed",
    inputmode: "numeric",
    maxlength: 5,
    autocomplete: "off",
  });
  const luck = h(
    "details",
    null,
    h("summary", null, "The same luck as another room"),
    h(
      "div",
      { class: "field" },
      h("label", { for: seed.id }, `Luck number, 1 to ${LUCK}`),
      h("p", { class: "hint" }, "Rooms with the same number draw the same. Leave it empty to draw afresh."),
      seed,
    ),
  );
  const chosen = () => {
    const mark = /** @type {HTMLInputElement | null} */ (root.querySelector("input[name=room-act]:checked"));
    return mark?.value || null;
  };
  const begin = () => {
    const typed = seed.value.trim();
    const number = Number(typed);
    if (typed && !(Number.isInteger(number) && number >= 1 && number <= LUCK)) {
      say(`The luck number must be a whole number from 1 to ${LUCK}.`);
      luck.open = true;
      return seed.focus();
    }
    const drawn = 1 + Math.floor(Math.random() * LUCK);
    room.begin({ act: chosen(), seed: typed ? number : drawn, auto: on(clock) }, on(lasting));
    start();
  };
  const key = () => {
    if (openKey()) return;
    said.hidden = false;
    const address = `${location.href.split("#")[0]}#key`;
    fill(
      said,
      "The browser did not open the second window. Open one yourself and go to this address: ",
      h("a", { href: address, target: "_blank" }, address),
    );
    room.say("The second window was blocked. Its address is on the page.");
  };
  const kept = h("div");
  fill(
    root,
    kept,
    said,
    part,
    h("div", { class: "choices" }, clock, lasting),
    h(
      "p",
      { class: "hint" },
      "Choices and counts are kept, and nothing about anybody.",
      shared &&
        " You have called this machine shared: unless you choose otherwise, all goes when this tab closes.",
    ),
    luck,
    h(
      "div",
      { class: "exercise-moves" },
      button("Start on this screen", begin),
      button("Open the key in a second window", key, { quiet: true }),
      button("Print the key", () => print(chosen()), { quiet: true }),
    ),
  );
  return () => fill(kept, keptOf(room, root, start));
}

/** What was broken off, and the ways on from it. @param {Room} room @param {HTMLElement} root @param {() => void} start */
function keptOf(room, root, start) {
  if (room.keep.broken) {
    return h(
      "p",
      { class: "exercise-notice" },
      "What was kept of an earlier session cannot be read, so it cannot go on. Starting takes its place.",
    );
  }
  if (!room.session) return null;
  const { stage, node, decided } = room.place;
  const [trail] = headed(node, decided);
  const at = stage === "debrief"
    ? "the debrief"
    : stage === "opening"
    ? "the beginning"
    : trail ?? "where it stopped";
  const where =
    { device: "on this machine", tab: "in this tab", memory: "in this page only" }[room.keep.where()];
  return h(
    "section",
    { class: "room-kept", "aria-label": "An earlier session" },
    h("p", null, h("b", null, room.title), ` is kept ${where}, from ${moment(room.saved)}.`),
    h(
      "div",
      { class: "exercise-moves" },
      button(`Go on from ${at}`, () => (room.resume(), start())),
      button("Forget it", () => {
        room.forget();
        room.say("It is forgotten.");
        root.querySelector("input")?.focus();
      }, { quiet: true }),
    ),
    h("p", { class: "hint" }, "Or start again below: that takes its place."),
  );
}

/** @param {string} value @param {string} words @param {boolean} checked */
function radio(value, words, checked) {
  return choice({ type: "radio", name: "room-act", value, checked }, words);
}

/** @param {string} name @param {string} words @param {boolean} checked */
function box(name, words, checked) {
  return choice({ type: "checkbox", name, value: "on", checked }, words);
}

/** @param {HTMLElement} label */
function on(label) {
  return label.querySelector("input")?.checked ?? false;
}
