"""Exercises in pages: those that a notebook has stored, and those that a page names with the `exercise` directive."""

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from courseware import library, render
from courseware.book import records
from courseware.book.part import Part, part

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from courseware.base import Exercise

log = logging.getLogger(__name__)

_OPENING = re.compile(r'<course-[a-z]+ class="exercise" id="([a-z0-9-]+)"')


class ExerciseDirective(SphinxDirective):
    """Put one exercise into a page: ```` ```{exercise} high-water ````."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the exercise as the same HTML that a notebook stores."""
        exercise_id = self.arguments[0]
        try:
            exercise = library.load(exercise_id)
        except (KeyError, ValueError) as error:
            raise self.error(str(error.args[0])) from error
        for path in library.files():
            if path.stem == exercise_id:
                self.env.note_dependency(str(path))
        return [_noted(self.env, self.env.docname, exercise_id, render.html(exercise), self.get_location())]


def replace_outputs(app: "Sphinx", doctree: nodes.document) -> None:
    """Make every stored exercise a node of ours, so that search finds what it asks and not what it answers."""
    for raw in list(doctree.findall(nodes.raw)):
        opening = _OPENING.search(raw.astext()) if "html" in raw.get("format", "").split() else None
        if opening:
            raw.replace_self(_noted(app.env, app.env.docname, opening[1], raw.astext(), raw))


def register_labels(_app: "Sphinx", env: "BuildEnvironment") -> list[str]:
    """Let any page link to an exercise or a chart by its id, as to a heading."""
    standard = env.get_domain("std")
    for docname, one in records.pages(env).items():
        for name, title in {**one.charts, **one.exercises}.items():
            exercise = find(name) if name in one.exercises else None
            if name in one.charts or records.home_of(env, name, exercise.chapter if exercise else None) == docname:
                standard.data["labels"][name] = docname, name, title
                standard.data["anonlabels"][name] = docname, name
    return []


def find(exercise_id: str) -> "Exercise | None":
    """Return an exercise, or None where none can be used; what is wrong with it is the library's to say."""
    try:
        return library.load(exercise_id)
    except (KeyError, ValueError):
        return None


def _noted(env: "BuildEnvironment", docname: str, exercise_id: str, html: str, location: Any) -> Part:
    known, here = find(exercise_id), records.page(env, docname).exercises
    title, prompt = render.words(known) if known else ("", "")
    if not known:
        mend = "run `courseware check`, then run the notebook again or remove the cell"
        log.warning(
            "no usable exercise `%s` in exercises/; %s", exercise_id, mend, location=location, type="courseware"
        )
    elif exercise_id in here:
        log.warning(
            "exercise `%s` stands twice on this page; show it once", exercise_id, location=location, type="courseware"
        )
    here[exercise_id] = title
    return part(html, title=title, words=prompt, ids=[exercise_id])
