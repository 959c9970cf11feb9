"""Run-sheets in the page: a start, a size, a calendar file; whole without scripts, narrow, and on paper."""

import datetime as dt
import io
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from courseware.course import written
from courseware.facilitate import sessions
from courseware.facilitate.plan import LENGTHS
from courseware.markup import curled
from tests.browser import axe

FOLDER = "book/facilitators/run-sheets"
NINETY = f"{FOLDER}/4-leading-under-pressure-90.html"
DAYS = f"{FOLDER}/two-days.html"
SHEET = sessions.session("4-leading-under-pressure", 90)


def clocks(page):
    return page.locator(".sheet-when .sheet-clock").all_inner_texts()


def calendar(page, tmp_path):
    with page.expect_download() as info:
        page.get_by_role("button", name="Get the calendar file").click()
    path = Path(tmp_path, info.value.suggested_filename)
    info.value.save_as(path)
    return path.name, icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")


def test_the_start_moves_every_time(visit, book):
    page = visit(book + NINETY)
    assert clocks(page) == ["09:30", "09:38", "09:42", "10:08", "10:20", "10:43", "10:49", "10:54"]
    start = page.get_by_label("Starts at")
    start.fill("23:00")
    start.press("Tab")
    assert clocks(page)[-3:] == ["00:13", "00:19", "00:24"]
    expect(page.get_by_role("status")).to_have_text("It now runs from 23:00 to 00:30.")
    start.fill("")
    start.press("Tab")
    assert clocks(page) == ["0:00", "0:08", "0:12", "0:38", "0:50", "1:13", "1:19", "1:24"]


@pytest.mark.parametrize("size", [3, 7, 30])
def test_the_size_moves_every_count(visit, book, size):
    page = visit(book + NINETY)
    people = page.get_by_label("People")
    people.fill(str(size))
    people.press("Tab")
    wanted = sessions.session(SHEET.chapter, 90, size=size)
    counts = [int(each) for each in page.locator(".sheet-count").all_inner_texts()]
    assert counts == [each.count for each in wanted.materials]
    expect(page.locator(".sheet-facts")).to_contain_text(f"{size} people in {wanted.groups} group")
    expect(page.locator("#step-welcome .sheet-do")).to_contain_text(f"Then: {wanted.groups} groups of three to five")
    expect(page.locator("#online")).to_contain_text(f"Breakouts of three, {wanted.rooms_online} of them")
    expect(page.get_by_role("status")).to_contain_text(f"For {size} people in {wanted.groups} group")


@pytest.mark.parametrize("size", ["2", "121", "", "4.5"])
def test_a_size_that_is_none_is_told_and_changes_nothing(visit, book, size):
    page = visit(book + NINETY)
    before = page.locator(".sheet-count").all_inner_texts()
    people = page.get_by_label("People")
    people.fill(size)
    people.press("Tab")
    expect(page.locator("#sheet-error")).to_have_text("A sheet is for 3 to 120 people. With more, use two rooms.")
    expect(people).to_have_attribute("aria-describedby", "sheet-error")
    expect(people).to_have_attribute("aria-invalid", "true")
    assert page.locator(".sheet-count").all_inner_texts() == before
    people.fill("12")
    people.press("Tab")
    expect(page.locator("#sheet-error")).to_be_empty()
    assert people.get_attribute("aria-invalid") is None


def test_the_calendar_file_holds_the_plan(visit, book, tmp_path):
    page = visit(book + NINETY)
    page.get_by_label("Starts at").fill("14:00")
    page.get_by_label("Day").fill("2026-12-01")
    name, (event,) = calendar(page, tmp_path)
    assert name == f"{SHEET.id}.ics"
    assert event["dtstart"].dt == dt.datetime(2026, 12, 1, 14, 0)  # noqa: DTZ001  # it floats
    assert event["dtend"].dt == dt.datetime(2026, 12, 1, 15, 30)  # noqa: DTZ001
    assert str(event["summary"]) == SHEET.title
    said = str(event["description"])
    assert SHEET.question in said
    assert "14:12 Play: “High water”, Dusk (26 min)" in said
    assert said.endswith("15:30 End")
    expect(page.get_by_role("status")).to_have_text("The calendar file is made.")


def test_without_a_day_or_a_start_there_is_no_file_but_a_word(visit, book):
    page = visit(book + NINETY)
    page.get_by_label("Day").fill("")
    page.get_by_role("button", name="Get the calendar file").click()
    expect(page.locator("#sheet-error")).to_have_text("Choose a day first.")
    expect(page.get_by_label("Day")).to_be_focused()
    page.get_by_label("Day").fill("2026-12-01")
    page.get_by_label("Starts at").fill("")
    page.get_by_role("button", name="Get the calendar file").click()
    expect(page.locator("#sheet-error")).to_have_text("Choose when it starts first.")


def test_the_days_are_two_entries(visit, book, tmp_path):
    page = visit(book + DAYS)
    assert clocks(page)[:2] == ["09:15", "09:30"]
    page.get_by_label("Day 2 starts at").fill("10:00")
    page.get_by_label("First day").fill("2026-12-31")
    _, events = calendar(page, tmp_path)
    assert [each["dtstart"].dt for each in events] == [
        dt.datetime(2026, 12, 31, 9, 15),  # noqa: DTZ001
        dt.datetime(2027, 1, 1, 10, 0),  # noqa: DTZ001
    ]
    assert page.locator("[aria-label=People], #sheet-size").count() == 0


def test_without_scripts_the_sheet_is_whole_and_counts_from_nought(visit, book):
    page = visit(book + NINETY, js=False)
    assert clocks(page) == ["0:00", "0:08", "0:12", "0:38", "0:50", "1:13", "1:19", "1:24"]
    expect(page.locator(".sheet-live")).to_be_hidden()
    for step in SHEET.steps:
        expect(page.locator(f"#step-{step.id} .sheet-do")).to_be_visible()


def test_it_is_used_by_keyboard_alone(visit, book):
    page = visit(book + NINETY)
    page.get_by_label("Starts at").focus()
    page.keyboard.type("1015")
    page.get_by_label("People").focus()
    assert clocks(page)[0] == "10:15"
    page.locator("#boss summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#boss li").first).to_be_visible()


@pytest.mark.parametrize("address", [NINETY, DAYS, f"{FOLDER}.html"])
def test_a_narrow_page_needs_no_scrolling_sideways(visit, book, address):
    page = visit(book + address, width=320, height=640)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe.violations_in_both(page) == []


@pytest.mark.parametrize("length", LENGTHS)
def test_on_paper_it_needs_two_sides(visit, book, length):
    """The steps, and what to shorten, on two sides; of three hours, what to bring and how to care may need a third."""
    for chapter in written():
        page = visit(f"{book}{FOLDER}/{chapter['id']}-{length}.html")
        page.emulate_media(media="print")
        sides = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert len(sides) <= (3 if length == 180 else 2), chapter["id"]
        shown = [side.extract_text() for side in sides]
        assert any("If time runs short" in text for text in shown[:2]), chapter["id"]
        assert not any("Get the calendar file" in text for text in shown)


def test_the_list_leads_to_every_sheet(visit, book):
    page = visit(f"{book}{FOLDER}.html")
    for chapter in written():
        for length in LENGTHS:
            link = page.get_by_role("link", name=f"{length} minutes, {curled(chapter['question'])}", exact=True)
            expect(link).to_have_attribute("href", f"run-sheets/{chapter['id']}-{length}.html")
        row = page.get_by_role("rowheader", name=curled(chapter["question"]))
        expect(row.locator(".sheet-theme")).to_have_text(chapter["theme"])
    expect(page.get_by_role("link", name="Two days, all seven chapters")).to_be_visible()
