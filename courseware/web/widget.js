/**
 * The live widget: the same element in JupyterLab, with Python in the place of the browser's storage.
 *
 * The model's traits: `html` (what the page would show), `record` (what the learner has done; Python may set it too) and,
 * where there is one, `status`.
 */

import { models } from "../kinds/models.js";
import "../kinds/scenario/after.js";
import "../kinds/scenario/code-face.js";
import { kinds } from "../kinds/registry.js";
import { isPlain } from "./record.js";
import { teach } from "./teach.js";

const every = [...kinds, ...models];

/** @typedef {import("./element.js").CourseElement} CourseElement */
/** @typedef {import("./record.js").Plain} Plain */
/** @typedef {import("./record.js").Status} Status */
/**
 * @typedef {object} Model the part of an anywidget model that is used here
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, fn: (message?: any) => void) => void} on
 * @property {(event: string, fn: (message?: any) => void) => void} off
 * @property {(message: any) => void} [send]
 */

/**
 * The model's record as a backing. A change of our own comes back as an event too: it is known by its content, and let
 * pass, so that nobody's typing is drawn over.
 *
 * @param {Model} model
 * @param {(record: Plain) => boolean} accepts
 * @returns {import("./backing.js").Backing}
 */
export function modelBacking(model, accepts) {
  /** @type {string | null} */
  let mine = null;
  const read = () => {
    const record = model.get("record");
    return isPlain(record) && Object.keys(record).length > 0 && accepts(record) ? record : null;
  };
  const status = () => model.get("status") === "done" ? "done" : "begun";
  return {
    read,
    status,
    write(record, status) {
      mine = JSON.stringify(record);
      model.set("record", record);
      if (model.get("status") !== undefined) model.set("status", status);
      model.save_changes();
      return { saved: true, where: "notebook" };
    },
    place: () => "notebook",
    subscribe(fn) {
      const changed = () => {
        if (JSON.stringify(model.get("record")) === mine) return;
        mine = null;
        fn(read(), status());
      };
      model.on("change:record", changed);
      return () => model.off("change:record", changed);
    },
  };
}

/** After so long without an answer the kernel counts as busy, and may be asked again. */
const ANSWER_MS = 4000;

/**
 * A way to ask Python for what lies between the stored numbers. One question is on its way at a time; of those that come
 * up meanwhile only the latest is asked, and only what was asked last is drawn.
 *
 * @param {Model} model
 * @param {AbortSignal} signal
 */
export function asking(model, signal) {
  let number = 0, sent = 0;
  /** @type {{values: any, draw: (lines: any) => void} | null} */
  let waiting = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;
  const ask = () => {
    sent = number;
    model.send?.({ values: waiting?.values, number });
    patience = setTimeout(() => sent = 0, ANSWER_MS);
  };
  const heard = (/** @type {any} */ message) => {
    if (!sent || message?.asked !== sent) return;
    clearTimeout(patience);
    const last = sent === number;
    sent = 0;
    if (!last) return ask();
    if (message.lines) waiting?.draw(message.lines);
  };
  model.on("msg:custom", heard);
  signal.addEventListener("abort", () => {
    model.off("msg:custom", heard);
    clearTimeout(patience);
  });
  return (/** @type {any} */ values, /** @type {(lines: any) => void} */ draw) => {
    number++;
    waiting = { values, draw };
    if (!sent) ask();
  };
}

/**
 * The element of a model. `importNode` runs its constructor, so the backing is in place before the page connects it.
 *
 * @param {Model} model
 * @param {AbortSignal} signal
 */
function make(model, signal) {
  const template = document.createElement("template");
  template.innerHTML = model.get("html");
  const tags = every.map((kind) => kind.tag).join();
  const found = document.importNode(template.content, true).querySelector(tags);
  if (!(found instanceof HTMLElement)) {
    throw new Error("This widget holds no exercise of a kind that is known here.");
  }
  const element = /** @type {CourseElement} */ (found);
  element.backing = modelBacking(model, (record) => element.accepts(record));
  if ("exact" in element && model.send) element.exact = asking(model, signal);
  return element;
}

export default {
  /** @param {{model: Model, el: HTMLElement}} context */
  render({ model, el }) {
    teach(every);
    const life = new AbortController();
    const element = make(model, life.signal);
    // JupyterLab takes the arrow keys that reach it, and a slider or a radio would no longer hear them.
    element.addEventListener("keydown", (event) => event.stopPropagation());
    el.append(element);
    return () => {
      life.abort();
      element.remove();
    };
  },
};
