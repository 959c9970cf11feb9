/** A run's code as somebody sees it: in fours to read, in words to say, to copy, and as a picture for a phone. */

import { generate } from "lean-qr";
import { button, h } from "../../web/dom.js";
import { provide } from "../../web/late.js";
import { CodeError, encode } from "./code.js";

/** @typedef {import("./engine.js").Scenario} Scenario */

/** The bundler drops comments; the library's licence asks for its notice in every copy. */
const NOTICE = "QR pictures by lean-qr 2.7.4. Copyright (c) 2021-2025 David Evans. MIT License.";
/** How the letters of a code are said, as pilots say them; figures are said as they are. */
const SAID = Object.fromEntries(
  ("Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel Juliett Kilo Mike November Papa Quebec Romeo Sierra Tango " +
    "Victor Whiskey X-ray Yankee Zulu").split(" ").map((word) => [word[0], word]),
);
/** The light edge that a camera needs around the picture, in modules. */
const EDGE = 4;

/** Here, and not in the stylesheet of every page: few will open the fold. */
const STYLE = `
.room-code-text { display: flex; flex-wrap: wrap; gap: 0 1ch;
  font: 600 var(--cw-size-5) / 1.3 ui-monospace, Consolas, monospace; }
.room-code-said { display: flex; flex-wrap: wrap; gap: var(--cw-space-3) var(--cw-space-5); margin-block-start: var(--cw-space-3); }
.room-code-said > * { flex: 1 1 12rem; margin: 0; }
.room-code svg { inline-size: 10rem; }`;

/**
 * @param {Scenario} scenario
 * @param {any} run
 * @param {(text: string) => void} say
 */
export function codeFace(scenario, run, say) {
  let code;
  try {
    code = encode(scenario, run);
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    return [h("p", null, error.what)]; // a run that no code holds plays on, and says why it has none
  }
  const groups = code.split("-");
  const shown = h("p", { class: "room-code-text" }, groups.map((each) => h("span", null, each, " ")));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      say("The code is copied.");
      done.textContent = "Copied.";
    } catch {
      // Some browsers keep the clipboard from pages: what is marked, anybody can copy.
      getSelection()?.selectAllChildren(shown);
      say("The code is marked. Copy it as you copy any text.");
      done.textContent = "It is marked: copy it as you copy any text.";
    }
  };
  const done = h("span", { class: "hint" });
  return [
    h("style", null, STYLE),
    h(
      "p",
      null,
      "Whoever runs a session can put the codes of all groups together. This one holds what was chosen in this run, how " +
        "luck fell, and how sure you said you were. It holds nothing that you wrote, and no name.",
    ),
    shown,
    h("div", { class: "room-code-ways" }, button("Copy the code", copy, { quiet: true }), " ", done),
    h(
      "div",
      { class: "room-code-said" },
      h(
        "div",
        null,
        h("p", null, h("b", null, "To read it aloud: "), "one group of four at a time."),
        h("ol", null, groups.map((each) => h("li", null, [...each].map(spoken).join(", ")))),
        h(
          "p",
          { class: "hint" },
          "There is no I, L, O or U in it: what looks like one is the figure 1 or 0.",
        ),
      ),
      h(
        "figure",
        null,
        picture(code),
        h(
          "figcaption",
          { class: "hint" },
          "A phone’s camera reads the code from this. It leads to no address.",
        ),
      ),
    ),
  ];
}

/** @param {string} character */
function spoken(character) {
  return SAID[character] ?? character;
}

/** The code as a QR picture, dark on light whatever the page is: cameras expect it so. @param {string} code */
function picture(code) {
  const bitmap = generate(code);
  const side = bitmap.size + 2 * EDGE;
  let dark = "";
  for (let y = 0; y < bitmap.size; y++) {
    for (let x = 0; x < bitmap.size; x++) {
      if (bitmap.get(x, y)) dark += `M${x + EDGE} ${y + EDGE}h1v1h-1z`;
    }
  }
  const of = (/** @type {string} */ tag, /** @type {Record<string, any>} */ attrs) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attrs)) node.setAttribute(name, String(value));
    return node;
  };
  const drawn = of("svg", {
    viewBox: `0 0 ${side} ${side}`,
    role: "img",
    "aria-label": `QR picture of the code ${code}`,
    "shape-rendering": "crispEdges",
  });
  drawn.append(
    of("rect", { width: side, height: side, fill: "#fff" }),
    of("path", { d: dark, fill: "#000" }),
  );
  return drawn;
}

provide("code", { codeFace, notice: NOTICE });
