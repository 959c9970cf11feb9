"""Scenarios, played to every ending, left and resumed, gone back on, and compared."""

import io
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import axe, keys, play
from tests.browser.keys import tab
from tests.browser.plan import plans, seeded
from tests.browser.stage import CHOSEN, SCENARIOS, SMALL
from tests.browser.weigh import LOADED


def set_luck(here, plan):
    """Make luck fall as a plan has it, in the runs that are begun from now on."""
    here.evaluate("(node, seed) => node.dataset.seed = seed", str(plan.seed))


def finish(page, scenario, plan, button="Start"):
    """Play to the end that a plan leads to, and open the debrief."""
    here = page.locator(f"#{scenario.id}")
    set_luck(here, plan)
    here.get_by_role("button", name=button, exact=True).click()
    play.click_through(page, scenario, plan)
    here.get_by_role("button", name="Go to the debrief").click()
    return here


def compare(here, first, second):
    """Choose two paths by their names, and set them side by side."""
    here.get_by_label("First path").select_option(label=first)
    here.get_by_label("Second path").select_option(label=second)
    here.get_by_role("button", name="Compare the two").click()


def unfold(part):
    """Open every fold inside."""
    part.evaluate("node => node.querySelectorAll('details').forEach((each) => each.open = true)")


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
    # Any two of the runs and the defended paths: here the two earliest endings, neither of them this run's.
    titles = [each.title for each in plans(scenario).values()]
    options = here.get_by_label("Second path").locator("option").all_inner_texts()
    assert options[1] == f"This run: {titles[-1]}"
    assert [each.split(": ", 1)[1] for each in options[2 : 2 + count]] == titles[-2::-1]
    assert options[2 + count :] == [each.by for each in scenario.debrief.defended]
    compare(here, options[1 + count], options[count] if count > 1 else options[1])
    expect(here.locator(".compared > p").first).to_contain_text(f"“{titles[0]}”")
    expect(here.locator(".compared > p").first).to_contain_text(f"“{titles[1]}”")
    expect(here.locator(".side-by-side .parts-word").first).to_have_text("Here they part")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


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

    # On to the next decision again, so that there is something to lose even in a story of two.
    again = here.locator("form.decision").count()  # else the step went back to a story
    play.click_through(page, scenario, replace(plan, choices=plan.choices[half - again :]), stop=again)
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


def test_two_paths_are_set_side_by_side_by_keyboard(stage):
    page, scenario = stage("example-scenario", width=320, height=640)
    here = finish(page, scenario, seeded(scenario, ["wait", "holds", "hold"]))
    finish(page, scenario, seeded(scenario, ["tell", "fails", "share"]), "Play again")
    error = here.locator(".compare .exercise-error")
    page.locator("#example-scenario .debrief h4").focus()
    keys.press(page, "Compare the two")
    expect(error).to_have_text("Choose a second path, other than the first.")
    expect(here.get_by_label("Second path")).to_be_focused()
    page.keyboard.press("ArrowDown")  # this run, which is the first path already
    keys.press(page, "Compare the two")
    expect(error).to_have_text("Choose a second path, other than the first.")
    page.keyboard.press("ArrowDown")
    keys.press(page, "Compare the two")
    expect(error).to_have_text("")
    at = keys.here(page)
    assert (at["tag"], at["text"][:29]) == ("h6", "This run and the run of " + at["text"][24:29])
    assert at["inside"]
    result = here.locator(".compared")
    sentence = result.locator("> p").first
    expect(sentence).to_contain_text("They part at decision 1. They meet again where luck falls, after decision 1. ")
    expect(sentence).to_contain_text("Of the 2 decisions that both face, they take 2 differently: 1 and 2.")
    expect(sentence).to_contain_text("Luck fell differently after decision 1.")
    expect(here.locator("[role=status]")).to_have_text(sentence.inner_text())
    expect(result.locator("> .other").first).to_contain_text("Tuesday, 16:40")
    assert result.locator("> details[open]").count() == 0  # first what is asked for, then the rest, folded
    keys.tab_to(page, "What each point cost", "summary")
    page.keyboard.press("Enter")
    expect(result.locator(".side-by-side")).to_be_visible()
    unfold(result)
    found = [*page.evaluate(SMALL), *axe.violations_in_both(page, "#example-scenario")]
    assert not found, "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_each_point_cost_and_what_each_role_would_say(stage):
    page, scenario = stage("example-scenario")
    plan = seeded(scenario, ["wait", "holds", "hold"])
    here = finish(page, scenario, plan)
    kit = next(each for each in scenario.debrief.defended if each.by == "Kit")
    says = here.locator(".defended", has_text="Kit").locator(".says")
    unfold(says.locator(".."))
    expect(says).to_contain_text("We part at the first decision (Tuesday, 16:40).")
    expect(says).to_contain_text("You chose: Wait for Thursday; it may come right by itself")
    expect(says).to_contain_text("I chose: Tell your manager now")
    expect(says).to_contain_text(str(scenario.nodes["news"].choices[0].feedback.why).strip())
    compare(here, f"This run: {plan.title}", kit.by)
    result = here.locator(".compared")
    unfold(result)
    row = result.locator(".side-by-side tbody tr").first
    expect(row).to_contain_text("Staff trust −2, Time in hand +2")
    expect(row).to_contain_text("Staff trust +2, Time in hand −2")
    expect(row).to_contain_text("Staff trust 3 against 7; Time in hand 7 against 3")
    expect(result).to_contain_text("decision 1 (−4)")
    expect(result.locator(".says").first).to_contain_text("What I argue for:I can plan around what I know.")


def test_a_finished_scenario_is_closed_when_somebody_comes_back(stage):
    page, scenario = stage("example-scenario", width=320, height=640)
    first, second = list(plans(scenario).values())[:2]
    here = finish(page, scenario, first)
    here.get_by_label("What will you keep").fill("Ring before noon")
    finish(page, scenario, second, "Play again")
    expect(here.get_by_label("What will you keep")).to_have_value("")
    earlier = here.locator("details", has_text="What you wrote after earlier runs (1)").last
    expect(earlier).to_contain_text("Ring before noon")
    expect(earlier).to_contain_text(first.title)
    here.get_by_label("What will you keep").fill("Tell Kit first")
    here.get_by_label("What will you keep").blur()
    page.wait_for_function("() => JSON.stringify({...sessionStorage}).includes('Tell Kit first')")

    page.reload()
    closed = here.locator(".closed")
    expect(closed.locator("h4")).to_contain_text(second.title)
    expect(closed).to_contain_text("2 runs are kept here")
    for key, value in second.indicators.items():
        expect(closed).to_contain_text(f"{scenario.indicators[key].label} {value} of 10")
    expect(here.locator(".debrief")).to_have_count(0)
    found = [*page.evaluate(SMALL), *axe.violations_in_both(page, "#example-scenario")]
    assert not found, "\n".join(found)
    assert here.bounding_box()["height"] < 1200

    keys.enter(page, scenario.id)
    keys.press(page, "Compare two runs")
    expect(closed.locator("h4").first).to_have_text("Two paths side by side")  # its script comes later
    assert play.at_new_heading(page, scenario.id) == "Two paths side by side"
    compare(here, f"This run: {second.title}", here.get_by_label("Second path").locator("option").nth(2).inner_text())
    expect(here.locator(".compared")).to_contain_text(first.title)
    keys.press(page, "Close the comparison")
    assert second.title in play.at_new_heading(page, scenario.id)
    keys.press(page, "Open the debrief")
    assert play.at_new_heading(page, scenario.id).startswith("Debrief")
    expect(here.get_by_label("What will you keep")).to_have_value("Tell Kit first")
    page.reload()
    here.get_by_role("button", name="Play again").click()
    expect(here.locator(".step .step-heading")).to_contain_text("Decision 1")
    expect(here.locator(".exercise-label")).to_contain_text("· done")


def test_a_closed_scenario_prints_with_its_debrief(stage):
    page, scenario = stage("example-scenario")
    here = finish(page, scenario, seeded(scenario, ["wait", "holds", "hold"]))
    here.get_by_label("What will you keep").fill("Ring before noon")
    here.get_by_label("What will you keep").blur()
    page.wait_for_function("() => JSON.stringify({...sessionStorage}).includes('Ring before noon')")
    page.reload()
    expect(here.locator(".closed")).to_be_visible()
    page.wait_for_function(LOADED, arg="/debrief.js")  # with it comes what is added on paper
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = "".join("".join(sheet.extract_text().split()) for sheet in sheets)
    assert "Youchose:WaitforThursday" in text
    assert "Ringbeforenoon" in text
    assert "Openthedebrief" not in text
    assert "Comparethetwo" not in text
    expect(here.locator(".debrief")).to_have_count(0)


def test_another_tab_does_not_close_the_debrief_that_is_being_read(stage):
    page, scenario = stage("example-scenario")
    here = finish(page, scenario, next(iter(plans(scenario).values())))
    question = here.locator("form.machine").first
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Set this").click()
    two = page.context.new_page()
    two.goto(page.url)
    there = two.locator("#example-scenario")
    there.get_by_role("button", name="Open the debrief").click()
    there.get_by_label("Your if–then plan").fill("If it slips, I ring")
    there.get_by_label("Your if–then plan").blur()
    expect(here.get_by_label("Your if–then plan")).to_have_value("If it slips, I ring")
    expect(here.locator(".debrief")).to_be_visible()


def test_a_run_of_an_earlier_version_is_shown_as_far_as_it_goes(stage):
    page, scenario = stage("example-scenario")
    first, second = list(plans(scenario).values())[:2]
    here = finish(page, scenario, first)
    finish(page, scenario, second, "Play again")
    page.wait_for_function("""() => {
      const key = Object.keys(sessionStorage).find((each) => each.includes("example-scenario"));
      return key && JSON.parse(sessionStorage[key]).record.runs.length === 2;
    }""")
    page.evaluate("""() => {
      const key = Object.keys(sessionStorage).find((each) => each.includes("example-scenario"));
      const kept = JSON.parse(sessionStorage[key]);
      kept.record.runs[0].moves.at(-1).move = "sold";
      kept.record.runs[0].ending = "burnt";
      sessionStorage[key] = JSON.stringify(kept);
    }""")
    page.reload()
    here.get_by_role("button", name="Compare two runs").click()
    old = here.get_by_label("Second path").locator("option").nth(2).inner_text()
    assert old.endswith(": an ending that is no more")
    compare(here, f"This run: {second.title}", old)
    expect(here.locator(".compared .exercise-notice")).to_contain_text("can be followed only as far as decision 1")
    assert here.locator(".side-by-side tbody tr").count() == 3
