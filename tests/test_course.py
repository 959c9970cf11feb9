"""Where the course is found, and that what was read of it is read again when it changes."""

from pathlib import Path

import pytest

from courseware import course, library

ROOT = Path(__file__).resolve().parents[1]


def test_the_nearest_folder_above_that_holds_the_course_is_its_root(a_course, monkeypatch):
    monkeypatch.delenv("COURSE_ROOT")
    monkeypatch.chdir(a_course / "exercises" / "my-chapter")
    assert course.root() == a_course
    inner = a_course / "exercises" / "data"
    inner.mkdir()
    (inner / "course.yml").write_text("id: another\n")
    assert course.root() == a_course / "exercises"


def test_a_name_given_for_it_goes_first(a_course, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert course.root() == a_course
    monkeypatch.setenv("COURSE_ROOT", str(a_course / "book"))
    assert course.root() == a_course
    monkeypatch.setenv("COURSE_ROOT", "")  # as good as none
    assert course.root() == ROOT, "a case of somebody's own may lie anywhere, and the engine is of a course"
    monkeypatch.setattr(course, "_HOME", a_course / "book")  # an engine that was installed by itself
    with pytest.raises(FileNotFoundError, match="work inside the course's folder, or set COURSE_ROOT"):
        course.root()


def test_a_chapter_is_written_once_it_has_a_page(a_course):
    assert [chapter["id"] for chapter in course.course()["chapters"]] == ["my-chapter"]
    assert course.written() == []
    (a_course / "chapters").mkdir()
    (a_course / "chapters" / "another.ipynb").write_text("{}")
    assert course.written() == []
    for name in ("my-chapter.ipynb", "my-chapter.md"):
        page = a_course / "chapters" / name
        page.write_text("{}")
        assert [chapter["id"] for chapter in course.written()] == ["my-chapter"]
        page.unlink()
    assert [chapter["id"] for chapter in course.written({"index", "chapters/my-chapter"})] == ["my-chapter"]
    assert course.written({"index"}) == []


def test_a_change_outside_an_exercise_is_seen(a_course):
    assert library.check() == []
    concepts = a_course / "data" / "concepts.yml"
    concepts.write_text(concepts.read_text().replace("my-concept", "their-concept"))
    assert any("no concept `my-concept`" in str(problem) for problem in library.check())
