"""The one node of ours: HTML that is written as it is, of which search sees only what it should find.

Sphinx indexes all the text of a raw HTML node, an exercise's feedback included. A `Part` carries its HTML as an
attribute, which the index does not read, and the words to be found as children, which the page does not show.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from docutils import nodes
from sphinx.util.osutil import relative_uri

# Stands for the way from a page to the course's static files, which is known when the page is written.
STATIC = "{{course-static}}"
STATIC_FOLDER = "_static/courseware"


class Part(nodes.General, nodes.Element):  # type: ignore[misc]  # docutils has no types
    """A piece of page made by the course. Attributes: `html`, `ids`. Children: what search may find."""


class Pending(nodes.General, nodes.Element):  # type: ignore[misc]
    """A place to be filled once every page has been read. Attributes: `kind`, `subject`."""


def part(html: str, *, title: str = "", words: str = "", ids: list[str] | None = None) -> Part:
    """Return HTML as a node; `title` is found as a heading is, `words` as text."""
    node = Part("", html=html, ids=ids or [])
    if title:
        node += nodes.title("", title)
    if words:
        node += nodes.paragraph("", words)
    return node


def listed(texts: Sequence[str]) -> str:
    """Return texts as a sentence lists them: one, two and three."""
    return " and ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]]))


def visit_part(writer: Any, node: Part) -> None:
    """Write the HTML and nothing of the children."""
    builder = writer.builder
    static = relative_uri(builder.get_target_uri(builder.current_docname), STATIC_FOLDER)
    writer.body.append(node["html"].replace(STATIC, escape(static)) + "\n")
    raise nodes.SkipNode


def skip_part(_writer: Any, _node: Part) -> None:
    """Leave it out where there is no HTML."""
    raise nodes.SkipNode
