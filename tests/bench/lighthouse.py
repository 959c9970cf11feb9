"""Lighthouse's four scores for a chapter page, on its mobile settings, where npm can get it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from courseware.course import written
from tests.bench.rows import Row, run, unmeasured
from tests.browser.conftest import ARGS
from tests.browser.find import chromium
from tests.browser.site import served

VERSION = "12"
BUDGETS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
WHAT = "Lighthouse, mobile: {}"
NOTE = "a chapter page; the peer is the same prose in a default Jupyter Book"


def scores(folder: Path, env: dict[str, str], ours: Path, peer: Path) -> Iterator[Row]:
    """Yield a row a category."""
    try:
        program = _program(folder, env)
        chapter = written()[0]["id"]
        found = _scores(program, env, ours, f"chapters/{chapter}.html", folder / "ours.json")
        theirs = _scores(program, env, peer, f"{chapter}.html", folder / "peer.json")
    except (RuntimeError, OSError) as error:
        for name, budget in BUDGETS.items():
            yield unmeasured(WHAT.format(name), f"≥ {budget}", error)
        return
    for name, budget in BUDGETS.items():
        own, other = found[name], theirs[name]
        yield Row(
            WHAT.format(name), f"≥ {budget}", str(own), str(other), own / other if other else None, own >= budget, NOTE
        )


def _program(folder: Path, env: dict[str, str]) -> Path:
    npm = shutil.which("npm")
    if not npm:
        raise RuntimeError("there is no npm here to get Lighthouse with")
    place = folder / "lighthouse"
    place.mkdir()
    run(
        [npm, "install", "--no-fund", "--no-audit", "--silent", "--prefix", place, f"lighthouse@{VERSION}"], folder, env
    )
    return place / "node_modules" / ".bin" / "lighthouse"


def _scores(program: Path, env: dict[str, str], book: Path, address: str, report: Path) -> dict[str, int]:
    with served(book, compressed=True) as home:
        flags = f"--chrome-flags={' '.join(['--headless=new', *ARGS])}"
        command = [program, home + address, "--quiet", "--output=json", f"--output-path={report}", flags]
        run(command, report.parent, {**env, "CHROME_PATH": str(chromium())})
    categories = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * (categories[name]["score"] or 0)) for name in BUDGETS}
