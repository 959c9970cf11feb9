/**
 * Which release each open page came from.
 *
 * A page asks for parts of itself long after it was opened: a chart's script, a data file. They must come from the
 * release that the page came from. The worker may be ended and started again at any time, so this is written down.
 */

/**
 * @typedef {object} State
 * @property {string | null} active the release that new pages get
 * @property {Record<string, string | null>} pages by a page's id: its release where that is another one, null where the
 *   page came from the network, and its parts do too
 */

/** @returns {State} */
const fresh = () => ({ active: null, pages: {} });
const KEY = "/state";

/**
 * @param {string} store the name of the store that holds it
 * @returns {Promise<State>}
 */
export async function read(store) {
  const found = await caches.has(store) && await caches.match(KEY, { cacheName: store });
  return found ? await found.json() : fresh();
}

/**
 * @param {string} store
 * @param {State} state
 */
export async function write(store, state) {
  await (await caches.open(store)).put(KEY, Response.json(state));
}

/**
 * The state once a new release takes over: pages that stay open stay with theirs.
 *
 * @param {State} before
 * @param {string} version
 * @param {string[]} open ids of the pages that stay open
 * @returns {State}
 */
export function takenOver(before, version, open) {
  /** @type {State} */
  const after = { active: version, pages: {} };
  for (const id of open) {
    const theirs = id in before.pages ? before.pages[id] : before.active;
    if (theirs !== version && (theirs !== null || id in before.pages)) after.pages[id] = theirs;
  }
  return after;
}

/**
 * The state without pages that have been closed.
 *
 * @param {State} state
 * @param {string[]} closed
 * @returns {State}
 */
export function without(state, closed) {
  const left = Object.entries(state.pages).filter(([id]) => !closed.includes(id));
  return { ...state, pages: Object.fromEntries(left) };
}

/**
 * The releases that somebody still needs.
 *
 * @param {State} state
 */
export function needed({ active, pages }) {
  return new Set([active, ...Object.values(pages)].filter((version) => version !== null));
}
