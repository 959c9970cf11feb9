"""Finishing each kind of exercise, by keyboard alone, and what must hold at every step on the way."""

import re
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


def finish_order(page: Page, exercise: str) -> None:
    """Move the first item to the end and the next one to the top, with focus on their own buttons throughout; check."""
    names = page.locator(f"#{exercise} .sort-text").all_inner_texts()
    last = len(names)
    region = page.locator(f"#{exercise} [role=status]")
    keys.tab_to(page, "Down")
    for place in range(2, last + 1):
        page.keyboard.press("Enter")
        expect(region).to_contain_text(f"is now {place} of {last}")
    assert keys.here(page)["text"] == "At the end"  # the same button, which leads no further
    page.keyboard.press("Enter")
    expect(region).to_contain_text("At the end already")
    page.keyboard.press("Shift+Tab")
    for _ in range(last - 2):
        page.keyboard.press("Enter")
    assert keys.here(page)["text"] == "Up"
    assert page.locator(f"#{exercise} .sort-text").all_inner_texts() == [names[1], names[0], *names[2:]]
    keys.press(page, "Check my order")
    assert at_new_heading(page, exercise).startswith("Your order and ")


def finish_inventory(page: Page, exercise: str) -> None:
    """Be told what is left, rate everything as it comes, read the profile; take it again and see the two side by side."""
    here = page.locator(f"#{exercise}")
    parts = here.locator(".exercise-main fieldset:has(.rate)").count()
    question = here.locator("h4").first.inner_text()
    keys.press(page, "See the profile")
    statements = here.locator(".rate").count()
    expect(here.locator(f"#{exercise}-error")).to_have_text(f"Still to rate: {statements}.")
    assert keys.here(page)["name"] == here.locator(".rate input").first.get_attribute("name")
    page.keyboard.press("Space")
    keys.fill_in(page)
    assert at_new_heading(page, exercise) == "Your profile"
    expect(here.locator(".indicator")).to_have_count(parts)
    keys.press(page, "Take it again")
    assert at_new_heading(page, exercise) == question
    keys.fill_in(page, {f"-rate-{here.locator('.rate').first.get_attribute('id').split('-rate-')[1]}": "3"})
    assert at_new_heading(page, exercise) == "Your profile"
    assert "From " in here.locator("td[data-label=Change]").first.inner_text()


def finish_allocate(page: Page, exercise: str) -> None:
    """Give all to the last item and see what follows; give out too much and be told; split it another way, and compare."""
    here = page.locator(f"#{exercise}")
    last = here.locator(".sort-items select").count()
    region = here.locator("[role=status]")
    for _ in range(last):
        tab_to_type(page, "select-one")
    page.keyboard.press("End")
    expect(region).to_contain_text("are given out")
    if here.locator("input[type=radio]").count():
        tab_to_type(page, "radio")
        page.keyboard.press("Space")
    keys.press(page, "See what follows")
    assert at_new_heading(page, exercise).startswith("After ")
    keys.press(page, "Split it another way")
    assert at_new_heading(page, exercise) == "Split it another way"
    tab_to_type(page, "select-one")
    page.keyboard.press("ArrowDown")
    expect(region).to_contain_text("over: take some away")
    keys.press(page, "See what follows")
    assert keys.here(page)["type"] == "select-one"
    expect(here.locator(f"#{exercise}-error")).to_contain_text("over: take some away")
    for _ in range(last - 1):
        tab_to_type(page, "select-one")
    page.keyboard.press("ArrowUp")
    keys.press(page, "See what follows")
    assert at_new_heading(page, exercise).startswith("After ")
    for _ in range(2):
        tab_to_type(page, "select-one")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(region).to_contain_text("They differ most in")


def tab_to_type(page: Page, kind: str) -> None:
    """Press Tab until a control of this type has focus."""
    for _ in range(keys.STOPS):
        if keys.tab(page)["type"] == kind:
            return
    raise AssertionError(f"{keys.STOPS} stops, and no {kind}")


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


def finish_explore(page: Page, exercise: str) -> None:
    """Move a slider and keep the setting; try two settings and read what to notice; set one beside what was kept."""
    here = page.locator(f"#{exercise}")
    region = here.locator("[role=status]")
    figures = here.locator("section > table")
    tab_to_type(page, "range")
    path = here.locator(".plot g path").first.get_attribute("d")
    page.keyboard.press("ArrowRight")
    assert here.locator(".plot g path").first.get_attribute("d") != path  # before the key is up
    expect(region).to_contain_text(figures.locator("th").first.inner_text())
    page.keyboard.press("Home")
    before = figures.inner_text()
    page.keyboard.press("End")
    assert figures.inner_text() != before
    keys.press(page, "Keep this setting")
    assert keys.here(page)["text"] == "Keep this setting"
    expect(region).to_contain_text("Kept: ")
    for number in range(2):
        for _ in range(number):
            keys.tab_to(page, "Set the controls: ")
        keys.press(page, "Set the controls: ")
        assert at_new_heading(page, exercise) == "Move the controls"
        keys.tab_to(page, "What to notice: ", "summary")
        page.keyboard.press("Enter")
        expect(here.locator("details[open] > summary").first).to_contain_text("What to notice: ")
    expect(region).not_to_have_text("")
    tab_to_type(page, "select-one")
    page.keyboard.press("ArrowDown")
    expect(figures.locator(".trail").first).to_contain_text("kept: ")
    if here.locator("textarea").count():
        while keys.tab(page)["tag"] != "textarea":
            pass
        page.keyboard.type("It dips first.")


def finish_scenario(page: Page, scenario: Scenario, plan: Plan, each: Callable[[], Any] = lambda: None) -> None:
    """Play to the ending that a plan leads to, and open the debrief; `each` is called at every new screen."""
    page.evaluate("([id, seed]) => document.getElementById(id).dataset.seed = seed", [scenario.id, str(plan.seed)])
    keys.press(page, "Start")
    go_on(page, scenario, plan, plan.choices, each)
    assert plan.title in page.locator(f"#{scenario.id} .step .step-heading").inner_text()
    keys.press(page, "Go to the debrief")
    # Its script may come only now.
    expect(page.locator(f"#{scenario.id} .debrief h4").first).to_have_text(re.compile("^Debrief"))
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
