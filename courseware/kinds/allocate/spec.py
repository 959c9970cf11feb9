"""The face that an author writes: a budget, the items that share it, and a model of what follows."""

from collections.abc import Iterator
from keyword import iskeyword
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from courseware.base import Exercise, Part, Reasoned, Writing
from courseware.kinds.allocate.expressions import MOST, Condition, Expression
from courseware.kinds.allocate.model import Model
from courseware.markup import Markdown, Text
from courseware.problems import Finding


def _free(name: str) -> str:
    if iskeyword(name) or name in {"min", "max", "none", "constructor"}:
        raise ValueError(f"`{name}` means something in a sum or to a browser; choose another")
    return name


Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40), AfterValidator(_free)]
MOST_CHOICES = 60  # amounts in a list: a thumb has to find one
Number = Annotated[float, Field(ge=-MOST, le=MOST, allow_inf_nan=False)]


class Budget(Part):
    """What there is to spend: so many of a unit, given out in steps."""

    amount: Annotated[int, Field(ge=2, le=1_000_000)]
    unit: Text
    one: Text
    per: Text | None = None
    step: Annotated[int, Field(ge=1)] = 1

    @property
    def units(self) -> int:
        """How many steps the whole budget is."""
        return self.amount // self.step

    @model_validator(mode="after")
    def _steps(self) -> Self:
        if self.amount % self.step:
            raise ValueError(f"{self.amount} cannot be given out in steps of {self.step}; let `step` divide it")
        if not 2 <= self.units <= MOST_CHOICES:
            raise ValueError(f"a list of {self.units + 1} amounts; choose a `step` that makes 3 to {MOST_CHOICES + 1}")
        return self


class Item(Part):
    """Something that a part of the budget can go to."""

    id: Name
    label: Text
    means: Text


class Periods(Part):
    """How many times the model runs, and what one time is called."""

    count: Annotated[int, Field(ge=2, le=60)]
    one: Text
    many: Text


class Constant(Part):
    """A number of the model that no split changes, and where it comes from."""

    label: Text
    value: Number
    unit: Text
    from_: Text = Field(alias="from")


class Stock(Part):
    """Something that the model keeps count of: where it starts, its range, and by how much it changes each period."""

    label: Text
    unit: Text
    start: Number
    min: Number
    max: Number
    better: Literal["high", "low"] = "high"
    change: Expression

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        if not self.min <= self.start <= self.max or self.min == self.max:
            raise ValueError(
                f"`start` {self.start:g} must lie between `min` {self.min:g} and `max` {self.max:g}; move one of them"
            )
        return self

    @property
    def digits(self) -> int:
        """How many decimals are worth showing."""
        return 0 if self.max - self.min >= 20 else 1

    def goodness(self, value: float) -> float:
        """Return a value so that more of it is better."""
        return value if self.better == "high" else -value

    def compiled(self, exercise: Exercise) -> dict[str, Any]:
        """Return it with its decimals, and which way is better as a sign."""
        fields: dict[str, Any] = super().compiled(exercise)
        return fields | {"better": 1 if self.better == "high" else -1, "digits": self.digits}


class Declared(Part):
    """The model: what it keeps count of, what it takes for granted, and what it cannot say."""

    says: Markdown
    limits: Markdown
    constants: Annotated[dict[Name, Constant], Field(max_length=24)] = {}
    stocks: Annotated[dict[Name, Stock], Field(min_length=2, max_length=6)]


class Consequence(Reasoned):
    """What is said of a split or of where it leads, and what kind of reason that is."""

    when: Condition
    then: Markdown


class Predict(Part):
    """A question before the run, answered with a stock: what will be worse off most."""

    ask: Text


class Other(Part):
    """A split that somebody with a stake of their own would make, and why."""

    by: Text
    split: dict[Name, Annotated[int, Field(ge=0)]]
    argues: Markdown


class Note(Part):
    """A box for why the learner split it so."""

    label: Text
    help: Text | None = None


class Allocate(Exercise):
    """A fixed budget spent over a few items, and what a declared model makes of it. No split is right."""

    kind_label: ClassVar[str] = "Allocation"

    kind: Literal["allocate"]
    budget: Budget
    items: Annotated[list[Item], Field(min_length=3, max_length=8)]
    periods: Periods
    model: Declared
    consequences: Annotated[list[Consequence], Field(min_length=2, max_length=24)]
    predict: Predict | None = None
    others: Annotated[list[Other], Field(min_length=2, max_length=4)]
    note: Note | None = None

    def findings(self) -> Iterator[Finding]:
        """Yield repeated ids, names that stand for nothing, splits that do not add up, a model that teaches nothing."""
        from courseware.kinds.allocate import checks

        yield from super().findings()
        yield from checks.findings(self)

    def page_context(self) -> dict[str, Any]:
        """Return the model in words, and what follows the others' splits."""
        from courseware.kinds.allocate import words

        return words.context(self)

    def writings(self) -> list[Writing]:
        """Return the note, where one is asked for."""
        return [Writing(("note",), str(self.note.label))] if self.note else []

    def whole(self, split: dict[str, Any]) -> dict[str, int]:
        """Return a split with every item in it, in the items' order."""
        return {item.id: split.get(item.id) or 0 for item in self.items}

    def _last(self, plans: list[dict[str, Any]]) -> dict[str, int] | None:
        """Return the last split that this exercise, as it is now, can run."""
        ids = {item.id for item in self.items}
        splits = [plan["split"] for plan in plans]
        fit = [split for split in splits if split.keys() == ids and sum(split.values()) == self.budget.amount]
        return self.whole(fit[-1]) if fit else None

    def result(self, record: dict[str, Any] | None) -> dict[str, Any]:
        """Return every plan, and of the last that can be run its split and each stock, from the start, by period."""
        plans: list[dict[str, Any]] = (record or {}).get("plans", [])
        last = self._last(plans)
        return {"plans": plans, "split": last, "stocks": Model(self).run(last) if last else None}

    def frame_rows(self, record: dict[str, Any] | None) -> list[dict[str, Any]]:
        """Return one row an item: what the last plan gave it, or the split begun where none was run."""
        record = record or {}
        split = self._last(record.get("plans", [])) or record.get("split", {})
        return [
            {"item": item.id, "label": str(item.label), "amount": split.get(item.id), "unit": str(self.budget.unit)}
            for item in self.items
        ]
