"""Takes the README's picture of a page from the book as built: `python -m tests.browser.picture`."""

from playwright.sync_api import sync_playwright

from tests.browser.find import chromium
from tests.browser.site import BOOK, ROOT, served

TARGET = ROOT / "book" / "theme" / "page.png"
ADDRESS = "chapters/4-leading-under-pressure.html"
SCENARIO = "#high-water"


def main() -> None:
    """Show the first decision of the main scenario, on a wide window in light, and keep what the window shows."""
    with sync_playwright() as playwright, served(BOOK) as home:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 1000}, color_scheme="light", reduced_motion="reduce")
        page.goto(home + ADDRESS)
        here = page.locator(SCENARIO)
        here.get_by_role("button", name="Start", exact=True).click()
        while not here.locator("form.decision").count():
            here.locator(".step > .exercise-button").click()
        here.locator(".step h4").first.evaluate(
            "node => { node.blur(); node.scrollIntoView({block: 'start'}); scrollBy(0, -24); }"
        )
        page.mouse.move(0, 0)
        page.screenshot(path=TARGET)
        browser.close()
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size:,} bytes")  # noqa: T201  # the answer


if __name__ == "__main__":
    main()
