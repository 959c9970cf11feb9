/**
 * Teach the page some kinds of exercise. Safe to call twice: a notebook loads the module once for each widget.
 *
 * @param {(typeof import("./element.js").CourseElement)[]} kinds
 */
export function teach(kinds) {
  if (!globalThis.customElements) return; // Deno, which tests these modules, has no page
  for (const kind of kinds) if (!customElements.get(kind.tag)) customElements.define(kind.tag, kind);
}
