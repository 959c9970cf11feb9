"""The data labs in the book: the list of them all, and the strip at the top of each one's page.

A lab's page is its solution, so everything can be read with no kernel; `lab_pages` folds the answers. What is said of
a lab stands in its file of checks, and which data it uses in its code.
"""

import ast
import json
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from courseware import checks, data, launch
from courseware.book import records
from courseware.book.links import away, to_file, to_page
from courseware.checks.spec import LEVELS, Lab
from courseware.course import MARKER, course, page_of, root
from courseware.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# The page that lists the datasets, and the folder of their pages, each called as its dataset is.
DATASETS = "book/reference/data"


class Shelved(NamedTuple):
    """A lab, its notebook with the answers in it, and the page that it is in the book."""

    lab: Lab
    notebook: Path
    docname: str

    @property
    def chapter(self) -> dict[str, Any]:
        """The chapter that it belongs to, whether or not that has a page yet."""
        found: dict[str, Any] = next(each for each in course()["chapters"] if each["id"] == self.lab.chapter)
        return found


def shelf() -> list[Shelved]:
    """Return every lab in the order to take them."""
    return [Shelved(lab, path, path.relative_to(root()).with_suffix("").as_posix()) for path, lab in checks.rising()]


def lab_of(docname: str) -> Shelved | None:
    """Return the lab that a page is, or None for any other page."""
    path = PurePosixPath(docname)
    if path.parts[0] != "exercises":
        return None
    return next((one for one in shelf() if one.docname == docname), None)


def datasets_in(notebook: Path) -> list[str]:
    """Return the names of the datasets that a notebook's code asks for by name, each once, in order."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    calls = [node for text in code for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    named = [
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "dataset" and call.args
        if isinstance(call.args[0], ast.Constant)
    ]
    return list(dict.fromkeys(map(str, named)))


class LabDirective(SphinxDirective):
    """Put the strip of the lab that this page is: ```` ```{lab} ````. `lab_pages` puts it under each lab's title."""

    def run(self) -> list[nodes.Node]:
        """Return how long it takes and what one should know, the data it uses, and how to work in it."""
        here = lab_of(self.env.docname)
        if here is None:
            raise self.error("`lab` stands on a page that is no lab; use it in exercises/<chapter>/labs/ alone.")
        for path in (MARKER, data.DESCRIPTION, here.notebook.with_name(f"{here.lab.id}{checks.SUFFIX}")):
            self.env.note_dependency(str(root() / path))
        records.page(self.env, self.env.docname).lab = here.lab.id
        return [nodes.container("", self._facts(here), *self._data(here), *self._ways(here), classes=["lab-strip"])]

    def _facts(self, here: Shelved) -> nodes.paragraph:
        name, meaning = LEVELS[here.lab.level]
        line = _line(nodes.strong("", f"{here.lab.minutes.solo} minutes"), f". {name}: {meaning}.")
        if page_of(here.lab.chapter) in self.env.found_docs:
            link = to_page(page_of(here.lab.chapter), here.chapter["question"])
            line += [nodes.Text(f" It goes with chapter {here.chapter['number']}, "), link]
        return line

    def _data(self, here: Shelved) -> "Iterator[nodes.Node]":
        names = datasets_in(here.notebook)
        if not names:
            return
        line = _line("Its data: ")
        for number, name in enumerate(names):
            page, title = f"{DATASETS}/{name}", str(data.resource(name)["title"])
            link = to_page(page, title) if page in self.env.found_docs else nodes.Text(title)
            line += [nodes.Text("; " if number else ""), link]
        line += nodes.Text(".")
        yield line

    def _ways(self, here: Shelved) -> "Iterator[nodes.Node]":
        starter = launch.opened(here.notebook).relative_to(root()).as_posix()
        file = to_file(starter, "Download the starter", self.env.docname)
        yield _line(
            "You can read it all here, each answer folded under its task. To write the answers yourself, and be told"
            " where to look when one is not right yet, open the starter, which has none in it:"
        )
        ways = [
            _line(away(each.address, f"Open it in {each.name}"), f". {each.note}")
            for each in launch.links(here.notebook)
        ]
        ways += [
            _line(
                "In a copy of the course, ", nodes.literal("", "make lab"), " opens JupyterLab at a list of the labs."
            ),
            _line(file, " for a JupyterLab of your own that has the course’s Python package."),
        ]
        yield nodes.bullet_list("", *[nodes.list_item("", way) for way in ways])


class LabsDirective(SphinxDirective):
    """Put the list of all labs, in rising order: ```` ```{labs} ````."""

    def run(self) -> list[nodes.Node]:
        """Return a section a level, with what its labs ask for."""
        for path in [*checks.files(), root() / MARKER]:
            self.env.note_dependency(str(path))
        records.page(self.env, self.env.docname).lists_labs = True
        here = [one for one in shelf() if one.docname in self.env.found_docs]
        return [_level(level, list(labs)) for level, labs in groupby(here, key=lambda one: one.lab.level)]


def _level(level: int, labs: list[Shelved]) -> nodes.section:
    name, meaning = LEVELS[level]
    section = nodes.section("", nodes.title("", name), ids=[f"level-{level}"], names=[])
    section += nodes.paragraph("", f"{meaning[:1].upper()}{meaning[1:]}.", classes=["minutes"])
    section += nodes.bullet_list("", *map(_item, labs), classes=["chapters", "labs"])
    return section


def _item(one: Shelved) -> nodes.list_item:
    about = f"Chapter {one.chapter['number']}: {one.chapter['theme']}. {one.lab.minutes.solo} minutes"
    return nodes.list_item(
        "",
        _line(to_page(one.docname, str(one.lab.title))),
        nodes.paragraph("", plain(one.lab.prompt)),
        nodes.paragraph("", about, classes=["minutes"]),
    )


def _line(*parts: nodes.Node | str) -> nodes.paragraph:
    given: Iterable[nodes.Node] = (nodes.Text(part) if isinstance(part, str) else part for part in parts)
    return nodes.paragraph("", "", *given)


def pages_that_list_labs(
    _app: "Sphinx", env: "BuildEnvironment", added: set[str], _changed: set[str], removed: set[str]
) -> list[str]:
    """Name the pages to read again when a lab comes or goes."""
    if not any(docname.startswith("exercises/") for docname in added | removed):
        return []
    return [docname for docname, one in records.pages(env).items() if one.lists_labs]
