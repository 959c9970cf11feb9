/** What an address means to the worker, which release a page gets, and how a release is stored: whole or not at all. */

import { keep, why } from "../../courseware/web/offline/keep.js";
import { lost } from "../../courseware/web/offline/lost.js";
import { address, isDownload, names, paths, size } from "../../courseware/web/offline/site.js";
import { needed, takenOver, without } from "../../courseware/web/offline/state.js";

const SCOPE = "https://host.example/courses/one/";

/** @param {unknown} got @param {unknown} wanted */
function same(got, wanted) {
  const [one, other] = [got, wanted].map((each) => JSON.stringify(each));
  if (one !== other) throw new Error(`got ${one}, wanted ${other}`);
}

Deno.test("an address means a file, whatever is asked of the page", () => {
  same(paths(SCOPE, SCOPE), ["index.html"]);
  same(paths(`${SCOPE}search.html?q=a/b#c`, SCOPE), ["search.html", "search.html.html"]);
  same(paths(`${SCOPE}book/`, SCOPE), ["book/index.html"]);
  same(paths(`${SCOPE}book/support`, SCOPE), ["book/support", "book/support.html"]);
  same(paths(`${SCOPE}a%20file.csv`, SCOPE), ["a file.csv", "a file.csv.html"]);
  same(paths(`${SCOPE}100%`, SCOPE)?.[0], "100%");
});

Deno.test("what lies elsewhere is nobody's business", () => {
  for (
    const url of [
      "https://other.example/courses/one/",
      "https://host.example/courses/",
      "http://host.example/courses/one/",
    ]
  ) {
    same(paths(url, SCOPE), null);
  }
});

Deno.test("an address and its path are each other's", () => {
  for (const path of ["index.html", "book/support.html", "a file & more?.csv", "a%20b.csv"]) {
    same(paths(address(path, SCOPE), SCOPE)?.[0], path);
  }
});

Deno.test("data is to take away, pages are to open", () => {
  same(
    ["_downloads/1/a.csv", "book/_downloads/x.html", "index.html"].map((path) =>
      isDownload(SCOPE + path, SCOPE)
    ),
    [
      true,
      false,
      false,
    ],
  );
  same(isDownload("https://other.example/_downloads/1/a.csv", SCOPE), false);
});

Deno.test("no site's stores begin with the name of another's", () => {
  const all = ["/", "/one/", "/one/two/", "/one%20two/"].flatMap((path) =>
    ["a", "a-b"].map((course) => names(course, `https://host.example${path}`).prefix)
  );
  for (const one of all) same(all.filter((other) => other.startsWith(one)).length, 1);
});

Deno.test("sizes are said in two words", () => {
  const said = ["10 KB", "10 KB", "750 KB", "990 KB", "1.0 MB", "2.3 MB"]; // as in tests/test_release.py
  same([1, 10_000, 745_001, 990_000, 990_001, 2_349_999].map(size), said);
});

Deno.test("pages that stay open stay with their release", () => {
  same(takenOver({ active: null, pages: {} }, "1", []), { active: "1", pages: {} });
  const second = takenOver({ active: "1", pages: {} }, "2", ["x", "y"]);
  same(second, { active: "2", pages: { x: "1", y: "1" } });
  const third = takenOver(second, "3", ["x", "z"]);
  same(third, { active: "3", pages: { x: "1", z: "2" } });
  same([...needed(third)].sort(), ["1", "2", "3"]);
  same([...needed(without(third, ["x"]))].sort(), ["2", "3"]);
  same(takenOver(third, "2", ["z"]), { active: "2", pages: {} }); // the release before was put back
});

Deno.test("a page from the network stays with the network", () => {
  const state = { active: "1", pages: { x: null } };
  same(takenOver(state, "2", ["x"]), { active: "2", pages: { x: null } });
  same([...needed(state)], ["1"]);
});

Deno.test("an address that is not kept gets a page that cannot be made to say anything else", async () => {
  const response = lost(
    { title: `<b>"A" & B`, lang: "en", course: "c", version: "1", bytes: 0, files: {} },
    SCOPE,
  );
  const page = await response.text();
  same(page.match(/<title>(.*)<\/title>/)?.[1], "Not on this device · &#60;b&#62;&#34;A&#34; &#38; B");
  same([response.status, page.includes("<b>"), page.includes(`href="${SCOPE}"`)], [404, false, true]);
});

Deno.test("what stood in the way has a name", () => {
  same(why(new DOMException("", "QuotaExceededError")), "full");
  same(why(new DOMException("", "AbortError")), "stopped");
  same(why(new TypeError("Failed to fetch")), "network");
  same(why("what?"), "network");
});

/** A stand-in for the browser's stores, with no more than the worker uses. */
class Stores {
  /** @type {Map<string, Map<string, Response>>} */
  all = new Map();

  /** @param {string} name */
  open(name) {
    const store = this.all.get(name) ?? new Map();
    this.all.set(name, store);
    return Promise.resolve({
      match: (/** @type {string} */ url) => Promise.resolve(store.get(url)?.clone()),
      put: (/** @type {string} */ url, /** @type {Response} */ response) =>
        Promise.resolve(store.set(url, response)),
      keys: () => Promise.resolve([...store.keys()]),
    });
  }

  keys() {
    return Promise.resolve([...this.all.keys()]);
  }

  /** @param {string} url @param {{cacheName: string}} where */
  match(url, { cacheName }) {
    return Promise.resolve(this.all.get(cacheName)?.get(url)?.clone());
  }
}

/** @param {Record<string, string>} files */
async function site(files) {
  /** @type {Record<string, [string, number]>} */
  const listed = {};
  for (const [path, text] of Object.entries(files)) {
    const body = new TextEncoder().encode(text);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body)).toHex();
    listed[path] = [digest, body.length];
  }
  const version = Object.values(listed).join("");
  return { course: "c", title: "C", lang: "en", version, bytes: 0, files: listed };
}

/**
 * Store a site out of what its host has, in a world of its own.
 *
 * @param {Stores} stores
 * @param {Record<string, string>} published
 * @param {Record<string, string>} hosted
 */
async function stored(stores, published, hosted = published, signal = new AbortController().signal) {
  /** @type {any} */
  const world = globalThis;
  const before = [world.caches, world.fetch];
  /** @type {string[]} */
  const asked = [];
  Object.defineProperty(world, "caches", { value: stores, configurable: true, writable: true });
  world.fetch = (/** @type {string} */ url) => {
    const path = url.slice(SCOPE.length);
    asked.push(path);
    return path in hosted
      ? Promise.resolve(new Response(hosted[path]))
      : Promise.reject(new TypeError("away"));
  };
  let error = null;
  let told = 0;
  try {
    await keep(await site(published), SCOPE, names("c", SCOPE), { signal, tell: (bytes) => told = bytes });
  } catch (raised) {
    error = why(raised);
  } finally {
    Object.defineProperty(world, "caches", { value: before[0], configurable: true, writable: true });
    world.fetch = before[1];
  }
  return { asked: asked.sort(), error, told };
}

const FIRST = { "a.html": "one", "b.html": "two", "c.js": "three" };

Deno.test("a release is stored file by file, and a second time nothing is fetched", async () => {
  const stores = new Stores();
  same(await stored(stores, FIRST), { asked: ["a.html", "b.html", "c.js"], error: null, told: 11 });
  same(await stored(stores, FIRST), { asked: [], error: null, told: 11 });
});

Deno.test("of a new release only what changed is fetched", async () => {
  const stores = new Stores();
  await stored(stores, FIRST);
  const second = { ...FIRST, "a.html": "ONE", "d.js": "four" };
  same((await stored(stores, second)).asked, ["a.html", "d.js"]);
  const [, kept] = stores.all.values();
  same([...kept.keys()].map((url) => url.slice(SCOPE.length)).sort(), Object.keys(second).sort());
  same(await kept.get(`${SCOPE}a.html`)?.text(), "ONE");
});

Deno.test("a neighbour's copy is not taken for ours", async () => {
  const stores = new Stores();
  await stored(stores, FIRST);
  stores.all = new Map(
    [...stores.all].map(([name, store]) => [name.replace("/courses/one/", "/courses/"), store]),
  );
  same((await stored(stores, FIRST)).asked.length, 3);
});

Deno.test("what is not what was published is refused", async () => {
  same((await stored(new Stores(), FIRST, { ...FIRST, "b.html": "other" })).error, "changed");
});

Deno.test("one file that cannot be had is enough", async () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}.html`, `${at}`]));
  const { "0.html": _gone, ...hosted } = files;
  const { asked, error } = await stored(new Stores(), files, hosted);
  same(error, "network");
  if (asked.length > 10) throw new Error(`${asked.length} files were still asked for`);
});

Deno.test("what was stopped stays stopped", async () => {
  same(await stored(new Stores(), FIRST, FIRST, AbortSignal.abort()), {
    asked: [],
    error: "stopped",
    told: 0,
  });
});

Deno.test("a store that is thrown away meanwhile does not count as whole", async () => {
  const stores = new Stores();
  const open = stores.open.bind(stores);
  let times = 0;
  stores.open = (name) => {
    if (++times === 2) stores.all.clear();
    return open(name);
  };
  same((await stored(stores, FIRST)).error, "changed");
});
