/**
 * Making elements, so that text is always text.
 *
 * There are two doors into the page and no third: `h` makes elements whose string children become text nodes, and
 * `html` parses AUTHOR markup out of a compiled exercise. What a learner typed goes through `h` only.
 */

/**
 * @typedef {Node | string | number | null | undefined | false} Leaf
 * @typedef {Leaf | Array<Leaf | Leaf[]>} Child
 */

/**
 * Make one element.
 *
 * Attributes: a function under `onclick`, `oninput`… is a listener; `true` is an empty attribute; `false`, `null` and
 * `undefined` are left out; `value` and `checked` set the property, which is what a form control reads.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any> | null} [attrs]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attrs, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") Object.assign(node, { [name]: value });
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  put(node, children);
  return node;
}

/**
 * Append children; nested lists are flattened, and `null`, `undefined` and `false` are skipped.
 *
 * @param {Node} node
 * @param {Child[]} children
 */
export function put(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) put(node, child);
    else node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * Let go of the focus inside a node that is about to change. Done first, while nothing has changed yet, or the browser
 * lays out a page that is half old, half new.
 *
 * @param {Element} node
 */
export function release(node) {
  const at = document.activeElement;
  if (at instanceof HTMLElement && at !== node && node.contains(at)) at.blur();
}

/**
 * Replace everything inside a node.
 *
 * @param {Element} node
 * @param {...Child} children
 */
export function fill(node, ...children) {
  release(node);
  node.replaceChildren();
  put(node, children);
}

/**
 * A fragment from author HTML. For fields of a compiled exercise only: they were made from Markdown with raw HTML off.
 *
 * @param {string | null | undefined} source
 * @returns {DocumentFragment}
 */
export function html(source) {
  const template = document.createElement("template");
  template.innerHTML = source ?? "";
  return document.importNode(template.content, true);
}

/**
 * A button. Quiet ones stand beside the one that goes on.
 *
 * @param {string} text
 * @param {() => void} act
 * @param {Record<string, any>} [attrs] `quiet: true` for a secondary button; the rest are attributes
 */
export function button(text, act, { quiet = false, ...attrs } = {}) {
  return h("button", {
    type: "button",
    class: quiet ? "exercise-button quiet" : "exercise-button",
    onclick: act,
    ...attrs,
  }, text);
}

/**
 * One row of choices: a radio or checkbox at the left, its words at the right, the whole row a target.
 * `autocomplete="off"` because Firefox would put back, after a reload, a mark that the record knows nothing of.
 *
 * @param {Record<string, any>} input attributes of the input; give `type`, `name` and `value`
 * @param {...Child} words
 */
export function choice(input, ...words) {
  return h(
    "label",
    { class: "choice" },
    h("input", { autocomplete: "off", ...input }),
    h("span", { class: "choice-text" }, ...words),
  );
}

/**
 * Say in a form what is missing, and go there. The words stand above what they are about, where a screen that shows little
 * at once shows them too, and describe the field that gets focus, so that they are read out with it.
 *
 * @param {HTMLElement} error the paragraph for it, which has an id
 * @param {string} problem
 * @param {HTMLElement | null} field
 */
export function fault(error, problem, field) {
  error.textContent = problem;
  if (!field) return;
  const before = field.getAttribute("aria-describedby")?.split(" ").filter((id) => id !== error.id) ?? [];
  field.setAttribute("aria-describedby", [error.id, ...before].join(" "));
  field.focus({ preventScroll: true });
  // The words may stand higher than the field: both are to be seen, as far as both fit.
  error.scrollIntoView({ block: "nearest" });
}

/**
 * Why a piece of feedback holds: its kind of reason in a word, and the source where there is one.
 *
 * @param {{basis?: string | null, cite?: {label: string, full: string, url: string | null, at: string | null} | null}} feedback
 * @returns {HTMLElement | null}
 */
export function grounds({ basis, cite }) {
  if (!basis && !cite) return null;
  const label = cite && `${cite.label}${cite.at ? `, ${cite.at}` : ""}`;
  return h(
    "p",
    { class: "grounds" },
    basis && h("span", { class: "basis" }, "Basis: ", h("strong", {}, basis)),
    basis && cite && ". ",
    cite &&
      (cite.url
        ? h("a", { href: cite.url, title: cite.full }, label)
        : h("cite", { title: cite.full }, label)),
  );
}

/**
 * Do something once the page has been drawn again. A page that is hidden is not drawn: there it is done all the same.
 *
 * @param {() => void} act
 */
export function afterPaint(act) {
  let done = false;
  const once = () => {
    if (!done) act();
    done = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, 300);
}

/**
 * Move focus to a heading and bring its section into view, no further than needed: all of it when it fits,
 * otherwise its beginning.
 *
 * @param {HTMLElement} heading
 * @param {HTMLElement} [section] what should be seen; the heading alone when left out
 */
export function focusOn(heading, section = heading) {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  const fits = section.getBoundingClientRect().height < innerHeight * 0.8;
  (fits ? section : heading).scrollIntoView({ block: fits ? "nearest" : "start", behavior: "instant" });
}
