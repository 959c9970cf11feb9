"""What the page template is told, and how sources are written."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest
from docutils import nodes
from pybtex.database import parse_string
from pybtex.plugin import find_plugin

THEME = Path(__file__).parents[1] / "book" / "theme"


@pytest.fixture
def theme(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(THEME))
    return importlib.import_module("course_theme")


@pytest.fixture
def style(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(THEME))
    return importlib.import_module("course_references").CourseStyle()


def page(*sections: str, first: str = "") -> nodes.document:
    """Make a page with a first paragraph and sections of one minutes line each."""
    document = nodes.document(None, None)
    top = nodes.section("", nodes.title("", "Page"), nodes.paragraph("", first), ids=["page"])
    for title in sections:
        minutes = nodes.paragraph("", "", nodes.emphasis("", "2 minutes"))
        top += nodes.section("", nodes.title("", title), minutes, ids=[title.lower()])
    document += top
    return document


def test_sections_are_listed_when_there_are_enough_of_them(theme: ModuleType) -> None:
    assert theme.sections_of(page("One", "Two")) == []
    assert theme.sections_of(page("One", "Two", "Three"))[2] == {"id": "three", "title": "Three"}
    assert theme.sections_of(None) == []


def test_description_is_cut_at_a_word(theme: ModuleType) -> None:
    assert theme.description_of(page(first="A short one.")) == "A short one."
    strip = page(first="The case.")
    strip[0].insert(1, nodes.container("", nodes.paragraph("", "Ten minutes."), classes=["lab-strip"]))
    assert theme.description_of(strip) == "The case."
    long = theme.description_of(page(first="word " * 60))
    assert long.endswith("word…")
    assert len(long) <= theme.DESCRIPTION_LENGTH + 1


def test_only_chapters_and_labs_are_read_in_a_row(theme: ModuleType) -> None:
    numbers = {"a": 1, "b": 2, "c": None}
    first, second, other = ({"docname": name, "number": number, "below": []} for name, number in numbers.items())
    labs = [{"docname": name} for name in ("d", "e", "f")]
    parts = [{"pages": [first, second]}, {"pages": [{**other, "below": labs}]}]
    assert theme.neighbours(parts, "a") == (None, second)
    assert theme.neighbours(parts, "b") == (first, None)
    assert theme.neighbours(parts, "c") == (None, None)
    assert theme.neighbours(parts, "d") == (None, labs[1])
    assert theme.neighbours(parts, "e") == (labs[0], labs[2])


def test_a_line_of_minutes_under_a_heading_is_a_label(theme: ModuleType) -> None:
    document = page("One", first="2 minutes pass.")
    theme.mark_minutes(None, document)
    assert [line["classes"] for line in document.findall(nodes.paragraph)] == [[], ["minutes"]]


@pytest.mark.parametrize(
    ("entry", "printed"),
    [
        (
            (
                "@article{a, author={Bevan, Gwyn and Hood, C}, title={Measured}, journal={Public Administration}, year={2006},"
                " volume={84}, number={3}, pages={517--538}, doi={10.1111/j}}"
            ),
            "Bevan, G. and Hood, C. (2006). Measured. Public Administration, 84(3), 517–538.",
        ),
        ("@misc{b, author={{Ofsted}}, title={Outcomes}, year={2024}}", "Ofsted (2024). Outcomes."),
    ],
)
def test_a_source_is_printed_as_who_when_what_where(style, entry: str, printed: str) -> None:
    data = parse_string(entry, "bibtex")
    (formatted,) = style.format_bibliography(data)
    assert formatted.text.render(find_plugin("pybtex.backends", "plaintext")()) == printed


def test_the_frame_loads_nothing_from_elsewhere() -> None:
    for file in [*THEME.glob("*.html"), *THEME.glob("*.js"), *THEME.glob("static/*")]:
        text = file.read_text(encoding="utf-8")
        for line in text.splitlines():
            loads = "http" in line and ("src=" in line or "<link" in line or "url(" in line or "@import" in line)
            assert not loads, f"{file.name}: {line.strip()}"
