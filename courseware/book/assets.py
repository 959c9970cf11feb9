"""The scripts and styles that the book's pages load, and plotly for those that hold a chart."""

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from deno import find_deno_bin
from sphinx.errors import ExtensionError
from sphinx.util.fileutil import copy_asset

from courseware.book import records
from courseware.book.charts import PLOTLY_FILE
from courseware.book.part import STATIC_FOLDER
from courseware.course import root
from courseware.web import build

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLE, DESK_STYLE, LAB_STYLE, SHEET_STYLE = "style.css", "desk.css", "lab.css", "run-sheet.css"
SCRIPTS = [build.FIRST[0], *build.LATER]
# What a page loads by itself; a page of the learner's own knows the records of every kind. The rest comes when needed.
OF_EVERY_PAGE, OF_THE_DESK = ("book.js",), ("book.js", "models.js", "desk.js")
# Where Sphinx looks for them, below its own folder.
FOLDER = STATIC_FOLDER.removeprefix("_static/")
# The smallest bundle that draws lines, points, bars and pies. deno.json pins its version, to the one inside plotly.py.
PLOTLY = "plotly.js-basic-dist-min"


def prepare(app: "Sphinx") -> None:
    """Build the front end where it is stale, and put it where the pages will find it, before any page is written."""
    if app.builder.format != "html":
        return
    build.build()
    target = Path(app.outdir, STATIC_FOLDER)
    target.mkdir(parents=True, exist_ok=True)
    for name in (*SCRIPTS, STYLE, DESK_STYLE, LAB_STYLE, SHEET_STYLE):
        copy_asset(build.DIST / name, target)
    app.add_css_file(f"{FOLDER}/{STYLE}", priority=400)


def load(app: "Sphinx", pagename: str, _template: str, _context: dict[str, Any], _doctree: Any) -> None:
    """Load a page's scripts with it. What is added while a page is being written is Sphinx's for that page alone."""
    known = records.pages(app.env).get(pagename)
    desk = bool(known and known.desk)
    # `defer`: run earlier, an element would come to life before the text inside it has been read.
    for script in OF_THE_DESK if desk else OF_EVERY_PAGE:
        app.add_js_file(f"{FOLDER}/{script}", loading_method="defer")
    if desk:
        app.add_css_file(f"{FOLDER}/{DESK_STYLE}", priority=410)
    if known and (known.lab or known.lists_labs):
        app.add_css_file(f"{FOLDER}/{LAB_STYLE}", priority=410)


def copy_plotly(app: "Sphinx", error: Exception | None) -> None:
    """Put plotly into the built site, once, where a page holds a chart.

    Not through a folder of static files: Jupyter Book makes every page load each script that it finds in one.
    """
    charts = any(one.charts for one in records.pages(app.env).values()) if app.env else False
    if error or app.builder.format != "html" or not charts:
        return
    source, target = plotly(), Path(app.outdir, STATIC_FOLDER, PLOTLY_FILE)
    if not target.exists() or target.stat().st_size != source.stat().st_size:
        shutil.copyfile(source, target)


def plotly() -> Path:
    """Return plotly's script in deno's package cache, fetched when it is not there. Raises ExtensionError."""
    script = _resolved()
    if not script.is_file():  # named by deno.json, not yet fetched: until then its place is only a guess
        _deno("install", "--quiet", "--frozen")
        script = _resolved()
    return script


def _resolved() -> Path:
    where = _deno("eval", f'console.log(import.meta.resolve("{PLOTLY}"))')
    return Path(url2pathname(urlsplit(where).path))


def _deno(*arguments: str) -> str:
    command = [find_deno_bin(), *arguments]
    run = subprocess.run(command, cwd=root(), capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    if run.returncode:
        raise ExtensionError(
            f"charts need the package {PLOTLY}, which deno cannot find; is there a network?\n{run.stderr.strip()}"
        )
    return run.stdout.strip()
