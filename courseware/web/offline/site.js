/** What the worker and the pages agree on: what addresses mean, and what the stores of one site are called. */

/**
 * The site that a worker keeps, as the build wrote it above the worker.
 *
 * @typedef {object} Site
 * @property {string} course the course's id
 * @property {string} title the course's name
 * @property {string} lang
 * @property {string} version what names a release: a digest of every file and of the worker
 * @property {number} bytes
 * @property {Record<string, [digest: string, bytes: number]>} files by path below the site's root
 */

/**
 * What a worker tells the pages.
 *
 * @typedef {{type: "stored", bytes: number, of: number} | {type: "failed", why: Why} | {type: "kept"}} News
 * @typedef {"network" | "changed" | "full" | "stopped"} Why
 */

/**
 * What the stores of one course in one folder of one host are named by. A space stands in no address, so no name can
 * begin with that of a neighbour.
 *
 * @param {string} course
 * @param {string} scope the address of the site's root
 */
export function names(course, scope) {
  const prefix = `${course} ${new URL(scope).pathname} `;
  return {
    prefix,
    state: `${prefix}state`,
    of: (/** @type {string} */ version) => `${prefix}version ${version}`,
  };
}

/**
 * The paths that an address may mean, the likeliest first; null when it is not of this site. What comes after `?` is
 * for the page, and says nothing about the file.
 *
 * @param {string} address
 * @param {string} scope
 * @returns {string[] | null}
 */
export function paths(address, scope) {
  const { origin, pathname } = new URL(address);
  const root = new URL(scope);
  if (origin !== root.origin || !pathname.startsWith(root.pathname)) return null;
  const path = plain(pathname.slice(root.pathname.length));
  if (path === "" || path.endsWith("/")) return [`${path}index.html`];
  return [path, `${path}.html`]; // some hosts leave `.html` out of their addresses
}

/** @param {string} path */
function plain(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * The address of a file.
 *
 * @param {string} path
 * @param {string} scope
 */
export function address(path, scope) {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), scope).href;
}

/**
 * Whether an address is of a file to take away, not to open.
 *
 * @param {string} address
 * @param {string} scope
 */
export const isDownload = (address, scope) => Boolean(paths(address, scope)?.[0].startsWith("_downloads/"));

/**
 * A size in words that do not change with every comma: 640 KB, 2.3 MB.
 *
 * @param {number} bytes
 */
export function size(bytes) {
  return bytes <= 990_000 ? `${Math.ceil(bytes / 1e4) * 10} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
