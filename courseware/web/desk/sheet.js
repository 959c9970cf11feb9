/** One exercise's words in the portfolio: in boxes that write into the exercise's own record. */

import { backingFor } from "../backing.js";
import { button, h } from "../dom.js";
import { asItWas } from "../older.js";
import { day } from "../when.js";
import { soundOf, withWords, wordsAt } from "./gathered.js";

/** @typedef {import("./frame.js").Desk} Desk */
/** @typedef {import("./frame.js").Listed} Listed */
/** @typedef {import("./gathered.js").Sheet} Sheet */
/** @typedef {import("./gathered.js").Entry} Entry */
/** @typedef {ReturnType<typeof opened>} Opened */

const TYPING_MS = 600;
const SHOWN = 4000;

/**
 * An exercise's record, opened to be written in. Both halves of a plan, and the answers under its chapter, share it.
 *
 * @param {Desk} desk
 * @param {Listed} listed
 * @param {import("../archive.js").Knowing} knowing
 * @param {AbortSignal} signal
 * @param {() => void} changed another tab changed it
 */
export function opened({ store, live }, listed, knowing, signal, changed) {
  const backing = backingFor(store, listed, soundOf(knowing, listed));
  let record = backing.read();
  let status = backing.status?.() ?? "begun";
  let waiting = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const saved = h("span", { role: "status" });
  const flush = () => {
    clearTimeout(timer);
    if (!waiting || !record) return;
    waiting = false;
    const { saved: kept, where, why } = backing.write(record, status);
    const place = where === "device" ? "Saved on this device." : "Kept until this tab closes.";
    saved.textContent = kept ? place : `Not saved. ${why ?? ""}`;
    live.dispatchEvent(
      new CustomEvent("course:record", { bubbles: true, detail: { id: listed.id, record, status } }),
    );
  };
  const stop = backing.subscribe((now, then) => {
    // Something is still unsaved here: ours is the later, and the store sets aside what it takes the place of.
    if (waiting) return flush();
    record = now;
    status = then ?? "begun";
    changed();
  });
  signal.addEventListener("abort", () => (flush(), stop()));
  addEventListener("pagehide", flush, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && flush(), { signal });
  return {
    backing,
    saved,
    flush,
    /** @param {string[]} path */
    words: (path) => wordsAt(record, path),
    /** @param {string[]} path @param {string} text */
    write(path, text) {
      record = withWords(record, path, text);
      waiting = true;
      clearTimeout(timer);
      timer = setTimeout(flush, TYPING_MS);
    },
  };
}

/**
 * A box, and the same words for paper, where a box would cut them off.
 *
 * @param {string} id
 * @param {Opened} kept
 * @param {Entry} entry
 */
export function field(id, kept, { writing }) {
  const words = h("p", { class: "desk-words" });
  const show = () => words.textContent = box.value.trim();
  const box = h("textarea", {
    id,
    rows: writing.rows,
    style: `--rows: ${writing.rows}`,
    autocomplete: "off",
    value: kept.words(writing.path),
    oninput: () => (kept.write(writing.path, box.value), show()),
    onblur: () => kept.flush(),
  });
  show();
  const node = h("div", { class: "field" }, h("label", { for: id }, writing.label), box, words);
  /** Take over what another tab wrote; setting even the same value would throw the caret to the end. */
  const update = () => {
    if (box.value !== kept.words(writing.path)) box.value = kept.words(writing.path);
    show();
  };
  return { node, update };
}

/** @param {Sheet} sheet the exercise's name, and the way to it */
export function head({ id, listed }) {
  if (!listed) return h("h3", null, id);
  return h(
    "h3",
    null,
    h("a", { href: listed.address }, listed.title),
    h("span", { class: "hint" }, ` ${listed.kind_label}`),
  );
}

/** @param {Sheet} sheet @param {Opened | null} kept */
export function savedLine({ now }, kept) {
  return now && h("p", { class: "hint" }, `Last saved on ${day(now.saved)}. `, kept?.saved);
}

/**
 * What is only to be read: what else was written, what a later save displaced, what is from before a change.
 *
 * @param {Sheet} sheet
 * @param {() => void} dropAside
 */
export function beside({ listed, also, aside, older, unreadable }, dropAside) {
  const pre = { style: "white-space: pre-wrap" };
  /** @param {string[]} path */
  const label = (path) =>
    listed?.writings.find((each) => each.path.slice(-2).join() === path.slice(-2).join())?.label ?? null;
  return [
    also.length > 0 && h(
      "details",
      null,
      h("summary", null, "Also written in it"),
      h("dl", null, also.flatMap((each) => [h("dt", null, each.label), h("dd", pre, each.text)])),
    ),
    aside.length > 0 && h(
      "details",
      { open: true },
      h("summary", null, "Set aside, because a later save took its place"),
      h("ul", null, aside.map((text) => h("li", pre, text))),
      button("Delete what was set aside", dropAside, { quiet: true }),
    ),
    older.map((each) => asItWas(each, label)),
    unreadable.length > 0 && h(
      "details",
      null,
      h("summary", null, "Texts found here that this course cannot read"),
      h("ul", null, unreadable.map((text) => h("li", pre, text.slice(0, SHOWN), text.length > SHOWN && "…"))),
      h("p", { class: "hint" }, "“Save everything to one file” takes them along, whole."),
    ),
  ];
}
