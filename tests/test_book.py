"""The Sphinx extension, on small books of its own: what reaches the page, what search finds, and what stops a build."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import nbformat
import pandas as pd
import plotly.graph_objects as go
import pytest
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace

from courseware import checks, library, render
from courseware.book import PlotlyRenderer, assets
from courseware.book.frames import frame_html
from courseware.book.support import day, support_html
from courseware.book.table import html_table
from courseware.figures import MIME, figure
from courseware.launch import links as launch_links
from tests.test_checks import LAB

# Sphinx and myst-nb warn of their own old ways, which are theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore")

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


@pytest.fixture
def book(a_course: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Built]:
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


def run(course: Path) -> Built:
    warnings, out = io.StringIO(), course / "_build"
    settings = {
        "extensions": ["myst_nb", "sphinxcontrib.bibtex", "courseware.book"],
        "bibtex_bibfiles": [str(course / "book" / "reference" / "references.bib")],
        "nb_execution_mode": "off",
        "html_theme": "basic",
        "root_doc": "index",
        "exclude_patterns": ["exercises/*/labs/starters"],
        "nitpicky": True,
    }
    with docutils_namespace():
        app = Sphinx(str(course / "pages"), None, str(out), str(course / "_trees"), "html", settings, None, warnings)
        app.build()
    return Built(out, warnings.getvalue(), app.env.courseware_marks)


def chart(**changes) -> dict:
    fig = go.Figure(go.Bar(x=[2019, 2020, 2021], y=[1200, None, 5], name="Late reports"))
    shown = figure(fig, alt=ALT, source=SOURCE, title="Fewer <are> late", subtitle="Reports a year")
    shown.about.update(changes)
    return shown._repr_mimebundle_()


def exercise(kind: str) -> dict:
    return {"text/html": render.html(library.load(f"example-{kind}")), "text/plain": "an exercise"}


TREE = "```{toctree}\nchapters/my-chapter\n```\n"
CHAPTER = [
    "# Why?\n\n```{outcomes} my-chapter\n```\n",
    "(concept-my-concept)=\n## A part {cite:p}`my-study`\n\nText.",
    "(concept-a-grave-matter)=\nGrave words.",
]
REFERENCES = "\n# References\n\n```{bibliography}\n```\n"


def test_a_whole_book_builds_without_a_warning(book):
    chapter = [*CHAPTER, chart(name="late"), exercise("quiz"), exercise("sort")]
    index = f"# Home\n\n{TREE}\nSee [the quiz](#example-quiz) and [the chart](#late).\n\n```{{support}}\n```\n"
    built = book(
        index=index, my_chapter=chapter, cover="---\norphan: true\n---\n# Cover\n\n```{coverage}\n```\n" + REFERENCES
    )
    assert built.warnings == ""
    assert 'href="chapters/my-chapter.html#example-quiz"' in built.page("index")
    assert 'href="chapters/my-chapter.html#late"' in built.page("index")
    for name in ("index", "cover", "chapters/my-chapter"):
        for page, anchor in re.findall(r'href="([^"#:]*)#([^"]+)"', built.page(name)):
            target = (built.folder / name).parent / (page or f"{Path(name).name}.html")
            assert f'id="{anchor}"' in target.read_text(), f"{name} links to {page}#{anchor}"


def test_a_chart_comes_with_its_words_numbers_and_source(book):
    page = book(index=["# Home", chart()]).page("index")
    assert '<figure class="course-figure" id="chart-2">' in page
    assert 'data-plotly="_static/courseware/plotly.js"' in page
    assert "no figure for 2020 &lt;at all&gt;." in page
    assert (
        '<a href="https://example.org/?a=1&amp;b=2">Office &amp; Sons, Reports</a>. Compiled 22 November 2026.' in page
    )
    assert '<tr><th scope="row">2019</th><td class="table-number">1,200</td></tr>' in page
    assert "<li>The count changed.</li>" in page
    stored = re.search(r'class="course-chart-data">(.*?)</script>', page, re.DOTALL)
    assert stored
    assert "<" not in stored[1]
    drawing = json.loads(stored[1])
    assert set(drawing) == {"data", "layout", "colours"}
    assert not {"title", "meta", "template"} & set(drawing["layout"])


def test_plotly_is_copied_once_and_only_for_charts(book):
    assert not (book(index="# Home\n").folder / "_static/courseware/plotly.js").exists()
    built = book(index=["# Home", chart(), chart()])
    assert (built.folder / "_static/courseware/plotly.js").exists()
    assert "plotly.js" not in re.sub(r"data-plotly=\S+", "", built.page("index"))


def test_pages_load_the_courses_script_late_and_its_styles(book):
    page = book(index="# Home\n").page("index")
    assert re.search(r'<script defer="defer" src="_static/courseware/book\.js', page)
    assert "_static/courseware/style.css" in page


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (
            {MIME: {"data": [], "layout": {}}},
            "index.ipynb, cell 2: a chart without text alternative, numbers and source",
        ),
        (chart(alt=""), "index.ipynb, cell 2: a chart without text alternative"),
        (chart(sources=[]), "index.ipynb, cell 2: a chart without source"),
        (chart(table=None), "index.ipynb, cell 2: a chart without table of its numbers"),
    ],
)
def test_a_chart_without_its_words_stops_the_build(book, output, said):
    with pytest.raises(ExtensionError, match=re.escape(said)):
        book(index=["# Home", output])


def test_two_charts_cannot_share_a_name(book):
    with pytest.raises(ExtensionError, match="the chart name `late` is taken"):
        book(index=["# Home", chart(name="late"), chart(name="late")])


def test_search_finds_what_is_asked_and_not_what_is_answered(book):
    pages = {"index": ["# Home", exercise("quiz"), exercise("scenario"), chart()]}
    index = book(**pages).index
    assert "particular" in index["terms"]  # of the quiz's prompt
    assert index["alltitles"]["Five sorts of question"] == [[0, "example-quiz"]]
    assert "switchboard" not in index["terms"]  # of an answer's feedback
    answers = {word for name in ("quiz", "scenario") for word in feedback_words(f"example-{name}")}
    assert answers
    assert not answers & index["terms"].keys()
    assert "1200" not in index["terms"]  # the numbers of a chart; its words are found


def feedback_words(name: str) -> set[str]:
    """Return the words that stand in an exercise's folded answers and neither in its title nor its prompt."""
    html = render.html(library.load(name))
    folded = " ".join(re.findall(r"<details.*?</details>", html, re.DOTALL))
    words = set(re.findall(r"[a-z]{7,}", re.sub(r"<[^>]+>", " ", folded).lower()))
    asked = " ".join(render.words(library.load(name))).lower() + ALT.lower() + "reports a year"
    return {word for word in words if word not in asked}


def test_the_directive_writes_what_a_notebook_stores(book):
    page = book(index="# Home\n\n```{exercise} example-reflect\n```\n").page("index")
    assert render.html(library.load("example-reflect")) in page


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("# Home\n\n```{exercise} exampel-sort\n```\n", "did you mean `example-sort`?"),
        ("# Home\n\n```{exercise} example-sort\n```\n```{exercise} example-sort\n```\n", "stands twice on this page"),
        ("# Home\n\n(concept-my-koncept)=\nText.\n", "did you mean `my-concept`?"),
        ("# Home\n\n```{outcomes} my-chapter\n```\n", "outcome `say`: exercise `example-quiz` is on no page"),
    ],
)
def test_an_authors_slip_is_a_warning_which_the_build_treats_as_an_error(book, page, said):
    assert said in book(index=page).warnings


def test_an_unknown_stored_exercise_is_named(book):
    stored = '<course-quiz class="exercise" id="gone" role="group"></course-quiz>'
    assert "no usable exercise `gone`" in book(index=["# Home", {"text/html": stored}]).warnings


def test_outcomes_for_no_chapter_stop_the_build(book):
    with pytest.raises(ExtensionError, match="use one of: my-chapter"):
        book(index="# Home\n\n```{outcomes} another\n```\n")


def test_outcomes_name_the_time_and_what_practises_them(book):
    page = book(index=f"# Home\n\n{TREE}", my_chapter=[*CHAPTER, exercise("quiz"), exercise("sort")]).page(
        "chapters/my-chapter"
    )
    strip = page[page.index('<section class="course-outcomes"') : page.index("</section>")]
    assert "<strong>10 minutes</strong>" in strip
    assert "Say what it does." in strip
    assert 'href="#example-quiz">Five sorts of question</a> and <a href="#example-sort">Fact or opinion</a>.' in strip


def test_coverage_claims_only_what_is_there(book):
    covering = "# Cover\n\n```{coverage}\n```\n" + REFERENCES
    nothing = book(index=f"{covering}\n{TREE}", my_chapter=["# Why?\n"]).page("index")
    assert "Of 2 concepts in 1 sources, <strong>0 are covered</strong>, 0 in part, and 2 not yet." in nothing
    part = book(my_chapter=CHAPTER).page("index")
    assert "<strong>0 are covered</strong>, 2 in part, and 0 not yet." in part
    assert 'href="chapters/my-chapter.html#concept-my-concept">A part' in part
    assert "Okafor and Lund 2020" in part
    whole = book(
        my_chapter=[*CHAPTER[:2], CHAPTER[2] + " {cite:t}`my-study`", exercise("sort"), exercise("quiz")]
    ).page("index")
    assert "<strong>2 are covered</strong>, 0 in part, and 0 not yet." in whole
    assert 'href="chapters/my-chapter.html#example-sort">Fact or opinion</a>' in whole
    assert "In the text only, with care" in whole


def test_coverage_crosses_over_but_claims_nothing_for_it(book, a_course):
    concepts = a_course / "data" / "concepts.yml"
    concepts.write_text(concepts.read_text() + "  - {id: a-like-one, says: Much the same, see: [my-concept]}\n")
    page = book(
        index=f"# Cover\n\n{TREE}\n```{{coverage}}\n```\n{REFERENCES}", my_chapter=[*CHAPTER, exercise("sort")]
    ).page("index")
    row = page[page.index("Much the same") :].split("</tr>")[0]
    assert "In part" in row
    assert 'with <a href="chapters/my-chapter.html#concept-my-concept">' in row


def test_the_support_box_gives_each_line_and_the_day_it_was_checked(book):
    page = book(index="# Home\n\n```{support} If you were there\n```\n").page("index")
    assert "If you were there" in page
    assert '<a href="tel:999">999</a> (call): anyone in danger.' in page
    assert '<a href="sms:85258">85258</a> (text)' in page
    assert '<a href="tel:08088088000">0808 808 8000</a> (call, free): anyone there, at any hour.' in page
    assert "Numbers last checked on 22 November 2026." in page


def test_support_leads_with_what_holds_everywhere():
    lines = [
        {"name": name, "number": "1", "how": "call", "who": "anyone", "nation": nation}
        for name, nation in [("Here", "Wales"), ("All", "UK")]
    ]
    html, words = support_html({"checked": "soon", "lines": lines}, "Help")
    assert html.index("All") < html.index("Here")
    assert words == "Help Here 1 All 1"


def test_a_table_says_what_is_a_number_a_year_a_day_and_a_gap():
    html = html_table(
        ["Day", "Year", "Much", "Words"], [["2018-08-31", 2018, -1234.5, "a<b"], ["2019-08-31", 2019, 2, None]], "All"
    )
    assert (
        '<th scope="row">31 August 2018</th><td>2018</td><td class="table-number">−1,234.5</td><td>a&lt;b</td>' in html
    )
    assert '<td class="table-number">2.0</td><td><span class="no-figure">no figure</span></td>' in html
    assert '<th scope="col" class="table-number">Much</th>' in html
    assert 'role="region" tabindex="0" aria-label="Table: All"' in html


def test_days_are_said_and_other_words_left():
    assert day("2026-11-02") == "2 November 2026"
    assert day("2023-24") == "2023-24"


DESK = "# Mine\n\n```{{{}}}\n```\n"


def desk_data(page: str) -> dict:
    stored = re.search(r'class="desk-data">(.*?)</script>', page, re.DOTALL)
    assert stored
    assert "<" not in stored[1]
    return json.loads(stored[1])


def test_a_page_of_the_learners_own_knows_the_exercises_that_the_book_shows(book):
    chapter = [*CHAPTER, exercise("quiz"), exercise("sort"), exercise("reflect")]
    pages = {name: DESK.format(name) for name in ("progress", "review", "portfolio")}
    built = book(
        index=f"# Home\n\n{TREE}\n```{{toctree}}\nprogress\nreview\nportfolio\n```\n" + REFERENCES,
        my_chapter=chapter,
        **pages,
    )
    assert built.warnings == ""
    for name in pages:
        page, data = built.page(name), desk_data(built.page(name))
        assert f'<section class="desk" data-desk="{name}">' in page
        assert data["course"] == "a-course"
        assert data["pages"] == {each: "#" if each == name else f"{each}.html" for each in pages}
        chapters = [(each["id"], each["address"], each["minutes"]["core"]) for each in data["chapters"]]
        assert chapters == [("my-chapter", "chapters/my-chapter.html", 10)]
        assert [each["id"] for each in data["exercises"]] == ["example-quiz", "example-sort", "example-reflect"]
        assert data["recalled"][0]["items"] == ["one", "many", "statement", "number", "sentence"]
        quiz, _, reflect = data["exercises"]
        assert quiz["address"] == "chapters/my-chapter.html#example-quiz"
        assert (quiz["kind_label"], quiz["minutes"], quiz["core"], quiz["major"]) == ("Quiz", 4, True, 1)
        # Where the learner's words are: each path leads into a record of its kind.
        assert quiz["writings"] == []
        assert reflect["writings"]
        assert all(each["path"] and each["label"] for each in reflect["writings"])
    (quiz,) = desk_data(built.page("review"))["quizzes"]
    assert quiz["pools"][0]["items"][0]["options"][0]["feedback"] == "<p>It happens to you.</p>"
    assert quiz["explained"] == [{"title": "A part my-study", "address": "chapters/my-chapter.html#concept-my-concept"}]
    assert "quizzes" not in desk_data(built.page("progress"))
    # Read without scripts: what it would be, and the way to the chapters.
    assert "So it needs scripts" in built.page("review")
    assert '<a href="chapters/my-chapter.html">Why?</a> (chapter 1, 10 minutes)' in built.page("progress")
    assert not {"switchboard", "happens"} & built.index["terms"].keys()


def test_a_page_of_the_learners_own_loads_its_script_after_that_of_every_page(book):
    built = book(
        index="# Home\n\n```{toctree}\nprogress\nother\n```\n", progress=DESK.format("progress"), other="# Other\n"
    )
    for name, mine in {"progress": True, "other": False, "index": False}.items():
        page = built.page(name)
        assert ("_static/courseware/desk.js" in page, "_static/courseware/desk.css" in page) == (mine, mine)
        assert "_static/courseware/book.js" in page
        assert ("_static/courseware/models.js" in page) is mine
        assert (built.folder / "_static/courseware/desk.js").exists()


def test_a_page_of_the_learners_own_follows_the_exercises(book, a_course):
    pages = {"index": f"# Home\n\n{TREE}\n```{{toctree}}\nprogress\n```\n", "progress": DESK.format("progress")}
    first = book(**pages, my_chapter=["# Why?", exercise("quiz")])
    assert [each["id"] for each in desk_data(first.page("progress"))["exercises"]] == ["example-quiz"]
    path = a_course / "exercises/my-chapter/example-quiz.yml"
    path.write_text(path.read_text().replace("version: 1.0.0", "version: 2.0.0").replace("solo: 4", "solo: 7"))
    later = run(a_course)
    (quiz,) = desk_data(later.page("progress"))["exercises"]
    assert (quiz["major"], quiz["minutes"]) == (2, 7)


def test_the_menu_is_told_what_marks_it(book):
    chapter = ["# Why?", exercise("quiz"), exercise("sort"), exercise("reflect")]
    path = Path(library.root()) / "exercises/my-chapter/example-sort.yml"
    text = path.read_text()
    path.write_text(text + "safety: {topics: [work-distress], alternative: example-reflect}\n")
    reflect = path.with_name("example-reflect.yml")
    reflect.write_text(reflect.read_text() + "core: false\n")
    tree = f"# Home\n\n{TREE}\n```{{toctree}}\nreview\n```\n"
    marks = book(index=tree, my_chapter=chapter, review=DESK.format("review")).marks
    assert marks == {
        "chapters/my-chapter": {"core": "quiz:example-quiz:1 sort:example-sort:1|reflect:example-reflect:1"},
        "review": {"due": "quiz:example-quiz:1:one,many,statement,number,sentence"},
    }


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
