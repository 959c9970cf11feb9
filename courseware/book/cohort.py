"""The facilitator's page of codes: its directive, and each scenario as a file that comes when a code of it does."""

import json
import shutil
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from courseware import library
from courseware.book.part import STATIC, STATIC_FOLDER, part
from courseware.course import course
from courseware.facilitate import codes
from courseware.facilitate.cohort_case import case
from courseware.kinds.scenario.spec import Scenario
from courseware.web import build

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLE, CASES = "cohort.css", "cases"
# In Sphinx's own notes of a page, which it keeps between builds and forgets with the page.
NOTED = "cohort"
WORDS = "Put the groups’ room codes together: what they chose, where they parted, how it ended."
INSTEAD = (
    "This page puts the groups’ codes together in your browser, and nowhere else. So it needs scripts, and in this "
    "browser they are off. Without it, ask for hands at each decision, count them on a flip chart, and start the talk "
    "where the count is closest. The printed cards have the decisions and the questions."
)


class CohortDirective(SphinxDirective):
    """Put the page of codes: ```` ```{cohort} ````. It is written again when an exercise changes."""

    def run(self) -> list[nodes.Node]:
        """Return the page as it stands where no script runs, with the list of scenarios beside it."""
        for path in library.files():
            self.env.note_dependency(str(path))
        self.env.metadata[self.env.docname][NOTED] = "yes"
        listed = [
            {
                "id": each.id,
                "title": str(each.title),
                "major": each.major,
                "head": codes.head(each),
                "address": f"{STATIC}/{CASES}/{each.id}.js",
            }
            for each in scenarios()
        ]
        data = _json({"course": course()["id"], "cases": listed})
        html = (
            f'<link rel="stylesheet" href="{STATIC}/{STYLE}">'
            f'<section class="cohort"><p class="cohort-text">{escape(INSTEAD)}</p>'
            f'<script type="application/json" class="cohort-data">{data}</script></section>'
            f'<script defer src="{STATIC}/cohort.js"></script>'
        )
        return [part(html, words=WORDS)]


def scenarios() -> list[Scenario]:
    """Return every scenario of the course."""
    return [each for each in library.all_exercises() if isinstance(each, Scenario)]


def write(app: "Sphinx", error: Exception | None) -> None:
    """Put the scenarios beside the scripts, where a page asks for them: classic scripts, for a folder on disk."""
    asked = any(NOTED in noted for noted in app.env.metadata.values()) if app.env else False
    if error or app.builder.format != "html" or not asked:
        return
    target = Path(app.outdir, STATIC_FOLDER)
    shutil.copyfile(build.DIST / STYLE, target / STYLE)
    folder = target / CASES
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for each in scenarios():
        made = f"(globalThis.courseCases??={{}})[{_json(each.id)}]={_json(case(each))};\n"
        (folder / f"{each.id}.js").write_text(made, encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
