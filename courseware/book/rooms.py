"""Room mode in the book: a page for each scenario, and the list of them all.

The pages' own files hold a directive and no more. They are written as the build begins, into a folder that git ignores,
so that each scenario has its page without anybody's doing, however the book is built.
"""

import json
import shutil
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from courseware import library, markup, render
from courseware.book.directives import SUPPORT_TITLE, PendingDirective
from courseware.book.links import to_page
from courseware.book.part import STATIC_FOLDER, part
from courseware.book.support import EVERYWHERE, support_html
from courseware.course import course, page_of, read_data, root
from courseware.facilitate import room
from courseware.kinds.scenario.spec import Scenario
from courseware.web import build

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from courseware.book.coverage import Link

FOLDER = "book/facilitators/room"
STYLE, SCRIPT = "room.css", "room.js"
INSTEAD = (
    "The screen for a room needs scripts, and in this browser they are off. Play it on paper: print the cards of this "
    "case, read each aloud, count the letters that people hold up, and take what the room decides."
)
HOW = "How to set up the screens, and what to do with only one"
LEAVE = "Anybody can stop at any time, and nobody asks why."


class RoomDirective(SphinxDirective):
    """Put a scenario's page for a room: ```` ```{room} high-water ````."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the page as it stands where no script runs, with the scenario and the notes beside it."""
        try:
            scenario = library.load(self.arguments[0])
        except (KeyError, ValueError) as error:
            raise self.error(str(error.args[0])) from error
        if not isinstance(scenario, Scenario):
            raise self.error(f"`{scenario.id}` is no scenario; a room can play only a scenario.")
        for path in library.files():
            if path.stem == scenario.id:
                self.env.note_dependency(str(path))
        self.env.note_dependency(str(root() / "data" / "support.yml"))
        title, words = render.words(scenario)
        how = nodes.paragraph("", "", to_page(FOLDER, HOW), nodes.Text("."))
        return [how, part(room_html(scenario), title=f"{title}, for a room", words=words)]


class RoomsDirective(PendingDirective):
    """Put the list of all scenarios that a room can play, with acts and minutes: ```` ```{rooms} ````."""

    kind = "rooms"

    def run(self) -> list[nodes.Node]:
        """Return a place to be filled; acts and minutes stand in the exercises."""
        for path in library.files():
            self.env.note_dependency(str(path))
        return super().run()


def room_html(scenario: Scenario) -> str:
    """Return the page below its title: what the case is about, the care it asks for, and the data to play it with."""
    return (
        '<div class="room">'
        f'<div class="room-about">{markup.html(scenario.prompt)}</div>'
        f"{_care(scenario)}"
        f'<p class="room-text">{escape(INSTEAD)}</p>'
        f'<script type="application/json" class="room-data">{_json(room.played(scenario))}</script>'
        f'<script type="application/json" class="room-notes">{_json(room.notes(scenario))}</script>'
        "</div>"
    )


def _care(scenario: Scenario) -> str:
    """Return the note and the support that stand before a case that asks for care; nothing for another."""
    if not scenario.safety:
        return ""
    instead = scenario.safety.alternative
    named = f" <em>{escape(str(library.load(instead).title))}</em> counts as complete in its place." if instead else ""
    support = read_data("support")
    box, _ = support_html(support, SUPPORT_TITLE)
    fold = f"<details><summary>{escape(SUPPORT_TITLE)}: where to turn</summary>{box}</details>"
    return f'<div class="room-note"><p>{LEAVE}{named}</p>{fold}{_numbers(support)}</div>'


def _numbers(support: dict[str, Any]) -> str:
    """Return every name and number of the support box in a few lines, for the screen, where the box would fill it."""
    lines = "".join(
        f"<li>{escape(line['name'])}{_where(line)}: {'text ' if line['how'].startswith('text') else ''}"
        f"<b>{escape(line['number'])}</b></li>"
        for line in support["lines"]
    )
    return f'<div class="room-support" hidden><p>{escape(SUPPORT_TITLE)}</p><ul>{lines}</ul></div>'


def _where(line: dict[str, str]) -> str:
    """Return the nation of a line, where it is for one nation and its name does not say so."""
    nation = line["nation"]
    return "" if nation == EVERYWHERE or nation in line["name"] else f" ({escape(nation)})"


def rooms_html(env: Any, link: "Link") -> tuple[str, str]:
    """Return the list of the scenarios by chapter, and the words by which a search finds it."""
    chapters = {each["id"]: each for each in course()["chapters"]}
    rows = []
    for scenario in sorted(scenarios(), key=lambda each: (str(each.chapter), room.minutes(each))):
        docname = f"{FOLDER}/{scenario.id}"
        title = link(docname, text=str(scenario.title)) if docname in env.found_docs else escape(str(scenario.title))
        chapter = chapters.get(str(scenario.chapter))
        of = ""
        if chapter:
            of = link(page_of(chapter["id"]), text=f"{chapter['number']} · {markup.curled(chapter['question'])}")
        acts = "<br>".join(f"{escape(str(act.title))}: {act.minutes}" for act in scenario.acts) or "one piece"
        rows.append(
            f'<tr><th scope="row">{title}</th><td>{of}</td><td>{acts}</td><td>{room.minutes(scenario)}</td></tr>'
        )
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("Case", "Chapter", "Acts, minutes each", "All, minutes")
    )
    html = (
        '<div class="room-table"><table><caption>Cases that a room can play</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
    return html, "Cases to play with a room."


def scenarios() -> list[Scenario]:
    """Return every scenario of the course."""
    return [each for each in library.all_exercises() if isinstance(each, Scenario)]


def write_pages(app: "Sphinx", _config: "Config") -> None:
    """Write the file of each scenario's page where it is not there yet, and remove those of scenarios that went."""
    folder = Path(app.srcdir, FOLDER)
    if not folder.with_suffix(".md").is_file():
        return
    folder.mkdir(exist_ok=True)
    wanted = {
        folder / f"{each.id}.md": f"(room-{each.id})=\n# {each.title}: for a room\n\n```{{room}} {each.id}\n```\n"
        for each in scenarios()
    }
    for path in set(folder.glob("*.md")) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        # A file that is written again is read again, and so is every page that the book has made of it.
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def prepare(app: "Sphinx") -> None:
    """Put the style where the pages will find it; the script comes with those that come later."""
    if app.builder.format == "html" and Path(app.srcdir, FOLDER).is_dir():
        target = Path(app.outdir, STATIC_FOLDER)
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(build.DIST / STYLE, target / STYLE)


def load(app: "Sphinx", pagename: str, _template: str, _context: dict[str, Any], _doctree: Any) -> None:
    """Load the style on the scenarios' pages and on the list of them, and the script on the former."""
    if pagename != FOLDER and not pagename.startswith(f"{FOLDER}/"):
        return
    folder = STATIC_FOLDER.removeprefix("_static/")
    app.add_css_file(f"{folder}/{STYLE}", priority=410)
    if pagename != FOLDER:
        app.add_js_file(f"{folder}/{SCRIPT}", loading_method="defer")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
