"""What a page asks for by name: its outcomes and time, the support box; and filling in what needs every page read."""

from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from courseware.book import coverage, records
from courseware.book.exercises import find
from courseware.book.part import Pending, listed, part
from courseware.book.support import support_html
from courseware.course import course, read_data, root

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

log = logging.getLogger(__name__)

SUPPORT_TITLE = "If this is close to home"


class PendingDirective(SphinxDirective):
    """A directive that can be written only when all pages have been read, since it links to what is on them."""

    kind: ClassVar[str]
    depends_on: ClassVar[tuple[str, ...]] = ("course",)

    def run(self) -> list[nodes.Node]:
        """Return a place to be filled, and remember that this page changes when others do."""
        for name in self.depends_on:
            self.env.note_dependency(str(root() / "data" / f"{name}.yml"))
        records.page(self.env, self.env.docname).made_from_others = True
        node = Pending("", kind=self.kind, subject=self.arguments[0] if self.arguments else "")
        self.set_source_info(node)
        return [node]


class OutcomesDirective(PendingDirective):
    """Put a chapter's minutes and its outcomes, each with what practises it: ```` ```{outcomes} chapter-id ````."""

    required_arguments = 1
    kind = "outcomes"


class CoverageDirective(PendingDirective):
    """Put the table of every concept that the sources teach, and where it is covered: ```` ```{coverage} ````."""

    kind = "coverage"
    depends_on = ("course", "concepts")


class SupportDirective(SphinxDirective):
    """Put the support box, with its numbers from data/support.yml: ```` ```{support} A title of its own ````."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the box, whose words search may find."""
        self.env.note_dependency(str(root() / "data" / "support.yml"))
        html, words = support_html(read_data("support"), self.arguments[0] if self.arguments else SUPPORT_TITLE)
        return [part(html, words=words)]


def fill_pending(app: "Sphinx", doctree: nodes.document, docname: str) -> None:
    """Put the finished HTML where a page asked for it."""
    from courseware.book import desk, rooms, run_sheets  # whose directives are of the class above

    makers: dict[str, Callable[..., tuple[str, str]]] = {
        "outcomes": _outcomes,
        "coverage": coverage.coverage_html,
        **{each.kind: desk.desk_html for each in desk.DIRECTIVES},
        **{each.kind: run_sheets.run_sheet_html for each in run_sheets.DIRECTIVES},
        rooms.RoomsDirective.kind: lambda env, _subject, link, _node: rooms.rooms_html(env, link),
    }
    for node in list(doctree.findall(Pending)):

        def link(target: str, anchor: str = "", *, text: str) -> str:
            address = app.builder.get_relative_uri(docname, target) if target != docname else ""
            return f'<a href="{escape(address + (f"#{anchor}" if anchor else ""))}">{escape(text)}</a>'

        html, words = makers[node["kind"]](app.env, node["subject"], link, node)
        node.replace_self(part(html, words=words))


def _outcomes(env: Any, chapter_id: str, link: coverage.Link, location: nodes.Node) -> tuple[str, str]:
    """Return the strip under a chapter's question: time, and what one will be able to do."""
    chapters = {chapter["id"]: chapter for chapter in course()["chapters"]}
    if chapter_id not in chapters:
        raise ExtensionError(
            f"outcomes: no chapter `{chapter_id}` in data/course.yml; use one of: {', '.join(chapters)}."
        )
    chapter = chapters[chapter_id]
    items = []
    for outcome in chapter.get("outcomes") or []:
        links = [_practice(env, name, outcome["id"], link, location) for name in outcome.get("exercises") or []]
        practised = listed(list(filter(None, links)))
        how = f' <span class="outcome-practice">Practised in {practised}.</span>' if practised else ""
        items.append(f"<li>{escape(outcome['text'].rstrip('.'))}.{how}</li>")
    html = (
        '<section class="course-outcomes" aria-label="Time and outcomes">'
        f'<p class="outcome-time">{_time(chapter.get("minutes") or {})}</p>'
        + (f"<p>After it you can:</p><ul>{''.join(items)}</ul>" if items else "")
        + "</section>"
    )
    return html, " ".join(outcome["text"] for outcome in chapter.get("outcomes") or [])


def _practice(env: Any, exercise_id: str, outcome: str, link: coverage.Link, location: nodes.Node) -> str:
    exercise = find(exercise_id)
    home = records.home_of(env, exercise_id, exercise.chapter if exercise else None)
    if not (exercise and home):
        what = "is on no page" if exercise else "is not in exercises/"
        log.warning("outcome `%s`: exercise `%s` %s", outcome, exercise_id, what, location=location, type="courseware")
        return ""
    return link(home, exercise_id, text=str(exercise.title))


def _time(minutes: dict[str, Any]) -> str:
    core, further = minutes.get("core"), minutes.get("further")
    parts = [
        f"<strong>{core} minutes</strong>" if core else "",
        f"{further} more for what is marked further" if further else "",
    ]
    return ", ".join(filter(None, parts))
