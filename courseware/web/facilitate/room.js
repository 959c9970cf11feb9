/**
 * Room mode: one case, a whole room. The page is the screen for the projector; the same page at `#key` is the facilitator's
 * key in a second window. Without scripts the page says to print the cards.
 */

import { announcer } from "../announce.js";
import { h } from "../dom.js";
import { keyFace } from "./room-key.js";
import { keyOnPaper } from "./room-notes.js";
import { Room } from "./room-run.js";
import { screenFace } from "./room-screen.js";
import { setupFace } from "./room-setup.js";

const KEY = "#key";

/** @param {HTMLElement} section */
function open(section) {
  const read = (/** @type {string} */ name) =>
    JSON.parse(section.querySelector(`script.${name}`)?.textContent ?? "null");
  const { region, say } = announcer(new AbortController().signal);
  const root = h("div", { class: "exercise room-live" });
  const room = new Room(read("room-data"), read("room-notes"), say);
  const support = section.querySelector(".room-support");
  /** What is there now ends when another face takes its place. */
  let life = new AbortController();
  let draw = () => {};
  let screen = false;

  const openKey = () => {
    const window_ = open_(`${location.href.split("#")[0]}${KEY}`);
    room.keep.meet(window_);
    return Boolean(window_);
  };
  const print = (/** @type {string | null} */ act) => {
    const sheet = keyOnPaper(room, act);
    const page = h("div", { class: "exercise" }, sheet);
    section.append(page);
    document.documentElement.classList.add("room-printing");
    addEventListener("afterprint", () => {
      page.remove();
      document.documentElement.classList.remove("room-printing");
    }, { once: true });
    globalThis.print();
  };
  const show = () => {
    life.abort();
    life = new AbortController();
    const { signal } = life;
    const key = location.hash === KEY;
    root.replaceChildren();
    root.style.removeProperty("--room-size");
    root.className = `exercise room-live ${key ? "is-key" : screen ? "is-screen" : "is-setup"}`;
    document.documentElement.classList.toggle("room-on", key || screen);
    if (key) draw = keyFace(room, root, { print: () => print(room.session?.act ?? null), signal });
    else if (screen) {
      room.beat(signal);
      draw = screenFace(room, root, { support, openKey, leave, signal });
    } else draw = setupFace(room, root, { start, openKey, print });
    draw();
  };
  const start = () => {
    screen = true;
    show();
  };
  const leave = () => {
    screen = false;
    if (document.fullscreenElement) document.exitFullscreen();
    show();
    root.querySelector("button")?.focus();
  };
  room.draw = () => {
    // Forgotten here or in the other window: there is nothing to show a room.
    if (screen && !room.session) leave();
    else draw();
  };
  addEventListener("hashchange", show);
  section.append(region, root);
  section.classList.add("is-live");
  show();
}

/** A window of its own, not a tab: it is to be moved to the other screen. @param {string} address */
function open_(address) {
  return globalThis.open(address, "course-room-key", "popup,width=520,height=760");
}

for (const section of document.querySelectorAll("div.room")) open(/** @type {HTMLElement} */ (section));
