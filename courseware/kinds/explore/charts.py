"""The charts of a model: lines of one unit and range share one."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from courseware.kinds.explore.spec import Explore, Line


def groups(spec: "Explore") -> list[list["Line"]]:
    """Return the lines, those of the same unit and range together."""
    found: dict[tuple[str | None, float, float], list[Line]] = {}
    for line in spec.lines:
        found.setdefault((line.unit, line.min, line.max), []).append(line)
    return list(found.values())


def every(spec: "Explore") -> int:
    """Return how many values of x there are from one that is shown in a table to the next."""
    if spec.x.tick:
        return max(1, round(spec.x.tick / spec.x.step))
    return max(1, -(-(len(spec.x.values) - 1) // 6))


def compiled(spec: "Explore") -> Iterator[dict[str, Any]]:
    """Yield each chart as the page draws it, without its values."""
    x = f"{spec.x.label}, {spec.x.unit}" if spec.x.unit else str(spec.x.label)
    for number, group in enumerate(groups(spec)):
        first = group[0]
        yield {
            "id": f"{spec.id}-chart-{number}",
            "title": str(spec.title),
            "x": {"label": x, "values": spec.x.values, "step": spec.x.tick},
            "y": {"label": str(first.unit or first.label), "min": first.min, "max": first.max},
            "lines": [{"id": line.id, "label": str(line.label)} for line in group],
            "every": every(spec),
            "digits": max(line.digits for line in group),
        }
