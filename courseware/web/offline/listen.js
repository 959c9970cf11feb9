/** All that a page carries of this unless its reader keeps the course on the device. */

const here = document.currentScript;

/** Where a worker stands between this page and the network, hear of new releases; elsewhere there are none to hear of. */
export function listenForRelease() {
  if (!(here instanceof HTMLScriptElement) || !navigator.serviceWorker?.controller) return;
  const script = document.createElement("script");
  script.src = new URL("update.js", here.src).href;
  document.head.append(script);
}
