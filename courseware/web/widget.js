/**
 * The live widget: the same element in JupyterLab, with Python in the place of the browser's storage.
 *
 * The model's traits: `html` (what the page would show), `record` (what the learner has done; Python may set it too) and,
 * where there is one, `status`.
 */

import { define, kinds } from "../kinds/registry.js";
import { isPlain } from "./record.js";

/** @typedef {import("./element.js").CourseElement} CourseElement */
/** @typedef {import("./record.js").Plain} Plain */
/** @typedef {import("./record.js").Status} Status */
/**
 * @typedef {object} Model the part of an anywidget model that is used here
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, fn: () => void) => void} on
 * @property {(event: string, fn: () => void) => void} off
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

/**
 * The element of a model. `importNode` runs its constructor, so the backing is in place before the page connects it.
 *
 * @param {Model} model
 */
function make(model) {
  const template = document.createElement("template");
  template.innerHTML = model.get("html");
  const tags = kinds.map((kind) => kind.tag).join();
  const found = document.importNode(template.content, true).querySelector(tags);
  if (!(found instanceof HTMLElement)) {
    throw new Error("This widget holds no exercise of a kind that is known here.");
  }
  const element = /** @type {CourseElement} */ (found);
  element.backing = modelBacking(model, (record) => element.accepts(record));
  return element;
}

export default {
  /** @param {{model: Model, el: HTMLElement}} context */
  render({ model, el }) {
    define();
    const element = make(model);
    el.append(element);
    return () => element.remove();
  },
};
