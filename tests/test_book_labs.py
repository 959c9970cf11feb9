"""Data labs in the book, on small books of their own: each one's page, the list of them, and the tables of pandas."""

import json
import re
from html import escape

import nbformat
import pandas as pd
import pytest

from courseware import checks
from courseware.book.frames import frame_html
from courseware.launch import links as launch_links
from tests.small_book import CHAPTER, REFERENCES, TREE, chart, run
from tests.test_checks import LAB

# Sphinx and myst-nb warn of their own old ways, which are theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore")

WAITS = pd.DataFrame({"ward": ["North", "East"], "wait": [6.0, None], "seen": ["2020-01-31", "2021-01-31"]})
PACKAGE = {"resources": [{"name": name, "title": f"The {name}"} for name in ("waits", "beds")]}


def code(source: str, *tags: str, **data: object):
    outputs = [nbformat.v4.new_output("execute_result", data, execution_count=1)] if data else []
    metadata = {"tags": list(tags)} if tags else {}
    return nbformat.v4.new_code_cell(source, execution_count=1, outputs=outputs, metadata=metadata)


def words(source: str, *tags: str):
    return nbformat.v4.new_markdown_cell(source, metadata={"tags": list(tags)} if tags else {})


@pytest.fixture
def lab(book, a_course):
    """Return a way to put a lab into the course, page and starter, with words in its file of checks replaced."""
    (a_course / "data" / "datapackage.json").write_text(json.dumps(PACKAGE))
    folder = a_course / "exercises" / "my-chapter" / "labs"
    (folder / "starters").mkdir(parents=True)
    (a_course / "pages").mkdir()
    (a_course / "pages" / "exercises").symlink_to(a_course / "exercises")

    def added(name: str = "my-lab", *swaps: tuple[str, str]) -> None:
        text = LAB
        for old, new in (("id: my-lab", f"id: {name}"), *swaps):
            assert old in text
            text = text.replace(old, new)
        (folder / f"{name}.checks.yml").write_text(text)
        page = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python", "pygments_lexer": "ipython3"}})
        verdict = checks.Verdict("What is the mean wait?", right=True, say="A mean hides the longest wait.")
        right = {"text/html": verdict._repr_html_(), "text/plain": "Right."}
        page.cells = [
            words("# A lab\n\n*A data lab · 20 minutes · easy*\n\nMina holds up a *slide*. Is it right?"),
            words("Work in the other copy, zebra.", "solution"),
            code("rows = dataset('waits')\nmore = dataset('waits').merge(dataset(name='x')), dataset(\"beds\")"),
            words("## Look first\n\n*2 minutes*\n\nUse the list above it."),
            code("live(draw, ward=Dropdown(options=[1], description='Ward'))", "remove-input", **chart()),
            code("rows", **{"text/html": WAITS.rename_axis(columns="row")._repr_html_(), "text/plain": "…"}),
            words("## Do it\n\nNow you."),
            code("# Your turn: what is the mean, in `hours`?\n# Round nothing.\nanteater = rows.mean()", "solution"),
            code('check("mean-wait", anteater)', "show-input", **right),
            words("## What could you say?\n\nThis much."),
        ]
        nbformat.write(page, folder / f"{name}.ipynb")
        (folder / "starters" / f"{name}.ipynb").write_text("{}")

    return added


LISTED = "# Labs\n\n```{labs}\n```\n\n```{toctree}\n:glob:\n:hidden:\n\nexercises/*/labs/*\nchapters/*\n```\n"
LAB_PAGE = "exercises/my-chapter/labs/my-lab"


def test_a_lab_is_a_page_that_says_what_it_takes(lab, book):
    lab()
    built = book(index=LISTED, my_chapter=["# Why?"])
    assert built.warnings == ""
    page = built.page(LAB_PAGE)
    strip = page[page.index('<div class="lab-strip') : page.index("Mina holds up")]
    text = " ".join(re.sub(r"<[^>]+>", " ", strip).split())
    assert text.startswith("20 minutes . First lines: you need not know any pandas. It goes with chapter 1, Why?")
    assert "Its data: The waits; The beds." in text
    assert re.search(r'href="\.\./\.\./\.\./_downloads/\w+/my-lab\.ipynb"', strip)
    assert "Open it in" not in strip, "no launch link while none is set"
    assert "zebra" not in page, "what is for the notebook's own copy is not for the page"
    assert "A data lab ·" not in page
    assert "In JupyterLab, the controls above this chart (<em>Ward</em>) change it." in page
    assert page.index("(<em>Ward</em>)") < page.index('<figure class="course-figure"')
    assert "live(draw" not in re.sub(r"<[^>]+>", "", page)
    assert "_static/courseware/lab.css" in page
    assert "_static/courseware/lab.css" not in built.page("chapters/my-chapter")


def test_a_labs_links_to_a_kernel_come_from_the_setting(lab, book, a_course):
    lab()
    course = a_course / "data" / "course.yml"
    course.write_text(course.read_text() + "launch: {repository: https://github.com/someone/some-course}\n")
    page = book(index=LISTED).page(LAB_PAGE)
    for launch in launch_links(a_course / f"{LAB_PAGE}.ipynb"):
        assert f'href="{escape(launch.address)}">Open it in {launch.name}</a>' in page
        assert launch.note in page


def test_a_labs_answers_fold_under_their_task(lab, book):
    lab()
    page = book(index=LISTED).page(LAB_PAGE)
    before, fold, after = re.split(r'<details class="lab-answer">(.*?)</details>', page, flags=re.DOTALL)
    assert fold.strip().startswith("<summary>A worked answer</summary>")
    task = before[before.rindex("<p") :]
    assert re.sub(r"<[^>]+>", "", task).strip() == "Your turn. What is the mean, in hours? Round nothing."
    assert '<span class="pre">hours</span>' in task
    inside = re.sub(r"<[^>]+>", "", fold)
    assert "Your turn" not in inside
    for said in ("anteater = rows.mean()", 'check("mean-wait", anteater)', "A mean hides the longest wait."):
        assert said in inside
        assert said not in re.sub(r"<[^>]+>", "", before + after)
    frames = re.findall(r'<div class="lab-code" ([^>]*)>', page)
    assert len(frames) == len(re.findall(r"<pre", page)) == 4
    assert set(frames) == {'role="group" tabindex="0" aria-label="Code"'}


def test_a_verdict_without_its_answer_folds_too(lab, book, a_course):
    lab()
    path = a_course / f"{LAB_PAGE}.ipynb"
    path.write_text(path.read_text().replace('"# Your turn: ', '"# ').replace('"solution"', '"other"'))
    page = book(index=LISTED).page(LAB_PAGE)
    open_part = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    assert "A mean hides" in page
    assert "A mean hides" not in open_part


def test_a_labs_tables_are_made_again(lab, book):
    lab()
    page = book(index=LISTED).page(LAB_PAGE)
    assert 'class="dataframe"' not in page
    table = page[page.index('<div class="course-table" role="region" tabindex="0" aria-label="Table: Table 1') :]
    assert table.startswith(
        '<div class="course-table" role="region" tabindex="0" aria-label="Table: Table 1: 2 rows of'
    )
    assert "<caption>Table 1: 2 rows of ward, wait and seen</caption>" in table
    assert '<th scope="col">row</th><th scope="col">ward</th><th scope="col" class="table-number">wait</th>' in table
    assert '<th scope="row">0</th><td>North</td><td class="table-number">6.0</td><td><time>2020-01-31</time>' in table
    assert '<td class="table-number"><span class="no-figure">NaN</span></td>' in table


def test_search_finds_a_lab_and_none_of_its_answers(lab, book):
    lab()
    index = book(index=LISTED).index
    assert {"mina", "slide", "hour"} <= index["terms"].keys()
    assert "do it" in {title.lower() for title in index["alltitles"]}
    # The answer's code, what the check says to it, what is said to wrong answers, and the cells of a table.
    assert not {"anteat", "hide", "longest", "median", "north"} & index["terms"].keys()


def test_the_list_of_labs_rises(lab, book, a_course):
    lab("hard", ("title: A lab", "title: Hard"), ("level: 1", "level: 3"), ("- id: ", "- id: x-"))
    lab("later", ("title: A lab", "title: Later"), ("solo: 20", "solo: 25"), ("- id: ", "- id: y-"))
    lab()
    page = book(index=LISTED, my_chapter=["# Why?"]).page("index")
    titles = re.findall(r'labs/([\w-]+)\.html"><span class="doc">', page)
    assert titles == ["my-lab", "later", "hard"]
    headings = re.findall(r"<h2>(.*?)<", page)
    assert headings == ["First lines", "A stretch"]
    assert "Numbers about nothing in particular." in page
    assert "Chapter 1: A theme. 25 minutes" in page


def test_a_lab_that_comes_later_is_listed(lab, book, a_course):
    lab()
    assert "labs/later.html" not in book(index="# Home\n\n```{toctree}\nlabs\n```\n", labs=LISTED).page("labs")
    lab("later", ("title: A lab", "title: Later"), ("- id: ", "- id: y-"))
    assert "labs/later.html" in run(a_course).page("labs")


def test_a_lab_practises_what_it_teaches(lab, book):
    pages = {"index": f"# Home\n\n{TREE}\n```{{toctree}}\ncover\n```\n", "my_chapter": CHAPTER}
    cover = "# Cover\n\n```{coverage}\n```\n" + REFERENCES
    assert "<strong>0 are covered</strong>" in book(**pages, cover=cover).page("cover")
    lab()
    tree = "```{toctree}\n:glob:\n\nexercises/*/labs/*\n```\n"
    page = book(**pages, cover=cover + tree).page("cover")
    assert f'<a href="{LAB_PAGE}.html">A lab (data lab)</a>' in page
    assert "<strong>1 are covered</strong>" in page


def test_the_strip_of_a_lab_stands_on_labs_only(book):
    assert "`lab` stands on a page that is no lab" in book(index="# Home\n\n```{lab}\n```\n").warnings


@pytest.mark.parametrize(
    ("frame", "headings"),
    [
        (WAITS, ["row", "ward", "wait", "seen"]),
        (WAITS.set_index("ward").rename_axis(columns="what"), ["ward", "wait", "seen"]),
        (WAITS.groupby(["ward", "seen"]).sum(), ["ward", "seen", "wait"]),
        (WAITS.pivot_table(index="ward", columns="seen", values=["wait"], dropna=False), ["ward", "wait 2020-01-31", "wait 2021-01-31"]),
        (WAITS.head(0), ["row", "ward", "wait", "seen"]),
        (pd.concat([WAITS] * 2, keys=["a", "b"], names=["<set>", "row"]), ["&lt;set&gt;", "row", "ward", "wait", "seen"]),
    ],
)  # fmt: skip
def test_no_heading_of_a_pandas_table_is_empty(frame, headings):
    html = frame_html(frame._repr_html_(), 3)
    assert re.findall(r'<th scope="col"[^>]*>(.*?)</th>', html) == headings
    assert f"<caption>Table 3: {len(frame)} rows of " in html
    for row in re.findall(r"<tr>(.*?)</tr>", html):
        assert len(re.findall(r"<t[hd]", row)) == len(headings)


def test_a_column_of_numbers_lines_up_and_one_of_years_does_not():
    frame = pd.DataFrame({"year": [2019, 2020], "change": [-1.5, 0.5], "few": ["1,200", "7%"], "mixed": ["1", "a-b"]})
    html = frame_html(frame._repr_html_(), 1)
    assert re.findall(r'scope="col"( class="table-number")?>(\w+)', html)[1:] == [
        ("", "year"), (' class="table-number"', "change"), (' class="table-number"', "few"), ("", "mixed")
    ]  # fmt: skip
    assert "−1.5" in html
    assert "a-b" in html
