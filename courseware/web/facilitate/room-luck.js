/** Luck, drawn where everybody can see it: as many tickets as there are ways, and one of them is taken. */

import { mulberry32 } from "../random.js";
import { h } from "../dom.js";

/** @typedef {import("../../kinds/scenario/run.js").Step} Step */

/** More tickets than this would be too small to see: then only the number is said. */
const SHOWN = 24;
const LASTS_MS = 1800;
const TURN_MS = 120;

/** Which ticket falls, from 1, and of how many. @param {Step} step */
export function ticket({ node, before }) {
  const of = node.outcomes.reduce(
    (/** @type {number} */ sum, /** @type {any} */ each) => sum + each.weight,
    0,
  );
  return { drawn: mulberry32(before.rng).value % of + 1, of };
}

/**
 * @param {Step} step
 * @param {AbortSignal | null} signal where it is drawn now: ends with the screen. Null where it has been drawn before
 * @param {HTMLElement} then what is to be read once it is drawn
 */
export function tickets(step, signal, then) {
  const { drawn, of } = ticket(step);
  const cards = Array.from({ length: of <= SHOWN ? of : 0 }, (_, i) => h("li", null, i + 1));
  const said = h("p", { class: "room-drawn" });
  const done = () => {
    cards.forEach((card, i) => card.classList.toggle("is-drawn", i + 1 === drawn));
    said.textContent = `Ticket ${drawn} of ${of} is drawn.`;
    then.classList.remove("is-coming");
  };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!signal || still) done();
  else {
    said.textContent = `One of ${of} tickets is drawn …`;
    then.classList.add("is-coming");
    let at = 0;
    const turning = setInterval(() => {
      cards.forEach((card, i) => card.classList.toggle("is-drawn", i === at % of));
      at++;
    }, TURN_MS);
    const end = setTimeout(() => (clearInterval(turning), done()), LASTS_MS);
    signal.addEventListener("abort", () => (clearInterval(turning), clearTimeout(end)));
  }
  return h(
    "div",
    { class: "room-luck" },
    cards.length > 0 && h("ol", { class: "room-tickets", "aria-hidden": "true" }, cards),
    said,
  );
}
