"""The whole exercise, feedback included, for readers without scripts and on paper."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from courseware import library
from courseware.course import written
from tests.browser.stage import near
from tests.browser.test_pages import draw_charts
from tests.browser.words import missing, pieces, squashed

CHAPTERS = [chapter["id"] for chapter in written()]
FURNITURE = ("The Next Decision: leading public services", "{} of {}")
NAVIGATION = (
    "Skip to the text",
    "On this page",
    "Search the course",
    "Appearance",
    "Back one step",
    "Saved on this device",
)
UNFOLD = "() => document.querySelectorAll('main details').forEach((each) => each.open = true)"


def exercises(chapter):
    return [exercise for exercise in library.all_exercises() if exercise.chapter == chapter]


def printed(page):
    """Return a page as it leaves the printer, sheet by sheet and squashed, without what stands in the margins and addresses."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    return [
        without_margins(sheet.extract_text(), number, len(reader.pages)) for number, sheet in enumerate(reader.pages, 1)
    ]


def without_margins(text, number, total):
    text = squashed(text)
    for line in FURNITURE:
        text = text.replace(squashed(line.format(number, total)), "", 1)
    return re.sub(r"\(https?://[^()]*(?:\([^()]*\)[^()]*)*\)", "", text)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_reads_whole_without_scripts(visit, book, chapter):
    page = visit(f"{book}chapters/{chapter}.html", js=False, width=320, height=640)
    assert page.locator(".exercise-live").count() == 0
    for table in page.locator(".course-figure .course-table").all():
        expect(table).to_be_visible()
    fold = page.locator(".exercise details").first
    fold.locator("summary").click()
    expect(fold.locator(":scope > :not(summary)").first).to_be_visible()
    page.evaluate(UNFOLD)
    text = squashed(page.locator("main").inner_text())
    assert [
        (exercise.id, piece) for exercise in exercises(chapter) for piece in missing(pieces(exercise), [text])
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_prints_whole_with_scripts_on(visit, book, chapter):
    page = visit(f"{book}chapters/{chapter}.html")
    draw_charts(page)
    for exercise in exercises(chapter):
        near(page, exercise.id)
    sheets = printed(page)
    assert [
        (exercise.id, piece) for exercise in exercises(chapter) for piece in missing(pieces(exercise), sheets)
    ] == []
    assert missing(page.locator(".course-figure-alt").all_inner_texts(), sheets) == []
    for words in NAVIGATION:
        assert squashed(words) not in "".join(sheets)


def test_what_was_done_prints_with_the_debrief(visit, examples):
    page = visit(examples)
    scenario = page.locator("#example-scenario")
    scenario.get_by_role("button", name="Start", exact=True).click()
    scenario.locator(".decision textarea").fill("Because Kit would wait")
    scenario.get_by_role("radio", name="Wait for Thursday").check()
    scenario.get_by_role("button", name="Continue").click()
    scenario.get_by_role("button", name="See what happens").click()
    scenario.get_by_role("radio", name="Hold everything").check()
    scenario.get_by_role("button", name="Continue").click()
    assert squashed("You chose") not in "".join(printed(page))  # half a run is no page to keep
    scenario.get_by_role("button", name="Go to the debrief").click()
    scenario.get_by_label("Your if–then plan").fill("If it slips again, I will ring at once")
    text = "".join(printed(page))
    for words in ("You chose: Wait for Thursday", "Because Kit would wait", "If it slips again, I will ring at once"):
        assert squashed(words) in text
    assert squashed("Play again") not in text
