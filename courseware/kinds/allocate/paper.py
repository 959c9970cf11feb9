"""What paper needs of an allocation beside its text."""

from typing import Any

from courseware.kinds.allocate.spec import Allocate
from courseware.kinds.allocate.words import context as in_words


def context(exercise: Allocate, act: str | None = None) -> dict[str, Any]:
    """Return plain values for `paper.typ`. Raises ValueError for an act, which an allocation does not have."""
    if act is not None:
        raise ValueError(f"`{exercise.id}` has no acts; only a scenario can have them")
    return in_words(exercise)
