/** A vote on the screen: hands counted behind closed figures, then shown as bars, then the room takes one choice. */

import { CONFIDENCE } from "../../kinds/scenario/decision.js";
import { button, fill, h } from "../dom.js";
import {
  hands,
  handsIn,
  inWords,
  letter,
  MOST_HANDS,
  movedInWords,
  share,
  sureInWords,
  total,
} from "./room-votes.js";

/** @typedef {import("./room-run.js").Room} Room */

/**
 * What hands go up for, with a box for the hands of each.
 *
 * @param {Room} room
 * @param {boolean} open whether the figures can be seen: on the key, and never on the screen before they are shown
 * @returns {{node: HTMLElement, draw: () => void}} `draw` puts in what another window counted
 */
export function counting(room, open) {
  const sum = h("p", { class: "room-sum" });
  const rows = room.ballot.map((line, at) => rowOf(room, line, at, open));
  const draw = () => {
    for (const row of rows) row.draw();
    fill(sum, open && `${hands(room.counted)} counted.`);
  };
  draw();
  return {
    node: h("div", null, h("ol", { class: "room-choices" }, rows.map(({ node }) => node)), sum),
    draw,
  };
}

/**
 * @param {Room} room
 * @param {import("./room-run.js").Line} line
 * @param {number} at
 * @param {boolean} open
 */
function rowOf(room, { id, text, mark, name, reason }, at, open) {
  const field = `room-hands-${at}`;
  const words = h("span", { class: "room-choice-text", id: `${field}-text` }, text);
  const first = h("b", { class: "room-letter" }, mark);
  if (reason) {
    const why = h("span", { class: "locked-why" }, reason);
    return { node: h("li", { class: "room-choice locked" }, first, h("div", null, words, why)), draw() {} };
  }
  const typed = () => {
    const count = handsIn(box.value);
    box.setAttribute("aria-invalid", String(count === null));
    if (count === null) return room.say(`Hands for ${name}: a whole number up to ${MOST_HANDS}.`);
    room.count(id, count);
  };
  const draw = () => {
    const said = room.counts[id];
    if (document.activeElement !== box) {
      box.value = said === undefined ? "" : String(said);
      box.removeAttribute("aria-invalid");
    }
    fill(done, said !== undefined && !open && "✓ counted");
  };
  const step = (/** @type {number} */ by) => {
    room.count(id, (room.counts[id] ?? 0) + by);
    const now = room.counts[id] ?? 0;
    // On the screen nothing is said of how many: loudspeakers are for everybody.
    room.say(open ? `${name}: ${hands(now)}.` : `${name} changed.`);
    box.value = String(now);
  };
  const done = h("span", { class: "room-done" });
  const box = h("input", {
    type: "text",
    inputmode: "numeric",
    id: field,
    class: open ? "room-hands" : "room-hands is-closed",
    maxlength: 3,
    autocomplete: "off",
    "data-choice": at,
    "aria-describedby": `${field}-text`,
    oninput: typed,
    onblur: draw,
  });
  const count = h(
    "div",
    { class: "room-count" },
    h("label", { for: field, class: "room-hands-label" }, `Hands for ${name}`),
    button("−", () => step(-1), { quiet: true, "aria-label": `One hand less for ${name}` }),
    box,
    button("+", () => step(1), { quiet: true, "aria-label": `One hand more for ${name}` }),
    done,
  );
  return { node: h("li", { class: "room-choice" }, first, words, count), draw };
}

/**
 * What was counted, in bars and in figures; the bar only shows again what the words say.
 *
 * @param {any[]} choices
 * @param {Record<string, number>[]} sheets the first count, and the one after the talk where there was one
 * @param {(choice: any, at: number) => import("../dom.js").Child} [more] what stands with each
 */
export function bars(choices, sheets, more = () => null) {
  const counted = sheets.filter(total);
  const most = Math.max(1, ...counted.flatMap((each) => Object.values(each)));
  const bar = (/** @type {number} */ own) => h("span", { style: `inline-size:${100 * own / most}%` });
  const shares = (/** @type {any} */ { id }) =>
    h(
      "div",
      { class: "room-share" },
      h("span", { class: "room-bar", "aria-hidden": "true" }, counted.map((each) => bar(each[id] ?? 0))),
      h("span", { class: "room-figure" }, counted.map((each) => share(each, id)).join(", then ")),
    );
  return h(
    "ol",
    { class: "room-choices" },
    choices.map((choice, at) =>
      h(
        "li",
        { class: "room-choice" },
        h("b", { class: "room-letter" }, letter(at)),
        h("div", { class: "room-choice-text" }, choice.text, counted.length > 0 && shares(choice)),
        more(choice, at),
      )
    ),
  );
}

/** The counts for all to see, and a button for each choice that is open. @param {Room} room @returns {any} */
export function revealed(room) {
  const { choices } = room;
  const [counts, again] = [room.countsOf("counts"), room.countsOf("again")];
  const at = room.session?.log.length;
  const take = (/** @type {any} */ choice, /** @type {number} */ i) => {
    const { open, reason } = choices[i];
    if (!open) return h("span", { class: "locked-why" }, reason);
    return button(`Take ${letter(i)}`, () => room.do({ do: "take", choice: choice.id }, at), {
      quiet: true,
      "data-choice": i,
    });
  };
  const named = choices.map(({ choice }) => choice);
  return [
    h("p", { class: "room-lead" }, inWords(named, total(again) ? again : counts)),
    more([movedInWords(counts, again), sureInWords(room.countsOf("sure"), CONFIDENCE)]),
    bars(named, [counts, again], take),
  ];
}

/** What else was counted, in a line; nothing where nothing was. @param {string[]} said */
export function more(said) {
  const words = said.filter(Boolean).join(" ");
  return words && h("p", { class: "room-figure" }, words);
}
