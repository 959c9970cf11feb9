/**
 * The room by keyboard: single keys, which can be turned off, since somebody who speaks to a computer would press them unawares.
 */

import { button, choice, h } from "../dom.js";

/** @typedef {import("./room-run.js").Room} Room */
/** @typedef {{full: () => void, key: () => void, help: () => void, notes: (open: boolean) => void}} Ways what only the screen can do */

/** What is said of them, in order: the keys, and what they do. */
export const KEYS = [
  ["→ or Page Down", "Go on: a clicker sends the same"],
  ["← or Page Up", "Back one step, as far as the start"],
  ["A to F, or 1 to 6", "Go to that choice: type its hands, or press Enter to take it"],
  ["R", "Show the counts"],
  ["U", "Once hands are counted: count how sure people are, too"],
  ["V", "Once the counts are shown: vote again, after the talk"],
  ["P, M, H", "The clock: pause or go on; one minute more; hide or show"],
  ["N, held down", "The notes for this decision, while you hold it"],
  ["S", "Full screen"],
  ["K", "Open the key"],
  ["?", "This list"],
];

/** Whether single keys work; for as long as the page is open. */
let on = true;

/**
 * @param {Room} room
 * @param {HTMLElement} face
 * @param {Ways} ways
 * @param {AbortSignal} signal
 */
export function bindKeys(room, face, ways, signal) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const at = event.target instanceof HTMLElement ? event.target : document.body;
    const typing = at.matches("input, textarea, select");
    const digits = typing && at.matches("[data-choice]");
    if (typing && !digits) return;
    const { key } = event;
    if (!on && !["PageDown", "PageUp"].includes(key)) return;
    // Within a box for hands the arrows are the box's own, and so are the figures.
    if (digits && /^(?:\d|Arrow\w+|Home|End)$/.test(key)) return;
    if (pressed(key, { room, face, ways, repeat: event.repeat })) event.preventDefault();
  }, { signal });
  addEventListener("keyup", ({ key }) => key.toLowerCase() === "n" && ways.notes(false), { signal });
}

/**
 * @param {string} key
 * @param {{room: Room, face: HTMLElement, ways: Ways, repeat: boolean}} where
 * @returns {boolean} whether it is one of ours
 */
function pressed(key, { room, face, ways, repeat }) {
  if (key === "ArrowRight" || key === "PageDown") return room.next(), true;
  if (key === "ArrowLeft" || key === "PageUp") return room.back(), true;
  const choice = /^[a-f]$/i.test(key)
    ? key.toLowerCase().charCodeAt(0) - 97
    : /^[1-6]$/.test(key)
    ? Number(key) - 1
    : -1;
  if (choice >= 0) return toChoice(face, choice);
  if (repeat) return key.toLowerCase() === "n";
  /** @type {Record<string, () => void>} */
  const acts = {
    r: () => room.session && room.isVoting && room.reveal(),
    u: () => room.session && room.do({ do: "sure" }),
    v: () => room.session && room.do({ do: "again" }),
    p: () => room.pause(),
    m: () => room.longer(),
    h: () => room.hide(),
    n: () => ways.notes(true),
    s: ways.full,
    k: ways.key,
    "?": ways.help,
  };
  const act = Object.hasOwn(acts, key.toLowerCase()) ? acts[key.toLowerCase()] : null;
  act?.();
  return Boolean(act);
}

/** @param {HTMLElement} face @param {number} at */
function toChoice(face, at) {
  const field = face.querySelector(`[data-choice="${at}"]`);
  if (!(field instanceof HTMLElement)) return false;
  field.focus();
  if (field instanceof HTMLInputElement) field.select();
  return true;
}

/** The list of keys, as a dialog. @returns {HTMLDialogElement} */
export function help() {
  const box = choice({
    type: "checkbox",
    name: "room-keys",
    value: "on",
    checked: on,
    onchange: (/** @type {Event} */ event) => on = /** @type {HTMLInputElement} */ (event.target).checked,
  }, "Single keys work. A clicker’s two buttons always do.");
  const keys = h("dl", null, KEYS.map(([keys, does]) => [h("dt", null, keys), h("dd", null, does)]));
  return dialogOf("Keys", keys, box);
}

/** A dialog that goes when it is closed. @param {string} title @param {import("../dom.js").Child[]} content @returns {HTMLDialogElement} */
export function dialogOf(title, ...content) {
  const dialog = h(
    "dialog",
    { class: "room-help", "aria-labelledby": "room-help-title", onclose: () => dialog.remove() },
    h("h2", { id: "room-help-title" }, title),
    ...content,
    button("Close", () => dialog.close()),
  );
  return dialog;
}
