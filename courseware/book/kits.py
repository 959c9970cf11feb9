"""The facilitators' kits in the book: the list of them, the files beside the pages, and a link from each run-sheet.

The files are made by a process of their own while Sphinx reads, since neither needs the other until the end; what has
been made before is only copied. They are no part of the course kept on a device, nor of its zip: together they are
larger than the course.
"""

import json
import re
import subprocess
import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from courseware import markup
from courseware.book.assets import SHEET_STYLE
from courseware.book.part import STATIC, part
from courseware.book.release import KITS, size
from courseware.course import root, written
from courseware.facilitate.kit_site import LENGTHS, LIST

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from courseware.facilitate.sheet import Session

PAGE = "book/facilitators/kits"
AFTER_PAGES = 800  # before the release lists every file of the site
_SAID = re.compile(r'(<span class="kit-size" data-kit="([^"]+)">)[^<]*')
WORDS = "Kits for facilitators: download what to print, show and hand out tomorrow. Slides, cards, run-sheet, forms."
ELSEWHERE = "<p>The kits are on the course’s own site; this copy of the course does not have them.</p>"


class KitsDirective(SphinxDirective):
    """Put the list of kits to download: ```` ```{kits} ````. Their sizes are filled in when they are made."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        self.env.note_dependency(str(root() / "data" / "course.yml"))
        here = self.env.app.builder.get_target_uri(self.env.docname)
        rows = []
        for chapter in written():
            cells = "".join(f"<td>{_download(here, chapter, minutes)}</td>" for minutes in LENGTHS)
            rows.append(f'<tr><th scope="row">{named(chapter)}</th>{cells}</tr>')
        heads = "".join(f'<th scope="col">{minutes} minutes</th>' for minutes in LENGTHS)
        html = (
            f'<link rel="stylesheet" href="{STATIC}/{SHEET_STYLE}">'
            '<!--zip--><div class="sheet-table"><table class="kit-table">'
            "<caption>Kits by chapter and length, each a zip file</caption>"
            f'<thead><tr><th scope="col">Chapter</th>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
            f"<!--folder:{ELSEWHERE}--><!--/zip-->"
        )
        return [part(html, words=WORDS)]


def named(chapter: dict[str, Any], page: str = "") -> str:
    """Return how a chapter is called in a list of the facilitators': number and question, and its theme below it.

    `page` is the question as a link, where it leads somewhere.
    """
    question = page or escape(markup.curled(chapter["question"]))
    return f'{chapter["number"]} · {question} <span class="sheet-theme">{escape(chapter["theme"])}</span>'


def _name(number: int, minutes: int) -> str:
    return f"kit-{number}-{minutes}.zip"


def _download(here: str, chapter: dict[str, Any], minutes: int) -> str:
    name = _name(chapter["number"], minutes)
    about = escape(f"{minutes} minutes, {markup.curled(chapter['question'])} Download the kit")
    address = escape(relative_uri(here, f"{KITS}/{name}"))
    return (
        f'<a href="{address}" download aria-label="{about}">{minutes} minutes</a><br>'
        f'<span class="kit-size" data-kit="{name}"></span>'
    )


def link_from(page: str, session: "Session", pages: set[str]) -> str:
    """Return a link from a page of the book to a session's kit; nothing where there is no such kit."""
    if PAGE not in pages or session.minutes not in LENGTHS:
        return ""
    address = escape(relative_uri(f"{page}.html", f"{KITS}/{_name(session.number, session.minutes)}"))
    more = escape(relative_uri(f"{page}.html", f"{PAGE}.html"))
    return (
        f'<!--zip--><a href="{address}" download>Download the kit of this session</a>: all of it to print, the slides, '
        f'and how many copies. <a href="{more}">What is in a kit</a>.'
        "<!--folder:The kit of this session is on the course’s own site.--><!--/zip-->"
    )


def start(app: "Sphinx") -> None:
    """Begin to make the kits, where the book has a page of them."""
    if app.builder.format != "html" or not Path(app.srcdir, f"{PAGE}.md").is_file():
        return
    app.kits_in_the_making = subprocess.Popen(  # type: ignore[attr-defined]  # noqa: S603  # our own module, and no shell
        [sys.executable, "-m", "courseware.facilitate.kit_site", str(Path(app.outdir, KITS))],
        cwd=root(),
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(app: "Sphinx", error: Exception | None) -> None:
    """Wait for the kits, and say on their page how large each is. Raises ExtensionError with what is wrong."""
    making = getattr(app, "kits_in_the_making", None)
    if making is None:
        return
    if error:
        making.terminate()
    said = making.communicate()[1]
    if error:
        return
    if making.returncode:
        raise ExtensionError(said.strip() or "the kits could not be made; `make kit` says why")
    made = json.loads(Path(app.outdir, KITS, LIST).read_text(encoding="utf-8"))
    sizes = {each["name"]: f"{size(each['bytes'])}, {each['sheets']} sheets" for each in made}
    page = Path(app.outdir, f"{PAGE}.html")
    if page.is_file():
        text = page.read_text(encoding="utf-8")
        page.write_text(_SAID.sub(lambda found: found[1] + sizes.get(found[2], ""), text), encoding="utf-8")
