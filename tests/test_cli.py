"""The command that an author types."""

import json

import pytest
from typer.testing import CliRunner

from courseware import kinds
from courseware.cli import app

run = CliRunner().invoke


def test_check_says_nothing_is_wrong_and_exits_0(a_course):
    found = run(app, ["check"])
    assert found.exit_code == 0
    assert f"{len(kinds.KINDS)} checked: 0 wrong" in found.output


def test_check_prints_one_line_a_mistake_and_exits_1(example):
    path = example("scenario", ("next: weather", "next: whether"))
    found = run(app, ["check", str(path)])
    assert found.exit_code == 1
    line = found.output.splitlines()[0]
    assert line.startswith("exercises/my-chapter/example-scenario.yml:")
    assert line.endswith("nodes.news.choices[0].next: no node `whether`; did you mean `weather`?")


def test_check_speaks_json_to_machines(example):
    path = example("sort", ("category: opinion", "category: opinions"))
    found = run(app, ["check", "--json", str(path)])
    problem = json.loads(found.stdout)[0]
    assert found.exit_code == 1
    assert {key: problem[key] for key in ("field", "level")} == {"field": "items[1].category", "level": "error"}
    assert problem["line"] > 1


def test_check_tells_of_every_file_that_is_not_there(a_course):
    found = run(app, ["check", "nothing.yml", "data", "exercises/my-chapter/example-sort.yml"])
    assert found.exit_code == 1
    assert "nothing.yml:1: file: it cannot be read: No such file or directory; check its name" in found.output
    assert "data:1: file: it cannot be read: Is a directory" in found.output
    spoken = json.loads(run(app, ["check", "--json", "nothing.yml"]).stdout)
    assert [problem["what"] for problem in spoken] == ["it cannot be read: No such file or directory"]


@pytest.mark.parametrize("command", [["check"], ["list"], ["paper", "x"], ["notebooks"], ["check", "x.yml"]])
def test_outside_a_course_it_says_what_to_do(tmp_path, monkeypatch, command):
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    found = run(app, command)
    assert (found.exit_code, type(found.exception)) == (1, SystemExit)
    assert "set COURSE_ROOT" in found.output


def test_what_cannot_be_written_or_read_is_named(a_course, tmp_path):
    for command in (
        ["paper", "example-sort", "--out", str(tmp_path / "no" / "such.pdf")],
        ["paper", "example-sort", "--out", str(tmp_path)],
        ["notebooks", str(tmp_path / "none.ipynb")],
    ):
        found = run(app, command)
        assert (found.exit_code, type(found.exception)) == (1, SystemExit)
        assert str(tmp_path) in found.output.replace("\n", "")
        assert "check its name" in found.output


def test_a_notebook_that_is_none_or_fails_is_named(a_course, tmp_path):
    (tmp_path / "text.ipynb").write_text("{")
    found = run(app, ["notebooks", str(tmp_path / "text.ipynb")])
    assert (found.exit_code, type(found.exception)) == (1, SystemExit)
    assert "text.ipynb: it cannot be run" in found.output


def test_list_and_check_of_what_is_wrong_end_without_a_traceback(example, a_course):
    example("sort", ("category: opinion", "category: opinions"))
    found = run(app, ["list"])
    assert (found.exit_code, type(found.exception)) == (1, SystemExit)
    assert "did you mean `opinion`" in found.output
    (a_course / "book" / "reference" / "references.bib").write_text("@article{x, title = {")
    found = run(app, ["check"])
    assert (found.exit_code, type(found.exception)) == (1, SystemExit)
    assert "book/reference/references.bib:" in found.output


def test_list_names_every_exercise(a_course):
    found = run(app, ["list"])
    assert found.exit_code == 0
    assert all(f"example-{kind}" in found.output for kind in kinds.KINDS)


def test_paper_writes_one_pdf(a_course, tmp_path):
    out = tmp_path / "cards.pdf"
    found = run(app, ["paper", "example-sort", "--learner", "--out", str(out)])
    assert found.exit_code == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_paper_names_the_nearest(a_course):
    found = run(app, ["paper", "exampel-sort"])
    assert found.exit_code == 1
    assert "did you mean `example-sort`" in found.output
