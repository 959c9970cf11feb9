"""What paper needs of a model beside the compiled exercise: each try's setting in words, its numbers and its lines."""

from typing import Any

from courseware.kinds.explore import charts, figures
from courseware.kinds.explore.spec import Explore, Try


def context(exercise: Explore, act: str | None) -> dict[str, Any]:
    """Return the charts that share an axis, and the result of each try. Raises ValueError for an act: there is none."""
    if act is not None:
        raise ValueError(f"`{exercise.id}` has no acts; only a scenario can have them")
    x = exercise.x.values
    step = exercise.x.tick or (x[-1] - x[0]) / 6
    ticks = [x[0] + number * step for number in range(int((x[-1] - x[0]) / step + 1e-9) + 1)]
    return {
        "charts": [
            {
                "low": f"{group[0].min:,g}",
                "high": f"{group[0].max:,g}",
                "lines": [str(each.label) for each in group],
                "ids": [each.id for each in group],
            }
            for group in charts.groups(exercise)
        ],
        "ticks": [{"at": (tick - x[0]) / (x[-1] - x[0]), "label": f"{tick:,g}"} for tick in ticks],
        "tries": [_try(exercise, each) for each in exercise.tries],
    }


def _try(exercise: Explore, each: Try) -> dict[str, Any]:
    lines = exercise.grid.at(exercise.place(each.values))
    words = [f"{control.label} {_with_unit(each.values[control.id], control.unit)}" for control in exercise.controls]
    shares = {
        line.id: [round((value - line.min) / (line.max - line.min), 4) for value in lines[line.id]]
        for line in exercise.lines
    }
    return {"setting": ", ".join(words), "lines": shares, **figures.table(exercise, lines)}


def _with_unit(value: float, unit: str | None) -> str:
    return f"{value:,g} {unit}" if unit else f"{value:,g}"
