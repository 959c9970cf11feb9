/**
 * The one voice of an exercise: a `role="status"` region that stands in the page before it speaks.
 *
 * Screen readers miss a region that arrives together with its words, and stay silent when the same words are set
 * twice. So the region is emptied first and filled a moment later; what is said within that moment is said together.
 */

import { h } from "./dom.js";

const PAUSE_MS = 120;

/**
 * @param {AbortSignal} signal ends the region's timer with the exercise
 * @returns {{region: HTMLElement, say: (text: string) => void}}
 */
export function announcer(signal) {
  const region = h("div", { role: "status", class: "exercise-status" });
  /** @type {string[]} */
  let waiting = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  signal.addEventListener("abort", () => clearTimeout(timer));
  return {
    region,
    say(text) {
      if (signal.aborted || !text) return;
      waiting.push(text);
      clearTimeout(timer);
      region.textContent = "";
      timer = setTimeout(() => {
        region.textContent = waiting.join(" ");
        waiting = [];
      }, PAUSE_MS);
    },
  };
}
