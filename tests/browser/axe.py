"""Accessibility rules, as axe knows them: WCAG 2.0 to 2.2, A and AA, and axe's best practices."""

import json
from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that may find in dark what they did not find in light
_RUN = """async ([where, type, values]) => {
  const found = await axe.run(where ?? document, {runOnly: {type, values}, resultTypes: ["violations"]});
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replaceAll("\\n", " ")}`));
}"""
# A page hears a moment later that the device has changed, and only then changes its own colours. This listens as the last.
_LISTEN = """scheme => {
  const device = matchMedia("(prefers-color-scheme: dark)");
  window.followed = device.matches === (scheme === "dark");
  device.addEventListener("change", () => window.followed = true, { once: true });
}"""


@cache
def _source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, within: str | None = None, *, colours: bool = False) -> list[str]:
    """Return what axe finds wrong with a page, or with one part of it, or with its colours alone, a line a place."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(f"() => {{ {_source()} }}")
    rules = ["rule", COLOURS] if colours else ["tag", TAGS]
    found = page.evaluate(_RUN, [within, *rules])
    return [str(each) for each in json.loads(json.dumps(found))]


def violations_in_both(page: Page, within: str | None = None) -> list[str]:
    """Return what axe finds in light and, since nothing but colours is another there, what of them it finds in dark."""
    found = []
    for scheme in ("light", "dark"):
        page.evaluate(_LISTEN, scheme)
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function("() => window.followed")
        found += [f"{scheme}: {each}" for each in violations(page, within, colours=scheme == "dark")]
    return found
