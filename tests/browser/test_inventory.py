"""An inventory in the page: what is begun is kept, an older taking is read with care, and nothing is dropped for room."""

import io
import json

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from courseware.kinds.inventory.spec import MOST_TAKINGS
from tests.browser.words import squashed

ID = "example-inventory"
KEY = f"a-course:1:{ID}:1"
ANSWERS = {"hears": 2, "polished": 2, "doubt": 2, "thanked": 3, "blamed": None, "acted": 3}
# A version that asked for something else: of `telling` two are asked now as well, of `hearing` one.
OLDER = {"when": "2026-01-02T10:00:00.000Z", "answers": {"hears": 4, "gone": 2, "doubt": 4, "thanked": 1}}


def taking(day):
    return {"when": f"2026-03-{day:02}T10:00:00.000Z", "answers": ANSWERS}


def kept(**record):
    """Return a script that leaves this record on a machine that is the learner's own."""
    whole = {"takings": [], "answers": {}, "open": False, "note": "", **record}
    stamp = {"format": 1, "version": "1.0.0", "saved": "2026-03-28T10:00:00.000Z", "status": "done", "record": whole}
    return (
        "if (location.protocol === 'http:') { localStorage['a-course:1:machine'] = 'own';"
        f"localStorage[{KEY!r}] ??= {json.dumps(json.dumps(stamp))}; }}"
    )


@pytest.fixture
def opened(visit, examples):
    """Return a way to the page and its inventory, with a record left by an earlier visit."""

    def way(**record):
        page = visit(examples, before=kept(**record))
        return page, page.locator(f"#{ID}")

    return way


def rate(inventory, which=1):
    for each in inventory.locator(".rate").all():
        each.locator("input").nth(which).check()
    inventory.get_by_role("button", name="See the profile").click()


def test_what_is_begun_is_kept(opened):
    page, inventory = opened()
    rows = inventory.locator(".rate")
    rows.nth(0).locator("input").nth(2).check()
    rows.nth(1).get_by_label("Cannot say").check()
    rows.nth(1).get_by_label("Cannot say").blur()
    page.reload()
    expect(rows.nth(0).locator("input").nth(2)).to_be_checked()
    expect(rows.nth(1).get_by_label("Cannot say")).to_be_checked()
    inventory.get_by_role("button", name="See the profile").click()
    expect(inventory.locator(f"#{ID}-error")).to_have_text("Still to rate: 4.")
    expect(rows.nth(2).locator("input").first).to_be_focused()


def test_the_profile_says_what_it_rests_on(opened):
    _, inventory = opened()
    rate(inventory)
    expect(inventory.locator(".indicator")).to_have_text(["Telling early2.3 · Low", "Hearing it2.3 · Low"])
    expect(inventory.locator("tbody tr")).to_have_text(["Telling early2.3 · Low3 of 3", "Hearing it2.3 · Low3 of 3"])
    for words in (
        "It may be that news waits",
        "What did you know before I did?",
        "not validated",
        "how good anybody is",
    ):
        expect(inventory.locator(".debrief")).to_contain_text(words)
    expect(inventory.locator(".debrief")).to_contain_text("Leave about 4 weeks")


def test_too_little_rated_is_no_score_and_says_why(opened):
    _, inventory = opened(takings=[{**taking(1), "answers": {**ANSWERS, "thanked": None, "acted": None}}])
    hearing = inventory.locator("tbody tr").nth(1)
    expect(hearing).to_have_text("Hearing itNo score0 of 3")
    expect(inventory.locator(".debrief-part", has_text="Hearing it: No score")).to_contain_text("fewer than half")


def test_a_repeat_says_how_each_part_moved(opened):
    _, inventory = opened(takings=[taking(1)])
    inventory.get_by_role("button", name="Take it again").click()
    rate(inventory, 3)
    expect(inventory.locator("td[data-label=Change]")).to_have_text(
        ["From 2.3 to 3.0: up 0.7 (3 rated both times)", "From 3.0 to 4.0: up 1 (2 rated both times)"]
    )
    marks = inventory.locator(".indicator-bar i")
    expect(marks).to_have_count(2)
    expect(inventory.locator(".debrief")).to_contain_text("A change of 0.5 of a point or less means little.")
    expect(inventory.locator(".debrief")).to_contain_text("where it stood on 1 March 2026")
    bar, mark = inventory.locator(".indicator-bar").nth(1).bounding_box(), marks.nth(1).bounding_box()
    assert mark["x"] - bar["x"] == pytest.approx(bar["width"] * 2 / 3, abs=3)
    assert mark["height"] > bar["height"]


def test_of_another_version_only_what_both_asked_is_compared(opened):
    _, inventory = opened(takings=[OLDER, taking(1)])
    expect(inventory.locator("td[data-label=Change]")).to_have_text(
        ["From 4.0 to 2.0: down 2 (2 rated both times)", "Too few (1 rated both times)"]
    )
    expect(inventory.locator(".indicator-bar i")).to_have_count(1)
    inventory.locator("summary", has_text="Taking 1, 2 January 2026").click()
    expect(inventory.locator("details[open]")).to_contain_text("Telling early 4; Hearing it without a score.")


def test_no_taking_is_dropped_and_room_can_be_made(opened):
    page, inventory = opened(takings=[taking(day) for day in range(1, MOST_TAKINGS + 1)])
    again = inventory.get_by_role("button", name="Take it again")
    expect(again).to_have_count(0)
    expect(inventory.locator(".debrief")).to_contain_text("to make room, open one and delete it")
    inventory.locator("summary", has_text="Taking 3,").click()
    inventory.locator("details[open]").get_by_role("button", name="Delete this taking").click()
    expect(inventory.locator(".debrief h4")).to_be_focused()
    expect(inventory.locator("summary", has_text="Taking 3, 4 March 2026")).to_have_count(1)
    page.wait_for_function(
        "([key, left]) => JSON.parse(localStorage[key]).record.takings.length === left", arg=[KEY, MOST_TAKINGS - 1]
    )
    again.click()
    expect(inventory.locator("h4").first).to_be_focused()
    inventory.get_by_role("button", name="Not now").click()
    expect(inventory.locator(".debrief h4")).to_be_focused()


def test_words_stay_words_and_print_with_the_profile(opened):
    page, inventory = opened(takings=[taking(1)])
    box = inventory.get_by_label("What you take from this")
    box.fill("<img src=x onerror=\"document.title='owned'\"> ask Kit")
    box.blur()
    page.reload()
    expect(box).to_have_value("<img src=x onerror=\"document.title='owned'\"> ask Kit")
    assert page.title() == "Examples"
    text = squashed("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages))
    for words in ("Your profile", "2.3 · Low", "ask Kit"):
        assert squashed(words) in text
    for words in ("Take it again", "Delete this taking"):
        assert squashed(words) not in text
