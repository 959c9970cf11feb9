"""What sessions read in a chapter's page: the steps of its fifteen minutes, and the questions it compares cases by."""

import json

import pytest

from courseware.facilitate import chapters

PAGE = """# Why?

(my-team)=
## A quarter of an hour

*Further · 15 minutes*

You need paper. Nobody has to speak.

1. **One minute.** Read it aloud.
2. **Twelve minutes, in pairs.** Say *who* pays.
3. **2 minutes.** Stop.

If somebody speaks of harm, stop.

## Two cases

| Question | *A* | *B* |
|---|---|---|
| Who paid? | | |
| Who knew? | | |
"""


@pytest.fixture(params=["md", "ipynb"])
def page(request, a_course):
    folder = a_course / "chapters"
    folder.mkdir()
    text = PAGE
    if request.param == "ipynb":
        cells = [
            {"cell_type": "markdown", "source": PAGE.splitlines(keepends=True)},
            {"cell_type": "code", "source": "1"},
        ]
        text = json.dumps({"cells": cells})
    (folder / f"my-chapter.{request.param}").write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("page")
def test_the_steps_are_read_with_their_minutes_and_how_they_are_done():
    team = chapters.team("my-chapter", "A quarter of an hour")
    assert team.first == "You need paper. Nobody has to speak."
    assert team.last == "If somebody speaks of harm, stop."
    assert [(each.minutes, each.how) for each in team.steps] == [(1, ""), (12, "in pairs"), (2, "")]
    assert team.steps[1].text == "Say *who* pays."


@pytest.mark.usefixtures("page")
def test_what_is_not_there_is_none():
    assert chapters.team("my-chapter", "Another") is None
    assert chapters.team("no-chapter", "A quarter of an hour") is None
    assert chapters.team("my-chapter", "Two cases") is None


@pytest.mark.usefixtures("page")
def test_the_questions_are_the_rows_and_not_the_head():
    assert chapters.compared("my-chapter", "Two cases") == ["Who paid?", "Who knew?"]
    assert chapters.compared("my-chapter", "Another") == []
