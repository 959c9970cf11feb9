"""What an author can get wrong in the numbers and names of an exercise, before its model is asked anything."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from courseware.base import nearest, repeated
from courseware.problems import Finding, Place

if TYPE_CHECKING:
    from courseware.kinds.explore.spec import Control, Explore

NEAR = 1e-6
MOST_X = 400


def findings(spec: "Explore") -> Iterator[Finding]:
    """Yield what is wrong with controls, axis, lines and tries."""
    yield from repeated([each.id for each in spec.controls], ("controls",))
    yield from repeated([each.id for each in spec.lines], ("lines",))
    for number, control in enumerate(spec.controls):
        yield from _of_control(control, ("controls", number))
    if not 2 <= len(spec.x.values) <= MOST_X:
        what = f"{len(spec.x.values)} values from {spec.x.start:g} to {spec.x.end:g}"
        yield Finding(("x", "end"), what, f"give 2 to {MOST_X} values, the end above the start")
    for number, line in enumerate(spec.lines):
        if line.max <= line.min:
            yield Finding(("lines", number, "max"), f"{line.max:g} is not above {line.min:g}", "give a larger number")
    yield from _of_tries(spec)


def _of_control(control: "Control", place: Place) -> Iterator[Finding]:
    if control.max <= control.min:
        yield Finding((*place, "max"), f"{control.max:g} is not above {control.min:g}", "give a larger number")
    elif not _on_steps(control.max, control):
        what = f"steps of {control.step:g} from {control.min:g} do not reach {control.max:g}"
        yield Finding((*place, "step"), what, "choose a step that does")
    elif not _on_steps(control.start, control):
        yield Finding((*place, "start"), f"{control.start:g} is none of the control's values", _values(control))


def _of_tries(spec: "Explore") -> Iterator[Finding]:
    known = {control.id: control for control in spec.controls}
    for number, each in enumerate(spec.tries):
        place: Place = ("tries", number, "values")
        for name, value in each.values.items():
            if name not in known:
                yield Finding((*place, name), f"no control `{name}`", nearest(name, known))
            elif not _on_steps(value, known[name]):
                what = f"{value:g} is none of the control's values"
                yield Finding((*place, name), what, _values(known[name]))
        for name in known.keys() - each.values.keys():
            yield Finding(place, f"`{name}` is not set", "set every control")
        for twin in [other for other in spec.tries[:number] if other.values == each.values]:
            yield Finding(place, f"the same setting as `{twin.id}`", "try another")


def _on_steps(value: float, control: "Control") -> bool:
    number = (value - control.min) / control.step
    return control.min <= value <= control.max and abs(number - round(number)) < NEAR


def _values(control: "Control") -> str:
    return f"give {control.min:g} to {control.max:g} in steps of {control.step:g}"
