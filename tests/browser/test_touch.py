"""Every kind of exercise on a phone: finished by taps alone, at 320 px, with nothing to scroll sideways for."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.stage import EXAMPLES, exercise_of, near

ROUNDS = 60
WORDS = "The second week was mine to plan."


def tap(place: Locator) -> None:
    """Tap, and wait for the click, which a browser makes of a tap a moment later."""
    place.page.evaluate(
        "() => { window.clicked = false; addEventListener('click', () => window.clicked = true, {capture: true, once: true}); }"
    )
    place.tap()
    place.page.wait_for_function("() => window.clicked")


@pytest.fixture
def phone(browser, examples):
    """Yield the page of examples on a narrow screen that is touched."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(examples)
    yield page
    context.close()


def rank(live: Locator) -> None:
    """Move the first item down."""
    tap(live.get_by_role("button", name="Down").first)


def spend(live: Locator) -> None:
    """Give everything to the last item."""
    amounts = live.locator("form select").last
    amounts.select_option(index=amounts.locator("option").count() - 1)


def try_all(live: Locator) -> None:
    """Set the controls as each of the questions asks, and look at what there is to notice."""
    for button in live.get_by_role("button", name="Set the controls").all():
        tap(button)
        tap(live.locator("summary", has_text="What to notice"))


# What a kind needs before the rest can be answered as in any form.
FIRST = {"order": rank, "allocate": spend, "explore": try_all}


def answer(live: Locator) -> None:
    """Give something wherever something is asked for, as a thumb would: the first row, the middle of a slider, a few words."""
    for group in live.locator("fieldset:has(input[type=radio]):not(:has(fieldset)):not(.machine fieldset)").all():
        if group.is_visible() and not group.locator("input:checked").count():
            tap(group.locator("label:has(input[type=radio]:not([aria-disabled]))").first)
    for group in live.locator("fieldset:has(input[type=checkbox])").all():
        if group.is_visible() and not group.locator("input:checked").count():
            tap(group.locator("label:has(input[type=checkbox])").first)
    for select in live.locator("form select").all():
        if select.is_visible() and not select.input_value():
            select.select_option(index=1)
    for box in live.locator("textarea, form input:is([type=text], [type=number])").all():
        if box.is_visible() and not box.input_value():
            tap(box)
            box.fill(WORDS if box.evaluate("each => each.localName") == "textarea" else "5")
    for slider in live.locator("input[type=range]").all():
        slider.tap()  # it hears the touch itself, and no click is made of it


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_finished_by_touch_on_a_narrow_phone(phone, name):
    here = near(phone, name)
    live = here.locator(".exercise-main")
    label = here.locator(".exercise-label")
    FIRST.get(exercise_of(name).kind, lambda _: None)(live)
    for _ in range(ROUNDS):
        if "· done" in label.inner_text():
            break
        answer(live)
        tap(live.locator(".exercise-button:not(.quiet):visible").first)
        assert overflow(phone) <= 0
    expect(label).to_contain_text("· done")
    assert overflow(phone) <= 0
