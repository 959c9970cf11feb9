/** The page for an address that is not on the device, when there is no connection either. */

/**
 * @param {import("./site.js").Site} site
 * @param {string} scope
 */
export function lost({ title, lang }, scope) {
  const page = `<!doctype html>
<html lang="${text(lang)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Not on this device · ${text(title)}</title>
<style>
:root { color-scheme: light dark; font: 1.125rem/1.6 Charter, Georgia, serif }
body { max-width: 36rem; margin: 3rem auto; padding: 0 1rem }
h1 { line-height: 1.2 }
a { display: inline-block; padding: .6rem 0 }
</style>
<main>
<h1>This page is not on this device</h1>
<p>There is no connection, and the course that is kept here has no page at this address.</p>
<p><a href="${text(scope)}">Go to the start of ${text(title)}</a></p>
</main>
</html>
`;
  return new Response(page, { status: 404, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/** @param {string} plain */
function text(plain) {
  return plain.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
