/** A decision: what is asked first, the choices as native radios, and a timer for those who want one. */

import { button, choice, fault, h } from "../../web/dom.js";

/** @typedef {{choice: any, open: boolean, reason: string | null}} Option */
/** @typedef {{rationale?: string, confidence?: string}} Asked */

/** How sure somebody is, least to most; what is kept, and the word shown. */
export const CONFIDENCE = { guess: "a guess", "fairly-sure": "fairly sure", sure: "sure" };

/**
 * The form of one decision.
 *
 * @param {any} node
 * @param {Option[]} options
 * @param {object} face
 * @param {string} face.id unique in the page, for names and ids
 * @param {Asked} face.draft what was written here before
 * @param {HTMLElement | null} face.caution said before the first box of a run
 * @param {(text: string) => void} face.say
 * @param {(draft: Asked) => void} face.typing called while somebody writes
 * @param {(move: string, asked: Asked) => void} face.choose
 */
export function decisionForm(node, options, { id, draft, caution, say, typing, choose }) {
  const error = h("p", { class: "exercise-error", id: `${id}-error` });
  const asks = (/** @type {string} */ what) => node.ask_first.includes(what);
  const box = asks("rationale") ? rationale(id, draft.rationale ?? "", () => typing(given())) : null;
  const sure = asks("confidence") ? confidence(id, draft.confidence, () => typing(given())) : null;
  const given = () => {
    const text = box?.querySelector("textarea")?.value.trim();
    const mark = sure?.querySelector("input:checked");
    return {
      ...(text ? { rationale: text } : {}),
      ...(mark instanceof HTMLInputElement ? { confidence: mark.value } : {}),
    };
  };
  const choices = h(
    "fieldset",
    { class: "choices", onchange: () => error.textContent = "" },
    h("legend", null, "What do you do?"),
    error,
    options.map((option) => row(option, id, say)),
  );
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const mark = /** @type {HTMLInputElement | null} */ (choices.querySelector("input:checked"));
    if (mark && mark.getAttribute("aria-disabled") !== "true") return choose(mark.value, given());
    fault(error, "Choose one of these, then continue.", choices.querySelector("input:not([aria-disabled])"));
  };
  return h(
    "form",
    { class: "decision", novalidate: true, onsubmit: submit },
    box && [caution, box],
    choices,
    sure,
    h("button", { type: "submit", class: "exercise-button" }, "Continue"),
  );
}

/**
 * One choice. A locked one can be reached and says why it is locked; it only refuses to be marked.
 *
 * @param {Option} option
 * @param {string} id
 * @param {(text: string) => void} say
 */
function row({ choice: { id: value, text }, open, reason }, id, say) {
  if (open) return choice({ type: "radio", name: id, value }, text);
  const why = `${id}-${value}-why`;
  const refuse = (/** @type {Event} */ event) => {
    event.preventDefault();
    say(reason ?? "");
  };
  const locked = choice(
    { type: "radio", name: id, value, "aria-disabled": "true", "aria-describedby": why, onclick: refuse },
    text,
    h("span", { class: "locked-why", id: why }, reason),
  );
  locked.classList.add("locked");
  return locked;
}

const skip = () => h("span", { class: "hint" }, " You may skip this.");

/** @param {string} id @param {string} value @param {() => void} oninput */
function rationale(id, value, oninput) {
  return h(
    "p",
    { class: "ask" },
    h(
      "label",
      { for: `${id}-why` },
      "Before you choose: what matters most here, in a line or two?",
      skip(),
    ),
    h("textarea", { id: `${id}-why`, rows: 2, maxlength: 2000, autocomplete: "off", value, oninput }),
  );
}

/** @param {string} id @param {string | undefined} value @param {() => void} onchange */
function confidence(id, value, onchange) {
  return h(
    "fieldset",
    { class: "choices inline", onchange },
    h("legend", null, "How sure are you?", skip()),
    Object.entries(CONFIDENCE).map(([key, words]) =>
      choice({ type: "radio", name: `${id}-sure`, value: key, checked: key === value }, words)
    ),
  );
}

/**
 * A clock that is off until somebody turns it on. It speaks twice, and never chooses.
 *
 * @param {number} seconds
 * @param {object} face
 * @param {boolean} face.on whether it was turned on earlier in this run
 * @param {(on: boolean) => void} face.turn
 * @param {(text: string) => void} face.say
 * @param {AbortSignal} face.signal ends with the decision
 */
export function timer(seconds, { on, turn, say, signal }) {
  const left = h("span", { class: "timer-left" });
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let clock;
  const stop = () => clearInterval(clock);
  const run = () => {
    stop();
    const end = performance.now() + seconds * 1000;
    let warned = false;
    const tick = () => {
      const rest = Math.ceil((end - performance.now()) / 1000);
      left.textContent = rest > 0 ? `${rest} seconds left` : "Time is up. Choose when you are ready.";
      if (rest <= seconds / 2 && !warned) say(`${rest} seconds left.`);
      warned ||= rest <= seconds / 2;
      if (rest > 0) return;
      stop();
      say("Time is up. Choose when you are ready.");
    };
    tick();
    clock = setInterval(tick, 1000);
  };
  const set = (/** @type {boolean} */ wanted) => {
    toggle.setAttribute("aria-pressed", String(wanted));
    turn(wanted);
    if (wanted) return run();
    stop();
    left.textContent = "";
  };
  const toggle = button(
    `Timer, ${seconds} seconds`,
    () => set(toggle.getAttribute("aria-pressed") !== "true"),
    {
      quiet: true,
      "aria-pressed": "false",
    },
  );
  signal.addEventListener("abort", stop);
  if (on) set(true);
  return h(
    "p",
    { class: "timer" },
    toggle,
    " ",
    left,
    h("span", { class: "hint" }, " It reminds you, and never chooses for you."),
  );
}
