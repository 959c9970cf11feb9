"""The course as a folder: opened from disk, with no server and no network, it plays, draws and keeps."""

import re

import pytest
from playwright.sync_api import expect

from courseware import library
from courseware.course import course
from tests.browser import play
from tests.browser.plan import plans
from tests.browser.site import built

CHAPTERS = [chapter["id"] for chapter in course()["chapters"]]


@pytest.fixture
def folder():
    return built()


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
    expect(here.locator(".debrief")).to_contain_text(plan.title)


def test_search_from_disk(visit, folder):
    page = visit(f"{(folder / 'search.html').as_uri()}?q=support", within=folder)
    expect(page.locator("#search-results li a").first).to_be_visible()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_goes_on_when_the_network_goes(visit, book, chapter):
    # The window asks for the page's icon when it likes, which may be now.
    page = visit(f"{book}chapters/{chapter}.html", forgive="favicon")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    scenario = next(each for each in library.all_exercises() if each.kind == "scenario" and each.chapter == chapter)
    here = page.locator(f"#{scenario.id}")
    here.get_by_role("button", name="Start", exact=True).click()
    expect(here.locator(".step-heading").first).to_be_visible()
