"""Every page of the built book: accessible in light and dark, narrow and wide; nothing to scroll sideways; no complaint."""

import re
from urllib.parse import unquote, urljoin

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from courseware import library
from courseware.book.labs import shelf
from courseware.course import concept_ids, concepts
from courseware.data import package
from courseware.facilitate import sessions
from tests.browser import axe, keys
from tests.browser.site import BOOK, ROOT, built, pages

CHAPTERS = [page for page in pages() if page.startswith("chapters/")]
CHARTED = [page for page in CHAPTERS if "course-chart" in (BOOK / page).read_text(encoding="utf-8")]
# A page for each lab, dataset and run-sheet: there are many, and test_made_pages.py looks at them, so that two workers share.
MADE_IN = ("exercises/", "book/reference/data/", "book/facilitators/run-sheets/", "book/facilitators/room/")
MADE = [page for page in pages() if page.startswith(MADE_IN)]
WIDE, NARROW = (1280, 800), (320, 640)

# What sticks out of a narrow page, unless it scrolls in a frame of its own.
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 100))"""
BELOW_SIZE = """() => [...document.querySelectorAll("main *")].filter((each) =>
    [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) && each.checkVisibility()
    && !each.closest("svg") && parseFloat(getComputedStyle(each).fontSize) < 13).map((each) => each.outerHTML.slice(0, 100))"""


TWICE = """() => [...document.querySelectorAll("[id]")].map((each) => each.id)
    .filter((id, at, all) => all.indexOf(id) !== at)"""


def draw_charts(page):
    """Scroll to every chart and wait until it is drawn, as a reader does who goes through the page."""
    for figure in page.locator("figure.course-figure").all():
        figure.scroll_into_view_if_needed()
        expect(figure.locator(".course-chart")).to_have_class(re.compile("is-drawn"))


@pytest.mark.parametrize("address", [page for page in pages() if page not in MADE])
def test_a_page(visit, book, address):
    look_at(visit(book + address))


def look_at(page, *, sizes=(WIDE, NARROW), find=axe.violations_in_both):
    """Look at a page in these sizes, and unless `find` is told otherwise in light and dark."""
    assert page.title().strip()
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.locator("h1").count() == 1
    assert page.locator("meta[name=viewport]").count() == 1
    # Unfolded, so that what is in a lab's answers is looked at too; that a fold works is for test_lab_pages.py.
    page.evaluate("() => document.querySelectorAll('.lab-answer').forEach((each) => each.open = true)")
    draw_charts(page)
    found = [f"id twice: {each}" for each in page.evaluate(TWICE)]
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} {each}" for each in find(page)]
        found += [f"{width} too wide: {each}" for each in page.evaluate(TOO_WIDE)]
        found += [f"{width} too small: {each}" for each in page.evaluate(BELOW_SIZE)]
    assert not found, "\n".join(found)


def test_every_concept_of_the_sources_is_covered():
    page = (built() / "book" / "reference" / "coverage.html").read_text(encoding="utf-8")
    all_of_them = len(concept_ids())
    assert f"Of {all_of_them} concepts in {len(concepts())} sources, <strong>{all_of_them} are covered</strong>" in page
    assert page.count("In the text only, with care") == 1


def test_pages_have_titles_of_their_own(visit, book):
    page = visit(book)
    titles = []
    for address in pages():
        page.goto(book + address)
        titles.append(page.title())
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("address", ["index.html", *CHAPTERS])
def test_dark_follows_the_device_and_can_be_chosen(visit, book, address):
    page = visit(book + address, scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("radio", name="Light").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_the_menu_works_by_keyboard_on_a_phone(visit, book):
    page = visit(f"{book}index.html", width=320, height=640)
    menu = page.get_by_role("navigation", name="Course")
    expect(menu).to_be_hidden()
    keys.press(page, "Menu")
    expect(menu).to_be_visible()
    at = keys.tab_to(page, "How to use this course", tag="a")
    assert at["inside"]
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name="Menu")).to_be_focused()


def test_the_first_stop_skips_to_the_text(visit, book):
    page = visit(f"{book}index.html")
    assert keys.tab(page)["text"] == "Skip to the text"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("address", CHARTED)
def test_a_chart_changes_colours_with_the_page(visit, book, address):
    page = visit(book + address)
    draw_charts(page)
    text = page.locator(".course-chart text").first
    expect(text).to_be_visible()
    light = text.evaluate("node => getComputedStyle(node).fill")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "([node, light]) => getComputedStyle(document.querySelector(node)).fill !== light",
        arg=[".course-chart text", light],
    )


@pytest.mark.parametrize("address", CHAPTERS)
def test_support_is_one_press_away_on_a_chapter(visit, book, address):
    page = visit(book + address, width=320, height=640)
    page.get_by_role("link", name="Support", exact=True).first.click()
    expect(page.locator(".course-support")).to_be_visible()


def test_no_link_leads_nowhere():
    parsed = {
        address: BeautifulSoup((built() / address).read_text(encoding="utf-8"), "html.parser") for address in pages()
    }
    places = {address: {node["id"] for node in page.find_all(id=True)} for address, page in parsed.items()}
    lost = []
    for address, page in parsed.items():
        for link in page.find_all("a", href=True):
            target = urljoin(f"http://book/{address}", link["href"])
            if not target.startswith("http://book/"):
                continue
            name, _, place = unquote(target.removeprefix("http://book/")).partition("#")
            if not (BOOK / name.partition("?")[0]).is_file() or (place and place not in places.get(name, {place})):
                lost.append(f"{address}: {link['href']}")
    assert lost == []


def test_every_page_was_written_for_the_course():
    # What the contents do not name is nobody's to find, and nobody's to keep right.
    contents = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:file|root): (\S+)", contents)) | {"search"}
    # What it names by folder: a page for each lab, for each dataset, for each scenario in a room, and for each run-sheet.
    named |= {one.docname for one in shelf()} | {f"book/reference/data/{one['name']}" for one in package()["resources"]}
    named |= {f"book/facilitators/room/{each.id}" for each in library.all_exercises() if each.kind == "scenario"}
    named |= {f"book/facilitators/run-sheets/{each.id}" for each in sessions.sessions()} | {
        "book/facilitators/run-sheets/two-days"
    }
    assert {page.removesuffix(".html") for page in pages()} == named


def test_every_page_says_what_it_is_about():
    for address in set(pages()) - {"search.html"}:
        page = BeautifulSoup((built() / address).read_text(encoding="utf-8"), "html.parser")
        about = page.find("meta", attrs={"name": "description"})
        assert about is not None, address
        assert len(about["content"]) > 40, address
