/** The page that gathers what somebody wrote: to go on with it, print it, take it away, bring it back, erase it. */

import { button, fill, focusOn, h } from "../dom.js";
import { CAUTION, question } from "../machine.js";
import { bringing, download, erasing, fileName } from "./carry.js";
import { gather, hasWords, knowingOf } from "./gathered.js";
import { markdown } from "./markdown.js";
import { exportText } from "../archive.js";
import { beside, field, head, opened, savedLine } from "./sheet.js";

/** @typedef {import("./frame.js").Desk} Desk */
/** @typedef {import("./gathered.js").Sheet} Sheet */
/** @typedef {import("./gathered.js").Entry} Entry */
/** @typedef {import("./sheet.js").Opened} Opened */

/** @param {Desk} desk */
export function portfolio(desk) {
  const { data, store, live, say } = desk;
  const knowing = knowingOf(data);
  const [place, work, erase] = ["desk-place", "", "desk-carry"].map((name) => h("div", { class: name }));
  let drawing = new AbortController();
  /** @type {Map<string, Opened>} */
  let kept = new Map();
  /** @type {(() => void)[]} */
  let updates = [];
  let shape = "";

  const flush = () => kept.forEach((each) => each.flush());
  const sheets = () => gather(store, data, knowing);
  const changed = () => {
    const found = sheets().filter(hasWords);
    if (shapeOf(found) === shape) return updates.forEach((update) => update());
    draw(found);
  };
  const draw = (found = sheets().filter(hasWords)) => {
    drawing.abort();
    drawing = new AbortController();
    [kept, updates, shape] = [new Map(), [], shapeOf(found)];
    const at = document.activeElement?.id;
    fill(work, found.length ? [takes(), planned(found), chapters(found)] : empty(data));
    erase.replaceChildren(erasing(desk, knowing, { flush, erased }));
    // Another tab went on while somebody was writing here.
    if (at) document.getElementById(at)?.focus({ preventScroll: true });
  };

  // Beside the part that is drawn afresh: it is drawn again whenever another tab answers to what has gone.
  const told = h("div");
  const erased = (/** @type {string} */ said) => {
    where();
    draw();
    const shown = h("p", { class: "account" }, said);
    fill(told, shown);
    focusOn(shown);
    say(said);
  };

  const takes = () =>
    h(
      "div",
      { class: "exercise-moves" },
      button("Print", () => (flush(), print())),
      button("Export as Markdown", () => {
        flush();
        const text = markdown(data.title, data.chapters, sheets().filter(hasWords));
        download(`${data.course}-portfolio.md`, "text/markdown", text);
        say("The Markdown file is made.");
      }, { quiet: true }),
    );

  /** @param {Sheet} sheet @param {Entry[]} entries @param {string} part */
  const boxes = (sheet, entries, part) => {
    if (!sheet.listed || !entries.length) return [];
    const one = kept.get(sheet.id) ?? opened(desk, sheet.listed, knowing, drawing.signal, changed);
    kept.set(sheet.id, one);
    return entries.map((entry, i) => {
      const { node, update } = field(`portfolio-${sheet.id}-${part}-${i}`, one, entry);
      updates.push(update);
      return node;
    });
  };

  /** @param {Sheet[]} found */
  const planned = (found) => {
    const made = found.filter(({ plans }) => plans.length);
    return made.length > 0 && h(
      "section",
      { class: "desk-part" },
      h("h2", null, "Your plans"),
      made.map((sheet) => {
        const fields = boxes(sheet, sheet.plans, "plan");
        return h(
          "section",
          { class: "desk-sheet" },
          head(sheet),
          savedLine(sheet, kept.get(sheet.id) ?? null),
          fields,
        );
      }),
    );
  };

  /** @param {Sheet[]} found */
  const chapters = (found) => {
    const rest = found.filter((each) =>
      [each.entries, each.also, each.aside, each.older, each.unreadable].some((list) => list.length)
    );
    const known = data.chapters.map((chapter) => ({
      title: `Chapter ${chapter.number}: ${chapter.question}`,
      written: rest.filter(({ listed }) => listed?.chapter === chapter.id),
    }));
    const placed = known.flatMap(({ written }) => written);
    const gone = {
      title: "From exercises that are no longer in a chapter",
      written: rest.filter((each) => !placed.includes(each)),
    };
    return [...known, gone].filter(({ written }) => written.length).map(({ title, written }) =>
      h("section", { class: "desk-part" }, h("h2", null, title), written.map(answers))
    );
  };

  /** @param {Sheet} sheet */
  const answers = (sheet) => {
    const shared = kept.has(sheet.id);
    const fields = boxes(sheet, sheet.entries, "answer");
    const heading = head(sheet);
    const drop = () => {
      const listed = sheet.listed;
      for (const area of store.areas()) {
        for (const key of area.keys(`${store.prefix}${sheet.id}:`)) {
          if (key.endsWith(":set-aside")) area.remove(key);
        }
      }
      draw();
      say(`Deleted what was set aside of ${listed?.title ?? sheet.id}.`);
      live.querySelector("h2")?.focus();
    };
    return h(
      "section",
      { class: "desk-sheet" },
      heading,
      savedLine(sheet, shared ? null : kept.get(sheet.id) ?? null),
      fields,
      beside(sheet, drop),
    );
  };

  /** Whose device this is, asked here too, and what follows from the answer. */
  const where = () => {
    const machine = store.machine();
    const ask = () =>
      question(store, { name: "portfolio-machine", current: machine, done: () => focusOn(line) });
    const line = h("p", { tabindex: -1 }, whereItIs(store));
    fill(
      place,
      h("p", { class: "hint" }, CAUTION, " Neither the course nor anybody who runs it receives any of this."),
      line,
      machine ? h("details", null, h("summary", null, "Change whose device this is"), ask()) : ask(),
    );
  };
  store.onMachine(() => (where(), draw()));

  const save = h(
    "section",
    { class: "desk-part desk-carry" },
    h("h2", null, "Take it to another device"),
    h(
      "p",
      null,
      "One file holds all that you did and wrote in every exercise. Load it on another device, or keep it in case this one is cleared.",
    ),
    h(
      "div",
      { class: "exercise-moves" },
      button("Save everything to one file", () => {
        flush();
        download(fileName(data.course), "application/json", exportText(store, data.course, knowing));
        say("The file of everything is made.");
      }),
    ),
    bringing(desk, knowing, { flush, loaded: () => draw() }),
  );
  where();
  draw();
  live.append(place, work, save, erase, told);
}

/** What there is to draw; as long as it stays the same, only words have changed. @param {Sheet[]} found */
function shapeOf(found) {
  return JSON.stringify(
    found.map((
      { id, plans, entries, also, aside, older, unreadable },
    ) => [id, plans.length, entries.length, also, aside, older, unreadable]),
  );
}

/** @param {import("../store.js").Store} store */
function whereItIs(store) {
  const machine = store.machine();
  const probe = `${store.prefix}probe`;
  const area = machine === "own" ? store.local : store.session;
  const keeps = area.set(probe, "1");
  area.remove(probe);
  if (!keeps) {
    return "This browser does not allow saving, or its space is full. What you write in the exercises may be gone when you leave their page.";
  }
  if (machine === "own") return "What you write is kept on this device, in this browser.";
  if (machine === "shared") {
    return "Others use this device too, so what you write is kept only until this tab closes. To keep it, print it or save it to a file.";
  }
  return "What you write is kept until this tab closes, unless you say that the device is yours.";
}

/** @param {import("./frame.js").Catalogue} data */
function empty({ exercises }) {
  const places = exercises.filter(({ writings }) => writings.length);
  return [
    h("h2", null, "Nothing is here yet"),
    h(
      "p",
      null,
      "When you write in a reflection, answer the questions after a scenario, or make a plan, it stands here, by chapter: to read again, go on with, print or take along.",
    ),
    places.length > 0 && h("p", null, "You can write in:"),
    h(
      "ul",
      null,
      places.map(({ title, kind_label, minutes, address }) =>
        h("li", null, h("a", { href: address }, title), ` ${kind_label}, ${minutes} minutes`)
      ),
    ),
  ];
}
