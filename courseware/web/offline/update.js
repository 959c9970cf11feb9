/** Says, on a page that a worker answers for, that a new release is stored and waits. When to load it is the reader's choice. */

import { button, h } from "../dom.js";
import { course, registration, scope } from "./here.js";
import { isDownload, names } from "./site.js";

const here = document.currentScript;
// For this tab alone, which forgets it when it closes.
const LATER = `${names(course, scope).prefix}later`;

/** @param {ServiceWorkerRegistration} kept */
function load(kept) {
  const { waiting } = kept;
  if (!waiting) return location.reload(); // another tab was first
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("load");
}

/**
 * Put the notice above the page's text, where it covers nothing.
 *
 * @param {ServiceWorkerRegistration} kept
 * @param {boolean} arrived it came while the page was being read, so it is said aloud
 */
function show(kept, arrived) {
  const main = document.querySelector("main");
  if (!main || main.querySelector(".offline-notice")) return;
  const words = h("p", arrived ? { role: "status" } : null);
  const notice = h(
    "aside",
    { class: "offline-notice", "aria-label": "New version" },
    words,
    h(
      "p",
      { class: "offline-moves" },
      button("Load it", () => load(kept)),
      button("Later", () => {
        later(true);
        main.focus({ preventScroll: true });
        notice.remove();
      }, { quiet: true }),
    ),
  );
  main.prepend(notice);
  // A live region speaks of what changes in it once it is there.
  setTimeout(() => words.textContent = "A new version of the course is here. Your answers stay.");
}

/** @param {boolean} [set] */
function later(set) {
  try {
    if (set) sessionStorage.setItem(LATER, "1");
    return sessionStorage.getItem(LATER) === "1";
  } catch {
    return false;
  }
}

/** @param {() => void} then */
function styled(then) {
  if (!(here instanceof HTMLScriptElement) || document.querySelector("link[href*='offline.css']")) {
    return then();
  }
  const sheet = h("link", { rel: "stylesheet", href: new URL("offline.css", here.src).href, onload: then });
  document.head.append(sheet);
}

/** Chrome asks the network, and not the worker, for a link that is marked as a download. The worker marks the answer. */
function unmarkDownloads() {
  for (const link of document.querySelectorAll("a[download]")) {
    if (link instanceof HTMLAnchorElement && isDownload(link.href, scope)) link.removeAttribute("download");
  }
}

async function watch() {
  const kept = await registration();
  if (!kept) return;
  unmarkDownloads();
  if (later()) return;
  if (kept.waiting) return styled(() => show(kept, false));
  const follow = () => {
    const coming = kept.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed") styled(() => show(kept, true));
    });
  };
  follow();
  kept.addEventListener("updatefound", follow);
}

watch();
