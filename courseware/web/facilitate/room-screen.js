/** What the room sees: one screen, large, without scrolling where the window is a projector's. */

import { button, fill, h } from "../dom.js";
import { clockFace } from "./room-clock.js";
import { debriefing, onPaper } from "./room-debrief.js";
import { fit } from "./room-fit.js";
import { bindKeys, dialogOf, help } from "./room-keys.js";
import { notesOf } from "./room-notes.js";
import * as stages from "./room-stages.js";

/** @typedef {import("./room-run.js").Room} Room */
/** @typedef {import("./room-stages.js").Shown} Shown */

/**
 * @param {Room} room
 * @param {HTMLElement} root
 * @param {{support: Element | null, openKey: () => void, leave: () => void, signal: AbortSignal}} ways
 * @returns {() => void} draws what the session now shows
 */
export function screenFace(room, root, { support, openKey, leave, signal }) {
  const clock = clockFace(room, signal);
  const where = h("p", { class: "room-where" });
  const heading = h("h2", { tabindex: -1 });
  const trail = h("p", { class: "trail" });
  const content = h("div", { class: "room-content" });
  const body = h(
    "div",
    { class: "room-body", role: "region", "aria-label": "The screen" },
    trail,
    heading,
    content,
  );
  const notes = h("div", { class: "room-peek", hidden: true });
  const back = button("Back one step", () => room.back(), { quiet: true, "aria-keyshortcuts": "ArrowLeft" });
  const on = button("Go on", () => room.next(), { "aria-keyshortcuts": "ArrowRight" });
  const without = button("Go on without a count", () => room.do({ do: "reveal" }), { quiet: true });
  const sure = button("How sure?", () => room.do({ do: "sure" }), { quiet: true, "aria-keyshortcuts": "U" });
  const again = button("Vote again", () => room.do({ do: "again" }), {
    quiet: true,
    "aria-keyshortcuts": "V",
  });
  const parts = h("span", { class: "room-parts" });
  const foot = h("div", { class: "room-foot" }, back, peek(show), parts, without, sure, again, on);
  const menu = menuOf(room, { support, openKey, leave });
  /** @type {Shown | null} */
  let now = null;
  let drawn = "";
  /** How far the log had come when it was last drawn here: luck is drawn before everybody only when it goes on. */
  let length = -1;
  let screen = new AbortController();
  signal.addEventListener("abort", () => screen.abort());
  fill(root, h("div", { class: "room-head" }, where, clock.node, menu), body, notes, foot);

  /** @param {boolean} open */
  function show(open) {
    const { stage, node } = room.session ? room.place : { stage: "opening", node: null };
    const decision = open && node?.type === "decision" && stage !== "debrief";
    fill(
      notes,
      open && (decision ? notesOf(room.note) : h("p", null, "There are no notes for this screen.")),
    );
    notes.hidden = !open;
  }
  // Whatever happens to the window, the notes do not stay open.
  for (const each of ["blur", "pagehide"]) addEventListener(each, () => show(false), { signal });
  document.addEventListener("visibilitychange", () => show(false), { signal });
  bindKeys(room, root, {
    full: fullScreen,
    key: openKey,
    help: () => (root.append(help()), root.querySelector("dialog")?.showModal()),
    notes: show,
  }, signal);

  /** Only the ways on that there are now: once hands are counted, nobody goes on without them. */
  const offer = () => {
    const { stage } = room.place;
    const empty = room.isVoting && !room.counted;
    for (
      const [each, there] of /** @type {[HTMLElement, boolean][]} */ ([
        [without, empty],
        [sure, stage === "vote" && !empty],
        [again, stage === "shown"],
        [on, Boolean(now?.go)],
      ])
    ) {
      if (!there && each === document.activeElement) heading.focus({ preventScroll: true });
      each.hidden = !there;
    }
  };
  const settle = () => {
    if (!room.session || !now) return;
    const { view, log } = room.session;
    const pages = fit(body, now.parted ? blocksOf(content) : [], view.at === log.length ? view.page : 0);
    const page = Math.min(view.at === log.length ? view.page : 0, pages - 1);
    const taking = room.place.stage === "shown" && "Talk. Then the letter that the room takes, and Enter.";
    parts.textContent = pages > 1 ? `Part ${page + 1} of ${pages}` : taking || "";
    on.textContent = page < pages - 1 ? "Read on" : now.go;
    room.paged(pages);
  };
  const watch = new ResizeObserver(() => settle());
  watch.observe(root);
  signal.addEventListener("abort", () => watch.disconnect());
  paper(room, root, signal);

  return () => {
    const { session } = room;
    if (!session) return;
    clock.draw();
    root.style.setProperty("--room-size", String(session.size));
    const sign = JSON.stringify([session.act, session.seed, session.log]);
    const fresh = sign !== drawn;
    if (fresh) {
      const onward = drawn !== "" && session.log.length === length + 1;
      screen.abort();
      screen = new AbortController();
      now = shownNow(room, support, onward ? screen.signal : null);
      where.textContent = room.title;
      fill(trail, now.trail);
      fill(heading, now.title);
      fill(content, now.content);
      show(false);
      [drawn, length] = [sign, session.log.length];
    } else now?.draw?.();
    offer();
    settle();
    if (!fresh) return;
    // On a small window it is the whole face that scrolls.
    for (const each of [body, root]) each.scrollTop = 0;
    heading.focus({ preventScroll: true });
  };
}

/** @param {Room} room @param {Element | null} support @param {AbortSignal | null} signal @returns {Shown} */
function shownNow(room, support, signal) {
  switch (room.place.stage) {
    case "opening":
      return stages.opening(room, support);
    case "told":
      return stages.telling(room);
    case "vote":
    case "sure":
    case "again":
      return stages.voting(room);
    case "shown":
      return stages.counted(room);
    case "after":
      return stages.following(room, signal);
    default:
      return debriefing(room, room.place.part, support);
  }
}

/** Paragraphs, messages and what else can be parted from what follows it. @param {HTMLElement} content */
function blocksOf(content) {
  // A table keeps its caption and its heads, whichever of its rows are there.
  const rows = /** @type {HTMLElement[]} */ ([...content.querySelectorAll("tbody tr")]);
  if (rows.length) return rows;
  const within = ".told, .log, .room-path, .consequence, .course-support, .support-lines";
  /** @type {(node: Element) => Element[]} */
  const open = (node) => node.matches(within) ? [...node.children].flatMap(open) : [node];
  return /** @type {HTMLElement[]} */ ([...content.children].flatMap(open));
}

/**
 * Notes for as long as somebody holds this, and no longer.
 *
 * @param {(open: boolean) => void} show
 */
function peek(show) {
  const held = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) show(true);
  };
  return button("Hold for notes", () => {}, {
    quiet: true,
    "aria-keyshortcuts": "N",
    onpointerdown: () => show(true),
    onpointerup: () => show(false),
    onpointerleave: () => show(false),
    onpointercancel: () => show(false),
    onkeydown: held,
    onkeyup: () => show(false),
    onblur: () => show(false),
    oncontextmenu: (/** @type {Event} */ event) => event.preventDefault(),
  });
}

/** @param {Room} room @param {{support: Element | null, openKey: () => void, leave: () => void}} ways */
function menuOf(room, { support, openKey, leave }) {
  const items = h("div", {
    id: "room-menu",
    class: "room-menu",
    popover: "auto",
    onclick: (/** @type {Event} */ event) => {
      if (event.target instanceof HTMLButtonElement) items.hidePopover?.();
    },
  });
  const open = (/** @type {HTMLDialogElement} */ dialog) => (items.after(dialog), dialog.showModal());
  const item = (/** @type {string} */ words, /** @type {() => void} */ act, /** @type {string} */ key = "") =>
    button(words, act, { quiet: true, ...(key ? { "aria-keyshortcuts": key } : {}) });
  fill(
    items,
    item("Full screen", fullScreen, "S"),
    item("Open the key", openKey, "K"),
    item("Larger type", () => room.resize(1)),
    item("Smaller type", () => room.resize(-1)),
    item("Hide or show the clock", () => room.hide(), "H"),
    item("List of keys", () => open(help()), "?"),
    support && item("Where to turn", () => open(dialogOf("Where to turn", stages.numbers(support)))),
    item("Leave this screen", leave),
  );
  return h(
    "div",
    { class: "room-tools" },
    h("button", { type: "button", class: "exercise-button quiet", popovertarget: items.id }, "More"),
    items,
  );
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  // Refused in a frame, and on some phones: the page stays as it is.
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

/** On paper the debrief stands whole; before it, what is on the screen. @param {Room} room @param {HTMLElement} root @param {AbortSignal} signal */
function paper(room, root, signal) {
  /** @type {HTMLElement | null} */
  let sheet = null;
  addEventListener("beforeprint", () => {
    if (room.session && room.place.stage === "debrief") {
      root.after(sheet = h("div", { class: "exercise room-paper" }, onPaper(room)));
    }
  }, { signal });
  addEventListener("afterprint", () => sheet?.remove(), { signal });
}
