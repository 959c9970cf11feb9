"""Accessibility rules, as axe knows them: WCAG 2.0 to 2.2, A and AA, and axe's best practices."""

import json
from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async ([where, tags]) => {
  const found = await axe.run(where ?? document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.replaceAll("\\n", " ")}`));
}"""


@cache
def _source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, within: str | None = None) -> list[str]:
    """Return what axe finds wrong with a page, or with one part of it, a line a place."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(f"() => {{ {_source()} }}")
    found = page.evaluate(_RUN, [within, TAGS])
    return [str(each) for each in json.loads(json.dumps(found))]


def violations_in_both(page: Page, within: str | None = None) -> list[str]:
    """Return what axe finds in light and in dark."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {each}" for each in violations(page, within)]
    return found
