"""The preview of a case that somebody is writing: it follows each save, says what is wrong, and keeps one's place."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from courseware.facilitate import new, preview
from tests.browser import axe

STOPS = "The preview has stopped"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return the file of a case as `courseware new` writes it."""
    return new.write("scenario", "my-case", tmp_path)[0]


@pytest.fixture
def shown(case: Path, visit: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Return a way to the case's preview in a browser."""
    with preview.serve(case, 0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield lambda **how: visit(f"http://127.0.0.1:{server.server_port}/", **how)
        server.shutdown()


def swap(case: Path, old: str, new_words: str) -> int:
    """Write other words into a file, and return the line that they stand on."""
    text = case.read_text(encoding="utf-8")
    assert old in text
    whole = case.with_name("written.part")  # put in the file's place at once: half a file would be seen as broken
    whole.write_text(text.replace(old, new_words, 1), encoding="utf-8")
    whole.replace(case)
    return text[: text.index(old)].count("\n") + 1


def choose(page: Page, choice: str) -> None:
    page.locator(f"label.choice:has(input[value='{choice}'])").click()
    page.locator("form.decision button[type=submit]").click()


def test_what_is_saved_is_shown_and_ones_place_is_kept(shown, case):
    page = shown()
    page.get_by_role("button", name="Start").click()
    choose(page, "tell")
    expect(page.locator(".step-heading").last).to_contain_text("Wednesday, 08:40")
    swap(case, "A mother rings.", "A grandfather rings.")
    expect(page.locator(".step .told")).to_contain_text("A grandfather rings.")
    expect(page.locator(".consequence").first).to_contain_text("She shuts her eyes")
    # What was chosen is in the record yet: the last decision takes it to the ending.
    choose(page, "text-all")
    expect(page.locator(".step-heading").last).to_contain_text("Thirty aboard")
    page.get_by_role("button", name="Go to the debrief").click()
    expect(page.locator(".debrief")).to_contain_text("I can take back my own words")


def test_focus_stays_in_the_story(shown, case):
    page = shown()
    page.get_by_role("button", name="Start").click()
    page.locator("form.decision input[type=radio]").first.focus()
    swap(case, "Your letters about the new bus", "Your letters about the early bus")
    expect(page.locator(".step .told")).to_contain_text("the early bus")
    assert page.evaluate("document.activeElement.closest('#exercise') !== null")


def test_what_is_broken_is_named_with_its_line_and_mended_again(shown, case):
    page = shown()
    page.get_by_role("button", name="Start").click()
    line = swap(case, "text: Put a notice up at the old stop", "text: One thing: put a notice up at the old stop")
    problems = page.locator("#problems")
    expect(problems).to_contain_text(f"Line {line}")
    expect(problems).to_contain_text("put the whole text in straight quotation marks", ignore_case=True)
    expect(problems.locator("pre")).to_have_text("text: One thing: put a notice up at the old stop")
    expect(page.locator(".exercise")).to_have_count(0)
    expect(page.get_by_role("status").first).to_have_text("One thing to mend")
    assert axe.violations(page) == []
    swap(case, "text: One thing: put a notice up", "text: Put a notice up")
    expect(page.locator(".step-heading").last).to_contain_text("Tuesday, 15:10")
    expect(problems).to_be_empty()


def test_a_case_that_cannot_be_played_can_still_be_seen_from_above(shown, case):
    page = shown()
    line = swap(case, "{if: trust >= 6, next: all-aboard}", "{if: trust >= 0, next: all-aboard}")
    expect(page.locator("#problems")).to_contain_text(f"Line {line}")
    expect(page.locator("#problems")).to_contain_text("this ending cannot be reached")
    expect(page.locator("#graph svg")).to_contain_text("one-short")


def test_one_that_was_broken_from_the_beginning_comes_to_life(case, visit):
    line = swap(case, "next: wednesday       #", "next: wendesday       #")
    with preview.serve(case, 0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        page = visit(f"http://127.0.0.1:{server.server_port}/")
        expect(page.locator("#problems")).to_contain_text(f"Line {line}")
        expect(page.locator("#problems")).to_contain_text("Did you mean wednesday?")
        swap(case, "next: wendesday       #", "next: wednesday       #")
        page.get_by_role("button", name="Start").click()
        expect(page.locator(".step-heading").last).to_contain_text("Tuesday, 15:10")
        server.shutdown()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_for_everybody(shown, width, scheme):
    page = shown(width=width, scheme=scheme)
    page.get_by_role("button", name="Start").click()
    expect(page.locator("html")).to_have_attribute("data-theme", scheme)
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    beside = page.evaluate(
        "document.getElementById('graph').getBoundingClientRect().left >="
        " document.getElementById('case').getBoundingClientRect().right"
    )
    assert beside is (width == 1280)


def test_without_scripts_it_reads(shown):
    page = shown(js=False)
    expect(page.locator(".exercise-text")).to_contain_text("A mother rings.")
    expect(page.locator("#graph svg title").first).to_have_text("The wrong stop, from above")


def test_a_page_left_open_says_that_the_preview_has_stopped(case, visit):
    with preview.serve(case, 0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        page = visit(f"http://127.0.0.1:{server.server_port}/", forgive=("ERR_CONNECTION", "ERR_INCOMPLETE"))
        expect(page.locator("#state")).to_have_text("The wrong stop, as it was last saved")
        server.shutdown()
    expect(page.locator("#state")).to_contain_text(STOPS)
