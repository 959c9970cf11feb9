"""Works a model out over every setting of its controls, once, and says all that is wrong with it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from courseware.kinds.explore.grid import MAX_BYTES, MAX_NUMBERS, Grid, Range, levels, points
from courseware.kinds.explore.model import Lines, Model, ModelError, Values, said
from courseware.problems import Finding

if TYPE_CHECKING:
    from courseware.kinds.explore.spec import Explore

PLACE = ("model",)
NEAR = 1e-6


@dataclass(frozen=True)
class Studied:
    """What came of it: a grid, or the reasons why there is none."""

    grid: Grid | None
    findings: list[Finding]


def study(spec: "Explore") -> Studied:
    """Return the model's grid, or every mistake that can be seen in the model."""
    count = len(spec.x.values)
    many = math.prod(control.count for control in spec.controls)
    if many * len(spec.lines) * count > MAX_NUMBERS:
        what = f"{many:,} settings make {many * len(spec.lines) * count:,} numbers, and {MAX_NUMBERS:,} is the most"
        return Studied(None, [Finding(PLACE, what, coarser(spec))])
    settings = list(points([(each.id, each.values) for each in spec.controls]))
    try:
        model = spec.model()
    except ModelError as error:
        return Studied(None, [Finding(PLACE, error.what, error.mend)])
    results, found = _results(spec, model, settings)
    if found:
        return Studied(None, found)
    found = [*_unsteady(spec, model, settings, results), *_outside(spec, settings, results), *_idle(spec, results)]
    if found:
        return Studied(None, found)
    ranges = {each.id: Range(each.min, each.max, levels(each.min, each.max, each.digits)) for each in spec.lines}
    grid = Grid.of(ranges, results, count)
    if grid.bytes > MAX_BYTES:
        what = f"{len(settings):,} settings weigh {grid.bytes:,} bytes gzipped, and {MAX_BYTES:,} is the most"
        return Studied(None, [Finding(PLACE, what, coarser(spec))])
    return Studied(grid, [])


def coarser(spec: "Explore") -> str:
    """Name the control that would save most, and the step that halves it."""
    control = max(spec.controls, key=lambda each: each.count)
    return f"give `{control.id}` a step of {control.step * 2:g} (it has {control.count} values)"


def _results(spec: "Explore", model: Model, settings: list[Values]) -> tuple[list[Lines], list[Finding]]:
    """Return what the model gives everywhere; each sort of mistake once, at the first setting that shows it."""
    count = len(spec.x.values)
    results, found = [], []
    for line in spec.lines:
        try:
            model.run(settings[0], [line.id], count)
        except ModelError as error:
            found.append(Finding(PLACE, error.what, error.mend))
    if found:
        return [], list(dict.fromkeys(found))
    for values in settings:
        try:
            results.append(model.run(values, [line.id for line in spec.lines], count))
        except ModelError as error:
            return [], [Finding(PLACE, error.what, error.mend)]
    return results, []


def _unsteady(spec: "Explore", model: Model, settings: list[Values], results: list[Lines]) -> Iterator[Finding]:
    for place in sorted({0, len(settings) // 2, len(settings) - 1}):
        try:
            again = model.run(settings[place], [line.id for line in spec.lines], len(spec.x.values))
        except ModelError as error:
            yield Finding(PLACE, f"the second time, {error.what}", error.mend)
            return
        if again != results[place]:
            what = f"`{model.name}` gives other numbers the second time, at {said(settings[place])}"
            yield Finding(PLACE, what, "leave chance, the clock and what was kept from earlier runs out of it")
            return


def _outside(spec: "Explore", settings: list[Values], results: list[Lines]) -> Iterator[Finding]:
    for number, line in enumerate(spec.lines):
        lowest = min(range(len(results)), key=lambda place: min(results[place][line.id]))
        highest = max(range(len(results)), key=lambda place: max(results[place][line.id]))
        low, high = min(results[lowest][line.id]), max(results[highest][line.id])
        if low < line.min - NEAR:
            what = f"the model gives {low:.4g} at {said(settings[lowest])}"
            yield Finding(("lines", number, "min"), what, "lower `min`, or keep the model above it")
        if high > line.max + NEAR:
            what = f"the model gives {high:.4g} at {said(settings[highest])}"
            yield Finding(("lines", number, "max"), what, "raise `max`, or keep the model below it")


def _idle(spec: "Explore", results: list[Lines]) -> Iterator[Finding]:
    """Yield the controls that change nothing anywhere."""
    stride = len(results)
    for number, control in enumerate(spec.controls):
        stride //= control.count
        span = stride * control.count
        if all(results[place] == results[place - place % span + place % stride] for place in range(len(results))):
            what = f"`{control.id}` changes nothing"
            yield Finding(("controls", number, "id"), what, "let the model use it, or remove it")
