"""The pages of the datasets, made from data/datapackage.json: `{datasets}` lists them, `{dataset} name` is one's page.

A page's own file holds that directive and no more. The files are written as the build begins, into a folder that git
ignores, so that every dataset has its page without anybody's doing, however the book is built.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import dataset_tables
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from courseware import data
from courseware.book import labs, records
from courseware.book.labs import DATASETS
from courseware.book.links import away, to_file, to_page
from courseware.book.part import part
from courseware.book.support import day
from courseware.course import root

NAME = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
SIMULATED = "Simulated figures: nobody measured these"
MADE_UP = """We made these with a script, where a lesson needs rows that nobody publishes. They are good for practice
and for nothing else. Each page says what they were made from, and every chart of them that they are simulated."""
ELSEWHERE = """Any other program reads the file as it is: comma-separated, UTF-8, with the names of the columns in its
first line."""


class Uses(nodes.General, nodes.Element):
    """A place for the list of where a dataset is used, known when all pages have been read. Attribute: `name`."""


class Datasets(SphinxDirective):
    """List every dataset with a link to its page: those that were published, then those that we made up."""

    def run(self) -> list[nodes.Node]:
        """Return a list, or two under headings of their own where something is simulated."""
        self.env.note_dependency(str(root() / data.DESCRIPTION))
        about = sorted(data.package()["resources"], key=lambda each: each["title"].casefold())
        made_up = [each for each in about if "simulated" in each]
        found: list[nodes.Node] = [_listed([each for each in about if each not in made_up])]
        if made_up:
            title = nodes.title("", "Simulated figures")
            list_ = [nodes.paragraph("", MADE_UP), _listed(made_up)]
            found.append(nodes.section("", title, *list_, ids=["simulated-figures"]))
        return found


def _listed(about: list[dict[str, Any]]) -> nodes.bullet_list:
    listed = nodes.bullet_list(classes=["datasets"])
    for each in about:
        facts = nodes.paragraph("", classes=["dataset-facts"])
        facts += [nodes.Text(f"{each['publisher']}. {dataset_tables.rows(each)}. "), _call(each["name"])]
        entry = nodes.list_item("", nodes.paragraph("", "", _page_link(each["name"], each["title"])), facts)
        entry["ids"] = [_label(each["name"])]
        listed += entry
    return listed


class Dataset(SphinxDirective):
    """Describe one dataset: what it holds and cannot show, its columns and first rows, where it is from and used."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the text below the page's title."""
        about = data.resource(self.arguments[0])
        for path in (data.DESCRIPTION, Path("data", about["path"])):
            self.env.note_dependency(str(root() / path))
        records.page(self.env, self.env.docname).made_from_others = True
        sections = {
            "What to keep in mind": _caveats(about),
            "The first rows": dataset_tables.first_rows(about),
            "The columns": dataset_tables.columns(about),
            "How to read it": self._reading(about),
            "Where it is from": _origin(about),
            "Where the course uses it": [Uses("", name=about["name"])],
        }
        found: list[nodes.Node] = [nodes.paragraph("", about["description"])]
        if "simulated" in about:
            found.append(self._simulated(about["simulated"]))
        found.append(self._facts(about))
        for title, content in sections.items():
            found.append(nodes.section("", nodes.title("", title), *content, ids=[nodes.make_id(title)]))
        return found

    def _facts(self, about: dict[str, Any]) -> nodes.paragraph:
        size = f"{dataset_tables.rows(about)}, {len(about['schema']['fields'])} columns"
        facts = nodes.paragraph("", f"{about['publisher']}. {size}. ", classes=["dataset-facts"])
        facts += [to_file(f"data/{about['path']}", f"Download {about['path']}", self.env.docname), nodes.Text(". ")]
        facts += to_page(DATASETS, "All datasets")
        return facts

    def _simulated(self, how: dict[str, Any]) -> nodes.admonition:
        made = nodes.paragraph("", f"A script drew them by chance, with {how['seed']} as its seed. Made from ")
        made += [*_named(how["from"].rstrip(".")), nodes.Text(". ")]
        made += [to_file(how["script"], "Download the script", self.env.docname), nodes.Text(".")]
        use = "Use them to practise. Never quote one as a finding."
        return nodes.admonition("", nodes.title("", SIMULATED), made, nodes.paragraph("", use))

    def _reading(self, about: dict[str, Any]) -> list[nodes.Node]:
        code = f'from courseware import dataset\n\ntable = dataset("{about["name"]}")\ntable.head()'
        block = nodes.literal_block(code, code, language="python")
        say = nodes.paragraph("", "In a notebook of the course. What this page says comes with it, in ")
        say += [nodes.literal("", "table.attrs"), nodes.Text(".")]
        return [block, say, nodes.paragraph("", ELSEWHERE)]


def _caveats(about: dict[str, Any]) -> list[nodes.Node]:
    return [nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", text)) for text in about["caveats"]))]


def _origin(about: dict[str, Any]) -> list[nodes.Node]:
    first = nodes.paragraph("", f"Publisher: {about['publisher']}. Licence: ")
    for licence in about["licenses"]:
        first += away(licence["path"], licence["title"]) if "path" in licence else nodes.Text(licence["title"])
        first += nodes.Text("; " if licence is not about["licenses"][-1] else ". ")
    compiled, checked = day(about["compiled"]), day(about["checked"])
    first += nodes.Text(f"Compiled {compiled}, and checked {'that day' if checked == compiled else checked}.")
    sources = [nodes.paragraph("", "", away(each["path"], each["title"])) for each in about["sources"]]
    return [
        first,
        nodes.paragraph("", "Put together from:"),
        nodes.bullet_list("", *(nodes.list_item("", each) for each in sources)),
    ]


def _named(text: str) -> Iterator[nodes.Node]:
    """Yield a text, the names of datasets in it as links to their pages."""
    known, at = {each["name"] for each in data.package()["resources"]}, 0
    for found in NAME.finditer(text):
        if found[0] in known:
            yield from (nodes.Text(text[at : found.start()]), _page_link(found[0], found[0]))
            at = found.end()
    yield nodes.Text(text[at:])


def _label(name: str) -> str:
    return f"dataset-{name.replace('_', '-')}"


def _call(name: str) -> nodes.literal:
    return nodes.literal("", f'dataset("{name}")')


def _page_link(name: str, text: str) -> nodes.Node:
    return to_page(f"{DATASETS}/{name}", text)


def write_pages(app: Sphinx, _config: Config) -> None:
    """Write the file of each dataset's page, where it is not there yet, and remove those of datasets that have gone."""
    folder = Path(app.srcdir, DATASETS)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {folder / f"{each['name']}.md": _file(each) for each in data.package()["resources"]}
    for path in set(folder.glob("*.md")) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        # A file that is written again is read again, and so is every page that the book has made of it.
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _file(about: dict[str, Any]) -> str:
    title = re.sub(r"([\\`*_{}\[\]<>#|~$])", r"\\\1", about["title"])
    return f"({_label(about['name'])})=\n# {title}\n\n```{{dataset}} {about['name']}\n```\n"


def fill_uses(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the list of charts, labs and datasets that are made of a dataset where its page wants it."""
    for node in list(doctree.findall(Uses)):
        found = [*_charts(app.env, node["name"]), *_labs(node["name"]), *_made_from(node["name"])]
        items = "".join(f"<li>{_said(app, docname, each)}</li>" for each in found)
        none = "<p>Nowhere yet: it is here for you to work with.</p>"
        node.replace_self(part(f"<ul>{items}</ul>" if found else none))


class Use(NamedTuple):
    """Something made of a dataset: what it is, its title, and where, if it is on a page at all."""

    what: str
    title: str
    docname: str
    place: str = ""


def _said(app: Sphinx, here: str, use: Use) -> str:
    if use.docname not in app.env.found_docs:
        return f"{use.what}: {escape(use.title)}"
    address = app.builder.get_relative_uri(here, use.docname) + (f"#{use.place}" if use.place else "")
    return f'{use.what}: <a href="{escape(address)}">{escape(use.title)}</a>'


def _charts(env: BuildEnvironment, name: str) -> Iterator[Use]:
    for docname, page in sorted(records.pages(env).items()):
        if not page.lab:
            yield from (Use("Chart", title, docname, place) for place, title in page.sources.get(name, {}).items())


def _labs(name: str) -> Iterator[Use]:
    for one in labs.shelf():
        if name in _read_in(one.notebook, one.notebook.stat().st_mtime_ns):
            yield Use("Lab", str(one.lab.title), one.docname)


@cache
def _read_in(notebook: Path, _changed: int) -> list[str]:
    return labs.datasets_in(notebook)


def _made_from(name: str) -> Iterator[Use]:
    for each in data.package()["resources"]:
        if name in NAME.findall(each.get("simulated", {}).get("from", "")):
            yield Use("Simulated figures made from it", each["title"], f"{DATASETS}/{each['name']}")


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the two directives, and write the pages' files before the table of contents is read."""
    app.add_node(Uses)
    app.add_directive("dataset", Dataset)
    app.add_directive("datasets", Datasets)
    app.connect("config-inited", write_pages)
    app.connect("doctree-resolved", fill_uses)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
