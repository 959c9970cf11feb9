/**
 * Paper has no folds. Where CSS can open a `<details>` for print it does; older browsers get it opened, and closed again.
 */

/** Open every fold inside an exercise while the page is printed. */
export function unfoldForPrint() {
  if (CSS.supports("selector(::details-content)")) return;
  /** @type {Element[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".exercise details:not([open])")];
    opened.forEach((each) => each.setAttribute("open", ""));
  });
  addEventListener("afterprint", () => opened.splice(0).forEach((each) => each.removeAttribute("open")));
}
