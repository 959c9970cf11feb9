"""What a page costs to load: its requests, each with the bytes that it takes gzipped."""

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser

LEVEL = 6  # what servers use as they are set up
KB = 1000
# Whether a page has had the whole of a file, by the end of its address.
LOADED = "name => performance.getEntriesByType('resource').some((each) => each.name.endsWith(name))"


def gzipped(path: Path) -> int:
    """Return the size of a file as a server would send it, in bytes."""
    return len(gzip.compress(path.read_bytes(), LEVEL, mtime=0))


def first_load(browser: Browser, home: str, folder: Path, address: str) -> dict[str, int]:
    """Return the requests that a page makes until it is still, nobody scrolling: path -> bytes gzipped, in order.

    `home` is where `folder` is served. What comes from anywhere else counts with its size as 0 and its whole address.
    """
    context = browser.new_context(viewport={"width": 412, "height": 915}, locale="en-GB")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(home + address, wait_until="networkidle")
    icon = page.evaluate("() => document.querySelector('link[rel~=icon]')?.href ?? ''")
    context.close()
    # The icon of the page is asked for by the window around it, of which the page does not always hear.
    urls = list(dict.fromkeys([*asked, *([icon] if icon.startswith(home) else [])]))
    return dict(_weighed(url, home, folder) for url in urls if not url.startswith(("data:", "blob:")))


def _weighed(url: str, home: str, folder: Path) -> tuple[str, int]:
    if not url.startswith(home):
        return url, 0
    name = unquote(urlsplit(url).path).lstrip("/")
    path = folder / name
    if path.is_dir():
        path /= "index.html"
    return name, gzipped(path) if path.is_file() else 0
