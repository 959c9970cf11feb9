"""What an author is told: a problem names its file, line, field, what is wrong, and the mend."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """Something wrong at a place inside an exercise, before its file and line are known."""

    place: Place
    what: str
    mend: str
    level: Literal["error", "warning"] = "error"


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong at a line of a file."""

    file: str
    line: int
    field: str
    what: str
    mend: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """Give the one line that the author reads."""
        mark = "warning: " if self.level == "warning" else ""
        return f"{self.file}:{self.line}: {mark}{self.field or 'file'}: {self.what}; {self.mend}"

    def as_dict(self) -> dict[str, Any]:
        """Give the same as plain values, for machines."""
        return asdict(self)


class ExerciseError(ValueError):
    """A file of the course cannot be used. `problems` holds every mistake found, not the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n" + "\n".join(map(str, self.problems)))


def field_name(place: Place) -> str:
    """Write a place as an author would: `nodes.n1.choices[0].text`."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def shown(value: Any) -> str:
    """Return a value from a file as its author would know it."""
    if isinstance(value, str):
        return f"`{value[:40]}…`" if len(value) > 40 else f"`{value}`"
    if value is None or isinstance(value, bool):
        return "nothing" if value is None else str(value).lower()
    if isinstance(value, (dict, list)):
        return "a list" if isinstance(value, list) else "a block of fields"
    return str(value)
