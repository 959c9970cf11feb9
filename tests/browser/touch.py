"""One thing done in an exercise of each kind, by pointer: enough that it is begun, and that its result says something."""

from playwright.sync_api import Locator, expect

LIVE = ".exercise-main"


def fill_in(exercise: Locator) -> None:
    """Take the first that is offered in every group and list of a form, write 7 in its boxes, and send it."""
    form = exercise.locator(f"{LIVE} form").first
    radios = form.locator("input[type=radio]")
    for name in dict.fromkeys(radios.evaluate_all("all => all.map((each) => each.name)")):
        form.locator(f"input[name='{name}']").first.check()
    for box in form.locator("input[type=checkbox]").all()[:1]:
        box.check()
    for choices in form.locator("select").all():
        choices.select_option(index=1)
    for box in form.locator("input[type=text]").all():
        box.fill("7")
    form.locator("button[type=submit]").click()


def start(exercise: Locator) -> None:
    """Begin a scenario."""
    exercise.get_by_role("button", name="Start", exact=True).click()


def rank(exercise: Locator) -> None:
    """Move the first item down by one place, and check."""
    exercise.locator(f"{LIVE} li").first.get_by_role("button", name="Down").click()
    exercise.get_by_role("button", name="Check my order").click()


def allocate(exercise: Locator) -> None:
    """Give all that there is to the last item."""
    form = exercise.locator(f"{LIVE} form").first
    amounts = form.locator("select").last
    amounts.select_option(index=amounts.locator("option").count() - 1)
    form.locator("button[type=submit]").click()


def keep(exercise: Locator) -> None:
    """Keep the setting at which a model stands."""
    exercise.get_by_role("button", name="Keep this setting").click()


def write(exercise: Locator) -> None:
    """Write a line in the first box."""
    box = exercise.locator(f"{LIVE} textarea").first
    box.fill("Some words of mine")
    box.blur()


ONE_THING = {
    "scenario": start,
    "quiz": fill_in,
    "sort": fill_in,
    "order": rank,
    "inventory": fill_in,
    "allocate": allocate,
    "explore": keep,
    "reflect": write,
}


def touch(exercise: Locator, kind: str) -> None:
    """Do one thing, and look that it took: the label line says how far the learner is."""
    ONE_THING[kind](exercise)
    expect(exercise.locator(".exercise-label .exercise-state")).not_to_have_text(" · new")


def record(exercise: Locator) -> object:
    """Return what the page holds of what was done."""
    return exercise.evaluate("each => each.record")
