"""All that a model gives, over every setting of its controls, small enough to travel with the page.

Each number is rounded to one of `levels` equal steps of its line's range. Along a line the next number is guessed from
the two before it, and only the miss is kept: one character, the commonest ones plain letters, so that a server's gzip
makes a few bits of each. Any line is found by its place in the text: nothing has to be unpacked before the first move.
"""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from courseware.kinds.explore.model import Lines, Values

MAX_BYTES = 60_000  # gzipped: the most that the models of one page may weigh
MAX_NUMBERS = 1_000_000  # more would take longer to work out than an author waits
LEVELS = 255  # a step below the pixels of a chart's height
MOST_LEVELS = 4095
PLAIN, PLAIN_COUNT, OTHER = 0x5D, 34, 0x100


@dataclass(frozen=True)
class Range:
    """What a line may be: from `low` to `high`, in so many equal steps."""

    low: float
    high: float
    levels: int

    def nearest(self, value: float) -> int:
        """Return the step that is nearest to a value."""
        step = round((value - self.low) / (self.high - self.low) * self.levels)
        return int(min(max(step, 0), self.levels))

    def value(self, step: int) -> float:
        """Return what a step stands for."""
        return self.low + step * (self.high - self.low) / self.levels

    @property
    def worst(self) -> float:
        """The furthest that a stored number can be from the model's own."""
        return (self.high - self.low) / self.levels / 2


def levels(low: float, high: float, digits: int) -> int:
    """Return how many steps a range needs, so that one is finer than a pixel and than the last digit that is shown."""
    return min(max(LEVELS, round((high - low) * 2 * 10.0**digits)), MOST_LEVELS)


def points(controls: Sequence[tuple[str, Sequence[float]]]) -> Iterator[Values]:
    """Yield every setting of the controls, the last control moving fastest."""
    names = [name for name, _ in controls]
    for values in product(*(values for _, values in controls)):
        yield dict(zip(names, values, strict=True))


@dataclass(frozen=True)
class Grid:
    """The stored numbers of a model: for every setting, every line, every x."""

    ranges: dict[str, Range]
    text: str
    first: list[int]
    count: int

    @classmethod
    def of(cls, ranges: dict[str, Range], results: Sequence[Lines], count: int) -> "Grid":
        """Pack what a model gave at every setting, in the order of `points`: `count` numbers a line."""
        steps = [[each.nearest(value) for value in lines[name]] for lines in results for name, each in ranges.items()]
        first = [steps[place][0] for place in range(len(ranges))]
        spans = [each.levels + 1 for each in ranges.values()]
        text = [_packed(row, first[i % len(first)], spans[i % len(spans)]) for i, row in enumerate(steps)]
        return cls(ranges, "".join(text), first, count)

    @cached_property
    def bytes(self) -> int:
        """What the numbers add to a page as a server sends it."""
        return len(gzip.compress(self.text.encode(), 6, mtime=0))

    def at(self, place: int) -> Lines:
        """Return the lines of the setting at this place in the order of `points`, as the page has them."""
        found = {}
        for number, (name, each) in enumerate(self.ranges.items()):
            start = (place * len(self.ranges) + number) * self.count
            row = _unpacked(self.text[start : start + self.count], self.first[number], each.levels + 1)
            found[name] = [each.value(step) for step in row]
        return found

    def compiled(self) -> dict[str, object]:
        """Return what the page needs to look any setting up."""
        return {"first": self.first, "levels": [each.levels for each in self.ranges.values()], "packed": self.text}


def _packed(row: Sequence[int], first: int, span: int) -> str:
    before, last = first, first
    out = []
    for number, step in enumerate(row):
        miss = (step - _guess(number, before, last) + span // 2) % span - span // 2
        sign = 2 * miss if miss >= 0 else -2 * miss - 1
        out.append(chr(PLAIN + sign if sign < PLAIN_COUNT else OTHER + sign - PLAIN_COUNT))
        before, last = last, step
    return "".join(out)


def _unpacked(text: str, first: int, span: int) -> list[int]:
    before, last = first, first
    row = []
    for number, character in enumerate(text):
        code = ord(character)
        sign = code - PLAIN if code < OTHER else code - OTHER + PLAIN_COUNT
        miss = -(sign + 1) // 2 if sign % 2 else sign // 2
        before, last = last, (_guess(number, before, last) + miss) % span
        row.append(last)
    return row


def _guess(number: int, before: int, last: int) -> int:
    return last if number < 2 else 2 * last - before
