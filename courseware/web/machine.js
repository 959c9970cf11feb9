/**
 * "Is this device yours?", asked once, and the line at the foot of each exercise that says what is kept where.
 */

import { choice, fault, fill, h } from "./dom.js";

/** @typedef {import("./backing.js").Saved} Saved */
/** @typedef {import("./backing.js").Backing} Backing */
/** @typedef {import("./store.js").Store} Store */

/** To stand before the first box in which somebody writes. */
export const CAUTION = "Notes kept on an employer’s machine may be seen by the employer: name no one.";

const WHERE = {
  device: "Saved on this device",
  tab: "Kept until this tab closes",
  memory: "Not saved: this browser does not allow it",
  notebook: "Kept in this notebook while it runs",
};
const OWN = "Only I use this device: keep my progress here.";
const SHARED = "Others use it too: keep nothing after I close this tab.";

/**
 * The question, as a form in the page: nothing is chosen beforehand, and nothing waits for it.
 *
 * @param {Store} store
 * @param {{name: string, current?: string | null, done: () => void}} options `name` is unique in the page
 */
export function question(store, { name, current = null, done }) {
  const error = h("p", { class: "exercise-error", id: `${name}-error` });
  const radio = (/** @type {"own" | "shared"} */ value, /** @type {string} */ words) =>
    choice({ type: "radio", name, value, checked: current === value }, words);
  const form = h(
    "form",
    {
      class: "machine",
      novalidate: true,
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        const chosen = /** @type {HTMLInputElement | null} */ (form.querySelector("input:checked"));
        if (chosen) {
          store.setMachine(chosen.value === "own" ? "own" : "shared");
          return done();
        }
        fault(error, "Choose one of the two.", form.querySelector("input"));
      },
    },
    h(
      "fieldset",
      { onchange: () => error.textContent = "" },
      h("legend", null, "Is this device yours?"),
      h("p", { class: "hint" }, CAUTION),
      error,
      radio("own", OWN),
      radio("shared", SHARED),
    ),
    h("button", { type: "submit", class: "exercise-button quiet" }, "Set this"),
  );
  return form;
}

/**
 * The foot of an exercise: the question while it is open, then a folded line that says where the work is and lets the
 * learner change it.
 *
 * @param {Backing} backing
 * @param {{id: string, say: (text: string) => void, signal: AbortSignal}} exercise
 */
export function savingFoot(backing, { id, say, signal }) {
  const { store } = backing;
  const word = h("span", { class: "exercise-saved" });
  const inside = h("div", { class: "saving-inside" });
  const summary = h("summary", null, "Saving", word);
  const line = h("details", { class: "exercise-saving" }, summary, inside);
  const slot = h("div", { class: "machine-slot" });
  const foot = h("div", { class: "exercise-foot" }, slot, line);
  /** @type {string | undefined} */
  let why;
  let shown = "";

  const draw = () => {
    const current = store?.machine() ?? null;
    if (current) fill(slot);
    const rows = store && (current || !slot.firstChild)
      ? question(store, { name: `${id}-saving`, current, done: answered })
      : h("p", { class: "hint" }, CAUTION);
    fill(inside, why && h("p", null, why), displaced(backing, draw), rows);
  };
  const place = () => {
    shown = WHERE[backing.place()];
    word.textContent = ` · ${shown}`;
  };
  const answered = () => {
    line.open = false;
    summary.focus();
    say(shown);
  };
  const changed = () => {
    if (shown) place();
    draw();
  };
  if (store) signal.addEventListener("abort", store.onMachine(changed));
  draw();

  return {
    foot,
    /** Ask, if nobody has answered yet and the question is not already there. */
    ask() {
      if (!store || store.machine() || slot.firstChild) return;
      fill(slot, question(store, { name: `${id}-machine`, done: answered }));
      draw();
    },
    /** Say where the record lies. @param {Saved} [saved] what has just been saved */
    show(saved) {
      const before = why;
      why = saved?.why;
      place();
      // Drawn again only when there is something new to say: somebody may be in the middle of answering.
      if (before !== why || backing.aside?.().length) draw();
    },
  };
}

/**
 * What this exercise held in another tab when this one was saved over it.
 *
 * @param {Backing} backing
 * @param {() => void} redraw
 */
function displaced(backing, redraw) {
  const texts = backing.aside?.() ?? [];
  if (!texts.length) return null;
  const drop = () => {
    backing.dropAside?.();
    redraw();
  };
  return h(
    "div",
    { class: "set-aside" },
    h(
      "p",
      null,
      "Written in another tab or on another device, and kept here because a later save took its place:",
    ),
    h("ul", null, texts.map((text) => h("li", null, text))),
    h("button", { type: "button", class: "exercise-button quiet", onclick: drop }, "Delete this copy"),
  );
}
