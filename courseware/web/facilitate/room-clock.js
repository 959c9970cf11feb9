/** The clock of a decision: silent, and it never chooses. Whoever runs the room can stop it, hide it, or give a minute more. */

import { button, fill, h } from "../dom.js";
import { leftOf } from "./room-time.js";

/** @typedef {import("./room-run.js").Room} Room */
/** @typedef {import("./room-shape.js").Clock} Clock */

/** With less motion asked for, the figures change this seldom, in seconds. */
const CALM = 10;

/** `4:05`; nothing is said of seconds that are already over. @param {number} ms @param {number} [step] in seconds */
export function figures(ms, step = 1) {
  const seconds = Math.max(0, Math.ceil(ms / 1000 / step) * step);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** @param {Clock} clock @param {number} now @param {boolean} calm */
export function reads(clock, now, calm) {
  const left = leftOf(clock, now);
  if (left <= 0) return "Time is up";
  return figures(left, calm && clock.ends !== null ? CALM : 1);
}

/**
 * @param {Room} room
 * @param {AbortSignal} signal ends with the face that it stands in
 * @returns {{node: HTMLElement, draw: () => void}}
 */
export function clockFace(room, signal) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const time = h("span", { class: "room-time", role: "timer", "aria-label": "Time left" });
  const still = h("span", { class: "room-still" });
  const pause = button("Pause", () => room.pause(), { quiet: true, "aria-keyshortcuts": "P" });
  const more = button("One minute more", () => room.longer(), { quiet: true, "aria-keyshortcuts": "M" });
  const node = h(
    "div",
    { class: "room-clock", role: "group", "aria-label": "Clock" },
    time,
    still,
    pause,
    more,
  );
  const tick = () => {
    const { clock } = room.session ? room : { clock: null };
    if (!clock) return;
    const said = reads(clock, Date.now(), calm.matches);
    if (time.textContent !== said) time.textContent = said;
  };
  const draw = () => {
    const { session } = room;
    const clock = session && !session.hidden ? room.clock : null;
    // A button that has focus must not go from under it: the clock goes with its decision, when focus has moved.
    node.hidden = !clock;
    if (!clock) return;
    const stands = clock.ends === null;
    const none = stands && clock.left === 0;
    fill(still, stands && !none && "paused");
    pause.textContent = stands ? "Go on" : "Pause";
    pause.hidden = none;
    tick();
    if (none) time.textContent = "No time set";
  };
  const timer = setInterval(tick, 250);
  signal.addEventListener("abort", () => clearInterval(timer));
  return { node, draw };
}
