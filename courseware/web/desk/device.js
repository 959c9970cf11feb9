/** Whose device this is, what that means in plain words, and a way to change it. */

import { fill, focusOn, h } from "../dom.js";
import { question } from "../machine.js";

/** @typedef {import("./frame.js").Desk} Desk */

const SEEN = "What is kept in a browser can be seen by whoever can open that browser. On a device of your " +
  "employer’s, that can be your employer.";
const MEANS = {
  own:
    "You said that only you use this device. Your work is kept in this browser until you erase it, and is here when you " +
    "come back.",
  shared:
    "You said that others use this device too. Your work is kept for this tab alone, and is gone when you close it.",
  unsaid:
    "You have not said yet whether this device is yours. Until you do, your work is kept for this tab alone.",
};

/**
 * @param {Desk} desk
 * @returns {HTMLElement} a section that keeps itself up to date
 */
export function device({ store, say }) {
  const heading = h("h2", null, "This device");
  const inside = h("div");
  const draw = () => {
    const current = store.machine();
    const done = () => {
      focusOn(heading);
      say(MEANS[store.machine() ?? "unsaid"]);
    };
    const form = question(store, { name: "desk-machine", current, done });
    fill(
      inside,
      h("p", null, MEANS[current ?? "unsaid"]),
      h("p", null, SEEN),
      current ? h("details", null, h("summary", null, "Change this"), form) : form,
    );
  };
  store.onMachine(draw);
  draw();
  return h("section", { class: "desk-part" }, heading, inside);
}
