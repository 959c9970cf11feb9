/** Work on its way: into a file, out of one, and gone for good. */

import { erase, held, importWork } from "../archive.js";
import { MAX_BYTES, readArchive } from "../archive-read.js";
import { button, fault, fill, focusOn, h } from "../dom.js";
import { day } from "../when.js";

/** @typedef {import("./frame.js").Desk} Desk */
/** @typedef {import("../archive.js").Knowing} Knowing */

/** @param {string} course */
export const fileName = (course) => `${course}-saved-work.json`;

/**
 * Hand a text over as a file. It needs no network and works from a folder on disk.
 *
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** @param {number} n @param {string} one @param {string} [more] */
const count = (n, one, more = `${one}s`) => `${n} ${n === 1 ? one : more}`;

/**
 * What came of loading a file, in sentences.
 *
 * @param {import("../archive.js").Account} account
 * @param {import("../store.js").Machine | null} machine
 */
function accountOf({ added, merged, same, aside }, machine) {
  const parts = [
    added && `${count(added, "exercise")} new here`,
    merged && `${count(merged, "exercise")} put together with what was here`,
    same && `${count(same, "exercise")} the same as here`,
  ].filter(Boolean);
  const said = parts.length ? `Loaded: ${parts.join(", ")}.` : "The file holds no work.";
  const put = aside ? ` ${count(aside, "text")} set aside, to be found under the exercise.` : "";
  return `${said}${put}${machine === "own" ? "" : " All of it is kept until this tab closes."}`;
}

/**
 * The way in for a file.
 *
 * @param {Desk} desk
 * @param {Knowing} knowing
 * @param {{flush: () => void, loaded: () => void}} page
 */
export function bringing({ data, store, say }, knowing, { flush, loaded }) {
  const error = h("p", { class: "exercise-error", id: "portfolio-load-error" });
  const account = h("p", { class: "account" });
  const load = async () => {
    const file = input.files?.[0];
    error.textContent = account.textContent = "";
    input.removeAttribute("aria-invalid");
    if (!file) return;
    flush();
    const why = file.size > MAX_BYTES
      ? "The file is larger than anything that this course saves."
      : take(await file.text());
    input.value = "";
    if (!why) return;
    input.setAttribute("aria-invalid", "true");
    fault(error, `${why} Nothing here has changed.`, input);
  };
  /** @param {string} text @returns {string} what is wrong with it, or "" */
  const take = (text) => {
    const read = readArchive(text, data.course, knowing);
    if ("why" in read) return read.why;
    const outcome = importWork(store, read.work, knowing);
    if (!outcome.done) {
      if (outcome.restored) return "There is not enough room for it, or this browser does not allow saving.";
      loaded();
      return "This browser stopped saving half-way. What you had is all still here, and part of the file is too.";
    }
    account.textContent = accountOf(outcome.account, store.machine());
    say(account.textContent);
    loaded();
    return "";
  };
  const input = h("input", {
    type: "file",
    id: "portfolio-load",
    accept: ".json,application/json",
    onchange: load,
  });
  return h(
    "div",
    { class: "field" },
    h("label", { for: "portfolio-load" }, "Load a file that you saved"),
    h("p", { class: "hint" }, "It is put together with what is here. Nothing that you wrote is overwritten."),
    error,
    input,
    account,
  );
}

/**
 * Erasing: what is to go is named, and it goes at the second word, not at the first.
 *
 * @param {Desk} desk
 * @param {Knowing} knowing
 * @param {{flush: () => void, erased: (said: string) => void}} page  `erased` says what came of it
 */
export function erasing({ store }, knowing, { flush, erased }) {
  const step = h("div");
  const title = h("h2", null, "Erase");
  const section = h("section", { class: "desk-part" }, title, step);
  const titleOf = (/** @type {string} */ id) => knowing(id)?.title ?? id;

  const choose = () => {
    const ids = [...new Set([...held(store, knowing).keys()].map((name) => name.split(":")[0]))];
    if (!ids.length) {
      return fill(step, h("p", null, "There is nothing to erase: this browser keeps nothing of the course."));
    }
    const select = h(
      "select",
      { id: "portfolio-erase", autocomplete: "off" },
      h("option", { value: "" }, "Everything"),
      ids.map((id) => h("option", { value: id }, titleOf(id))),
    );
    const go = button("Erase…", () => confirm(select.value || null), { quiet: true });
    fill(
      step,
      h("div", { class: "field" }, h("label", { for: select.id }, "What to erase from this browser"), select),
      h("div", { class: "exercise-moves" }, go),
    );
  };

  /** @param {string | null} id */
  const confirm = (id) => {
    const going = [...held(store, knowing)].filter(([name]) => id === null || name.split(":")[0] === id);
    const heading = h("h3", null, id === null ? "Erase everything?" : `Erase “${titleOf(id)}”?`);
    const error = h("p", { class: "exercise-error", id: "portfolio-erase-error" });
    const word = h("input", { type: "text", id: "portfolio-erase-word", autocomplete: "off" });
    const now = (/** @type {Event} */ event) => {
      event.preventDefault();
      if (id === null && word.value.trim().toLowerCase() !== "erase") {
        return fault(error, "Type the word erase, or keep it.", word);
      }
      flush();
      const all = erase(store, id);
      erased(all ? "Erased." : "Not everything could be erased: this browser does not allow it.");
    };
    fill(
      step,
      h(
        "form",
        { novalidate: true, onsubmit: now },
        heading,
        h(
          "p",
          null,
          "This goes from this browser, with any earlier copies kept beside it, and cannot be brought back:",
        ),
        h(
          "ul",
          null,
          going.map(([name, { record }]) =>
            h(
              "li",
              null,
              titleOf(name.split(":")[0]),
              record && `: ${record.status}, last saved on ${day(record.saved)}`,
            )
          ),
        ),
        id === null &&
          h(
            "p",
            null,
            "Your answer whose device this is goes too. A file that you saved stays where you put it.",
          ),
        id === null &&
          h(
            "div",
            { class: "field" },
            h("label", { for: word.id }, "To go on, type the word erase"),
            error,
            word,
          ),
        h(
          "div",
          { class: "exercise-moves" },
          h("button", { type: "submit", class: "exercise-button" }, "Erase now"),
          button("Keep it", () => (choose(), focusOn(title)), { quiet: true }),
        ),
      ),
    );
    focusOn(heading, step);
  };

  section.id = "portfolio-erase-section";
  choose();
  return section;
}
