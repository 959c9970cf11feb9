"""A small course of its own for the tests of the engine, so that they depend on no chapter."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from courseware import kinds

# The same commit has the same answer, on any machine: the examples are the same each time, and how long one takes says how
# much else the machine does. To look for more: HUNT=1 .venv/bin/python -m pytest tests/test_reading_anything.py
settings.register_profile(
    "any-machine",
    deadline=None,
    derandomize="HUNT" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("any-machine")

COURSE = """\
id: a-course
title: A course
chapters:
  - {id: my-chapter, number: 1, question: "Why?", theme: A theme, minutes: {core: 10, further: 0}, outcomes: []}
"""
CONCEPTS = """\
my-chapter:
  - {id: my-concept, says: Something}
  - {id: a-grave-matter, says: Something grave, text_only: true}
"""
REFERENCES = """\
@article{my-study,
  author = {Okafor, Ada and Lund, Bo},
  title = {A study of {Late} Reports},
  journal = {Journal of Offices},
  year = {2020}, volume = {3}, number = {2}, pages = {10--12},
  doi = {10.1000/x}
}
"""


@pytest.fixture
def a_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a course with one chapter and every kind's example in it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "course.yml").write_text(COURSE)
    (tmp_path / "data" / "concepts.yml").write_text(CONCEPTS)
    (tmp_path / "book" / "reference").mkdir(parents=True)
    (tmp_path / "book" / "reference" / "references.bib").write_text(REFERENCES)
    chapter = tmp_path / "exercises" / "my-chapter"
    chapter.mkdir(parents=True)
    for kind in kinds.KINDS:
        text = (kinds.folder(kind) / "example.yml").read_text(encoding="utf-8")
        (chapter / f"example-{kind}.yml").write_text(text, encoding="utf-8")
        model = kinds.folder(kind) / "example.py"
        if model.exists():
            (chapter / f"example-{kind}.py").write_text(model.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    return tmp_path


@pytest.fixture
def book(a_course: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to build pages of a small book: text is Markdown, a list the outputs of a notebook's cells."""
    from tests.small_book import builder  # here, since it brings Sphinx, which few tests need

    return builder(a_course, monkeypatch)


@pytest.fixture
def example(a_course: Path):
    """Return a way to the path of a kind's example, with words in it replaced: an author's slip."""

    def altered(kind: str, *swaps: tuple[str, str]) -> Path:
        path = a_course / "exercises" / "my-chapter" / f"example-{kind}.yml"
        text = path.read_text(encoding="utf-8")
        for old, new in swaps:
            assert old in text, f"the example has no `{old}` to replace"
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        return path

    return altered
