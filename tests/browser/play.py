"""Finishing each kind of exercise, by keyboard alone, and what must hold at every step on the way."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from courseware.kinds.scenario.spec import Scenario
from tests.browser import keys
from tests.browser.plan import Plan

MOVES = 200


def at_new_heading(page: Page, exercise: str) -> str:
    """Return the text of the heading that focus went to, having looked that it did and can be seen."""
    at = keys.here(page)
    assert at["tag"] in {"h4", "h5"}, f"focus is not on a heading: {at}"
    assert at["home"] == exercise
    assert at["inside"], f"the new heading is out of sight: {at}"
    return str(at["text"])


def finish_quiz(page: Page, exercise: str) -> None:
    """Answer every question of a sitting, whatever is first; read the reasons; come to the account."""
    for _ in range(MOVES):
        keys.fill_in(page)
        at_new_heading(page, exercise)
        forward = page.locator(f"#{exercise} .exercise-moves .exercise-button").first.inner_text()
        keys.press(page, forward)
        heading = at_new_heading(page, exercise)
        if forward != "Next question":
            assert heading == "How it went"
            return
        assert heading.startswith("Question ")
    raise AssertionError("the quiz goes on and on")


def finish_sort(page: Page, exercise: str) -> None:
    """Put everything into the first category and check."""
    keys.fill_in(page)
    assert at_new_heading(page, exercise) == "Where each belongs"


def finish_reflect(page: Page, exercise: str) -> None:
    """Write a line in the first box, look at the commentary, and make the plan where one is asked for."""
    while keys.tab(page)["tag"] != "textarea":
        pass
    page.keyboard.type("The second week was mine to plan.")
    keys.press(page, "Compare with a commentary")
    assert at_new_heading(page, exercise) == "A commentary"
    for words in ("it is Monday", "ring first"):
        if page.locator(f"#{exercise} .reflect-plan").count():
            while keys.tab(page)["tag"] != "textarea":
                pass
            page.keyboard.type(words)
    plan = page.locator(f"#{exercise} .plan")
    if plan.count():
        expect(plan).to_contain_text("it is Monday")


def finish_scenario(page: Page, scenario: Scenario, plan: Plan, each: Callable[[], Any] = lambda: None) -> None:
    """Play to the ending that a plan leads to, and open the debrief; `each` is called at every new screen."""
    page.evaluate("([id, seed]) => document.getElementById(id).dataset.seed = seed", [scenario.id, str(plan.seed)])
    keys.press(page, "Start")
    go_on(page, scenario, plan, plan.choices, each)
    assert plan.title in page.locator(f"#{scenario.id} .step .step-heading").inner_text()
    keys.press(page, "Go to the debrief")
    assert at_new_heading(page, scenario.id).startswith("Debrief")
    each()


def go_on(
    page: Page, scenario: Scenario, plan: Plan, choices: list[str], each: Callable[[], Any] = lambda: None
) -> None:
    """Make these choices, reading on where there is nothing to choose, until the story ends or the choices do."""
    left = list(choices)
    live = page.locator(f"#{scenario.id} .exercise-main")
    for _ in range(MOVES):
        at_new_heading(page, scenario.id)
        each()
        if live.locator("form.decision").count():
            if not left:
                return
            choose(page, left.pop(0))
        else:
            on = live.locator(".step > .exercise-button").inner_text()
            if on == "Go to the debrief":
                assert left == []
                return
            keys.press(page, on)
    raise AssertionError(f"{plan.title} was never reached")


def choose(page: Page, choice: str) -> None:
    """Mark a choice among those of the decision that has focus, and go on. The other fields are left empty."""
    for _ in range(keys.STOPS):
        at = keys.tab(page)
        if at["type"] == "radio" and not at["name"].endswith("-sure"):
            keys.mark(page, choice)
            break
    while keys.tab(page)["type"] != "submit":
        pass
    page.keyboard.press("Enter")


def click_through(page: Page, scenario: Scenario, plan: Plan, stop: int | None = None) -> None:
    """Play a plan with the pointer, from the first screen to the ending, or until this many decisions are made."""
    live = page.locator(f"#{scenario.id} .exercise-main")
    left = plan.choices[:stop]
    for _ in range(MOVES):
        if live.locator("form.decision").count():
            if not left:
                return
            live.locator(f"label.choice:has(input[value='{left.pop(0)}'])").click()
            live.locator("form.decision button[type=submit]").click()
            continue
        forward = live.locator(".step > .exercise-button")
        if forward.inner_text() == "Go to the debrief":
            assert left == []
            return
        forward.click()
    raise AssertionError(f"{plan.title} was never reached")
