"""A ranking in the page: nothing is decided by chance, nothing is lost, and an expert is one voice among others."""

import pytest
from playwright.sync_api import expect

from courseware import library, render
from tests.browser import axe
from tests.browser.site import served, write_page
from tests.browser.touch import record
from tests.kinds.test_order import RANKED

NAME = "example-order"


def order_of(page):
    return page.locator(f"#{NAME} .sort-text").all_inner_texts()


def test_an_order_that_chance_made_is_not_checked(visit, examples):
    page = visit(examples)
    here = page.locator(f"#{NAME}")
    before = order_of(page)
    check = here.get_by_role("button", name="Check my order")
    check.click()
    expect(here.locator("[role=status]")).to_contain_text("Move one first")
    expect(check).to_be_focused()
    expect(here.locator(".exercise-label")).to_contain_text("· new")
    assert order_of(page) == before
    assert record(here) is None


def test_an_order_and_every_check_of_it_are_kept(visit, examples):
    page = visit(examples, width=320)
    here = page.locator(f"#{NAME}")
    first = order_of(page)
    down = here.get_by_role("button", name=f"Down: {first[0]}")
    down.click()
    expect(here.locator("[role=status]")).to_have_text(f"{first[0]} is now 2 of 4.")
    expect(down).to_be_focused()
    moved = [first[1], first[0], *first[2:]]
    assert order_of(page) == moved
    page.reload()
    assert order_of(page) == moved

    for count in (1, 2):
        here.get_by_role("button", name="Check my order").click()
        expect(here.locator("h4").first).to_have_text("Your order and the figures")
        yours = here.locator("td[data-label='Your order']").all_inner_texts()
        assert [text.split(": ")[-1] for text in yours] == moved
        expect(here.locator(".account")).to_contain_text("of 5 pairs")
        page.reload()
        assert len(record(here)["checks"]) == count
        here.get_by_role("button", name="Change my order").click()
        assert order_of(page) == moved
        here.get_by_role("button", name=f"Up: {moved[3]}").click()
        moved = [moved[0], moved[1], moved[3], moved[2]]

    here.get_by_role("button", name="Start again").click()
    expect(here.locator("h4").first).to_be_focused()
    kept = record(here)
    assert (kept["moved"], kept["checked"], len(kept["checks"])) == (False, False, 2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [320, 1280])
def test_an_expert_is_named_and_argued_with(visit, example, tmp_path, width):
    exercise, problems = library.read(example("order", *RANKED))
    assert problems == []
    write_page(tmp_path / "site", [render.html(exercise)])
    with served(tmp_path / "site") as address:
        page = visit(address, width=width)
        here = page.locator(f"#{NAME}")
        live = here.locator(".exercise-main")
        expect(live).to_contain_text("You will compare your order with that of Meera Shah.")
        here.locator("ol li").last.get_by_role("button", name="Up").click()
        here.get_by_role("button", name="Check my order").click()
        expect(here.locator("h4").first).to_have_text("Your order and their order")
        expect(live).to_contain_text("She tells first whoever has a choice.")
        expect(live).to_contain_text("Who would argue with it")
        expect(live).to_contain_text("A finance director would not.")
        expect(live.locator("ol > li").first).to_contain_text(", their order 1: ")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = axe.violations_in_both(page, f"#{NAME}")
        assert not found, "\n".join(found)
