"""A small site for the portfolio: a page of every kind's example, and the page that gathers what is written there."""

import json
from pathlib import Path

import pytest

from courseware import kinds, library, render
from courseware.base import Exercise
from courseware.web import build
from tests.browser.site import write_page
from tests.conftest import CONCEPTS, COURSE, REFERENCES

PAGE = """<!doctype html>
<html lang="en-GB" data-theme="light"><head><meta charset="utf-8"><title>Portfolio</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css"><link rel="stylesheet" href="desk.css">
<style>body {{ margin: 0 auto; max-width: 48rem; padding: 1rem; background: var(--cw-paper); color: var(--cw-ink); font-family: var(--cw-serif) }} a {{ color: var(--cw-accent) }}</style>
<script>
const dark = () => document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
dark();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dark);
</script>
<script defer src="book.js"></script><script defer src="models.js"></script><script defer src="desk.js"></script></head>
<body><main><h1>Portfolio</h1>
<section class="desk" data-desk="portfolio"><div class="desk-text"><p>This page needs scripts.</p></div>
<script type="application/json" class="desk-data">{catalogue}</script></section>
</main></body></html>
"""


def write_course(folder: Path) -> None:
    """Write the folder of a course of its own, for the time of a test."""
    (folder / "data").mkdir(parents=True)
    (folder / "book" / "reference").mkdir(parents=True)
    (folder / "data" / "course.yml").write_text(COURSE)
    (folder / "data" / "concepts.yml").write_text(CONCEPTS)
    (folder / "book" / "reference" / "references.bib").write_text(REFERENCES)


def examples() -> list[Exercise]:
    """Return every kind's example."""
    read = [library.read(kinds.folder(kind) / "example.yml") for kind in kinds.KINDS]
    return [exercise for exercise, _ in read if exercise]


def catalogue(exercises: list[Exercise]) -> dict[str, object]:
    """Return what a page of the learner's own is told of the course."""
    chapter = {
        "id": "my-chapter",
        "number": 1,
        "question": "Why?",
        "theme": "A theme",
        "minutes": {},
        "address": "index.html",
    }
    listed = [
        {
            "id": each.id,
            "kind": each.kind,
            "kind_label": each.kind_label,
            "title": str(each.title),
            "chapter": each.chapter,
            "minutes": each.minutes.solo,
            "core": each.core,
            "version": each.version,
            "major": each.major,
            "address": f"index.html#{each.id}",
            "alternative": None,
            "writings": [one._asdict() for one in each.writings()],
        }
        for each in exercises
    ]
    return {
        "course": "a-course", "title": "A course", "version": "0.1.0", "pages": {}, "chapters": [chapter],
        "exercises": listed, "recalled": [],
    }  # fmt: skip


def write_site(folder: Path, exercises: list[Exercise]) -> None:
    """Write `index.html` with the exercises and `portfolio.html` that gathers them."""
    write_page(folder, [render.html(each) for each in exercises])
    (folder / "desk.css").write_bytes((build.DIST / "desk.css").read_bytes())
    told = json.dumps(catalogue(exercises)).replace("<", "\\u003c")
    (folder / "portfolio.html").write_text(PAGE.format(catalogue=told), encoding="utf-8")


def write_all(folder: Path) -> None:
    """Write a course of its own, and the small site of every kind's example."""
    write_course(folder / "course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(folder / "course"))
        write_site(folder / "site", examples())
