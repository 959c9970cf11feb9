"""How the course writes its sources: in the text (Lent, 2023), in the list who, year, title, where it appeared."""

from typing import Any

from docutils import nodes
from pybtex.plugin import register_plugin
from pybtex.richtext import Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex.style.template import field, first_of, href, join, names, optional, tag
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator
from sphinxcontrib.bibtex.plugin import register_plugin as register_bibtex_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from courseware.cite import PLACES


class CourseStyle(BaseStyle):  # type: ignore[misc]  # pybtex has no types
    """A source in the list: who (year). Title, a link where there is one. Where it appeared, volume, pages."""

    default_sorting_style = "author_year_title"
    default_label_style = "alpha"
    default_name_style = "lastfirst"

    def __init__(self, **options: Any) -> None:
        """Take pybtex's options, with first names as initials: a long line of authors stays readable."""
        super().__init__(**{"abbreviate_names": True, **options})

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> FormattedEntry:
        """Return one reference; every kind of work takes the same shape."""
        context = {"entry": entry, "style": self, "bib_data": bib_data}
        return FormattedEntry(entry.key, self._shape(entry).format_data(context), label)

    def _shape(self, entry: Any) -> Any:
        role = next((role for role in ("author", "editor") if role in entry.persons), None)
        who = join[names(role, sep=", ", sep2=" and ", last_sep=" and "), " "] if role else ""
        title = tag("em")[field("title")]
        linked = first_of[
            optional[href(field("url", raw=True))[title]],
            optional[href(join["https://doi.org/", field("doi", raw=True)])[title]],
            title,
        ]
        has = entry.fields.__contains__
        placed = [field(name) for name in PLACES if has(name)]
        if has("volume"):
            placed.append(join[field("volume"), optional["(", field("number"), ")"]])
        if has("pages"):
            placed.append(field("pages", apply_func=lambda text: Text("–").join(text.split("--"))))
        where = join[" ", join(sep=", ")[placed], "."] if placed else ""
        return join[who, "(", field("year"), "). ", linked, ".", where]


def _round() -> BracketStyle:
    return BracketStyle(left="(", right=")", sep="; ")


class CourseReferenceStyle(AuthorYearReferenceStyle):
    """References in the text: round brackets, and plain English for the authors who are not named."""

    def __init__(self) -> None:
        """Set what differs from the author-year style."""
        super().__init__(
            bracket_textual=_round(),
            bracket_parenthetical=_round(),
            person=PersonStyle(sep2=" and ", other=" and others"),
        )


def visit_citation(translator: HTML5Translator, node: nodes.citation) -> None:
    """Open one item of a list of sources: a plain list, for the role that docutils writes is deprecated in ARIA 1.2."""
    node[:] = [child for child in node.children if not isinstance(child, nodes.label)]
    if not isinstance(node.previous_sibling(), nodes.citation):
        translator.body.append('<ul class="citations">\n')
    translator.body.append(translator.starttag(node, "li", CLASS="citation"))


def depart_citation(translator: HTML5Translator, node: nodes.citation) -> None:
    """Close the item, and the list after its last one."""
    translator.body.append("</li>\n")
    if not isinstance(node.next_node(descend=False, siblings=True), nodes.citation):
        translator.body.append("</ul>\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Add both styles and the list's markup."""
    register_plugin("pybtex.style.formatting", "course", CourseStyle)
    register_bibtex_plugin("sphinxcontrib.bibtex.style.referencing", "course", CourseReferenceStyle)
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
