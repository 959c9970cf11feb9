"""The learner's own pages from outside: answering a quiz or a review rightly or wrongly, and a day that can be chosen."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from courseware import library
from courseware.course import course
from courseware.kinds.quiz.spec import Quiz

COURSE = course()["id"]
OWN = f"{COURSE}:1:machine"
# How an item is answered: rightly or not, and how sure.
Answer = tuple[bool, str]


def quizzes() -> list[Quiz]:
    """Return every quiz of the course."""
    return [each for each in library.all_exercises() if isinstance(each, Quiz)]


def key(quiz: Quiz) -> str:
    """Return the name under which a browser keeps a quiz's record."""
    return f"{COURSE}:1:{quiz.id}:{quiz.major}"


def given(item: Any, *, right: bool) -> Any:
    """Return an answer to an item as a record holds it."""
    if item.type == "numeric":
        return next(each.value for each in item.answers if each.correct is right)
    if item.type == "cloze":
        return {name: pick(gap.options, right=right) for name, gap in item.gaps.items()}
    if item.type == "multiple":
        return [each.id for each in item.options if each.correct] if right else [pick(item.options, right=False)]
    return pick(item.options, right=right)


def pick(options: list[Any], *, right: bool) -> str:
    """Return the first option that is right, or is not."""
    return str(next(each.id for each in options if each.correct is right))


def wrapped(record: dict[str, Any], saved: str, status: str = "done", version: str = "1.0.0") -> str:
    """Return a record as it stands in the storage."""
    return json.dumps({"format": 1, "version": version, "saved": saved, "status": status, "record": record})


def record_of(quiz: Quiz, answers: dict[str, list[Answer]], when: list[str]) -> dict[str, Any]:
    """Return a quiz's record: for each item its answers, each given on the day that stands at its place in `when`."""
    items = {item.id: item for item in quiz.items}
    return {
        "count": 1,
        "sitting": list(answers),
        "at": len(answers),
        "finished": True,
        "draft": None,
        "answers": {
            name: [
                {
                    "given": given(items[name], right=right),
                    "confidence": sure,
                    "correct": right,
                    "when": day,
                    "sitting": 1,
                }
                for (right, sure), day in zip(all_of_it, when, strict=False)
            ]
            for name, all_of_it in answers.items()
        },
    }


def put(page: Page, texts: dict[str, str]) -> None:
    """Write these into the device's storage."""
    page.evaluate("all => Object.entries(all).forEach(([key, text]) => localStorage.setItem(key, text))", texts)


def on(page: Page, day: dt.datetime) -> None:
    """Let it be this time for every page from now on, in London."""
    page.context.new_cdp_session(page).send("Emulation.setTimezoneOverride", {"timezoneId": "Europe/London"})
    page.clock.set_fixed_time(day)


def answer(page: Page, within: Locator, quiz: Quiz, how: Callable[[str], Answer]) -> tuple[str, bool]:
    """Answer the question that is shown, and press Check; return its id and whether the answer was right."""
    name = within.locator("[id$=-prompt]").get_attribute("id") or ""
    item = next(
        each for each in quiz.items if name.endswith((f"-{quiz.id}-{each.id}-prompt", f"-ask-{each.id}-prompt"))
    )
    right, sure = how(item.id)
    value = given(item, right=right)
    if item.type == "numeric":
        within.locator("input[type=text]").fill(f"{value:g}")
    elif item.type == "cloze":
        for at, gap in enumerate(quiz_gaps(item)):
            within.locator("select").nth(at).select_option(value[gap])
    else:
        for each in value if isinstance(value, list) else [value]:
            within.locator(f"fieldset >> input[value='{each}']").first.check()
    within.locator(f"input[name$=-sure][value={sure}]").check()
    within.get_by_role("button", name="Check").click()
    expect(within.locator("section.feedback")).to_be_visible()
    return item.id, right


def quiz_gaps(item: Any) -> list[str]:
    """Return a cloze's gaps in the order in which they stand in its sentence."""
    return sorted(item.gaps, key=lambda name: item.text.index(f"[{name}]"))
