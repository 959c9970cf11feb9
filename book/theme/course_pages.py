"""The list that the welcome page makes from the course's own data: `{chapters}`, the chapters that are written."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from courseware.book.links import to_page
from courseware.course import MARKER, page_of, root, written


class Chapters(SphinxDirective):
    """List the chapters that are written: number, question as a link, theme and minutes."""

    def run(self) -> list[nodes.Node]:
        """Return one list."""
        self.env.note_dependency(str(root() / MARKER))
        listed = nodes.bullet_list(classes=["chapters"])
        for chapter in written(self.env.found_docs):
            listed += nodes.list_item("", _question(chapter, page_of(chapter["id"])), _minutes(chapter))
        return [listed]


def _question(chapter: dict[str, Any], docname: str) -> nodes.paragraph:
    return nodes.paragraph("", "", to_page(docname, chapter["question"]))


def _minutes(chapter: dict[str, Any]) -> nodes.paragraph:
    minutes = chapter["minutes"]
    text = f"Chapter {chapter['number']}: {chapter['theme']}. {minutes['core']} minutes"
    if minutes.get("further"):
        text += f", and {minutes['further']} more if you want to go further"
    return nodes.paragraph("", f"{text}.", classes=["minutes"])


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("chapters", Chapters)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
