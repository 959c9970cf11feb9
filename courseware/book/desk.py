"""The learner's own pages: what they did, what they wrote, what to look at again.

A page is made in the browser, out of what the browser keeps. Python's part is the catalogue: which exercises the book
has, where each stands, how long it takes, and where in a record the learner's own words are.
"""

import json
from html import escape
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes

from courseware import library
from courseware.book import records
from courseware.book.directives import PendingDirective
from courseware.book.exercises import find
from courseware.course import course, page_of, written

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from courseware.base import Exercise
    from courseware.book.coverage import Link


class Placed(NamedTuple):
    """An exercise that stands on a page of the book."""

    exercise: "Exercise"
    docname: str


# What each page would show, for a browser in which nothing can be made.
WITHOUT_SCRIPTS = {
    "progress": "This page shows what you have done, chapter by chapter, and where to go on.",
    "portfolio": "This page gathers what you have written and planned, to print, to take with you or to erase.",
    "review": "This page asks again what you once missed, a few questions at a time.",
}
WHY = (
    "It is made in your browser, from what is kept there and nowhere else. "
    "So it needs scripts, and in this browser they are off."
)


class DeskDirective(PendingDirective):
    """A page of the learner's own. It is written again when an exercise or a page with one on it changes."""

    def run(self) -> list[nodes.Node]:
        """Return a place to be filled, and remember that this page loads the desk's script."""
        for path in library.files():
            self.env.note_dependency(str(path))
        records.page(self.env, self.env.docname).desk = self.kind
        self.arguments = [self.env.docname]
        return super().run()


class ProgressDirective(DeskDirective):
    """Put what the learner did, by chapter: ```` ```{progress} ````."""

    kind = "progress"


class PortfolioDirective(DeskDirective):
    """Put what the learner wrote: ```` ```{portfolio} ````."""

    kind = "portfolio"


class ReviewDirective(DeskDirective):
    """Put the questions that come back: ```` ```{review} ````."""

    kind = "review"


DIRECTIVES: tuple[type[DeskDirective], ...] = (ProgressDirective, PortfolioDirective, ReviewDirective)


def desk_html(env: Any, docname: str, link: "Link", node: nodes.Element) -> tuple[str, str]:
    """Return a page of the learner's own as it reads without scripts, with the catalogue beside it."""
    page = node["kind"]
    given = catalogue(env, docname)
    if page == "review":
        given["quizzes"] = [quiz.compiled() | {"explained": _explained(env, docname, quiz)} for quiz in _quizzes(env)]
    stored = json.dumps(given, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    chapters = "".join(
        f"<li>{link(page_of(chapter['id']), text=chapter['question'])} {_minutes(chapter)}</li>"
        for chapter in written(env.found_docs)
    )
    html = (
        f'<section class="desk" data-desk="{page}"><div class="desk-text">'
        f"<p>{WITHOUT_SCRIPTS[page]} {WHY} The chapters:</p><ul>{chapters}</ul></div>\n"
        f'<script type="application/json" class="desk-data">{stored}</script></section>'
    )
    return html, WITHOUT_SCRIPTS[page]


def catalogue(env: Any, docname: str) -> dict[str, Any]:
    """Return what the learner's pages know of the course, its addresses seen from one page."""
    chapters = [
        {
            "id": chapter["id"],
            "number": chapter["number"],
            "question": chapter["question"],
            "theme": chapter["theme"],
            "minutes": chapter.get("minutes") or {},
            "address": _address(env, docname, page_of(chapter["id"])),
        }
        for chapter in written(env.found_docs)
    ]
    exercises = [_described(each, _address(env, docname, each.docname, each.exercise.id)) for each in placed(env)]
    pages = {one.desk: _address(env, docname, name) for name, one in records.pages(env).items() if one.desk}
    return {
        "course": course()["id"],
        "title": course()["title"],
        "version": version("courseware"),
        "pages": pages,
        "chapters": chapters,
        "exercises": exercises,
        "recalled": [
            {"kind": quiz.kind, "id": quiz.id, "major": quiz.major, "items": [item.id for item in quiz.items]}
            for quiz in _quizzes(env)
        ],
    }


def _quizzes(env: Any) -> list[Any]:
    return [each.exercise for each in placed(env) if each.exercise.kind == "quiz"]


def _address(env: Any, docname: str, target: str, anchor: str = "") -> str:
    """Return the way from one page to another, or to a place on it."""
    page = str(env.app.builder.get_relative_uri(docname, target)) if target != docname else ""
    return page + (f"#{anchor}" if anchor or not page else "")


def _explained(env: Any, docname: str, exercise: "Exercise") -> list[dict[str, str]]:
    """Return the sections that explain what an exercise teaches, in the order of its concepts."""
    found = {
        _address(env, docname, home, one.concepts[concept].anchor): one.concepts[concept].heading
        for concept in exercise.teaches
        for home, one in records.pages(env).items()
        if concept in one.concepts
    }
    return [{"title": title, "address": address} for address, title in found.items()]


def _described(each: Placed, address: str) -> dict[str, Any]:
    exercise = each.exercise
    return {
        "id": exercise.id,
        "kind": exercise.kind,
        "kind_label": exercise.kind_label,
        "title": str(exercise.title),
        "chapter": exercise.chapter,
        "minutes": exercise.minutes.solo,
        "core": exercise.core,
        "version": exercise.version,
        "major": exercise.major,
        "address": address,
        "alternative": exercise.safety.alternative if exercise.safety else None,
        "writings": [
            {"path": list(one.path), "label": one.label, "plan": one.plan, "rows": one.rows}
            for one in exercise.writings()
        ],
    }


def note_marks(_app: "Sphinx", env: "BuildEnvironment") -> list[str]:
    """Work out, once a build, what the course's menu must know to mark what is done and what is due.

    For a chapter's page, `core`: its core exercises, a space between them, each `kind:id:major`; where another counts
    in its place, that one after a `|`. For the review page, `due`: every quiz as `kind:id:major:` and its items.
    """
    known = {each.exercise.id: each.exercise for each in placed(env)}
    quizzes = _quizzes(env)
    marks: dict[str, dict[str, str]] = {}
    for exercise in known.values():
        if exercise.core:
            other = known.get(exercise.safety.alternative or "") if exercise.safety else None
            slot = "|".join(f"{each.kind}:{each.id}:{each.major}" for each in (exercise, other) if each)
            page = marks.setdefault(page_of(exercise.chapter), {"core": ""})
            page["core"] = f"{page['core']} {slot}".strip()
    review = next((docname for docname, one in records.pages(env).items() if one.desk == "review"), None)
    if review and quizzes:
        items = (f"quiz:{quiz.id}:{quiz.major}:{','.join(item.id for item in quiz.items)}" for quiz in quizzes)
        marks[review] = {"due": " ".join(items)}
    env.courseware_marks = marks  # type: ignore[attr-defined]  # Sphinx lets an extension set what it likes on it
    return []


def placed(env: Any) -> list[Placed]:
    """Return the exercises that stand on a page of the book, chapter by chapter, in the order of the page."""
    order = {chapter["id"]: index for index, chapter in enumerate(course()["chapters"])}
    names = dict.fromkeys(name for _, one in sorted(records.pages(env).items()) for name in one.exercises)
    found = [
        Placed(exercise, home)
        for name in names
        if (exercise := find(name)) and (home := records.home_of(env, name, exercise.chapter))
    ]
    return sorted(found, key=lambda each: order.get(each.exercise.chapter, len(order)))


def _minutes(chapter: dict[str, Any]) -> str:
    core = (chapter.get("minutes") or {}).get("core")
    return escape(f"(chapter {chapter['number']}, {core} minutes)" if core else f"(chapter {chapter['number']})")
