"""Every exercise, the examples and the course's own: finished by keyboard alone, and sound at every step."""

import pytest
from playwright.sync_api import expect

from courseware import kinds, library
from courseware.course import course
from courseware.kinds.scenario.spec import Scenario
from tests.browser import axe, play
from tests.browser.keys import enter, tab
from tests.browser.plan import plans

FINISH = {"quiz": play.finish_quiz, "sort": play.finish_sort, "reflect": play.finish_reflect}
EXAMPLES = {f"example-{kind}": kinds.folder(kind) / "example.yml" for kind in kinds.KINDS}
COURSE = {path.stem: path for path in library.files()}
OTHERS = [name for name, path in {**EXAMPLES, **COURSE}.items() if "kind: scenario" not in path.read_text("utf-8")]
CHAPTERS = [chapter["id"] for chapter in course()["chapters"]]
SCENARIOS = [name for name in {**EXAMPLES, **COURSE} if name not in OTHERS]

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


def chapter_of(name):
    exercise, problems = library.read(COURSE[name])
    assert exercise, problems
    return exercise.chapter


@pytest.fixture
def stage(request, visit, book, examples):
    """Return a way to a page that holds an exercise, and the exercise: an example, or one of the course's own."""

    def opened(name, **visitor):
        exercise, problems = library.read({**EXAMPLES, **COURSE}[name])
        assert exercise, problems
        if name in EXAMPLES:
            return visit(examples, **visitor), exercise
        assert exercise.chapter in CHAPTERS
        return visit(f"{book}chapters/{exercise.chapter}.html", **visitor), exercise

    return opened


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("home", ["examples", *CHAPTERS])
def test_exercises_are_ready(visit, book, examples, home, width):
    page = visit(examples if home == "examples" else f"{book}chapters/{home}.html", width=width)
    names = EXAMPLES if home == "examples" else [name for name in COURSE if chapter_of(name) == home]
    for name in names:
        here = page.locator(f"#{name}")
        expect(here).to_have_class("exercise is-live")
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
    region = here.locator("[role=status]").element_handle()
    enter(page, exercise.id)
    FINISH[exercise.kind](page, exercise.id)
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


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_ending_of_a_scenario(stage, name):
    # By pointer, on a phone, one run after another, as somebody plays who wants to see what else can happen.
    page, scenario = stage(name, width=320, height=640)
    here = page.locator(f"#{scenario.id}")
    for count, plan in enumerate(plans(scenario).values()):
        here.evaluate("(node, seed) => node.dataset.seed = seed", str(plan.seed))
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
    here.evaluate("(node, seed) => node.dataset.seed = seed", str(plan.seed))
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
