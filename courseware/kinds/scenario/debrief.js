/** The debrief: a page that one would print. The path, what was left aside and why, and no model answer. */

import { fill, h, html } from "../../web/dom.js";
import { later } from "../../web/late.js";
import { moment } from "../../web/when.js";
import { comparison } from "./compare.js";
import { CONFIDENCE } from "./decision.js";
import { defence, opening, thisRun, untold } from "./partings.js";
import { says } from "./roles.js";
import { decisions } from "./run.js";
import { consequence, reading, why } from "./scenes.js";
import { titleOf } from "./words.js";

/** @typedef {import("./run.js").Step} Step */
/** @typedef {import("./run.js").Played} Played */
/** @typedef {import("./engine.js").Scenario} Scenario */
/** @typedef {import("../../web/dom.js").Child} Child */

/**
 * @param {Scenario} scenario
 * @param {any} record
 * @param {Played} played the run that has ended
 * @param {object} face
 * @param {HTMLElement} face.caution stands before the first box
 * @param {(text: string) => void} face.say
 * @param {(change: Record<string, any>) => void} face.write called with what somebody wrote, as they write
 * @param {Child[]} face.again the ways to play again
 */
export function debrief(scenario, record, played, { caution, say, write, again }) {
  const id = `${scenario.id}-debrief`;
  const node = scenario.nodes[played.state.node];
  const ended = node.type === "ending" ? node.title : "at the end of the act";
  const run = thisRun(scenario, record, played);
  const rest = untold(scenario, run.act);
  const part = (/** @type {string} */ title, /** @type {Child[]} */ ...children) =>
    h("section", { class: "debrief-part" }, h("h5", null, title), ...children);
  return h(
    "section",
    { class: "debrief", "aria-labelledby": id },
    h("h4", { id }, `Debrief: ${scenario.title}`),
    html(opening(scenario, run.act)),
    h("p", null, h("b", null, "How it ended: "), ended),
    node.type === "ending" &&
      h(
        "details",
        null,
        h("summary", null, "Read the ending again"),
        html(node.text),
        node.learned && html(node.learned),
      ),
    played.whole && forTheRoom(scenario, record, say),
    part("Your path", h("ol", { class: "path" }, path(played.steps))),
    part("Where things stood", standing(scenario, played)),
    part(
      "Paths that others would defend",
      h(
        "p",
        null,
        `None of these is the answer. Each is ${
          rest ? "the way of" : "argued by"
        } somebody with something at stake. ${rest ?? ""}`,
      ),
      scenario.debrief.defended.map((/** @type {any} */ each) => defended(scenario, each, run)),
    ),
    part("Two paths side by side", comparison(scenario, record, played, say)),
    part("After the action", caution, questions(scenario, record, write), before(scenario, record)),
    part("Your own case", html(scenario.debrief.own_case), plan(scenario, record, write)),
    h("div", { class: "again" }, ...again),
  );
}

/**
 * This run as a code, for a session that puts the groups' runs together. What makes it comes when somebody asks.
 *
 * @param {Scenario} scenario
 * @param {any} record
 * @param {(text: string) => void} say
 */
function forTheRoom(scenario, record, say) {
  const inside = h("div", null, h("p", null, "One moment."));
  const open = async () => {
    if (!fold.open) return;
    try {
      fill(inside, (await later("code")).codeFace(scenario, record, say));
    } catch {
      fill(
        inside,
        h("p", null, "The code could not be made. Close this, and open it when you are connected."),
      );
    }
  };
  const fold = h(
    "details",
    { class: "room-code", ontoggle: open },
    h("summary", null, "A code for the room"),
    inside,
  );
  return fold;
}

/** Every decision and every piece of luck, in order; decisions are numbered as they were on the way. @param {Step[]} steps */
function path(steps) {
  let decided = 0;
  return steps.filter((each) => each.taken).map((each) => {
    decided += each.node.type === "decision" ? 1 : 0;
    return h("li", null, told(each, decided));
  });
}

/**
 * One step, folded under what was chosen: what came of it has been read once, and a phone has little room.
 *
 * @param {Step} step
 * @param {number} number which decision it is
 */
function told(step, number) {
  const { node, taken, move } = step;
  const decided = node.type === "decision";
  const trail = h("span", { class: "trail" }, decided ? `Decision ${number}` : "Luck");
  const title = h("h6", null, trail, node.label && " ", node.label);
  const summary = h(
    "summary",
    null,
    title,
    decided && h("span", { class: "took" }, "You chose: ", taken.text),
  );
  if (!decided) return h("details", null, summary, consequence(step));
  const { feedback } = taken;
  const sure = CONFIDENCE[/** @type {keyof typeof CONFIDENCE} */ (move.confidence)];
  const others = node.choices.filter((/** @type {any} */ each) => each !== taken);
  return h(
    "details",
    null,
    summary,
    move.rationale && h("p", null, h("b", null, "Your reason: "), move.rationale),
    sure && h("p", null, h("b", null, "How sure you were: "), sure),
    consequence(step),
    why(feedback),
    h(
      "details",
      { class: "others" },
      h("summary", null, `What else you could have chosen (${others.length})`),
      others.map(other),
    ),
  );
}

/** A choice not taken. @param {any} choice */
function other({ text, feedback }) {
  return h(
    "div",
    { class: "other" },
    h("p", null, h("b", null, text)),
    html(feedback.consequence),
    why(feedback),
  );
}

/**
 * Every indicator after every decision. It may be wider than a phone, so it scrolls in a region that takes focus.
 *
 * @param {Scenario} scenario
 * @param {Played} played
 */
function standing(scenario, { steps, state }) {
  const all = Object.entries(scenario.indicators);
  const made = decisions(steps);
  const row = (/** @type {string} */ name, /** @type {Record<string, number>} */ values) =>
    h("tr", null, h("th", { scope: "row" }, name), all.map(([key]) => h("td", null, values[key])));
  // What luck changed between two decisions shows in the later row: each row is how the next decision found things.
  const rows = made.map((_, i) => row(`Decision ${i + 1}`, (made[i + 1]?.before ?? state).indicators));
  const caption = "Each indicator at the start and after each decision, luck included";
  return [
    h(
      "ul",
      { class: "readings" },
      all.map(([key, indicator]) =>
        h(
          "li",
          null,
          h("b", null, `${/** @type {any} */ (indicator).label}: `),
          reading(indicator, state.indicators[key]),
        )
      ),
    ),
    h(
      "div",
      { class: "table-scroll", tabindex: 0, role: "region", "aria-label": caption },
      h(
        "table",
        null,
        h("caption", null, caption),
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            h("th", { scope: "col" }, "When"),
            all.map(([, each]) => h("th", { scope: "col" }, /** @type {any} */ (each).label)),
          ),
        ),
        h("tbody", null, steps.length > 0 && row("Start", steps[0].before.indicators), rows),
      ),
    ),
  ];
}

/** @param {Scenario} scenario @param {any} each @param {import("./partings.js").Side} run */
function defended(scenario, each, run) {
  const { steps, argues, ended } = defence(scenario, each, run.act);
  return h(
    "article",
    { class: "defended" },
    h("h6", null, each.by),
    html(argues),
    says(scenario, run, each, true),
    steps.length > 0 && h(
      "details",
      null,
      h("summary", null, "This path, decision by decision"),
      h(
        "ol",
        null,
        steps.filter((each) => each.taken).map(({ node, taken }) =>
          node.type === "decision" ? h("li", null, taken.text) : h("li", { class: "luck" }, html(taken.text))
        ),
      ),
      ended && h("p", null, h("b", null, "It ends: "), ended),
    ),
  );
}

/**
 * @param {Scenario} scenario
 * @param {any} record
 * @param {(change: Record<string, any>) => void} write
 */
function questions(scenario, record, write) {
  const answers = { ...record.after_action };
  return Object.entries(scenario.debrief.after_action).map(([key, question]) =>
    box(`${scenario.id}-${key}`, question, answers[key], (text) => {
      answers[key] = text;
      write({ after_action: { ...answers } });
    })
  );
}

/** What was written after earlier runs, each with its run; the newest first. @param {Scenario} scenario @param {any} record */
function before(scenario, record) {
  const runs = record.runs.filter((/** @type {any} */ run) => run.after_action).reverse();
  return runs.length > 0 && h(
    "details",
    null,
    h("summary", null, `What you wrote after earlier runs (${runs.length})`),
    runs.map((/** @type {any} */ run) => [
      h("h6", null, `${moment(run.when)}: ${titleOf(scenario, run.ending)}`),
      Object.entries(scenario.debrief.after_action).map(([key, question]) =>
        run.after_action[key] &&
        h("p", { class: "chosen" }, h("b", null, question, " "), run.after_action[key])
      ),
    ]),
  );
}

/**
 * @param {Scenario} scenario
 * @param {any} record
 * @param {(change: Record<string, any>) => void} write
 */
function plan(scenario, record, write) {
  const template = h("span", { class: "hint" }, ` Write it as: ${scenario.debrief.if_then}`);
  return box(
    `${scenario.id}-plan`,
    ["Your if–then plan.", template],
    record.if_then,
    (text) => write({ if_then: text }),
  );
}

/**
 * @param {string} id
 * @param {Child} question
 * @param {string} value
 * @param {(text: string) => void} write
 */
function box(id, question, value, write) {
  const area = h("textarea", {
    id,
    rows: 3,
    maxlength: 5000,
    autocomplete: "off",
    value: value ?? "",
    oninput: () => write(area.value),
  });
  return h("p", { class: "ask" }, h("label", { for: id }, question), area);
}
