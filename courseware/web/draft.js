/** Several changes to what is kept, written all together or not at all. */

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./store.js").Area} Area */
/** @typedef {ReturnType<typeof draftOf>} Draft */

/** An area as it would be: read through to what is there, and write to a list. @param {Area} area */
export function draftOf(area) {
  /** @type {Map<string, string | null>} */
  const changes = new Map();
  return {
    area,
    changes,
    /** @param {string} key */
    get: (key) => changes.has(key) ? changes.get(key) ?? null : area.get(key),
    /** @param {string} key @param {string} value */
    set: (key, value) => (changes.set(key, value), true),
    /** @param {string} key */
    remove: (key) => (changes.set(key, null), true),
    keys: area.keys,
  };
}

/**
 * Write a draft; when anything of it fails, put back what was there.
 *
 * @param {Store} store
 * @param {Draft[]} drafts
 * @returns {{done: boolean, restored: boolean}} when it is not done, whether all is as it was
 */
export function commit(store, drafts) {
  const changes = drafts.flatMap(({ area, changes }) =>
    [...changes].map(([key, raw]) => ({ area, key, raw, before: area.get(key) }))
  );
  // What takes the place of something comes after what is new: new things can be taken away again whatever happens.
  const order = (/** @type {typeof changes[0]} */ { raw, before }) =>
    raw === null ? 2 : Number(before !== null);
  changes.sort((a, b) => order(a) - order(b));
  /** @param {Area} area @param {string} key @param {string | null} raw */
  const write = (area, key, raw) => raw === null ? area.remove(key) : area.set(key, raw);
  for (const [i, { area, key, raw }] of changes.entries()) {
    if (write(area, key, raw)) continue;
    const back = changes.slice(0, i).reverse().map((each) => write(each.area, each.key, each.before));
    return { done: false, restored: back.every(Boolean) };
  }
  store.tell(changes.map(({ key }) => key));
  return { done: true, restored: true };
}
