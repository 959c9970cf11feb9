"""`courseware new`: a file of any kind that is whole as it is written, and never in the place of another."""

import pytest
from typer.testing import CliRunner

from courseware import kinds, library
from courseware.cli import app
from courseware.facilitate import new
from courseware.kinds.scenario.explore import Explorer
from courseware.kinds.scenario.spec import Decision, Ending, Scenario

run = CliRunner().invoke


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_is_sound_as_it_is_written(a_course, tmp_path_factory, kind):
    folder = tmp_path_factory.mktemp("own")
    made = new.write(kind, "my-own", folder)
    assert made[0] == folder / "my-own.yml"
    assert library.check(made[:1]) == []
    exercise = library.sound(made[0])
    assert (exercise.id, exercise.chapter, exercise.teaches) == ("my-own", "own-cases", [])
    assert "exercises/<chapter>" not in made[0].read_text(encoding="utf-8")


def test_the_case_is_small_and_branches(a_course, tmp_path_factory):
    case = library.sound(new.write("scenario", "my-own", tmp_path_factory.mktemp("own"))[0])
    assert isinstance(case, Scenario)
    sorts = [type(node) for node in case.nodes.values()]
    assert (sorts.count(Decision), sorts.count(Ending)) == (2, 2)
    assert any(choice.if_ for node in case.nodes.values() if isinstance(node, Decision) for choice in node.choices)
    assert len(Explorer(case).explore().edges) < 40
    text = (kinds.folder("scenario") / new.STARTER).read_text(encoding="utf-8")
    told = [line for line in text.splitlines() if "#" in line]
    assert len(told) > 25, "it is for somebody who has never seen such a file"


def test_in_a_chapters_folder_it_is_the_chapters(a_course):
    folder = a_course / "exercises" / "my-chapter"
    (made,) = new.write("sort", "another", folder)
    problems = library.check([made])
    assert [problem.field for problem in problems] == ["teaches"]
    assert "chapter: my-chapter\n" in made.read_text(encoding="utf-8")


def test_nothing_is_overwritten(a_course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    (folder / "my-own.py").write_text("mine")
    with pytest.raises(FileExistsError, match=r"my-own\.py is there already, and stays as it is"):
        new.write("explore", "my-own", folder)
    assert [path.name for path in folder.iterdir()] == ["my-own.py"]


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("scenaro", "my-own", "did you mean `scenario`"),
        ("scenario", "Tuesday's Case", "for instance `tuesday-s-case`"),
        ("scenario", "…", "for instance `my-case`"),
        ("scenario", "a" * 61, "cannot be a name"),
        ("scenario", "../up", "for instance `up`"),
        ("scenario", "example-sort", "the course has an exercise `example-sort` already"),
    ],
)
def test_what_cannot_be_is_told(a_course, tmp_path_factory, monkeypatch, kind, name, said):
    monkeypatch.chdir(tmp_path_factory.mktemp("own"))
    found = run(app, ["new", kind, name])
    assert (found.exit_code, type(found.exception)) == (1, SystemExit)
    assert said in found.output
    missing = run(app, ["new", "scenario", "my-own", "--folder", "nowhere"])
    assert (missing.exit_code, "there is no such folder" in missing.output) == (1, True)


def test_what_to_do_next_is_said(a_course, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path_factory.mktemp("own"))
    found = run(app, ["new", "scenario", "my-own.yml"])
    assert found.exit_code == 0
    assert "courseware preview my-own.yml" in found.output
    assert run(app, ["check", "my-own.yml"]).exit_code == 0
    assert run(app, ["new", "scenario", "my-own"]).exit_code == 1


def test_outside_the_course_only_a_case_of_ones_own_is_forgiven(a_course, tmp_path_factory):
    (made,) = new.write("sort", "my-own", tmp_path_factory.mktemp("own"))
    text = made.read_text(encoding="utf-8")
    made.write_text(text.replace("chapter: own-cases", "chapter: my-chapter"), encoding="utf-8")
    assert [(each.field, each.level) for each in library.check([made])] == [("teaches", "error")]
    inside = a_course / "exercises" / "my-chapter" / "my-own.yml"
    inside.write_text(text, encoding="utf-8")
    told = {each.field: f"{each.what}; {each.mend}" for each in library.check([inside])}
    assert "in the course's own folder every exercise has a chapter" in told["chapter"]
    assert "teaches" in told


def test_without_a_chapter_it_is_ones_own(a_course, tmp_path_factory):
    (made,) = new.write("sort", "my-own", tmp_path_factory.mktemp("own"))
    lines = made.read_text(encoding="utf-8").splitlines(keepends=True)
    made.write_text("".join(line for line in lines if not line.startswith("chapter:")), encoding="utf-8")
    assert library.check([made]) == []
    assert library.sound(made).chapter == "own-cases"


def test_another_name_for_the_file_is_only_looked_at(a_course, tmp_path_factory):
    (made,) = new.write("sort", "my-own", tmp_path_factory.mktemp("own"))
    renamed = made.rename(made.with_name("tuesday, second try.yml"))
    (problem,) = library.check([renamed])
    assert (problem.level, problem.mend) == ("warning", "call it `my-own.yml`, so that one name finds both")


def test_an_id_that_the_course_has_is_told(a_course, tmp_path_factory):
    (made,) = new.write("sort", "my-own", tmp_path_factory.mktemp("own"))
    made.write_text(made.read_text(encoding="utf-8").replace("id: my-own", "id: example-quiz", 1), encoding="utf-8")
    assert "is also the id of exercises/my-chapter/example-quiz.yml" in " ".join(map(str, library.check([made])))


def test_its_cards_can_be_printed(a_course, tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("own")
    new.write("scenario", "my-own", folder)
    monkeypatch.chdir(folder)
    found = run(app, ["paper", "my-own.yml"])
    assert found.exit_code == 0, found.output
    assert (folder / "my-own.pdf").read_bytes().startswith(b"%PDF")
