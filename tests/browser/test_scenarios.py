"""Scenarios, played to every ending, left and resumed, gone back on, and compared."""

import pytest
from playwright.sync_api import expect

from tests.browser import play
from tests.browser.keys import tab
from tests.browser.plan import plans
from tests.browser.stage import CHOSEN, SCENARIOS


def set_luck(here, plan):
    """Make luck fall as a plan has it, in the runs that are begun from now on."""
    here.evaluate("(node, seed) => node.dataset.seed = seed", str(plan.seed))


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_ending_of_a_scenario(stage, name):
    # By pointer, on a phone, one run after another, as somebody plays who wants to see what else can happen.
    page, scenario = stage(name, width=320, height=640)
    here = page.locator(f"#{scenario.id}")
    for count, plan in enumerate(plans(scenario).values()):
        set_luck(here, plan)
        here.get_by_role("button", name="Play again" if count else "Start", exact=True).click()
        play.click_through(page, scenario, plan)
        expect(here.locator(".step .step-heading")).to_contain_text(plan.title)
        here.get_by_role("button", name="Go to the debrief").click()
        debrief = here.locator(".debrief")
        expect(debrief).to_contain_text(f"How it ended: {plan.title}")
        for key, value in plan.indicators.items():
            label = scenario.indicators[key].label
            expect(debrief.locator(".readings li", has_text=label)).to_contain_text(f": {value} ")
        chosen = debrief.locator(".path > li", has_text="You chose: ")
        expect(chosen).to_have_count(len(plan.choices))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    compare = here.get_by_label("Compare this run with")
    options = compare.locator("option").all_inner_texts()
    assert sum(each.startswith("Your run of") for each in options) == count
    assert len(options) == 1 + count + len(scenario.debrief.defended)
    compare.select_option(index=1)
    expect(here.locator(".side-by-side")).to_contain_text("Here they part")
    expect(here.locator(".side-by-side")).to_contain_text(plan.title)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_reload_in_the_middle_and_a_step_back(stage, name):
    page, scenario = stage(name)
    here = page.locator(f"#{scenario.id}")
    plan = max(plans(scenario).values(), key=lambda each: len(each.choices))
    set_luck(here, plan)
    here.get_by_role("button", name="Start", exact=True).click()
    half = len(plan.choices) // 2
    play.click_through(page, scenario, plan, stop=half)
    heading = here.locator(".step .step-heading").inner_text()
    assert f"Decision {half + 1}" in heading

    page.reload()
    expect(here.locator(".exercise-label")).to_contain_text("· begun")
    expect(here.locator(".step .step-heading")).to_have_text(heading.replace("\n", " "))
    found = page.evaluate(CHOSEN)
    assert not found, "\n".join(found)

    here.get_by_role("button", name="Back one step").click()
    expect(here.locator(".step .step-heading")).not_to_have_text(heading.replace("\n", " "))
    assert play.at_new_heading(page, scenario.id)
    expect(here.locator("[role=status]")).to_have_text("Back one step.")

    here.get_by_role("button", name="Restart").click()
    here.get_by_role("button", name="Keep going").click()
    expect(here.get_by_role("button", name="Restart")).to_be_focused()
    here.get_by_role("button", name="Restart").click()
    set_luck(here, plan)
    here.get_by_role("button", name="Start again").click()
    play.click_through(page, scenario, plan)
    expect(here.locator(".step .step-heading")).to_contain_text(plan.title)


def test_a_locked_choice_can_be_reached_and_says_why(stage):
    page, _ = stage("example-scenario")
    here = page.locator("#example-scenario")
    here.get_by_role("button", name="Start").click()
    here.get_by_role("radio", name="Wait for Thursday").check()
    here.get_by_role("button", name="Continue").click()
    here.get_by_role("button", name="See what happens").click()
    locked = here.get_by_role("radio", name="Send the half that is ready")
    expect(locked).to_have_accessible_description("Not open: nobody upstairs knows that there are two halves")
    while tab(page)["type"] != "radio":
        pass
    expect(locked).to_be_focused()
    page.keyboard.press("Space")
    expect(locked).not_to_be_checked()
    expect(here.locator("[role=status]")).to_contain_text("Not open: nobody upstairs knows")
    while tab(page)["type"] != "submit":
        pass
    page.keyboard.press("Enter")
    expect(here.locator("form.decision .exercise-error")).to_have_text("Choose one of these, then continue.")
    # Focus is at the choices again, on one that is open; the locked one can still be reached, and still not marked.
    expect(here.get_by_role("radio", name="Hold everything")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(locked).to_be_focused()
    expect(locked).not_to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(here.get_by_role("radio", name="Hold everything")).to_be_checked()
    page.keyboard.press("ArrowUp")
    expect(locked).to_be_focused()
    expect(locked).not_to_be_checked()
