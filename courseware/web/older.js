/** What somebody did and wrote before an exercise changed: to be read, and no longer played. */

import { h } from "./dom.js";
import { isPlain, own, pieces } from "./record.js";
import { day } from "./when.js";

/** @typedef {import("./record.js").Wrapped} Wrapped */

const WORDS = { rationale: "Your reason", note: "Your note", if_then: "Your plan" };

/**
 * One kept record, folded: how far it came and when, and every piece of writing in it.
 *
 * @param {Wrapped} wrapped
 * @param {(path: string[]) => string | null} label what the words under this path answer, where that is known
 */
export function asItWas({ status, saved, version, record }, label) {
  const said = pieces(record).flatMap(({ path, text }) => [
    h("dt", null, label(path) ?? words(path)),
    h("dd", { style: "white-space: pre-wrap" }, text),
  ]);
  return h(
    "details",
    null,
    h("summary", null, `Your earlier work: ${status}, last saved on ${day(saved)} (version ${version})`),
    said.length ? h("dl", null, said) : h("p", null, "Nothing was written in it."),
  );
}

/** What words are, where the question is not known. @param {string[]} path */
export function words(path) {
  const key = path.findLast((each) => Object.hasOwn(WORDS, each));
  return key ? WORDS[/** @type {keyof typeof WORDS} */ (key)] : "You wrote";
}

/**
 * What an exercise, as it stands now, calls the thing that a path in an old record leads to.
 *
 * @param {any} part
 * @param {string[]} path
 * @returns {string | null}
 */
export function namedIn(part, path) {
  if (typeof part !== "object" || part === null) return null;
  const [group, key] = path.slice(-2);
  const name = part.id === key ? part.label : own(own(part, group), key);
  if (key && isPlain(part) && typeof name === "string") return name;
  for (const each of Object.values(part)) {
    const found = namedIn(each, path);
    if (found) return found;
  }
  return null;
}
