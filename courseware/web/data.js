/**
 * Reads an exercise out of its own markup. Each text stands in the page once, where everybody can read it: the data
 * beside it says `{"say": 3}` for the HTML, or `{"tell": 3}` for the plain words, of the element marked `data-say="3"`.
 */

import { isPlain } from "./record.js";

/**
 * @param {Element} exercise
 * @returns {any} the compiled exercise, or null when anything of it is missing or does not parse
 */
export function readData(exercise) {
  const script = exercise.querySelector(":scope > script.exercise-data");
  /** @type {Map<number, Element>} */
  const texts = new Map();
  for (const node of exercise.querySelectorAll(":scope > .exercise-text [data-say]")) {
    const number = Number(node.getAttribute("data-say"));
    if (!texts.has(number)) texts.set(number, node);
  }
  try {
    const data = whole(JSON.parse(script?.textContent ?? ""), texts);
    return isPlain(data) && typeof data.id === "string" ? data : null;
  } catch {
    return null;
  }
}

/**
 * @param {any} value
 * @param {Map<number, Element>} texts
 * @returns {any}
 */
function whole(value, texts) {
  if (Array.isArray(value)) return value.map((each) => whole(each, texts));
  if (!isPlain(value)) return value;
  const [only, ...more] = Object.entries(value);
  if (only && !more.length && ["say", "tell"].includes(only[0]) && Number.isInteger(only[1])) {
    const node = texts.get(only[1]);
    if (!node) throw new RangeError(`text ${only[1]} is not in the page`);
    return only[0] === "say" ? node.innerHTML : node.textContent;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, whole(each, texts)]));
}
