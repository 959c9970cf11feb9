"""What an author writes to have a lab's answers checked: one file, `<lab>.checks.yml`, beside the notebook.

Each check has the right answer, the wrong ones that can be foreseen, with what to say to each, and what to say to the
rest. No message may hold the answer: a file in which one does is refused.
"""

from collections import Counter
from collections.abc import Iterator
from math import isfinite
from typing import Annotated, Any, ClassVar, Generic, Literal, Self, TypeVar

from pydantic import Field, model_validator

from courseware.base import Exercise, Id, Part, nearest, repeated
from courseware.checks import answers
from courseware.checks.answers import Word, close, label, word
from courseware.checks.leaks import holds
from courseware.markup import Markdown, Text, plain
from courseware.problems import Finding, Place

FEWEST_MISTAKES = 3
# What a lab of each level asks of whoever opens it: a word for lists, and what it means.
LEVELS = {
    1: ("First lines", "you need not know any pandas"),
    2: ("Next steps", "you have written a few lines of pandas; each new step is shown once"),
    3: ("A stretch", "you know your way about a little; steps are named, and you write them"),
}

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Value = TypeVar("Value")


class Said(Part):
    """What a learner is told: what the answer looks like, and where to look next."""

    say: Markdown
    look: Markdown


class Mistake(Said, Generic[Value]):
    """A wrong answer that can be foreseen."""

    id: Id
    value: Value


class Check(Part, Generic[Value]):
    """One question of a lab. Each type says how an answer is read, and when two are the same."""

    id: Id
    asks: Text
    value: Value
    right: Markdown
    mistakes: Annotated[list[Mistake[Value]], Field(min_length=FEWEST_MISTAKES)]
    otherwise: Said

    def read(self, given: Any) -> Any:
        """Return an answer in the one form in which it is compared. Raises answers.NotComparable."""
        raise NotImplementedError

    def same(self, given: Any, value: Any) -> bool:
        """Tell whether an answer, as read, is this value."""
        return bool(given == value)

    def is_right(self, given: Any) -> bool:
        """Tell whether an answer, as read, is the right one."""
        return self.same(given, self.read(self.value))

    def verdict(self, given: Any) -> Said | None:
        """Return what to say to an answer, as read; None to the right one."""
        if self.is_right(given):
            return None
        foreseen = (mistake for mistake in self.mistakes if self.same(given, self.read(mistake.value)))
        return next(foreseen, self.otherwise)

    def secrets(self) -> list[Word]:
        """Return what no message may hold."""
        return [word(self.value)]

    def messages(self) -> Iterator[tuple[Place, str]]:
        """Yield every text that is shown before the answer is right, with its place."""
        yield ("asks",), self.asks
        for index, mistake in enumerate(self.mistakes):
            yield ("mistakes", index, "say"), plain(mistake.say)
            yield ("mistakes", index, "look"), plain(mistake.look)
        yield ("otherwise", "say"), plain(self.otherwise.say)
        yield ("otherwise", "look"), plain(self.otherwise.look)

    def findings(self) -> Iterator[Finding]:
        """Yield what would tell a learner too much, or something else than the author means."""
        yield from repeated([mistake.id for mistake in self.mistakes], ("mistakes",))
        right = self.read(self.value)
        for index, mistake in enumerate(self.mistakes):
            place, value = ("mistakes", index, "value"), self.read(mistake.value)
            if self.is_right(value) or self.same(right, value):
                yield Finding(place, "the right answer fits this mistake", "give the wrong value, in full")
            earlier = [each.id for each in self.mistakes[:index] if self.same(value, self.read(each.value))]
            if earlier:
                yield Finding(place, f"`{earlier[0]}` has the same value and comes first", "keep one of the two")
        said = [mistake.say for mistake in self.mistakes]
        for index, words in enumerate(said):
            if words in said[:index]:
                yield Finding(
                    ("mistakes", index, "say"), "another mistake says the same", "say what sets this one apart"
                )
        for where, text in self.messages():
            if any(holds(text, secret) for secret in self.secrets()):
                yield Finding(where, "this text holds the answer", "say where to look, not what is there")


class NumberCheck(Check[Number]):
    """A number, right within `tolerance`."""

    type: Literal["number"]
    tolerance: Annotated[float, Field(ge=0)] = 0

    def read(self, given: Any) -> float:
        """Return one number."""
        return answers.number(given)

    def same(self, given: float, value: float) -> bool:
        """Compare within the tolerance."""
        return close(given, value, self.tolerance)


class TextCheck(Check[Text]):
    """A word or phrase, written anyhow: one of `options`, where the question names them."""

    type: Literal["text"]
    options: list[Text] = []

    def read(self, given: Any) -> str:
        """Return the words with case, spaces, dashes and quotation marks made alike."""
        return answers.text(given)

    def messages(self) -> Iterator[tuple[Place, str]]:
        """Leave out the question where it must name the options."""
        return (each for each in super().messages() if not (self.options and each[0] == ("asks",)))

    def findings(self) -> Iterator[Finding]:
        """Yield, besides, values that are none of the options."""
        yield from super().findings()
        places: list[tuple[Place, str]] = [(("value",), self.value)]
        places += [(("mistakes", index, "value"), each.value) for index, each in enumerate(self.mistakes)]
        for place, value in places:
            if self.options and self.read(value) not in map(self.read, self.options):
                yield Finding(place, f"`{value}` is not under `options`", nearest(value, self.options))


class ListCheck(Check[list[Number | Text]]):
    """Numbers, words or dates, each as often as it stands here; their order counts only where `ordered` says so."""

    type: Literal["list"]
    ordered: bool = False
    tolerance: Annotated[float, Field(ge=0)] = 0

    def read(self, given: Any) -> list[Word]:
        """Return a list of floats and words."""
        if self.ordered and isinstance(given, set | frozenset):
            raise answers.NotComparable(
                "That is a set, which keeps no order, and the order counts here.", "Use square brackets in its place."
            )
        found = answers.listed(given)
        return found if self.ordered else sorted(found, key=lambda item: (isinstance(item, str), item))

    def same(self, given: list[Word], value: list[Word]) -> bool:
        """Compare item by item."""
        return len(given) == len(value) and all(map(self._alike, given, value))

    def _alike(self, one: Word, other: Word) -> bool:
        if isinstance(one, float) and isinstance(other, float):
            return close(one, other, self.tolerance)
        return one == other

    def secrets(self) -> list[Word]:
        """Return every item."""
        return [word(item) for item in self.value]


class SeriesCheck(Check[Annotated[dict[str, Number], Field(min_length=1)]]):
    """A number for each label. A mistake may name some of the labels only: those that give it away."""

    type: Literal["series"]
    tolerance: Annotated[float, Field(ge=0)] = 0

    def read(self, given: Any) -> dict[str, float]:
        """Return numbers by label; those that came without labels take this check's, in order."""
        labels = [label(each) for each in self.value]
        found = answers.labelled(given, numbered=all(map(_is_number, labels)))
        if isinstance(found, dict):
            return found
        if len(found) != len(labels):
            raise answers.NotComparable(
                "The number of values is not the number of groups.", "Is each group there, and is each there just once?"
            )
        return dict(zip(labels, found, strict=True))

    def verdict(self, given: dict[str, float]) -> Said | None:
        """Return what to say to an answer; where nothing else is known of it, whether its labels are the right ones."""
        said = super().verdict(given)
        return _OTHER_LABELS if said is self.otherwise and given.keys() != self.read(self.value).keys() else said

    def same(self, given: dict[str, float], value: dict[str, float]) -> bool:
        """Compare the labels that the value names."""
        return all(name in given and close(given[name], number, self.tolerance) for name, number in value.items())

    def is_right(self, given: dict[str, float]) -> bool:
        """Compare all labels: none may be missing, and none added."""
        return len(given) == len(self.value) and super().is_right(given)

    def secrets(self) -> list[Word]:
        """Return the numbers; the labels are in the question."""
        return list(self.value.values())


class Shape(Part):
    """How a table is made: how many rows, which columns in any order, and what some of them hold."""

    rows: Annotated[int, Field(ge=0)] | None = None
    columns: list[Text] | None = None
    dtypes: dict[str, Literal["number", "text", "date", "true-false"]] = {}

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.rows is None and self.columns is None and not self.dtypes:
            raise ValueError("it fits every table; give `rows`, `columns` or `dtypes`")
        return self


class TableCheck(Check[Shape]):
    """A table's rows, columns and what they hold. A mistake names only what gives it away."""

    type: Literal["table"]

    def read(self, given: Any) -> dict[str, Any]:
        """Return how a table is made."""
        return given.model_dump() if isinstance(given, Shape) else answers.table(given)

    def same(self, given: dict[str, Any], value: dict[str, Any]) -> bool:
        """Compare what the value names; a named index counts as a column where the value wants it so."""
        own, wanted = Counter(given["columns"] or []), Counter(value["columns"] or [])
        with_index = own + Counter(given.get("index", []))
        return (
            value["rows"] in {None, given["rows"]}
            and (value["columns"] is None or wanted in (own, with_index))
            and all(given["dtypes"].get(name) == kind for name, kind in value["dtypes"].items())
        )

    def secrets(self) -> list[Word]:
        """Return the number of rows; the columns are in the question."""
        return [] if self.value.rows is None else [float(self.value.rows)]


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


_OTHER_LABELS = Said(
    say=Markdown("The labels are not the ones that are asked for."),
    look=Markdown("Look at the index, on the left: is each group there by its name, and nothing else?"),
)

AnyCheck = Annotated[NumberCheck | TextCheck | ListCheck | SeriesCheck | TableCheck, Field(discriminator="type")]


class Lab(Exercise):
    """A notebook in which a learner works with data, and the checks of what they find."""

    kind_label: ClassVar[str] = "Lab"

    kind: Literal["lab"]
    level: Literal[1, 2, 3]
    checks: Annotated[list[AnyCheck], Field(min_length=1)]

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with each check, besides what every exercise is asked."""
        yield from super().findings()
        yield from repeated([check.id for check in self.checks], ("checks",))
        for index, check in enumerate(self.checks):
            for found in check.findings():
                yield Finding(("checks", index, *found.place), found.what, found.mend, found.level)
