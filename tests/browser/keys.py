"""Doing an exercise with the keyboard alone: Tab, arrows, Space, Enter, and letters in a box.

Every place where focus comes to rest on the way is looked at: it must be seen, marked, and covered by nothing.
"""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

STOPS = 400  # more than any debrief has between its heading and its last button

# What a test must know of the place that has focus.
_HERE = """() => {
  const at = document.activeElement;
  const box = [...at.getClientRects()][0] ?? at.getBoundingClientRect();
  const x = Math.max(0, Math.min(box.left + Math.min(box.width, 40) / 2, innerWidth - 1));
  const y = Math.max(0, Math.min(box.top + Math.min(box.height, 40) / 2, innerHeight - 1));
  const top = document.elementFromPoint(x, y);
  const style = getComputedStyle(at);
  return {
    tag: at.localName, type: at.type ?? "", value: at.value ?? "", id: at.id, name: at.name ?? "",
    text: (at.localName === "select" ? "" : at.textContent).trim().replace(/\\s+/g, " "), label: at.labels?.[0]?.textContent ?? "",
    home: at.closest(".exercise")?.id ?? "",
    seen: at === top || at.contains(top) || Boolean(top?.contains(at) && top.closest("label")),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def here(page: Page) -> dict[str, Any]:
    """Return what has focus: tag, type, value, text, and the exercise it belongs to."""
    found: dict[str, Any] = page.evaluate(_HERE)
    return found


def tab(page: Page) -> dict[str, Any]:
    """Press Tab and return where focus came to rest, having looked that it can be seen there."""
    page.keyboard.press("Tab")
    at = here(page)
    assert at["inside"], f"focus is out of sight: {at}"
    assert at["seen"], f"something covers what has focus: {at}"
    assert at["marked"], f"nothing marks what has focus: {at}"
    return at


def enter(page: Page, exercise: str) -> None:
    """Stand just before an exercise, as a reader does who followed a link to it."""
    page.evaluate("id => { document.activeElement.blur(); location.hash = ''; location.hash = id; }", exercise)
    page.wait_for_function("id => document.getElementById(id).classList.contains('is-live')", arg=exercise)


def tab_to(page: Page, words: str, tag: str = "button") -> dict[str, Any]:
    """Press Tab until something of this tag whose text begins so has focus."""
    for _ in range(STOPS):
        at = tab(page)
        if at["tag"] == tag and at["text"].startswith(words):
            return at
    raise AssertionError(f"{STOPS} stops, and none is a {tag} that says “{words}”")


def press(page: Page, words: str) -> None:
    """Go to a button by Tab and press Enter on it."""
    tab_to(page, words)
    page.keyboard.press("Enter")


def fill_in(page: Page, choices: Mapping[str, str] | None = None, write: str = "7") -> list[str]:
    """Go through a form by Tab: mark, choose or write at each stop, and press Enter at its button.

    `choices` says which value to mark in a group of radios, by the end of the group's name; elsewhere the first that is
    open. Returns what was marked or chosen, in order.
    """
    given = []
    for _ in range(STOPS):
        at = tab(page)
        kind = at["type"]
        if kind == "radio":
            wanted = next((value for name, value in (choices or {}).items() if at["name"].endswith(name)), None)
            given.append(mark(page, wanted))
        elif kind == "checkbox":
            page.keyboard.press("Space")
            given.append(at["value"])
        elif kind.startswith("select"):
            page.keyboard.press("ArrowDown")
            given.append(here(page)["value"])
        elif kind in {"text", "textarea"}:
            page.keyboard.type(write)
            given.append(write)
        elif kind == "submit":
            page.keyboard.press("Enter")
            return given
    raise AssertionError(f"{STOPS} stops, and no button that ends the form")


def mark(page: Page, wanted: str | None) -> str:
    """Mark one radio of the group that has focus: with Space, or with arrows where it is another."""
    start = here(page)["value"]
    page.keyboard.press("Space")
    for _ in range(12):
        at = page.evaluate("() => ({value: document.activeElement.value, checked: document.activeElement.checked})")
        if at["checked"] and wanted in {None, at["value"]}:
            return str(at["value"])
        page.keyboard.press("ArrowDown")
        if here(page)["value"] == start:
            break
    raise AssertionError(f"no way by arrows from {start} to {wanted or 'one that is open'}")
