"""One browser for a worker, one server for the book, and pages that are watched until the test is over."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from courseware.base import Exercise
from tests.browser.find import chromium
from tests.browser.site import BOOK, built, served, write_examples
from tests.browser.stage import opened
from tests.browser.watch import Watch

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# For what must come; a machine that does much else at once needs longer than a person would wait. A test that passes waits
# for none of it.
WAIT_MS, LOAD_MS = 30_000, 60_000
expect.set_options(timeout=WAIT_MS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium with a profile of its own. Never skipped: without one the tests fail and say what to do."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=ARGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def book() -> Iterator[str]:
    """Return the address of the built book, served on this machine."""
    built()
    with served(BOOK) as address:
        yield address


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a page with one example of every kind."""
    folder = tmp_path_factory.mktemp("examples")
    write_examples(folder)
    with served(folder / "site") as address:
        yield address


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a way to open an address as a new visitor; when the test ends, nothing may have gone elsewhere or wrong.

    `width` in CSS pixels; `scheme` light or dark; `js` false for scripts off; `before` a script to run before the page's
    own; `within` what a page opened from disk may read; `forgive` words of a complaint, or of several, that is not the page's fault. Another tab of the same visitor is `page.context.new_page()`.
    """
    watches: list[Watch] = []
    contexts: list[Any] = []

    def visited(
        url: str,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: str = "light",
        js: bool = True,
        before: str = "",
        within: Path | None = None,
        forgive: str | tuple[str, ...] = (),
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=js,
            reduced_motion="reduce",
            locale="en-GB",
        )
        contexts.append(context)
        context.set_default_timeout(WAIT_MS)
        context.set_default_navigation_timeout(LOAD_MS)
        address = urlsplit(url)
        home = within.as_uri() + "/" if within else f"{address.scheme}://{address.netloc}/"
        watches.append(Watch(context, [home], *([forgive] if isinstance(forgive, str) else forgive)))
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.goto(url)
        return page

    yield visited
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.faults()]
    assert not faults, "\n".join(faults)


@pytest.fixture
def stage(visit: Callable[..., Page], book: str, examples: str) -> Callable[..., tuple[Page, Exercise]]:
    """Return a way to the page that holds an exercise, by the exercise's id: an example, or one of the course's own."""
    return partial(opened, visit, book, examples)
