"""What a move changes: indicators and flags, the names that they may have and the values that they may take."""

import keyword
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, StringConstraints, Tag

from courseware.base import Exercise, Part


def _plain(value: Any) -> Any:
    if type(value) not in {bool, int, str}:
        raise ValueError("this is no value for a flag or indicator; give true, false, a whole number or a short word")
    if value in {"True", "False", "TRUE", "FALSE"}:
        raise ValueError(
            f"`{value}` is only a word; write {value.lower()}, in small letters and without quotation marks"
        )
    return value


# Of conditions, of the file, of stored data (where `say` and `tell` point at a text), and of JavaScript's objects.
_WORDS = {*keyword.kwlist, "true", "false", "next", "start", "ending", "say", "tell", "constructor"}


def _not_a_word_of_ours(name: str) -> str:
    if name in _WORDS:
        raise ValueError(f"`{name}` has a meaning already; the course uses this word itself: choose another name")
    return name


# What conditions read: an indicator's or flag's name.
Name = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60), AfterValidator(_not_a_word_of_ours)
]
# One mistake where a union would tell of three.
Value = Annotated[bool | int | str, BeforeValidator(_plain)]


class Add(Part):
    """Moves an indicator by a whole number."""

    add: Annotated[dict[Name, int], Field(min_length=1)]

    def compiled(self, _exercise: Exercise) -> list[list[Any]]:
        """Return one plain instruction an indicator."""
        return [["add", name, by] for name, by in self.add.items()]


class Set(Part):
    """Sets an indicator or flag."""

    set: Annotated[dict[Name, Value], Field(min_length=1)]

    def compiled(self, _exercise: Exercise) -> list[list[Any]]:
        """Return one plain instruction a name."""
        return [["set", name, value] for name, value in self.set.items()]


def _effect_tag(value: Any) -> str:
    return "<set>" if (isinstance(value, Set) or (isinstance(value, dict) and "set" in value)) else "<add>"


def _has_a_verb(value: Any) -> Any:
    if isinstance(value, dict) and not {"add", "set"} & value.keys():
        raise ValueError(
            "this says neither `add` nor `set`; write for instance `{add: {trust: 1}}` or `{set: {told: true}}`"
        )
    return value


Effect = Annotated[
    Annotated[Add, Tag("<add>")] | Annotated[Set, Tag("<set>")],
    Discriminator(_effect_tag),
    BeforeValidator(_has_a_verb),
]
