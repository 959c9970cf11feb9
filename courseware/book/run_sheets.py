"""The run-sheets in the book: a page for each session, one for the days together, and the list of them all.

The pages' own files hold a directive and no more. They are written as the build begins, into a folder that git ignores,
so that each chapter has its sheets without anybody's doing, however the book is built.
"""

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ExtensionError

from courseware import library, markup
from courseware.book import kits, records, rooms
from courseware.book.assets import SHEET_STYLE
from courseware.book.directives import PendingDirective
from courseware.book.part import STATIC_FOLDER
from courseware.course import page_of, root, written
from courseware.facilitate import sessions, sheet_page
from courseware.facilitate.plan import LENGTHS
from courseware.problems import ExerciseError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from courseware.book.coverage import Link

FOLDER = "book/facilitators/run-sheets"
PROGRAMME = "two-days"
SUPPORT = "book/support"
HARM, COHORT = "book/facilitators/disclosure", "book/facilitators/cohort"
SCRIPT = "run-sheet.js"


class RunSheetDirective(PendingDirective):
    """Put a session's run-sheet: ```` ```{run-sheet} chapter-id minutes ````."""

    kind = "run-sheet"
    required_arguments = 2
    depends_on = ("course", "sessions")

    def run(self) -> list[nodes.Node]:
        """Return a place to be filled; what is played may change as well as the plan."""
        for path in library.files():
            self.env.note_dependency(str(path))
        self.arguments: list[str] = [" ".join(self.arguments)]
        return super().run()


class ProgrammeDirective(RunSheetDirective):
    """Put the whole course in days together: ```` ```{programme} ````."""

    kind = "programme"
    required_arguments = 0


class RunSheetsDirective(PendingDirective):
    """Put the list of all run-sheets, by chapter and length: ```` ```{run-sheets} ````."""

    kind = "run-sheets"
    depends_on = ("course", "sessions")


DIRECTIVES: tuple[type[PendingDirective], ...] = (RunSheetDirective, ProgrammeDirective, RunSheetsDirective)


def run_sheet_html(env: Any, subject: str, link: "Link", node: nodes.Element) -> tuple[str, str]:
    """Return what one of the directives asks for, and the words by which a search finds it."""
    try:
        if node["kind"] == "run-sheets":
            return _list(env, link), "Run-sheets by chapter and minutes."
        if node["kind"] == "programme":
            return _programme(link)
        chapter, _, minutes = subject.partition(" ")
        return _session(env, sessions.session(chapter, int(minutes) if minutes.isdigit() else 0), link)
    except ExerciseError as error:
        raise ExtensionError(f"run-sheet {subject}: {error}") from None
    except ValueError as error:
        raise ExtensionError(f"run-sheet {subject}: {error}.") from None


def _session(env: Any, session: Any, link: "Link") -> tuple[str, str]:
    links = {
        "chapter": f"chapter {session.number}, {link(page_of(session.chapter), text=session.question)}",
        "kit": kits.link_from(f"{FOLDER}/{session.id}", session, env.found_docs),
        "support": f"{link(SUPPORT, text='Where to turn')}, for everybody in the room and for you.",
        "screen": _on_screen(env, session, link),
        "harm": "",
    }
    if HARM in env.found_docs:
        harm = link(HARM, text="When somebody tells you about unsafe care that is happening now")
        links["harm"] = f"{harm}: the sheet to fill in before the session. It is in the kit."
    return sheet_page.session_html(session, links), f"Run-sheet. {session.question} {session.minutes} minutes."


def _on_screen(env: Any, session: Any, link: "Link") -> str:
    """Return where a room finds what is played, and its groups their codes; nothing where nothing is played."""
    played = next((step.exercise for step in session.steps if step.id == "play"), None)
    page = f"{rooms.FOLDER}/{played}"
    if played is None or page not in env.found_docs:
        return ""
    case = library.load(played).title
    said = f"No cards? {link(page, text=f'{case} on one screen')}, for the whole room at once."
    if COHORT not in env.found_docs:
        return said
    return f"{said} Groups that play on screens have a code at the end: {link(COHORT, text='what the room chose')}."


def _programme(link: "Link") -> tuple[str, str]:
    programme = sessions.programme()
    links = {}
    for slot in (slot for day in programme.days for slot in day.slots):
        if slot.session:
            name = f"{FOLDER}/{slot.session.id}"
            links[slot.id] = link(name, text=f"Run-sheet: {slot.session.theme}, {slot.minutes} minutes")
        elif slot.exercise:
            exercise = library.load(slot.exercise)
            links[slot.id] = link(page_of(exercise.chapter), slot.exercise, text=f"The exercise: {exercise.title}")
    return sheet_page.programme_html(programme, links), "Run-sheets for two days, the whole course. Programme."


def _list(env: Any, link: "Link") -> str:
    rows = []
    for chapter in written(env.found_docs):
        cells = []
        for minutes in LENGTHS:
            name = f"{FOLDER}/{chapter['id']}-{minutes}"
            about = escape(f"{minutes} minutes, {markup.curled(chapter['question'])}")
            made = link(name, text=str(minutes)).replace("<a ", f'<a aria-label="{about}" ', 1)
            cells.append(f"<td>{made if name in env.found_docs else minutes}</td>")
        title = kits.named(chapter, link(page_of(chapter["id"]), text=markup.curled(chapter["question"])))
        rows.append(f'<tr><th scope="row">{title}</th>{"".join(cells)}</tr>')
    heads = "".join(f'<th scope="col">{minutes} minutes</th>' for minutes in LENGTHS)
    days = link(f"{FOLDER}/{PROGRAMME}", text="Two days, all seven chapters") if rows else ""
    return (
        '<div class="sheet-table"><table><caption>Run-sheets by chapter and length</caption>'
        f'<thead><tr><th scope="col">Chapter</th>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
        f"<p>{days}: a programme made of these sessions, with breaks, lunch and an evening.</p>"
    )


def write_pages(app: "Sphinx", _config: "Config") -> None:
    """Write the file of each sheet's page where it is not there yet, and remove those of chapters that have gone."""
    folder = Path(app.srcdir, FOLDER)
    if not (root() / sessions.FILE).is_file() or not folder.parent.is_dir():
        return
    folder.mkdir(exist_ok=True)
    wanted = {folder / f"{PROGRAMME}.md": _file("Two days, the whole course", f"run-sheet-{PROGRAMME}", "{programme}")}
    for chapter in written():
        for minutes in LENGTHS:
            name = f"{chapter['id']}-{minutes}"
            title = f"{chapter['theme']}: {minutes} minutes"
            text = _file(title, f"run-sheet-{name}", f"{{run-sheet}} {chapter['id']} {minutes}")
            wanted[folder / f"{name}.md"] = text
    for path in set(folder.glob("*.md")) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        # A file that is written again is read again, and so is every page that the book has made of it.
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _file(title: str, label: str, directive: str) -> str:
    return f"({label})=\n# {title}\n\n```{directive}\n```\n"


def load(app: "Sphinx", pagename: str, _template: str, _context: dict[str, Any], _doctree: Any) -> None:
    """Load the sheets' style on their pages and on the list, and their script where there is a clock to set."""
    known = records.pages(app.env).get(pagename)
    if known is None or not (pagename == FOLDER or pagename.startswith(f"{FOLDER}/")):
        return
    folder = STATIC_FOLDER.removeprefix("_static/")
    app.add_css_file(f"{folder}/{SHEET_STYLE}", priority=410)
    if pagename != FOLDER:
        app.add_js_file(f"{folder}/{SCRIPT}", loading_method="defer")
