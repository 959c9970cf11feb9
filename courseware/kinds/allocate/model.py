"""What a declared model makes of a split: its stocks period by period, and every split of a coarse grid."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

from courseware.kinds.allocate.expressions import reader, size, with_values

if TYPE_CHECKING:
    from courseware.kinds.allocate.spec import Allocate, Stock

Split = dict[str, int]
Lines = dict[str, list[float]]
MOST_SPLITS = 1_100
MOST_STEPS = 1_500_000  # operations on the whole grid: about a second


class Model:
    """A declared model, ready to run."""

    def __init__(self, exercise: "Allocate") -> None:
        self.stocks = exercise.model.stocks
        self.periods = exercise.periods.count
        constants = exercise.model.constants
        self.changes = {name: reader(with_values(each.change.tree, constants)) for name, each in self.stocks.items()}
        self.conditions = [reader(with_values(each.when.tree, constants)) for each in exercise.consequences]

    def run(self, split: Split) -> Lines:
        """Return each stock at the start and after each period. All change at once, each by where all stood before."""
        now = {name: float(stock.start) for name, stock in self.stocks.items()}
        amounts = {name: float(amount) for name, amount in split.items()}
        lines = {name: [value] for name, value in now.items()}
        for _ in range(self.periods):
            values = amounts | now
            now = {
                name: self._held(stock, now[name], self.changes[name](values)) for name, stock in self.stocks.items()
            }
            for name, value in now.items():
                lines[name].append(value)
        return lines

    @staticmethod
    def _held(stock: "Stock", value: float, change: float) -> float:
        value += change
        least, most = float(stock.min), float(stock.max)
        return least if value < least else min(value, most)

    def follows(self, split: Split, ends: dict[str, float]) -> list[int]:
        """Return the numbers of the consequences that a split and its end values meet, in the author's order."""
        values = {name: float(amount) for name, amount in split.items()} | ends
        return [number for number, holds in enumerate(self.conditions) if holds(values)]


def ends(lines: Lines) -> dict[str, float]:
    """Return where each stock ended."""
    return {name: values[-1] for name, values in lines.items()}


def grid(exercise: "Allocate") -> list[Split]:
    """Return evenly spaced splits that a learner can make, as many as run in good time, each item alone among them."""
    names = [item.id for item in exercise.items]
    cost = exercise.periods.count * sum(size(each.change.tree) for each in exercise.model.stocks.values())
    most = max(50, min(MOST_SPLITS, MOST_STEPS // max(cost, 1)))
    units, steps = exercise.budget.units, 1
    while steps < units and comb(steps + len(names), len(names) - 1) <= most:
        steps += 1
    return [
        dict(zip(names, _gaps(exercise.budget.step * (units * total // steps) for total in totals), strict=True))
        for totals in _parts(len(names), steps)
    ]


def _parts(count: int, steps: int) -> Iterator[tuple[int, ...]]:
    """Yield where the bars stand in every way to part `steps` things among `count` heaps, each as running totals."""
    for bars in combinations(range(steps + count - 1), count - 1):
        yield (*(bar - number for number, bar in enumerate(bars)), steps)


def _gaps(totals: Iterable[int]) -> Iterator[int]:
    before = 0
    for total in totals:
        yield total - before
        before = total


def figure(value: float, digits: int) -> str:
    """Return a number with this many decimals, rounded as JavaScript's `toFixed` does."""
    return str(Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
