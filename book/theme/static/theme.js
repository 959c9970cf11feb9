// What the frame adds when scripts run: the choice of appearance, a key for search, and the section being read.
// @ts-check

const root = document.documentElement;
const course = root.dataset.course;
const key = `${course}:1:appearance`;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/** Show the chosen mode; "auto" follows the device. */
function applyAppearance() {
  const mode = root.dataset.mode ?? "auto";
  root.dataset.theme = mode === "auto" ? (prefersDark.matches ? "dark" : "light") : mode;
}

/**
 * Remember a mode for this tab, and beyond it only on a machine that the learner has called their own: on a shared one
 * the course promises to keep nothing.
 * @param {string} mode
 */
function keepAppearance(mode) {
  try {
    sessionStorage.setItem(key, mode);
    if (localStorage.getItem(`${course}:1:machine`) === "own") localStorage.setItem(key, mode);
  } catch {
    // Storage is closed or full: the choice holds for this page.
  }
}

function offerAppearance() {
  const set = document.querySelector("fieldset.appearance");
  if (!(set instanceof HTMLFieldSetElement)) return;
  for (const input of set.querySelectorAll("input")) {
    input.checked = input.value === root.dataset.mode;
    input.addEventListener("change", () => {
      root.dataset.mode = input.value;
      applyAppearance();
      keepAppearance(input.value);
    });
  }
  set.hidden = false;
  prefersDark.addEventListener("change", applyAppearance);
}

/** Ctrl-K or Cmd-K goes to the search box, which on a small screen lies in the menu. */
function bindSearchKey() {
  const box = document.getElementById("course-search");
  const menu = document.getElementById("course-nav");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || !box || !menu) return;
    event.preventDefault();
    if (!box.checkVisibility()) menu.showPopover();
    box.focus();
  });
}

/** A link to a place on this page closes the menu that holds it, or the menu would cover the place. */
function closeMenuOnArrival() {
  const menu = document.getElementById("course-nav");
  menu?.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link && menu.matches(":popover-open")) menu.hidePopover();
  });
}

/** Mark, in the list at the right, the section whose heading was the last to pass the top third of the window. */
function followReading() {
  const list = document.querySelector(".sections");
  const links = [...document.querySelectorAll(".sections a")];
  const places = links.map((link) =>
    document.getElementById(decodeURIComponent(link.getAttribute("href")?.slice(1) ?? ""))
  );
  /** @type {number | undefined} */
  let marked;
  const mark = () => {
    let at = -1;
    places.forEach((place, i) => {
      if (place && place.getBoundingClientRect().top < innerHeight / 3) at = i;
    });
    // A scenario moves the page at every choice: what has not changed must not be drawn again.
    if (at === marked) return;
    marked = at;
    links.forEach((link, i) => {
      if (i === at) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
    // A long chapter's list scrolls by itself; keep the place in sight without moving the page.
    const link = links[at];
    if (list && link instanceof HTMLElement) list.scrollTop = link.offsetTop - list.clientHeight / 2;
  };
  const watcher = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  for (const place of places) if (place) watcher.observe(place);
}

offerAppearance();
bindSearchKey();
closeMenuOnArrival();
followReading();
