"""How two orders are compared, in step with `engine.js`: pair by pair; a pair too close counts for neither."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

# Decimal fractions are not exact in a computer: 34 − 32.3 is a little more than 1.7.
EXACT = 1e-9


class Pairs(NamedTuple):
    """Every item's rank by its id, the smaller the nearer to the top, and how close two may be to count as equal."""

    rank: Mapping[str, float]
    margin: float


def above(pairs: Pairs, one: str, other: str) -> bool:
    """Say whether one item clearly stands above another."""
    return pairs.rank[other] - pairs.rank[one] > pairs.margin + EXACT


def agreement(pairs: Pairs, order: Sequence[str]) -> tuple[int, int]:
    """Return how many pairs stand the right way round in an order of every item, and how many can be told apart."""
    found = list(combinations(order, 2))
    agreed = sum(above(pairs, one, other) for one, other in found)
    return agreed, agreed + sum(above(pairs, other, one) for one, other in found)


def range_of(pairs: Pairs, name: str) -> tuple[int, int]:
    """Return the first and the last place where an item may stand: the same, unless it is close to another."""
    return (
        1 + sum(above(pairs, other, name) for other in pairs.rank),
        len(pairs.rank) - sum(above(pairs, name, other) for other in pairs.rank),
    )
