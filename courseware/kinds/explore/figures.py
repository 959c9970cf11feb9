"""The figures that sum a line up, and how a number is written: the same in Python and in the page (`engine.js`)."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from courseware.kinds.explore.charts import every
from courseware.kinds.explore.model import Lines
from courseware.problems import Finding, Place

if TYPE_CHECKING:
    from courseware.kinds.explore.spec import Explore, Figure


def of_bands(figure: "Figure", place: Place) -> Iterator[Finding]:
    """Yield what is wrong with a figure's words: bounds out of order, and values that have no word."""
    highest: float | None = None
    for index, band in enumerate(figure.bands):
        last = index == len(figure.bands) - 1
        if band.below is None and not last:
            yield Finding((*place, index), "a band without `below`, and others after it", "put it last")
        elif band.below is not None and last:
            yield Finding((*place, index), f"no word for {band.below:g} and above", "add a band without `below`")
        elif band.below is not None and highest is not None and band.below <= highest:
            yield Finding((*place, index, "below"), f"{band.below:g} is not above the one before", "put them in order")
        highest = band.below if band.below is not None else highest


def value(figure: "Figure", lines: Lines) -> float:
    """Return a figure's number."""
    numbers = lines[figure.line]
    if figure.minus is not None:
        numbers = [one - other for one, other in zip(numbers, lines[figure.minus], strict=True)]
    if figure.take == "average":
        total = 0.0
        for number in numbers:  # as the page adds: `sum` is more exact
            total += number
        return total / len(numbers)
    return {"end": numbers[-1], "lowest": min(numbers), "highest": max(numbers)}[figure.take]


def written(number: float, digits: int) -> str:
    """Return a number as the page writes it: halves away from nothing, a true minus sign."""
    # The page rounds the shortest decimal that names the number, not the binary fraction behind it: 2.15 is a half.
    text = f"{Decimal(repr(number)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,}"
    return text.replace("-", "−" if any(each in "123456789" for each in text) else "")


def told(spec: "Explore", figure: "Figure", lines: Lines) -> str:
    """Return a figure in words: its number, its unit, and the word for it."""
    line = next(each for each in spec.lines if each.id == figure.line)
    number = value(figure, lines)
    word = next((str(band.say) for band in figure.bands if band.below is None or number < band.below), "")
    unit = f" {line.unit}" if line.unit else ""
    return f"{written(number, line.digits)}{unit}" + (f": {word}" if word else "")


def table(spec: "Explore", lines: Lines) -> dict[str, Any]:
    """Return one setting's result for readers without a chart: a few values of each line, and the figures."""
    values = spec.x.values
    places = range(0, len(values), every(spec))
    rows = [
        {"label": str(line.label), "cells": [written(lines[line.id][place], line.digits) for place in places]}
        for line in spec.lines
    ]
    return {
        "head": [f"{values[place]:g}" for place in places],
        "rows": rows,
        "figures": [{"label": str(each.label), "told": told(spec, each, lines)} for each in spec.figures],
    }
