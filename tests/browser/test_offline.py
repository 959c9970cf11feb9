"""The course as a folder, out of its zip: opened from disk, with no server and no network, it plays, draws and keeps."""

import re
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from courseware import library
from courseware.course import course, written
from tests.browser import keys, play
from tests.browser.plan import plans
from tests.browser.site import built, pages
from tests.browser.stage import near
from tests.browser.test_pages import draw_charts
from tests.browser.weigh import LOADED

# One chapter with every kind of thing on it stands for all: what is tried is the way to them, not what they say.
CHAPTERS = [chapter["id"] for chapter in written() if "source" in chapter][:1]
ZIP = f"{course()['id']}.zip"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the course as somebody has it who unpacked the zip."""
    there = tmp_path_factory.mktemp("a stick")
    with ZipFile(built() / ZIP) as archive:
        archive.extractall(there)
    return there / course()["id"]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_from_disk(visit, folder, chapter):
    page = visit((folder / "index.html").as_uri(), within=folder)
    page.get_by_role("navigation", name="Course").locator(f"a[href*='{chapter}']").click()
    figure = page.locator("figure.course-figure").first
    figure.scroll_into_view_if_needed()
    expect(figure.locator(".course-chart")).to_have_class(re.compile("is-drawn"))
    expect(figure.locator("svg").first).to_be_visible()

    scenario = next(each for each in library.all_exercises() if each.kind == "scenario" and each.chapter == chapter)
    plan = min(plans(scenario).values(), key=lambda each: len(each.choices))
    here = page.locator(f"#{scenario.id}")
    here.evaluate("(node, seed) => node.dataset.seed = seed", str(plan.seed))
    here.get_by_role("button", name="Start", exact=True).click()
    play.click_through(page, scenario, plan)
    here.get_by_role("button", name="Go to the debrief").click()
    page.reload()
    expect(here.locator(".closed")).to_contain_text(plan.title)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_quiz_from_disk_is_there_after_a_reload(visit, folder, chapter):
    page = visit((folder / "chapters" / f"{chapter}.html").as_uri(), within=folder)
    quiz = page.locator("course-quiz").first
    keys.enter(page, quiz.get_attribute("id"))
    play.finish_quiz(page, quiz.get_attribute("id"))
    page.reload()
    expect(quiz.locator(".exercise-label")).to_contain_text("· done")


def test_the_folder_holds_all_that_it_refers_to(folder):
    lost = []
    for address in pages():
        page = BeautifulSoup((folder / address).read_text(encoding="utf-8"), "html.parser")
        for node in page.find_all(["a", "link", "script", "img"]):
            target = urlsplit(node.get("href") or node.get("src") or "")
            if target.scheme or not target.path:
                continue
            file = (folder / address).parent / unquote(target.path)
            if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
                lost.append(f"{address}: {target.path}")
    assert lost == []
    assert sorted(path.name for path in folder.iterdir() if path.suffix == ".txt") == ["START HERE.txt"]


def test_every_page_from_disk(visit, folder):
    page = visit((folder / "index.html").as_uri(), within=folder)
    for address in pages():
        page.goto((folder / address).as_uri())
        expect(page.locator("h1")).to_have_count(1)
        page.evaluate(
            "() => new Promise((done) => requestIdleCallback(done))"
        )  # all that it asks for by itself is asked
        assert page.locator("link[rel=manifest]").count() == 0


@pytest.mark.parametrize("js", [True, False])
def test_the_folder_offers_nothing_that_it_has_already(visit, folder, js):
    page = visit((folder / "book" / "how-to-use.html").as_uri(), within=folder, js=js)
    offer = page.locator(".course-offline")
    expect(offer).to_have_text(
        "You are reading the course from a folder. It is on this device already, and needs no connection."
    )
    assert offer.get_by_role("button").count() == 0
    assert page.get_by_role("link", name="zip").count() == 0


def test_search_from_disk(visit, folder):
    page = visit(f"{(folder / 'search.html').as_uri()}?q=support", within=folder)
    expect(page.locator("#search-results li a").first).to_be_visible()


def a_scenario(page, chapter):
    """Return a chapter's first scenario in the page, and a short way through it."""
    scenario = next(each for each in library.all_exercises() if each.kind == "scenario" and each.chapter == chapter)
    plan = min(plans(scenario).values(), key=lambda each: len(each.choices))
    here = near(page, scenario.id)
    here.evaluate("(node, seed) => node.dataset.seed = seed", str(plan.seed))
    return here, scenario, plan


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_goes_on_when_the_network_goes(visit, book, chapter):
    # The window asks for the page's icon when it likes, which may be now.
    page = visit(f"{book}chapters/{chapter}.html", forgive="favicon")
    draw_charts(page)  # what comes only when it is near is here then, and nothing is on its way
    for each in library.all_exercises():
        if each.chapter == chapter:
            near(page, each.id)
    here, scenario, plan = a_scenario(page, chapter)
    page.wait_for_load_state("networkidle")
    page.wait_for_function(LOADED, arg="/debrief.js")  # asked for once the scenario is near, which may be after that
    page.context.set_offline(True)
    here.get_by_role("button", name="Start", exact=True).click()
    play.click_through(page, scenario, plan)
    here.get_by_role("button", name="Go to the debrief").click()
    expect(here.locator(".debrief")).to_contain_text(plan.title)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_debrief_that_cannot_be_fetched_waits(visit, book, chapter):
    page = visit(f"{book}index.html", forgive="debrief.js")
    page.route("**/debrief.js", lambda route: route.abort())
    page.goto(f"{book}chapters/{chapter}.html")
    here, scenario, plan = a_scenario(page, chapter)
    here.get_by_role("button", name="Start", exact=True).click()
    play.click_through(page, scenario, plan)
    here.get_by_role("button", name="Go to the debrief").click()
    expect(here.locator(".debrief")).to_contain_text("Your run is kept; try again when you are connected.")
    expect(here.locator("[role=status]")).to_contain_text("could not be fetched")
    page.unroute("**/debrief.js")
    here.get_by_role("button", name="Try again").click()
    expect(here.locator(".debrief h4").first).to_be_focused()
    expect(here.locator(".debrief")).to_contain_text(plan.title)
