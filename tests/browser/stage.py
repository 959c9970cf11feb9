"""Where exercises stand, the kinds' examples and the course's own, and what must hold of their controls."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from courseware import kinds, library
from courseware.base import Exercise
from courseware.course import written

EXAMPLES = {f"example-{kind}": kinds.folder(kind) / "example.yml" for kind in kinds.KINDS}
COURSE = {path.stem: path for path in library.files()}
CHAPTERS = [str(chapter["id"]) for chapter in written()]

# Controls that are too small for a thumb. A link in a line of text may be; a radio has its whole row.
SMALL = """() => [...document.querySelectorAll(
    ".exercise-live :is(button, select, textarea, summary, a, input, [tabindex='0'])")].flatMap((each) => {
  const target = each.closest("label") ?? each;
  if (each.localName === "a" || !target.checkVisibility()) return [];
  const { width, height } = target.getBoundingClientRect();
  return Math.min(width, height) < 44 ? [`${each.outerHTML.slice(0, 90)}: ${width} by ${height}`] : [];
})"""
CHOSEN = """() => [...document.querySelectorAll(".exercise-live :is(input:checked, select)")]
  .filter((each) => each.value !== "" && !each.closest(".exercise-saving")).map((each) => each.outerHTML.slice(0, 90))"""


def _is_scenario(path: Path) -> bool:
    return "\nkind: scenario\n" in f"\n{path.read_text(encoding='utf-8')}"


SCENARIOS = [name for name, path in {**EXAMPLES, **COURSE}.items() if _is_scenario(path)]
OTHERS = [name for name in {**EXAMPLES, **COURSE} if name not in SCENARIOS]


def exercise_of(name: str) -> Exercise:
    """Return an exercise, whichever of the two it is. An example names concepts and works of no course: that is let pass."""
    exercise, problems = library.read({**EXAMPLES, **COURSE}[name])
    assert exercise, problems
    return exercise


def near(page: Page, name: str) -> Locator:
    """Go to an exercise, as a reader does, and return it once it is live: the script of some comes only then."""
    here = page.locator(f"#{name}")
    here.scroll_into_view_if_needed()
    expect(here).to_have_class("exercise is-live")
    return here


def opened(visit: Callable[..., Page], book: str, examples: str, name: str, **visitor: Any) -> tuple[Page, Exercise]:
    """Open the page that holds an exercise as a new visitor; return it with the exercise."""
    exercise = exercise_of(name)
    if name in EXAMPLES:
        return visit(examples, **visitor), exercise
    assert exercise.chapter in CHAPTERS
    return visit(f"{book}chapters/{exercise.chapter}.html", **visitor), exercise
