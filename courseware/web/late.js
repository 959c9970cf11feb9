/**
 * Scripts that come later: what only some readers need is not sent to all. `web/build.py` makes them so that they use the
 * modules that the first script has brought already.
 *
 * In a notebook everything is one module: there a part has been provided before anybody asks for it.
 */

// Of the book's script while it runs; a module, and a test, have none.
const home = /** @type {HTMLScriptElement | null | undefined} */ (globalThis.document?.currentScript)?.src;
/** How far off, in pixels, an exercise is when its script is asked for: two or three screens of a phone. */
const NEAR = "2000px";

/** @type {Map<string, any>} */
const provided = new Map();
/** @type {Map<string, Promise<void>>} */
const asked = new Map();

/**
 * What a script that comes later says first of all.
 *
 * @param {string} name its file's name, without the `.js`
 * @param {any} face what it brings
 */
export function provide(name, face) {
  provided.set(name, face);
}

/**
 * @param {string} name
 * @returns {any} what a part provides; undefined while it has not come
 */
export function come(name) {
  return provided.get(name);
}

/**
 * Bring a part, once.
 *
 * @param {string} name
 * @returns {Promise<any>} what it provides; rejected where it cannot be had, and asked for afresh the next time
 */
export async function later(name) {
  if (!provided.has(name)) await fetched(name);
  return provided.get(name);
}

/** @param {string} name */
function fetched(name) {
  const known = asked.get(name);
  if (known) return known;
  const coming = /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(`${name}.js`, home).href;
    script.onload = () => resolve();
    script.onerror = () => {
      asked.delete(name);
      script.remove();
      reject(new Error(`${name}.js could not be loaded`));
    };
    document.head.append(script);
  }));
  asked.set(name, coming);
  return coming;
}

/**
 * Bring a part when one of these elements nears the window. Until then, and where it cannot be had, their text reads as
 * Python wrote it; a network that comes back is tried again.
 *
 * @param {string} name
 * @param {Iterable<Element>} elements
 */
export function whenNear(name, elements) {
  const near = new IntersectionObserver((entries) => {
    if (entries.some((each) => each.isIntersecting)) bring();
  }, { rootMargin: `${NEAR} 0px` });
  const bring = () =>
    later(name).then(() => near.disconnect()).catch(() => addEventListener("online", bring, { once: true }));
  for (const each of elements) near.observe(each);
}
