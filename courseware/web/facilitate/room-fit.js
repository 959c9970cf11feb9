/** Makes what is on the screen fit it: first by smaller type, then, where a text can be parted, page by page. */

const SMALLER = [1, 0.94, 0.88, 0.82];
const SMALLEST = [0.76, 0.7, 0.64];
/** Pixels left free of each part, until every part has room. */
const SPARE = [0, 16, 32, 64, 128];
/** On a smaller window a page scrolls, as any page does. */
const SCREEN = "(min-width: 48rem) and (min-height: 30rem)";

/** @param {HTMLElement} body */
function over(body) {
  return body.scrollHeight > body.clientHeight + 1;
}

/** @param {HTMLElement} body @param {number[]} sizes */
function shrink(body, sizes) {
  for (const size of sizes) {
    body.style.setProperty("--room-fit", String(size));
    if (!over(body)) return true;
  }
  return false;
}

/** What has still no room can be scrolled to by keyboard too. @param {HTMLElement} body */
function scrolls(body) {
  if (over(body)) body.tabIndex = 0;
  else body.removeAttribute("tabindex");
}

/**
 * Blocks by page, as many on each as there is room for.
 *
 * @param {number[]} heights of the blocks, with what stands between them
 * @param {number} room
 * @returns {number[][]} the blocks of each page
 */
export function pagesOf(heights, room) {
  /** @type {number[][]} */
  const pages = [[]];
  let used = 0;
  heights.forEach((height, at) => {
    const last = pages[pages.length - 1];
    if (last.length && used + height > room) {
      pages.push([at]);
      used = height;
    } else {
      last.push(at);
      used += height;
    }
  });
  return pages;
}

/**
 * @param {HTMLElement} body
 * @param {HTMLElement[]} blocks what can be parted from what follows; none where nothing can
 * @param {number} page which part is to be seen
 * @returns {number} how many parts there are
 */
export function fit(body, blocks, page) {
  body.style.setProperty("--room-fit", "1");
  for (const each of blocks) each.hidden = false;
  if (!matchMedia(SCREEN).matches || shrink(body, SMALLER)) {
    body.removeAttribute("tabindex");
    return 1;
  }
  if (blocks.length < 2) {
    shrink(body, SMALLEST);
    scrolls(body);
    return 1;
  }
  body.style.setProperty("--room-fit", "0.94");
  const tops = blocks.map((each) => each.getBoundingClientRect().top);
  const end = body.getBoundingClientRect().top - body.scrollTop + body.scrollHeight;
  const heights = tops.map((top, at) => (tops[at + 1] ?? end) - top);
  const above = tops[0] - (body.getBoundingClientRect().top - body.scrollTop);
  const show = (/** @type {number[]} */ shown) =>
    blocks.forEach((each, at) => each.hidden = !shown.includes(at));
  const fits = (/** @type {number[]} */ shown) => (show(shown), !over(body) || shown.length === 1);
  let pages = [blocks.map((_, at) => at)];
  // What stands around the blocks takes room too, and more where it is parted: a frame's edge, a margin.
  for (const spare of SPARE) {
    pages = pagesOf(heights, body.clientHeight - above - spare);
    if (pages.every(fits)) break;
  }
  show(pages[Math.min(page, pages.length - 1)]);
  scrolls(body);
  return pages.length;
}
