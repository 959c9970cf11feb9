/** The site that a page belongs to, as its worker knows it. */

const root = document.documentElement.dataset;

/** The address of the site's root: where its worker stands, and all that the worker may answer for. */
export const scope = new URL(root.content_root || "./", location.href).href;
export const script = new URL("service-worker.js", scope).href;

/** The course's id. */
export const course = root.course ?? "";

/**
 * Whether a browser can keep a site at all: not from a folder, not over a connection that others can change.
 */
export const able = isSecureContext && location.protocol.startsWith("http") && "serviceWorker" in navigator;

/**
 * The registration of this site's own worker, not that of a neighbour or of a site around it.
 *
 * @returns {Promise<ServiceWorkerRegistration | undefined>}
 */
export async function registration() {
  const found = await navigator.serviceWorker.getRegistration(scope);
  return found?.scope === scope ? found : undefined;
}
