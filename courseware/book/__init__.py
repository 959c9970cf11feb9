"""The Sphinx extension: exercises, charts, data labs, outcomes, support, the coverage table, the learner's pages.

Loaded by `extra_extensions: [courseware.book]` in `_config.yml`; charts come through the entry point
`myst_nb.mime_renderers`, which finds `PlotlyRenderer` here.
"""

from typing import TYPE_CHECKING, Any

from courseware.book import (
    assets,
    cohort,
    coverage,
    desk,
    directives,
    exercises,
    frames,
    kits,
    lab_pages,
    labs,
    offline,
    records,
    rooms,
    run_sheets,
)
from courseware.book.charts import PlotlyRenderer
from courseware.book.part import Part, Pending, skip_part, visit_part

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["PlotlyRenderer", "setup"]


def setup(app: "Sphinx") -> dict[str, Any]:
    """Register everything with Sphinx."""
    app.add_node(Part, html=(visit_part, None), latex=(skip_part, None), text=(skip_part, None))
    app.add_node(Pending)
    app.add_node(lab_pages.Fold, html=(lab_pages.visit_fold, lab_pages.depart_fold))
    app.add_node(lab_pages.Frame, html=(lab_pages.visit_frame, lab_pages.depart_frame))

    app.add_directive("exercise", exercises.ExerciseDirective)
    app.add_directive("outcomes", directives.OutcomesDirective)
    app.add_directive("support", directives.SupportDirective)
    app.add_directive("coverage", directives.CoverageDirective)
    app.add_directive("offline", offline.OfflineDirective)
    app.add_directive("lab", labs.LabDirective)
    app.add_directive("labs", labs.LabsDirective)
    app.add_directive("cohort", cohort.CohortDirective)
    app.add_directive("kits", kits.KitsDirective)
    app.add_directive("room", rooms.RoomDirective)
    app.add_directive("rooms", rooms.RoomsDirective)
    for each in (*desk.DIRECTIVES, *run_sheets.DIRECTIVES):
        app.add_directive(each.kind, each)

    app.connect("config-inited", run_sheets.write_pages)
    app.connect("config-inited", rooms.write_pages)
    app.connect("builder-inited", assets.prepare)
    app.connect("builder-inited", kits.start)
    app.connect("builder-inited", rooms.prepare)
    app.connect("env-get-outdated", labs.pages_that_list_labs)
    app.connect("source-read", lab_pages.shape)
    app.connect("doctree-read", lab_pages.fold)
    app.connect("doctree-read", frames.replace_frames)
    app.connect("doctree-read", exercises.replace_outputs)
    app.connect("doctree-read", coverage.note_concepts)
    app.connect("env-purge-doc", records.purge)
    app.connect("env-merge-info", records.merge)
    app.connect("env-updated", exercises.register_labels)
    app.connect("env-updated", records.pages_made_from_others)
    app.connect("env-updated", desk.note_marks)
    app.connect("doctree-resolved", directives.fill_pending)
    app.connect("html-page-context", assets.load)
    app.connect("html-page-context", run_sheets.load)
    app.connect("html-page-context", rooms.load)
    app.connect("build-finished", assets.copy_plotly)
    app.connect("build-finished", cohort.write)
    app.connect("build-finished", kits.finish, priority=kits.AFTER_PAGES)
    app.connect("build-finished", offline.write, priority=offline.AFTER_ALL)
    # The version of what is kept in Sphinx's environment: raise it when `records.Page` changes.
    return {"version": "1", "env_version": 3, "parallel_read_safe": True, "parallel_write_safe": True}
