/**
 * Answers for the site on a device whose owner asked to keep it. It stores and gives out the files of the course, and
 * nothing else: it sees no learner's work, and sends nothing.
 *
 * A release is stored whole before any page gets it. A new one waits until no page is open, or until a learner loads it.
 */

import { keep, why } from "./keep.js";
import { lost } from "./lost.js";
import { address, isDownload, names, paths } from "./site.js";
import { needed, read, takenOver, without, write } from "./state.js";

// The types at hand are a window's; these are the few that a worker has besides.
/** @type {any} */
const worker = self;
/** @type {import("./site.js").Site} */
const site = worker.SITE;
/** @type {string} */
const scope = worker.registration.scope;
const named = names(site.course, scope);
const mine = named.of(site.version);

/** @type {AbortController | null} */
let storing = null;
/** The page that asked for this release: it is about to be loaded again. */
let asker = "";
/** @type {Promise<import("./state.js").State> | null} */
let known = null;

const state = () => known ??= read(named.state);

/**
 * Change what is known of the open pages: one change after another, so that none is lost.
 *
 * @param {(before: import("./state.js").State) => import("./state.js").State} change
 */
async function remember(change) {
  known = state().then(change);
  await write(named.state, await known);
}

/** @returns {Promise<{id: string, url: string, postMessage: (news: any) => void}[]>} pages of this site that are open */
async function open(includeUncontrolled = false) {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled });
  return pages.filter((/** @type {{url: string}} */ page) => page.url.startsWith(scope));
}

/** @param {Record<string, unknown>} news */
async function tell(news) {
  for (const page of await open(true)) page.postMessage({ site: named.prefix, ...news });
}

/**
 * Store this release. Raises what stood in the way, having told the pages. What there is of it is thrown away, but for
 * a new release that the network cut short while another one serves: that goes on from there at the next visit.
 */
async function store() {
  storing ??= new AbortController();
  try {
    await keep(site, scope, named, {
      signal: storing.signal,
      tell: (bytes) => tell({ type: "stored", bytes, of: site.bytes }),
    });
  } catch (error) {
    const reason = why(error);
    const { active } = await read(named.state);
    if (active !== site.version && !(active && reason === "network")) await caches.delete(mine);
    await tell({ type: "failed", why: reason });
    throw error;
  } finally {
    storing = null;
  }
}

/** Take over from the release before, and let go of what nobody needs any more. */
async function takeOver() {
  const pages = (await open()).map(({ id }) => id).filter((id) => id !== asker);
  known = read(named.state); // the release before may have written since
  await remember((before) => takenOver(before, site.version, pages));
  const stay = new Set([named.state, ...[...needed(await state())].map(named.of)]);
  for (const name of await caches.keys()) {
    if (name.startsWith(named.prefix) && !stay.has(name)) await caches.delete(name);
  }
  await tell({ type: "kept" });
}

/** Forget pages that were closed, and the releases that only they needed. */
async function forgetClosed() {
  const before = await state();
  const noted = Object.keys(before.pages);
  if (!noted.length) return;
  const ids = (await open(true)).map(({ id }) => id);
  const closed = noted.filter((id) => !ids.includes(id));
  if (!closed.length) return;
  await remember((now) => without(now, closed));
  const still = needed(await state());
  for (const version of needed(before)) if (!still.has(version)) await caches.delete(named.of(version));
}

/**
 * @param {string} version
 * @param {string[]} candidates
 */
async function kept(version, candidates) {
  const cacheName = named.of(version);
  for (const path of candidates) {
    const found = await caches.match(address(path, scope), { cacheName });
    if (found) return found;
  }
}

/**
 * A page. One that is not kept comes from the network, as if nobody stood between; then all its parts do.
 *
 * @param {any} event
 * @param {string[]} candidates
 */
async function page({ request, resultingClientId }, candidates) {
  const found = await kept(site.version, candidates);
  if (found && isDownload(request.url, scope)) {
    const headers = new Headers(found.headers);
    headers.set("Content-Disposition", "attachment");
    return new Response(found.body, { headers });
  }
  if (found) return found;
  const folder = `${candidates[0]}/index.html`;
  if (folder in site.files) return Response.redirect(address(candidates[0], scope) + "/");
  try {
    const response = await fetch(request);
    if (resultingClientId && await caches.has(named.state)) {
      await remember((before) => ({ ...before, pages: { ...before.pages, [resultingClientId]: null } }));
    }
    return response;
  } catch {
    return lost(site, scope);
  }
}

/**
 * A part of a page, from the release that the page is of.
 *
 * @param {any} event
 * @param {string[]} candidates
 */
async function part({ request, clientId }, candidates) {
  const { pages } = await state();
  const version = clientId in pages ? pages[clientId] : site.version;
  return (version && await kept(version, candidates.slice(0, 1))) || fetch(request);
}

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(store()));

worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(takeOver()));

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const candidates = request.method === "GET" && paths(request.url, scope);
  if (!candidates) return;
  event.respondWith(request.mode === "navigate" ? page(event, candidates) : part(event, candidates));
  event.waitUntil(forgetClosed());
});

worker.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data === "stop") storing?.abort();
  if (event.data === "load") {
    asker = event.source?.id ?? "";
    event.waitUntil(worker.skipWaiting());
  }
  // A browser may bring back a worker that was sent away a moment ago. It does not install it again.
  if (event.data === "keep") event.waitUntil(store().then(takeOver, () => {}));
});
