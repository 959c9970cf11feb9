"""The page without scripts: the whole exercise stands in it once, and the data beside it finds every text there."""

import json

import pytest
from bs4 import BeautifulSoup

from courseware import kinds, library, render
from courseware.markup import html, plain


def hydrated(value, page):
    """Return stored data with its texts put back, as `web/data.js` does it in the page."""
    if isinstance(value, dict):
        if value.keys() == {"say"}:
            return page.select_one(f'[data-say="{value["say"]}"]').decode_contents(formatter="minimal")
        if value.keys() == {"tell"}:
            return page.select_one(f'[data-say="{value["tell"]}"]').get_text()
        return {key: hydrated(item, page) for key, item in value.items()}
    return [hydrated(item, page) for item in value] if isinstance(value, list) else value


def normal(value):
    """Return data with HTML as the parser writes it, so that only real differences remain."""
    if isinstance(value, dict):
        return {key: normal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [normal(item) for item in value]
    if isinstance(value, str) and "<" in value:
        return BeautifulSoup(value, "html.parser").decode(formatter="minimal").strip()
    return value.strip() if isinstance(value, str) else value


def course_exercises():
    return [exercise.id for exercise in library.all_exercises()]


def assert_whole(exercise):
    page = BeautifulSoup(render.html(exercise), "html.parser")
    stored = json.loads(page.select_one("script.exercise-data").string)
    compiled = json.loads(json.dumps(exercise.compiled()))
    assert normal(hydrated(stored, page)) == normal(compiled)


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_an_example_is_whole_in_the_page(a_course, kind):
    assert_whole(library.load(f"example-{kind}"))


@pytest.mark.parametrize("name", course_exercises())
def test_an_exercise_is_whole_in_the_page(name):
    assert_whole(library.load(name))


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_the_page_never_tells_what_it_must_not(a_course, kind):
    page = render.html(library.load(f"example-{kind}"))
    assert "quality" not in page
    assert "facilitator" not in page


def test_hostile_text_stays_text(example):
    path = example(
        "sort",
        ("text: The office opened in May.", "text: '</script><script>alert(1)</script><img onerror=x>'"),
        ("why: There is a date.", "why: '<b onclick=x>bold</b> [a](javascript:alert(1)) **fine**'"),
    )
    exercise, problems = library.read(path)
    assert problems == []
    page = BeautifulSoup(render.html(exercise), "html.parser")
    assert len(page.find_all("script")) == 1
    assert page.find_all(["img", "b"]) == []
    assert not [link for link in page.find_all("a") if link["href"].startswith("javascript")]
    assert page.find("strong", string="fine")


def test_headings_go_on_from_the_level_given(a_course):
    page = BeautifulSoup(render.html(library.load("example-scenario"), heading=2), "html.parser")
    assert [tag.name for tag in page.find_all(["h1", "h2", "h3", "h4"])][:2] == ["h2", "h3"]


def test_search_words_hold_no_answer(a_course):
    for exercise in library.all_exercises():
        title, prompt = render.words(exercise)
        assert title == exercise.title
        assert "**" not in prompt


def test_markdown_is_plain_words_for_search():
    assert plain("A *small* [case](x).\n\n- one\n- two `three`") == "A small case. one two three"
    assert html("1 < 2 & <b>") == "<p>1 &lt; 2 &amp; &lt;b&gt;</p>"
