"""Every exercise, the examples and the course's own: finished by keyboard alone, and sound at every step."""

import pytest
from playwright.sync_api import expect

from courseware.kinds.scenario.spec import Scenario
from tests.browser import axe, play
from tests.browser.keys import enter
from tests.browser.plan import plans
from tests.browser.stage import CHAPTERS, CHOSEN, EXAMPLES, OTHERS, SCENARIOS, SMALL, near
from tests.sections import sections


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("home", ["examples", *CHAPTERS])
def test_exercises_are_ready(visit, book, examples, home, width):
    page = visit(examples if home == "examples" else f"{book}chapters/{home}.html", width=width)
    names = EXAMPLES if home == "examples" else [each for part in sections(home) for each in part.having("exercise")]
    for name in names:
        here = near(page, name)
        expect(here.locator(".exercise-label")).to_contain_text("· new")
        expect(here.locator(":scope > .exercise-text")).to_be_hidden()
        region = here.locator("[role=status]")
        expect(region).to_have_count(1)
        expect(region).to_have_text("")
    expect(page.locator(".exercise")).to_have_count(len(names))
    found = page.evaluate(CHOSEN)
    assert not found, "\n".join(found)
    found = page.evaluate(SMALL)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", OTHERS)
def test_finished_by_keyboard(stage, name):
    page, exercise = stage(name)
    here = page.locator(f"#{exercise.id}")
    enter(page, exercise.id)
    region = here.locator("[role=status]").element_handle()
    getattr(play, f"finish_{exercise.kind}")(page, exercise.id)  # each kind has one
    expect(here.locator(".exercise-label")).to_contain_text("· done")
    assert region.evaluate("node => node.isConnected && node.textContent.length < 200")
    found = page.evaluate(SMALL)
    assert not found, "\n".join(found)
    found = axe.violations_in_both(page, f"#{exercise.id}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_finished_by_keyboard(stage, name):
    page, scenario = stage(name)
    assert isinstance(scenario, Scenario)
    here = page.locator(f"#{scenario.id}")
    region = here.locator("[role=status]").element_handle()
    found = []

    def look():
        found.extend(page.evaluate(SMALL))
        if here.locator("form.decision").count():
            found.extend(page.evaluate(CHOSEN))

    enter(page, scenario.id)
    plan = max(plans(scenario).values(), key=lambda each: len(each.choices))
    play.finish_scenario(page, scenario, plan, look)
    expect(here.locator(".exercise-label")).to_contain_text("· done")
    assert not found, "\n".join(found)
    assert region.evaluate("node => node.isConnected && node.textContent.length < 300")
    found = axe.violations_in_both(page, f"#{scenario.id}")
    assert not found, "\n".join(found)


def test_only_the_latest_result_is_said(stage):
    page, _ = stage("example-scenario")
    region = page.locator("#example-scenario [role=status]")
    page.locator("#example-scenario").evaluate(
        "each => { for (const word of ['one', 'two', 'three']) each.say(word); }"
    )
    expect(region).to_have_text("three")
