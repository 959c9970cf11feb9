/**
 * The offer to keep the course on the device. Nothing is stored, and no worker registered, before the learner asks.
 *
 * Where a browser cannot do it, the words that stand in the page already say what to do instead, and they stay.
 */

import { button, fill, h } from "../dom.js";
import { able, course, registration, scope, script } from "./here.js";
import { names, size } from "./site.js";

const { prefix, state: notes } = names(course, scope);

/** What stood in the way, and what to do. Nothing of a release that could not be stored whole is kept. */
const WHY = {
  network: "The connection was lost, so nothing was stored. Try again where it is better.",
  changed:
    "What arrived is not what was published. The course may be being replaced just now. Nothing was stored: " +
    "try again in a few minutes.",
  full:
    "There is not enough room for it in this browser, so nothing was stored. Make room, or use the zip file.",
  stopped: "Stopped. Nothing was stored.",
  refused:
    "This browser does not allow it here. A private window, or a rule of your organisation, may be why. " +
    "Use the zip file instead.",
};

class Offer {
  /** @param {HTMLElement} node where the words for a browser without all this stand */
  constructor(node) {
    this.live = h("div", { class: "offline-live" });
    this.status = h("p", { role: "status", class: "exercise-status" });
    this.bytes = Number(node.dataset.bytes);
    node.querySelector(".offline-instead")?.replaceWith(this.live, this.status);
  }

  /**
   * @param {string} said
   * @param {...import("../dom.js").Child} rest
   */
  show(said, ...rest) {
    const line = h("p", { class: "offline-state", tabindex: "-1" }, said);
    const hadFocus = this.live.contains(document.activeElement);
    fill(this.live, line, ...rest);
    if (hadFocus) line.focus({ preventScroll: true });
    else this.status.textContent = said;
  }

  /** @param {string} [problem] */
  showOffer(problem) {
    const how =
      `The whole course takes up ${
        size(this.bytes)
      }. Then every page opens without a connection, and exercises, charts and ` +
      "search work. Your answers are not part of it: they stay as they are.";
    const ask = button("Keep the course on this device", () => this.ask());
    if (problem) this.show(problem, h("p", {}, ask));
    else fill(this.live, h("p", {}, how), h("p", {}, ask));
  }

  async ask() {
    this.showProgress(0, this.bytes);
    // Asked for, the browser is slower to clear what it holds, the learner's answers included. It may say no.
    navigator.storage?.persist?.().catch(() => false);
    try {
      const kept = await navigator.serviceWorker.register(script, { scope, updateViaCache: "none" });
      this.follow(kept);
      if (!kept.installing) (kept.waiting ?? kept.active)?.postMessage("keep");
    } catch (error) {
      // A script that cannot be fetched is a TypeError; anything else is the browser's refusal.
      const away = error instanceof TypeError && navigator.onLine;
      await this.fail(away || !navigator.onLine ? "network" : "refused");
    }
  }

  /** @param {ServiceWorkerRegistration} kept */
  follow(kept) {
    const ended = new AbortController();
    const { signal } = ended;
    /** @param {import("./site.js").News & {site?: string}} news */
    const hear = async (news) => {
      if (news.site !== prefix) return;
      if (news.type === "stored") return this.showProgress(news.bytes, news.of, kept);
      ended.abort();
      if (news.type === "kept") this.showKept();
      else await this.fail(news.why);
    };
    navigator.serviceWorker.addEventListener("message", ({ data }) => hear(data), { signal });
    navigator.serviceWorker.startMessages();
    // A worker that the browser itself has ended says nothing any more.
    const coming = kept.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "redundant") {
        setTimeout(() => signal.aborted || hear({ site: prefix, type: "failed", why: "network" }), 500);
      }
    }, { signal });
  }

  /**
   * @param {number} bytes
   * @param {number} of
   * @param {ServiceWorkerRegistration} [kept]
   */
  showProgress(bytes, of, kept) {
    const words = `Storing the course: ${size(bytes)} of ${size(of)}.`;
    const bar = this.live.querySelector("progress");
    if (bar) {
      bar.value = bytes;
      bar.max = of;
      this.live.querySelector(".offline-state")?.replaceChildren(words);
      this.kept = kept ?? this.kept;
      return;
    }
    this.kept = kept;
    const stop = () => {
      for (const each of [this.kept?.installing, this.kept?.active]) each?.postMessage("stop");
    };
    this.show(
      words,
      h("progress", { max: of, "aria-label": "Storing the course" }),
      h("p", {}, button("Stop", stop, { quiet: true })),
    );
  }

  showKept() {
    this.show(
      "The course is on this device. It opens at the same address without a connection.",
      h(
        "p",
        { class: "hint" },
        "When a new version is published and you are online, it is fetched in the background, and a notice asks whether " +
          "to load it.",
      ),
      h("p", {}, button("Remove it from this device", () => this.remove(), { quiet: true })),
      h(
        "p",
        { class: "hint" },
        "Your answers are kept apart from it. Removing the course does not touch them.",
      ),
    );
  }

  async remove() {
    await (await registration())?.unregister();
    await empty();
    this.showOffer("The course has been removed from this device. Your answers are still here.");
  }

  /** @param {keyof typeof WHY} why */
  async fail(why) {
    const kept = await registration();
    // Where an earlier release is there, it stays. Otherwise there is nothing to answer with.
    if (kept && !kept.active) await kept.unregister();
    this.showOffer(WHY[why]);
  }
}

/** Delete what this site has stored, and nothing of a neighbour's. */
async function empty() {
  for (const name of await caches.keys()) if (name.startsWith(prefix)) await caches.delete(name);
}

/** @param {HTMLElement} node */
async function begin(node) {
  // Raises where the browser closes its stores: then the offer is not made.
  const [kept, stores] = await Promise.all([registration(), caches.keys()]);
  const there = stores.some((name) => name.startsWith(prefix) && name !== notes);
  const offer = new Offer(node);
  if (kept?.active && there) return offer.showKept();
  if (kept?.installing) { // begun in another tab, or here before the page was loaded again
    offer.showProgress(0, offer.bytes, kept);
    return offer.follow(kept);
  }
  // A browser that was closed half-way through leaves a part behind, which is of no use to anyone.
  if (!kept) await empty();
  offer.showOffer();
}

const node = document.querySelector(".course-offline");
if (node instanceof HTMLElement && able) begin(node).catch(() => {});
else if (node && location.protocol === "file:") {
  node.querySelector(".offline-instead")?.replaceChildren(
    "You are reading the course from a folder. It is on this device already, and needs no connection.",
  );
}
