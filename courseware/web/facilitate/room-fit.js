/** Makes what is on the screen fit it: first by smaller type, then, where a text can be parted, page by page. */

const SMALLER = [1, 0.94, 0.88, 0.82];
const SMALLEST = [0.76, 0.7, 0.64];
/** What is nothing without the block after it. */
const LEADS = "h3, .support-title, .consequence-word";
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

/** What stands around blocks: a frame with nothing in it is not to be seen. @param {HTMLElement} body @param {HTMLElement[]} blocks */
function framesOf(body, blocks) {
  /** @type {Set<HTMLElement>} */
  const frames = new Set();
  for (const block of blocks) {
    for (let at = block.parentElement; at && at !== body; at = at.parentElement) frames.add(at);
  }
  return frames;
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
 * @param {(at: number) => boolean} [leads] whether a block, such as a heading, is nothing without the next one
 * @returns {number[][]} the blocks of each page
 */
export function pagesOf(heights, room, leads = () => false) {
  /** @type {number[][]} */
  const units = [];
  heights.forEach((_, at) => at && leads(at - 1) ? units[units.length - 1].push(at) : units.push([at]));
  /** @type {number[][]} */
  const pages = [[]];
  let used = 0;
  for (const unit of units) {
    const height = unit.reduce((sum, at) => sum + heights[at], 0);
    const last = pages[pages.length - 1];
    if (last.length && used + height > room) {
      pages.push([...unit]);
      used = height;
    } else {
      last.push(...unit);
      used += height;
    }
  }
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
  const frames = framesOf(body, blocks);
  for (const each of [...frames, ...blocks]) each.hidden = false;
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
  const show = (/** @type {number[]} */ shown) => {
    blocks.forEach((each, at) => each.hidden = !shown.includes(at));
    for (const frame of frames) frame.hidden = !shown.some((at) => frame.contains(blocks[at]));
  };
  const fits = (/** @type {number[]} */ shown) => (show(shown), !over(body) || shown.length === 1);
  let pages = [blocks.map((_, at) => at)];
  // What stands around the blocks takes room too, and more where it is parted: a frame's edge, a margin.
  for (const spare of SPARE) {
    pages = pagesOf(heights, body.clientHeight - above - spare, (at) => blocks[at].matches(LEADS));
    if (pages.every(fits)) break;
  }
  show(pages[Math.min(page, pages.length - 1)]);
  scrolls(body);
  return pages.length;
}
