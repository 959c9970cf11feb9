/**
 * The one voice of an exercise: a `role="status"` region that stands in the page before it speaks.
 *
 * Screen readers miss a region that arrives together with its words, and stay silent when the same words are set
 * twice. So the region is emptied first and filled a moment later. Somebody quick may have moved on within that moment:
 * then the later result is said alone, because a heap of old ones would only be in the way.
 */

import { h } from "./dom.js";

const PAUSE_MS = 120;

/**
 * @param {AbortSignal} signal ends the region's timer with the exercise
 * @returns {{region: HTMLElement, say: (text: string) => void, add: (text: string) => void}} `say` takes the place of
 *   what has not been said yet; `add` is said after it
 */
export function announcer(signal) {
  const region = h("div", { role: "status", class: "exercise-status" });
  /** @type {string[]} */
  let waiting = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  signal.addEventListener("abort", () => clearTimeout(timer));
  /** @param {string[]} texts */
  const soon = (texts) => {
    if (signal.aborted) return;
    waiting = texts;
    clearTimeout(timer);
    region.textContent = "";
    timer = setTimeout(() => {
      region.textContent = waiting.join(" ");
      waiting = [];
    }, PAUSE_MS);
  };
  return {
    region,
    say: (text) => text && soon([text]),
    add: (text) => text && soon([...waiting, text]),
  };
}
