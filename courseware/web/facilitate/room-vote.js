/** A vote on the screen: hands counted behind closed figures, then shown as bars, then the room takes one choice. */

import { button, fill, h } from "../dom.js";
import { hands, handsIn, inWords, letter, MOST_HANDS, share, total } from "./room-votes.js";

/** @typedef {import("./room-run.js").Room} Room */

/**
 * The choices with a box for the hands of each.
 *
 * @param {Room} room
 * @param {boolean} open whether the figures can be seen: on the key, and never on the screen before they are shown
 * @returns {{node: HTMLElement, draw: () => void}} `draw` puts in what another window counted
 */
export function counting(room, open) {
  const sum = h("p", { class: "room-sum" });
  const rows = room.choices.map(({ choice, at, reason }) => {
    const id = `room-hands-${at}`;
    const text = h("span", { class: "room-choice-text", id: `${id}-text` }, choice.text);
    const name = h("b", { class: "room-letter" }, letter(at));
    if (reason) {
      const why = h("span", { class: "locked-why" }, reason);
      return {
        id: choice.id,
        node: h("li", { class: "room-choice locked" }, name, h("div", null, text, why)),
      };
    }
    const box = h("input", {
      type: "text",
      inputmode: "numeric",
      id,
      class: open ? "room-hands" : "room-hands is-closed",
      maxlength: 3,
      autocomplete: "off",
      "data-choice": at,
      "aria-describedby": `${id}-text`,
      oninput: () => typed(),
      onblur: () => draw(),
    });
    const done = h("span", { class: "room-done" });
    const typed = () => {
      const count = handsIn(box.value);
      box.setAttribute("aria-invalid", String(count === null));
      if (count === null) return room.say(`Hands for ${letter(at)}: a whole number up to ${MOST_HANDS}.`);
      room.count(choice.id, count);
    };
    const step = (/** @type {number} */ by) => {
      const before = room.counts[choice.id] ?? 0;
      room.count(choice.id, before + by);
      // On the screen nothing is said of how many: loudspeakers are for everybody.
      room.say(open ? `${letter(at)}: ${hands(room.counts[choice.id] ?? 0)}.` : `${letter(at)} changed.`);
      box.value = String(room.counts[choice.id] ?? 0);
    };
    const node = h(
      "li",
      { class: "room-choice" },
      name,
      text,
      h(
        "div",
        { class: "room-count" },
        h("label", { for: id, class: "room-hands-label" }, `Hands for ${letter(at)}`),
        button("−", () => step(-1), { quiet: true, "aria-label": `One hand less for ${letter(at)}` }),
        box,
        button("+", () => step(1), { quiet: true, "aria-label": `One hand more for ${letter(at)}` }),
        done,
      ),
    );
    return { id: choice.id, node, box, done };
  });
  const draw = () => {
    const { counts } = room;
    for (const { id, box, done } of rows) {
      if (!box || !done) continue;
      const said = counts[id];
      if (document.activeElement !== box) {
        box.value = said === undefined ? "" : String(said);
        box.removeAttribute("aria-invalid");
      }
      fill(done, said !== undefined && !open && "✓ counted");
    }
    fill(sum, open && `${hands(total(counts))} counted.`);
  };
  draw();
  return {
    node: h("div", null, h("ol", { class: "room-choices" }, rows.map(({ node }) => node)), sum),
    draw,
  };
}

/**
 * What was counted, in bars and in figures; the bar only shows again what the words say.
 *
 * @param {any[]} choices
 * @param {Record<string, number>} counts
 * @param {(choice: any, at: number) => import("../dom.js").Child} [more] what stands with each
 */
export function bars(choices, counts, more = () => null) {
  const most = Math.max(1, ...Object.values(counts));
  const counted = total(counts) > 0;
  return h(
    "ol",
    { class: "room-choices" },
    choices.map((choice, at) =>
      h(
        "li",
        { class: "room-choice" },
        h("b", { class: "room-letter" }, letter(at)),
        h(
          "div",
          { class: "room-choice-text" },
          choice.text,
          counted && h(
            "div",
            { class: "room-share" },
            h(
              "span",
              { class: "room-bar", "aria-hidden": "true" },
              h("span", { style: `inline-size:${100 * (counts[choice.id] ?? 0) / most}%` }),
            ),
            h("span", { class: "room-figure" }, share(counts, choice.id)),
          ),
        ),
        more(choice, at),
      )
    ),
  );
}

/** The counts for all to see, and a button for each choice that is open. @param {Room} room @returns {any} */
export function revealed(room) {
  const { choices, counts } = room;
  const at = room.session?.log.length;
  const take = (/** @type {any} */ choice, /** @type {number} */ i) => {
    const { open, reason } = choices[i];
    if (!open) return h("span", { class: "locked-why" }, reason);
    return button(`Take ${letter(i)}`, () => room.do({ do: "take", choice: choice.id }, at), {
      quiet: true,
      "data-choice": i,
    });
  };
  return [
    h("p", { class: "room-lead" }, inWords(choices.map(({ choice }) => choice), counts)),
    bars(choices.map(({ choice }) => choice), counts, take),
  ];
}
