"""A notebook's words: `show` an exercise, `explore` a model, `figure` a chart, read a `dataset`, `check` an answer.

Each is imported when it is first used, so that `import courseware` costs a reader of one exercise no pandas and
no plotly.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from courseware.checks import check
    from courseware.data import dataset
    from courseware.figures import figure
    from courseware.widget import explore, show

_HOMES = {
    "check": "courseware.checks",
    "dataset": "courseware.data",
    "explore": "courseware.widget",
    "figure": "courseware.figures",
    "show": "courseware.widget",
}

__all__ = ["check", "dataset", "explore", "figure", "show"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'courseware' has no attribute {name!r}")
