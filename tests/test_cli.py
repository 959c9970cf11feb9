"""The command that an author types."""

import json

from typer.testing import CliRunner

from courseware.cli import app

run = CliRunner().invoke


def test_check_says_nothing_is_wrong_and_exits_0(a_course):
    found = run(app, ["check"])
    assert found.exit_code == 0
    assert "4 checked: 0 wrong" in found.output


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


def test_check_of_a_file_that_is_not_there(a_course):
    found = run(app, ["check", "nothing.yml"])
    assert found.exit_code == 1
    assert "no such file" in found.output


def test_list_names_every_exercise(a_course):
    found = run(app, ["list"])
    assert found.exit_code == 0
    assert all(f"example-{kind}" in found.output for kind in ("quiz", "reflect", "scenario", "sort"))


def test_paper_writes_one_pdf(a_course, tmp_path):
    out = tmp_path / "cards.pdf"
    found = run(app, ["paper", "example-sort", "--learner", "--out", str(out)])
    assert found.exit_code == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_paper_names_the_nearest(a_course):
    found = run(app, ["paper", "exampel-sort"])
    assert found.exit_code == 1
    assert "did you mean `example-sort`" in found.output
