"""The Sphinx extension, on small books of its own: what reaches the page, what search finds, and what stops a build."""

import json
import re
from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

from courseware import library, render
from courseware.book.support import day, support_html
from courseware.book.table import html_table
from courseware.figures import MIME
from tests.small_book import ALT, CHAPTER, REFERENCES, TREE, chart, run

# Sphinx and myst-nb warn of their own old ways, which are theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore")


def exercise(kind: str) -> dict:
    return {"text/html": render.html(library.load(f"example-{kind}")), "text/plain": "an exercise"}


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
