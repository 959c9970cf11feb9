"""The live widget: any exercise as an anywidget, in JupyterLab, Notebook, VS Code or Colab.

The same element that plays in the built page plays here, and what the learner does comes back to Python:

>>> play = show("high-water")
>>> play.result
>>> play.frame()
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from courseware import library, render
from courseware.base import Exercise

if TYPE_CHECKING:
    import pandas as pd

DIST = Path(__file__).parent / "web" / "dist"


class ExerciseWidget(anywidget.AnyWidget):
    """One exercise, live.

    `record` is what the learner has done so far, in the form that the page also saves, and `status` how far that is:
    begun or done.
    """

    _esm = DIST / "widget.js"
    _css = DIST / "style.css"

    html = traitlets.Unicode().tag(sync=True)
    status = traitlets.Unicode("begun").tag(sync=True)
    record = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        super().__init__(html=render.html(exercise))

    @property
    def result(self) -> Any:
        """What the learner did, as plain Python: a scenario's path and indicators, a quiz's answers."""
        return self.exercise.result(self.record)

    def frame(self) -> "pd.DataFrame":
        """Return what the learner did as a DataFrame: one decision, answer, item or prompt a row."""
        import pandas as pd

        return pd.DataFrame(self.exercise.frame_rows(self.record))

    def __repr__(self) -> str:
        """Stay the same from run to run, so that a stored notebook can be compared with a fresh one."""
        return f"{self.exercise.kind_label}: {self.exercise.title} ({self.exercise.minutes.solo} minutes)"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Offer the live view to a front end that has one, and to any other the exercise as it reads."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        return {**data, "text/html": self.html, "text/plain": repr(self)}, metadata


def show(exercise_id: str) -> ExerciseWidget:
    """Return an exercise to put on the page: live where a kernel runs, and readable everywhere.

    Raises KeyError with the nearest id where there is none, and ExerciseError with every mistake in its file.
    """
    return ExerciseWidget(library.load(exercise_id))
