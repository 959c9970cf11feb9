"""An allocation in the page: what it shows is what Python says, and plans are there again for comparing."""

import pytest
from playwright.sync_api import expect

from courseware.kinds.allocate.model import Model, ends, figure
from tests.browser.stage import exercise_of, near

NAME = "example-allocate"


@pytest.fixture
def days(visit, examples):
    page = visit(examples, width=320)
    return near(page, NAME), exercise_of(NAME)


def spend(here, split, note=""):
    for name, amount in split.items():
        here.locator(f"#{NAME}-to-{name}").select_option(str(amount))
    if note:
        here.get_by_label("Why this split?").fill(note)
    here.get_by_role("button", name="See what follows").click()
    expect(here.get_by_role("heading", name="After 6 months")).to_be_focused()


def ended(exercise, split):
    """Return where each stock ends, as Python writes it."""
    reached = ends(Model(exercise).run(split))
    return [figure(reached[name], stock.digits) for name, stock in exercise.model.stocks.items()]


SPLITS = [
    {"letters": 8, "training": 1, "visits": 1},
    {"letters": 0, "training": 10, "visits": 0},
    {"letters": 3, "training": 3, "visits": 4},
]


def test_what_is_left_is_said_in_words_as_it_changes(days):
    here, _ = days
    total, said = here.locator(".allocate-left"), here.locator("[role=status]")
    expect(total).to_have_text("10 days left to give out.")
    here.locator(f"#{NAME}-to-letters").select_option("9")
    expect(total).to_have_text("1 day left to give out.")
    here.locator(f"#{NAME}-to-visits").select_option("3")
    expect(total).to_have_text("2 days over: take some away.")
    expect(said).to_have_text("2 days over: take some away.")
    here.get_by_role("button", name="See what follows").click()
    expect(here.locator(f"#{NAME}-to-training")).to_be_focused()  # the one that nothing was said of yet
    expect(here.locator(f"#{NAME}-error")).to_have_text("2 days over: take some away.")


@pytest.mark.parametrize("split", SPLITS)
def test_the_page_shows_what_python_says(days, split):
    here, exercise = days
    spend(here, split)
    shown = here.locator(".indicators > li > span:last-child").all_inner_texts()
    assert [text.split()[0] for text in shown] == ended(exercise, split)
    reached = ends(Model(exercise).run(split))
    said = here.locator(".exercise-main .follow").count()
    assert said == len(Model(exercise).follows(split, reached))
    expect(here.locator(".exercise-main").get_by_text("This is a teaching model.")).to_be_visible()
    assert here.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_earlier_plans_are_kept_and_compared(days):
    here, exercise = days
    first, second = SPLITS[:2]
    here.get_by_label("Trust", exact=True).check()
    spend(here, first, "The pile is <b>loud</b>")
    expect(here.locator(".account").first).to_contain_text("You expected")
    here.get_by_role("button", name="Split it another way").click()
    expect(here.get_by_label("Why this split?")).to_have_value("The pile is <b>loud</b>")
    expect(here.locator("input[type=radio]:checked")).to_have_count(0)
    spend(here, second)
    here.page.reload()
    near(here.page, NAME)
    expect(here.get_by_role("heading", name="After 6 months")).to_be_visible()
    expect(here.locator(f"#{NAME}-compare option:checked")).to_contain_text("Your split 2")
    here.locator(f"#{NAME}-with").select_option(index=2)
    table = here.locator(".debrief-part").first.locator("table.side-by-side")
    cells = table.locator("tbody td").all_inner_texts()
    wanted = [[*map(str, split.values()), *ended(exercise, split)] for split in (second, first)]
    assert [cells[0::2], cells[1::2]] == wanted
    expect(table.locator(".parts")).to_have_count(2)
    expect(here.locator(".debrief-part").first.locator("svg[role=img]")).to_have_count(1)
    here.get_by_label("Draw").select_option("trust")
    expect(here.get_by_text("Trust, month by month").first).to_be_visible()
    assert here.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_a_plan_that_can_no_longer_be_run_breaks_nothing(visit, examples):
    page = visit(examples)
    here = near(page, NAME)
    spend(here, SPLITS[0])
    here.get_by_label("Only I use this device").check()
    here.get_by_role("button", name="Set this").click()
    # The plan is written a moment after it can be seen.
    page.wait_for_function(
        """name => {
          const key = Object.keys(localStorage).find((each) => each.includes(`:${name}:`));
          return key && JSON.parse(localStorage[key]).record.plans.length === 1;
        }""",
        arg=NAME,
    )
    page.evaluate(
        """name => {
          const key = Object.keys(localStorage).find((each) => each.includes(`:${name}:`));
          const wrapped = JSON.parse(localStorage[key]);
          wrapped.record.plans[0].split = { letters: 4, gone: 6 };
          localStorage[key] = JSON.stringify(wrapped);
        }""",
        NAME,
    )
    page.reload()
    near(page, NAME)
    expect(here.get_by_role("heading", name="Your split")).to_be_visible()
    spend(here, SPLITS[1])
    expect(here.locator(f"#{NAME}-compare option")).to_have_count(1 + 1 + 2)
