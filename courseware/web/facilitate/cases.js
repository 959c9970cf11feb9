/**
 * Scenarios, each in a file of its own that comes when a code of it does: a classic script, so that it also comes from a
 * folder on disk. Only those that a session has played are fetched.
 */

import { Reader } from "../../kinds/scenario/code.js";
import { tidy } from "../symbols.js";

/** @typedef {{id: string, title: string, head: string, address: string}} Listed */

/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/** @param {Listed} listed @returns {Promise<any>} the scenario; rejected where its file cannot be had */
export function caseOf({ id, address }) {
  const known = asked.get(id);
  if (known) return known;
  const coming = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(/** @type {any} */ (globalThis).courseCases[id]);
    script.onerror = () => {
      asked.delete(id);
      script.remove();
      reject(new Error(`${address} could not be loaded`));
    };
    document.head.append(script);
  });
  asked.set(id, coming);
  return coming;
}

/**
 * A reader for these texts. It knows the scenarios that they begin as; where one begins as none does, it knows them all,
 * to say what is wrong with it and what it may have been.
 *
 * @param {Listed[]} all
 * @param {string[]} texts
 */
export async function readerFor(all, texts) {
  const heads = new Set(texts.map((each) => tidy(each).slice(0, 4)));
  const unknown = [...heads].some((each) => !all.some(({ head }) => head === each));
  return new Reader(await Promise.all(all.filter(({ head }) => unknown || heads.has(head)).map(caseOf)));
}
