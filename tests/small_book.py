"""A small book of its own for tests of the Sphinx extension, built by Sphinx with nothing of the course's."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import plotly.graph_objects as go
import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from courseware.book import PlotlyRenderer, assets
from courseware.figures import figure

ALT = "Late reports fall from 1,200 in 2019 to 5 in 2021; there is no figure for 2020 <at all>."
SOURCE = {
    "title": "Reports",
    "publisher": "Office & Sons",
    "licence": "OGL v3.0",
    "url": "https://example.org/?a=1&b=2",
    "compiled": "2026-11-22",
    "caveats": ["The count changed."],
}
SUPPORT = """\
checked: "2026-11-22"
lines:
  - {name: In danger, number: "999", how: call, who: anyone in danger, nation: UK}
  - {name: A text line, number: "85258", how: text, who: anyone who would rather text, nation: UK, caveat: Seen in 2016.}
  - {name: Elsewhere, number: "0808 808 8000", how: "call, free", who: anyone there, when: at any hour, nation: Northern Ireland}
"""
OUTCOMES = 'outcomes: [{id: say, text: "Say what it does", exercises: [example-quiz, example-sort]}]'
TREE = "```{toctree}\nchapters/my-chapter\n```\n"
CHAPTER = [
    "# Why?\n\n```{outcomes} my-chapter\n```\n",
    "(concept-my-concept)=\n## A part {cite:p}`my-study`\n\nText.",
    "(concept-a-grave-matter)=\nGrave words.",
]
REFERENCES = "\n# References\n\n```{bibliography}\n```\n"


@dataclass
class Built:
    """A built book."""

    folder: Path
    warnings: str
    marks: dict

    def page(self, name: str) -> str:
        return (self.folder / f"{name}.html").read_text(encoding="utf-8")

    @property
    def index(self) -> dict:
        text = (self.folder / "searchindex.js").read_text(encoding="utf-8")
        return json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))


def builder(a_course: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Built]:
    """Return a way to build the given pages: text is Markdown, a list the outputs of a notebook's cells."""
    monkeypatch.setattr("myst_nb.core.render.load_mime_renders", lambda: [PlotlyRenderer])
    monkeypatch.setattr(assets.build, "build", list)
    monkeypatch.setattr(assets.build, "DIST", a_course / "dist")
    (a_course / "dist").mkdir()
    for name in (*assets.SCRIPTS, "style.css", "desk.css", "lab.css", "plotly.js"):
        (a_course / "dist" / name).write_text("/* */")
    monkeypatch.setattr(assets, "plotly", lambda: a_course / "dist" / "plotly.js")
    (a_course / "data" / "support.yml").write_text(SUPPORT)
    course = a_course / "data" / "course.yml"
    course.write_text(course.read_text().replace("outcomes: []", OUTCOMES))

    def built(**pages: str | list) -> Built:
        for name, content in pages.items():
            path = a_course / "pages" / name.replace("my_chapter", "chapters/my-chapter")
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, str):
                path.with_suffix(".md").write_text(content)
            else:
                nbformat.write(notebook(content), path.with_suffix(".ipynb"))
        return run(a_course)

    return built


def notebook(outputs: list):
    """Return a notebook whose cells hold Markdown (text) or an output (a mimebundle)."""
    book = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python", "pygments_lexer": "ipython3"}})
    for number, content in enumerate(outputs):
        given = {"id": f"cell-{number}"}
        if isinstance(content, str):
            cell = nbformat.v4.new_markdown_cell(content, **given)
        else:
            output = nbformat.v4.new_output("display_data", content)
            cell = nbformat.v4.new_code_cell("show", outputs=[output], **given)
        book.cells.append(cell)
    return book


def settings(course: Path, *extensions: str, **more: object) -> dict[str, object]:
    """Return the settings of a book as small as one can be, with whatever a test wants besides."""
    return {
        "extensions": ["myst_nb", "sphinxcontrib.bibtex", "courseware.book", *extensions],
        "bibtex_bibfiles": [str(course / "book" / "reference" / "references.bib")],
        "nb_execution_mode": "off",
        "html_theme": "basic",
        "root_doc": "index",
        **more,
    }


def run(course: Path) -> Built:
    warnings, out = io.StringIO(), course / "_build"
    own = settings(course, exclude_patterns=["exercises/*/labs/starters"], nitpicky=True)
    with docutils_namespace():
        app = Sphinx(str(course / "pages"), None, str(out), str(course / "_trees"), "html", own, None, warnings)
        app.build()
    return Built(out, warnings.getvalue(), app.env.courseware_marks)


def chart(**changes) -> dict:
    fig = go.Figure(go.Bar(x=[2019, 2020, 2021], y=[1200, None, 5], name="Late reports"))
    shown = figure(fig, alt=ALT, source=SOURCE, title="Fewer <are> late", subtitle="Reports a year")
    shown.about.update(changes)
    return shown._repr_mimebundle_()
