/** Codes out of files: those that were saved here, and those that runs in somebody's saved work make. */

import { CodeError, encode } from "../../kinds/scenario/code.js";
import { merge, sound } from "../../kinds/scenario/kept.js";
import { MAX_BYTES, readArchive } from "../archive-read.js";
import { caseOf } from "./cases.js";

/** @typedef {import("./cases.js").Listed & {major: number}} Listed */

export const UNREACHED =
  "A file of this page could not be fetched, so nothing could be read. Try again when you are connected.";

/** A file of saved work is not labelled with its name, which may be somebody's. @param {string} code @param {File} file @param {number} i */
export function named(code, file, i) {
  return file.name.endsWith(".txt") ? code : `File ${i + 1}: ${code}`;
}

/**
 * The codes that a file holds, or makes: of saved work, the last finished run of each scenario, and of each act.
 *
 * @param {File} file
 * @param {string} course
 * @param {Listed[]} cases
 * @returns {Promise<{codes: string[], why: string}>}
 */
export async function fromFile(file, course, cases) {
  if (file.size > MAX_BYTES) {
    return { codes: [], why: "The file is larger than anything that this course saves." };
  }
  const text = await file.text();
  if (file.name.endsWith(".txt")) {
    const codes = text.split(/\r\n?|\n/).filter((row) => row.trim()).slice(0, 2000);
    return { codes, why: codes.length ? "" : "The file is empty." };
  }
  const known = new Map(cases.map((each) => [each.id, each]));
  const knowing = (/** @type {string} */ id) => {
    const it = known.get(id);
    return it && { title: it.title, kind_label: "Scenario", major: it.major, sound, merge };
  };
  const read = readArchive(text, course, knowing);
  if ("why" in read) return { codes: [], why: read.why };
  const codes = [], left = [];
  for (const [name, { record }] of read.work) {
    const [id, major] = name.split(":");
    const listed = known.get(id);
    if (!listed || listed.major !== Number(major) || !record) continue;
    const last = new Map(
      /** @type {any} */ (record.record).runs.map((/** @type {any} */ run) => [run.act, run]),
    );
    for (const run of last.values()) {
      try {
        codes.push(encode(await caseOf(listed), run));
      } catch (error) {
        if (!(error instanceof CodeError)) return { codes: [], why: UNREACHED };
        left.push(`Its run of ${listed.title} is left out: ${error.what}`);
      }
    }
  }
  return { codes, why: left.join(" ") || (codes.length ? "" : "It holds no finished run of a scenario.") };
}
