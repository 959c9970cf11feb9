"""The live widget: any exercise as an anywidget, in JupyterLab, Notebook, VS Code or Colab.

The same element that plays in the built page plays here, and what the learner does comes back to Python:

>>> play = show("high-water")
>>> play.result
>>> play.frame()
"""

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from courseware import library, render
from courseware.base import Exercise
from courseware.kinds.explore.model import ModelError
from courseware.kinds.explore.spec import Explore

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
        if isinstance(exercise, Explore):
            self.on_msg(self._answer)

    @property
    def result(self) -> Any:
        """What the learner did, as plain Python: a scenario's path and indicators, a quiz's answers."""
        return self.exercise.result(self.record)

    def frame(self) -> "pd.DataFrame":
        """Return what the learner did as a DataFrame: one decision, answer, item or prompt a row."""
        import pandas as pd

        return pd.DataFrame(self.exercise.frame_rows(self.record))

    def _answer(self, _widget: Any, asked: Any, _buffers: Any) -> None:
        """Answer the page, which asks for a model's lines at values between those that it has."""
        if not isinstance(asked, dict) or not isinstance(asked.get("values"), dict):
            return
        values = {
            name: float(value)
            for name, value in asked["values"].items()
            if isinstance(value, (int, float)) and math.isfinite(value)
        }
        try:
            lines = self.exercise.at(values)  # type: ignore[attr-defined]  # only a model is asked
        except ModelError:  # there it stays with the stored numbers
            lines = None
        self.send({"asked": asked.get("number"), "lines": lines})

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


def explore(
    function: Callable[..., Any],
    controls: Mapping[str, Sequence[float]],
    *,
    x: str | Sequence[float] = "Step",
    minutes: int = 5,
) -> ExerciseWidget:
    """Return any function of one to three numbers as a model with sliders, live without a kernel too.

    The function takes each control by its name and returns a list of numbers for each line, as a dictionary or a
    DataFrame. Its docstring gives the title and the words under it.

    >>> explore(queue, controls={"staff": (1, 5), "extra": (0, 10, 2)})  # least, greatest, step, start

    Parameters
    ----------
    function
        The model: the same numbers at every call with the same values.
    controls
        For each parameter its least and greatest value, its step (1 when left out) and its start (the least).
    x
        What the lines run along: its name, or its values in equal steps.
    minutes
        What stands on the label.

    Raises ValueError with every mistake and its mend: a result of another shape, or more settings than a page can hold.
    """
    from courseware.kinds.explore.own import make

    return ExerciseWidget(make(function, controls, x=x, minutes=minutes))
