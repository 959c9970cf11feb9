/**
 * Storing a release, whole or not at all.
 *
 * Each file is checked against the digest that the build wrote down, so a site that is being replaced while it is
 * fetched is never stored half old, half new. A file that an earlier release had just so is copied, not fetched again.
 */

import { address } from "./site.js";

const AT_ONCE = 4;

/** A file came, but it is not what was published. */
class Changed extends Error {}

/**
 * Fill a release's store.
 *
 * @param {import("./site.js").Site} site
 * @param {string} scope
 * @param {ReturnType<typeof import("./site.js").names>} named
 * @param {{signal: AbortSignal, tell: (bytes: number) => void}} how `tell` hears how much is stored
 */
export async function keep(site, scope, named, { signal, tell }) {
  const mine = named.of(site.version);
  const store = await caches.open(mine);
  const older = (await caches.keys()).filter((name) =>
    name.startsWith(named.prefix) && name !== mine && name !== named.state
  );
  const left = Object.entries(site.files);
  let bytes = 0;

  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      signal.throwIfAborted();
      const [path, [digest, length]] = next;
      const url = address(path, scope);
      if (!is(await store.match(url), digest)) {
        await store.put(url, await copied(url, digest, older) ?? await fetched(url, digest, signal));
      }
      tell(bytes += length);
    }
  };
  const done = await Promise.allSettled(Array.from({ length: AT_ONCE }, () =>
    work().catch((error) => {
      left.length = 0; // one file that cannot be had is enough
      throw error;
    })));
  for (const each of done) if (each.status === "rejected") throw each.reason;
  // The store may have been thrown away meanwhile, by the learner or by the browser; what is put into it then is lost.
  const kept = await (await caches.open(mine)).keys();
  if (kept.length < Object.keys(site.files).length) throw new Changed("the store was emptied");
}

/**
 * @param {Response | undefined} response
 * @param {string} digest
 */
function is(response, digest) {
  return response?.headers.get("ETag") === digest;
}

/**
 * @param {string} url
 * @param {string} digest
 * @param {string[]} older
 */
async function copied(url, digest, older) {
  for (const cacheName of older) {
    const found = await caches.match(url, { cacheName });
    if (found && is(found, digest)) return found;
  }
}

/**
 * @param {string} url
 * @param {string} digest
 * @param {AbortSignal} signal
 */
async function fetched(url, digest, signal) {
  // The browser's own store may hold what the last release had: ask whether it still holds.
  const response = await fetch(url, { cache: "no-cache", credentials: "same-origin", signal });
  if (!response.ok) throw new Changed(`${url}: ${response.status}`);
  const body = await response.arrayBuffer();
  if (hex(await crypto.subtle.digest("SHA-256", body)) !== digest) throw new Changed(url);
  // Made anew: a response that came by a redirect may not answer a page's request.
  const type = response.headers.get("Content-Type") ?? "application/octet-stream";
  return new Response(body, { headers: { "Content-Type": type, "ETag": digest } });
}

/** @param {ArrayBuffer} buffer */
function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Why a release could not be stored, in the words of `Why`.
 *
 * @param {unknown} error
 * @returns {import("./site.js").Why}
 */
export function why(error) {
  if (error instanceof Changed) return "changed";
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  return name === "QuotaExceededError" ? "full" : name === "AbortError" ? "stopped" : "network";
}
