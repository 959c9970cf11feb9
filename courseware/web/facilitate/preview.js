/**
 * The preview of a case that is being written: when its file is saved, what changed is put in, and nothing else moves.
 *
 * Where somebody is in the story lies in the store, by the exercise's id. An element that is put in afresh reads it there
 * and goes on from the last step that the story still has.
 */

/** @typedef {{version: number, title: string, exercise: string, drawn: string, problems: string, said: string}} Seen */

const dark = matchMedia("(prefers-color-scheme: dark)");
const colour = () => document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
dark.addEventListener("change", colour);
colour();

const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const state = part("state");
/** What each part was last filled with, as the server wrote it: an element changes its own HTML. @type {Map<string, string>} */
const filled = new Map();

/**
 * Put HTML into a part of the page if it is other than what was put there before.
 *
 * @param {string} id
 * @param {string} html made by the course's own renderer, which lets no author's HTML through
 */
function put(id, html) {
  if (filled.get(id) === html) return;
  const first = !filled.has(id);
  filled.set(id, html);
  if (first) return; // the page came with it
  const place = part(id);
  const inside = place.contains(document.activeElement);
  for (const each of place.querySelectorAll(".exercise")) /** @type {any} */ (each).flush?.();
  place.innerHTML = html;
  if (!inside) return;
  const head = place.querySelector(".step h4, h2, h3") ?? state;
  if (head instanceof HTMLElement) {
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  }
}

/** @param {Seen} seen */
function show(seen) {
  const top = scrollY;
  put("problems", seen.problems);
  put("exercise", seen.exercise);
  put("graph", seen.drawn);
  scrollTo({ top, behavior: "instant" });
  document.title = `${seen.title}: preview`;
  state.dataset.version = String(seen.version);
  state.textContent = seen.said;
}

async function look() {
  try {
    show(await (await fetch("case")).json());
  } catch {
    state.textContent = "The preview has stopped. Start it again, and this page goes on.";
  }
}

const news = new EventSource("saved");
news.onmessage = look;
news.onerror = () => state.textContent = "The preview has stopped. Start it again, and this page goes on.";
