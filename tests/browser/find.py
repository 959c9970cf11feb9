"""Finds a Chromium for the tests, or gets one, and prints where it is: `python -m tests.browser.find`.

It looks at the variable CHROMIUM, then at the usual names on the path, then for Playwright's own. Where there is none it
gets Playwright's, or, as root on Debian and its kin, the system's. A headless shell comes first, and is got there even
where a whole Chromium is: it has no windows to make, and opens a page in half the time. The tests only look: they never
install anything.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MAC = "/Applications/{0}.app/Contents/MacOS/{0}"
MEND = "Install Chromium or Chrome, or set CHROMIUM to the path of one, and run `make browser` again."


class NoBrowserError(RuntimeError):
    """There is no Chromium that runs; the message says what was tried and what to do."""


def chromium() -> Path:
    """Return a Chromium that runs. Raises NoBrowserError with what to do."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not runs(Path(named)):
            raise NoBrowserError(f"CHROMIUM is {named}, which does not run. {MEND}")
        return Path(named)
    for path in candidates():
        if runs(path):
            return path
    raise NoBrowserError(f"No Chromium was found. {MEND}")


def candidates() -> Iterator[Path]:
    """Yield the places where one may be, the quickest to look at first."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            yield Path(found)
    for name in ("Google Chrome", "Chromium"):
        yield Path(MAC.format(name))
    yield playwrights()


def playwrights() -> Path:
    """Return where Playwright's own Chromium is, or would be."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def runs(path: Path) -> bool:
    """Say whether a browser starts: a stub that only says how to install one does not."""
    if not path.is_file():
        return False
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and "Chrom" in said.stdout


def get() -> Path:
    """Install a Chromium and return it. Raises NoBrowserError with what each way said."""
    playwright = [sys.executable, "-m", "playwright"]
    ways = [[[*playwright, "install", "--no-shell", "chromium"]]]
    if _may_install():
        ways.append(_debian("chromium"))
        ways.append([[*playwright, "install-deps", "chromium"]])  # Playwright's came, but lacks a library
    said = []
    for way in ways:
        said += _try(way)
        for path in candidates():
            if runs(path):
                return path
    raise NoBrowserError("\n".join([*said, f"No Chromium could be installed. {MEND}"]))


def get_shell() -> None:
    """Install Debian's headless shell where that can be done. Where it cannot, another Chromium does as well, in more time."""
    if not shutil.which(SHELL) and _may_install():
        _try(_debian(SHELL))


def _try(way: list[list[str]]) -> list[str]:
    """Run one command after another until one fails; return what is to be said of it."""
    for command in way:
        print(f"Trying: {' '.join(command)}", file=sys.stderr, flush=True)  # noqa: T201  # installing takes a while
        if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
            return [f"`{' '.join(command)}` failed."]
    return []


def _debian(package: str) -> list[list[str]]:
    return [["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", package]]


def _may_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def main() -> None:
    """Print where a Chromium is; get one first where there is none, or none but a slow one."""
    try:
        if not os.environ.get("CHROMIUM"):
            get_shell()
        try:
            found = chromium()
        except NoBrowserError:
            if os.environ.get("CHROMIUM"):
                raise
            found = get()
    except NoBrowserError as error:
        sys.exit(str(error))
    print(found)  # noqa: T201  # the answer


if __name__ == "__main__":
    main()
