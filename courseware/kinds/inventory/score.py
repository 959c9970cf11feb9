"""What the ratings of one taking come to, dimension by dimension: the rules that `engine.js` follows too.

A score is a mean on the scale, rounded to one decimal, halves upwards, and counted in tenths so that no machine rounds
it otherwise. It is read as it is shown: the band of 2.4 is the band of the mean that was 2.44.
"""

from typing import Any, NamedTuple


class Score(NamedTuple):
    """One dimension of one taking: its score, or None with too few ratings; how many were rated; of how many."""

    value: float | None
    rated: int
    of: int


def rating(answer: Any, points: int) -> int | None:
    """Return a rating on a scale of so many points. None for "cannot say", and for what is no rating."""
    return answer if type(answer) is int and 1 <= answer <= points else None


def toward(value: int, points: int, *, is_reversed: bool) -> int:
    """Return what a rating counts for: a reversed statement is read from the other end of the scale."""
    return points + 1 - value if is_reversed else value


def score(statements: dict[str, bool], answers: dict[str, Any], points: int) -> Score:
    """Return the score of one dimension: `statements` says of each, by id, whether it is reversed.

    Where fewer than half of the statements are rated there is no score: it would speak for the ones left out.
    """
    rated = [
        toward(value, points, is_reversed=is_reversed)
        for name, is_reversed in statements.items()
        if (value := rating(answers.get(name), points)) is not None
    ]
    of = len(statements)
    return Score(None if len(rated) * 2 < of else tenths(rated) / 10, len(rated), of)


def tenths(values: list[int]) -> int:
    """Return the mean of whole numbers in tenths, halves upwards: 25 for a mean of 2.45."""
    return (20 * sum(values) + len(values)) // (2 * len(values))
