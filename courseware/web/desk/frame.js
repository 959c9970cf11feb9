/**
 * The frame of a page of the learner's own: its catalogue out of the page, a place to draw in, a voice. When anything is
 * missing or fails, the text that Python wrote stays as it was.
 */

import { announcer } from "../announce.js";
import { h } from "../dom.js";
import { isPlain } from "../record.js";
import { pageStore } from "../store.js";

/** @typedef {import("../store.js").Store} Store */
/** @typedef {{path: string[], label: string, plan: boolean, rows: number}} Writing where in a record somebody's words are */
/**
 * @typedef {object} Listed an exercise of the catalogue
 * @property {string} id
 * @property {string} kind
 * @property {string} kind_label
 * @property {string} title
 * @property {string} chapter id of the chapter it belongs to
 * @property {number} minutes
 * @property {boolean} core
 * @property {string} version
 * @property {number} major
 * @property {string} address from this page
 * @property {string | null} alternative id of the exercise that counts in its place
 * @property {Writing[]} writings
 */
/**
 * @typedef {object} Chapter
 * @property {string} id
 * @property {number} number
 * @property {string} question
 * @property {string} theme
 * @property {{core?: number, further?: number}} minutes
 * @property {string} address from this page
 */
/** @typedef {any} Quiz a compiled quiz, with the sections that explain what it asks as `explained` */
/**
 * @typedef {object} Catalogue
 * @property {string} course
 * @property {string} title of the course
 * @property {string} version
 * @property {Partial<Record<"progress" | "portfolio" | "review", string>>} pages the learner's own, by their addresses
 * @property {Chapter[]} chapters
 * @property {Listed[]} exercises in the order of the book
 * @property {import("../marks.js").Marked[]} recalled every quiz with the ids of its items
 * @property {Quiz[]} [quizzes] compiled quizzes whole, on the review page
 */
/**
 * @typedef {object} Desk what a page is given
 * @property {Catalogue} data
 * @property {Store} store
 * @property {HTMLElement} live where it draws
 * @property {(text: string) => void} say announce a short result
 */

/**
 * Bring one section to life.
 *
 * @param {Element} section
 * @param {(desk: Desk) => void} page
 */
export function open(section, page) {
  const live = h("div", { class: "exercise desk-live" });
  try {
    const data = JSON.parse(section.querySelector("script.desk-data")?.textContent ?? "");
    if (!isPlain(data) || typeof data.course !== "string") return;
    const { region, say } = announcer(new AbortController().signal);
    section.append(h("div", { class: "desk-voice" }, region), live);
    page({
      data: /** @type {Catalogue} */ (/** @type {unknown} */ (data)),
      store: pageStore(data.course),
      live,
      say,
    });
    section.classList.add("is-live");
  } catch (error) {
    live.remove();
    reportError(error);
  }
}
