"""Every dataset has its page, with all that its description says; and the page's file is there however the book is built."""

import csv
import importlib
import io
import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin

import nbformat
import plotly.graph_objects as go
import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish
from sphinx.util.docutils import docutils_namespace

from courseware import data
from courseware.book import PlotlyRenderer, assets, labs
from courseware.course import root
from courseware.figures import figure
from tests.small_book import settings

# Sphinx and myst-nb warn of their own old ways, which are theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore")

TOP = root()
RESOURCES = {each["name"]: each for each in data.package()["resources"]}
LIST = "book/reference/data"
INDEX = f"""\
# A book

```{{toctree}}
{LIST}
a-chart
```

[By its label](#dataset-trust-in-institutions)
"""
ALL = """\
# About the data

```{datasets}
```

```{toctree}
:glob:
data/*
```
"""


class Built:
    """A small book of the real datasets."""

    def __init__(self, folder: Path, warnings: str) -> None:
        self.folder = folder
        self.warnings = warnings

    def page(self, name: str) -> BeautifulSoup:
        return BeautifulSoup((self.folder / f"{name}.html").read_text(encoding="utf-8"), "html.parser")

    def dataset(self, name: str) -> BeautifulSoup:
        return self.page(f"{LIST}/{name}")


@pytest.fixture(scope="module")
def pages():
    """Return the module that makes the pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TOP / "book" / "theme"))
        yield importlib.import_module("course_datasets")


@pytest.fixture(scope="module")
def book(pages, tmp_path_factory):
    """Return the book, built: the list, the datasets' pages, and a page with a chart."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    (source / LIST).parent.mkdir(parents=True)
    (source / "index.md").write_text(INDEX, encoding="utf-8")
    (source / f"{LIST}.md").write_text(ALL, encoding="utf-8")
    (source / LIST).mkdir()
    (source / LIST / "gone.md").write_text("# A dataset that is no more\n", encoding="utf-8")
    (source / "data").symlink_to(TOP / "data")
    nbformat.write(chart(), source / "a-chart.ipynb")
    own = settings(TOP, "course_datasets", exclude_patterns=["data/**"], html_permalinks=False, nitpicky=True)
    warnings = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, docutils_namespace():
        patch.setattr("myst_nb.core.render.load_mime_renders", lambda: [PlotlyRenderer])
        patch.setattr(assets.build, "build", list)
        patch.setattr(assets, "plotly", lambda: source / "index.md")
        app = Sphinx(str(source), None, str(built), str(built / ".trees"), "html", own, None, warnings)
        app.build()
    return Built(built, warnings.getvalue())


def chart():
    shown = figure(
        go.Figure(go.Bar(x=["Police"], y=[56])),
        alt="Of a hundred people, 56 trust the police and fewer trust any other.",
        source=data.dataset("trust_in_institutions"),
        title="Whom people trust",
        name="whom-people-trust",
    )
    output = nbformat.v4.new_output("display_data", shown._repr_mimebundle_())
    cells = [
        nbformat.v4.new_markdown_cell("# A chart", id="title"),
        nbformat.v4.new_code_cell("show", outputs=[output], id="chart"),
    ]
    return nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})


def plain(text: str) -> str:
    """Return a text with its spaces and quotation marks made alike: the page's are typographic."""
    return " ".join(text.translate(str.maketrans("’‘“”", "''\"\"")).split())


def words(node) -> str:
    return plain(node.get_text(" "))


def section(page, title):
    (heading,) = [each for each in page.find_all("h2") if words(each) == title]
    return heading.parent


def rows_of(name):
    return list(csv.reader(io.StringIO(data.content(RESOURCES[name]).decode(), newline="")))


def test_it_builds_without_a_complaint(book):
    assert book.warnings == ""


def test_every_dataset_has_a_page_and_nothing_else_has(book):
    found = {path.stem for path in (book.folder / LIST).glob("*.html")}
    assert found == set(RESOURCES), "and `gone` has gone"


@pytest.mark.parametrize("name", RESOURCES)
def test_a_page_says_all_that_the_description_says(book, name):
    about, page = RESOURCES[name], book.dataset(name)
    told = words(page)
    assert words(page.h1) == plain(about["title"])
    assert f'dataset("{name}")' in page.pre.get_text()
    texts = [about["description"], about["publisher"], *about["caveats"]]
    texts += [licence["title"] for licence in about["licenses"]]
    for field in about["schema"]["fields"]:
        texts += [field["name"], field["description"].rstrip("."), field.get("unit", "")]
    lost = [text for text in texts if plain(text) not in told]
    assert lost == []
    links = {link["href"] for link in page.find_all("a", href=True)}
    assert {source["path"] for source in about["sources"]} <= {unescape(link) for link in links}


@pytest.mark.parametrize("name", RESOURCES)
def test_its_first_rows_are_those_of_the_file(book, name):
    heads, *rows = rows_of(name)
    table = section(book.dataset(name), "The first rows").table
    assert [words(cell) for cell in table.thead.find_all("th")] == heads
    shown = table.tbody.find_all("tr")
    assert len(shown) == min(5, len(rows))
    assert f"{len(rows):,} rows" in words(table.caption)
    for row, cells in zip(rows, shown, strict=False):
        for value, cell in zip(row, cells.find_all(["th", "td"]), strict=True):
            if value.startswith("http"):
                assert cell.a["href"] == value
            else:
                assert words(cell) in ({plain(value)} if value else {"no figure", "empty"})


@pytest.mark.parametrize("name", RESOURCES)
def test_the_file_can_be_downloaded_as_it_is(book, name):
    page = book.dataset(name)
    here = f"http://book/{LIST}/{name}.html"
    (link,) = [each for each in page.find_all("a", href=True) if words(each) == f"Download {name}.csv"]
    there = book.folder / unquote(urljoin(here, link["href"])).removeprefix("http://book/")
    assert there.read_bytes() == (TOP / "data" / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("name", RESOURCES)
def test_only_what_is_simulated_says_so_and_how(book, name):
    boxes = book.dataset(name).select(".admonition")
    how = RESOURCES[name].get("simulated")
    assert len(boxes) == bool(how)
    if how:
        assert "nobody measured these" in words(boxes[0])
        assert str(how["seed"]) in words(boxes[0])
        assert "Download the script" in words(boxes[0])
        named = {link["href"].removesuffix(".html") for link in boxes[0].find_all("a", href=True)}
        assert {each for each in RESOURCES if each in how["from"]} <= named


def test_the_list_links_to_every_page_and_keeps_the_simulated_apart(book):
    page = book.page(LIST)
    linked = {link["href"] for link in page.select("ul.datasets a")}
    assert linked == {f"data/{name}.html" for name in RESOURCES}
    apart = page.find(id="simulated-figures")
    made_up = {name for name in RESOURCES if "simulated" in RESOURCES[name]}
    assert {link["href"] for link in (apart.select("a") if apart else [])} == {f"data/{name}.html" for name in made_up}
    assert all(page.find(id=f"dataset-{name.replace('_', '-')}") for name in RESOURCES)


def test_a_page_links_to_the_charts_that_are_made_of_it(book):
    used = section(book.dataset("trust_in_institutions"), "Where the course uses it")
    assert used.find("a", string="Whom people trust")["href"] == "../../../a-chart.html#whom-people-trust"
    assert book.page("a-chart").find(id="whom-people-trust")


def test_a_page_names_the_labs_that_read_it(book):
    named = {
        name: {words(each) for each in section(book.dataset(name), "Where the course uses it").find_all("li")}
        for name in RESOURCES
    }
    for lab in labs.shelf():
        for name in labs.datasets_in(lab.notebook):
            assert plain(f"Lab: {lab.lab.title}") in named[name]


def test_what_is_simulated_stands_on_the_page_of_what_it_was_made_from(book):
    for name, about in RESOURCES.items():
        for source in [each for each in RESOURCES if each in about.get("simulated", {}).get("from", "")]:
            used = section(book.dataset(source), "Where the course uses it")
            assert used.find("a", href=f"{name}.html"), (name, source)


def test_a_link_by_the_label_lands_on_the_page(book):
    (link,) = book.page("index").find_all("a", string="By its label")
    assert link["href"].partition("#")[0] == f"{LIST}/trust_in_institutions.html"


def test_search_finds_a_dataset_by_the_meaning_of_its_columns(book):
    text = (book.folder / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    stem = SearchEnglish({}).stem
    for name, about in RESOURCES.items():
        page = index["docnames"].index(f"{LIST}/{name}")
        meant = " ".join(field["description"] for field in about["schema"]["fields"]).lower()
        for word in sorted(set(re.findall(r"[a-z]{12,}", meant))):
            found = [index[part].get(stem(word), []) for part in ("terms", "titleterms")]
            assert any(page in (each if isinstance(each, list) else [each]) for each in found), (name, word)


def test_a_file_that_is_right_is_not_written_again(pages, tmp_path):
    class App:
        srcdir = str(tmp_path)

    pages.write_pages(App, None)
    path = tmp_path / LIST / "trust_in_institutions.md"
    before = path.stat().st_mtime_ns
    pages.write_pages(App, None)
    assert path.stat().st_mtime_ns == before
    path.write_text("# Changed by hand\n", encoding="utf-8")
    pages.write_pages(App, None)
    assert path.read_text(encoding="utf-8").startswith("(dataset-trust-in-institutions)=\n# Trust in institutions")
