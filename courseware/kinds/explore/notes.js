/** The boxes for the learner's own notes under a model. */

import { h } from "../../web/dom.js";

/**
 * @param {import("./engine.js").Explore} spec
 * @param {(id: string, text: string) => void} write called at every letter
 * @returns {{fields: HTMLElement[], boxes: {id: string, box: HTMLTextAreaElement}[]}}
 */
export function noteFields({ id, notes }, write) {
  const boxes = notes.map((each) => {
    const field = `${id}-note-${each.id}`;
    const help = each.help && h("p", { class: "hint", id: `${field}-help` }, each.help);
    const box = h("textarea", {
      id: field,
      rows: each.rows,
      style: `--rows: ${each.rows}`,
      "aria-describedby": help ? `${field}-help` : null,
      oninput: () => write(each.id, box.value),
    });
    const whole = h("div", { class: "field" }, h("label", { for: field }, each.label), help, box);
    return { id: each.id, box, whole };
  });
  return { fields: boxes.map(({ whole }) => whole), boxes };
}
