"""Budgets of bytes and requests, never of time: what a reader with a poor connection pays."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.site import BOOK, pages
from tests.browser.test_pages import CHAPTERS, CHARTED
from tests.browser.weigh import KB, LOADED, first_load, gzipped

LABS = [page for page in pages() if page.startswith("exercises/")]
# One lab stands for all: the heaviest.
HEAVIEST = sorted(LABS, key=lambda page: gzipped(BOOK / page))[-1:]
NEAR = 2000  # pixels below the window, as web/late.js has it
BELOW = "tag => (document.querySelector(tag)?.getBoundingClientRect().top ?? Infinity) - innerHeight"
STATIC = BOOK / "_static"


@pytest.mark.parametrize("address", [*CHAPTERS, *HEAVIEST])
def test_a_page_loads_light(browser, book, address):
    load = first_load(browser, book, BOOK, address)
    told = "\n".join(f"{size:>8,} {name}" for name, size in load.items())
    assert sum(load.values()) <= 250 * KB, told
    assert len(load) <= 25, told
    assert not [
        name for name in load if "plotly" in name or "searchindex" in name or name.endswith((".woff2", ".woff"))
    ], told


def test_the_script_of_all_exercises_is_light(book):
    assert gzipped(STATIC / "courseware" / "book.js") <= 30 * KB


@pytest.mark.parametrize("address", CHAPTERS)
def test_a_part_comes_once_and_only_when_it_is_near(visit, book, address):
    page = visit(f"{book}index.html")
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(book + address, wait_until="networkidle")
    parts = {"debrief.js": "course-scenario", "models.js": ":is(course-allocate, course-explore)"}
    # A chapter may begin with a case.
    near = {part for part, tag in parts.items() if page.evaluate(BELOW, tag) <= NEAR}
    assert {*asked} & {*parts} <= near
    for exercise in page.locator(".exercise").all():
        exercise.scroll_into_view_if_needed()
        expect(exercise).to_have_class("exercise is-live")
    wanted = [part for part, tag in parts.items() if page.locator(tag).count()]
    for part in wanted:
        page.wait_for_function(LOADED, arg=part)
    assert sorted(name for name in asked if name in parts) == sorted(wanted)


def test_our_styles_are_light(book):
    assert sum(map(gzipped, (STATIC / "courseware" / "style.css", STATIC / "theme.css"))) <= 8 * KB


@pytest.mark.parametrize("address", CHARTED)
def test_plotly_comes_once_and_only_when_a_chart_is_near(visit, book, address):
    page = visit(f"{book}index.html")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(book + address, wait_until="networkidle")
    assert not [url for url in asked if "plotly" in url]
    figures = page.locator("figure.course-figure")
    assert figures.count() >= 4
    for figure in figures.all():
        figure.scroll_into_view_if_needed()
        expect(figure.locator(".course-chart")).to_have_class(re.compile("is-drawn"))
    plotly = [url for url in asked if "plotly" in url]
    assert len(plotly) == 1
    assert gzipped(BOOK / plotly[0].removeprefix(book)) <= 500 * KB


def test_plotly_is_in_the_book_once():
    assert len([path for path in BOOK.rglob("*.js") if path.stat().st_size > 500 * KB]) <= 1
