"""The face that an author writes: items to rank, and the order that they are compared with."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from courseware.base import Exercise, Id, Part, Reasoned, repeated
from courseware.kinds.order.compare import Pairs, agreement, range_of
from courseware.markup import Markdown, Text
from courseware.problems import Finding

MAX_TEXT = 160
PAIRS = "A pair is any two of them; guessing gets about half."
CLOSE = " A pair that is too close to call is not counted."


class Ends(Part):
    """What the two ends of the list are called."""

    first: Text = Text("The first")
    last: Text = Text("The last")


class Known(Part):
    """What a known order goes by. Values no further apart than `margin` may stand in either order."""

    by: Text = Field(exclude=True)
    unit: Text | None = Field(default=None, exclude=True)
    first: Literal["highest", "lowest"] = Field(default="highest", exclude=True)
    margin: Annotated[float, Field(ge=0)] = 0
    caveat: Markdown | None = None


class Expert(Part):
    """Whose ranking it is, on what grounds, and who would argue with it."""

    who: Text = Field(exclude=True)
    grounds: Markdown
    differ: Markdown


class Item(Reasoned):
    """Something to rank, with its value or its place in the order, and why it stands there."""

    id: Id
    text: Text
    value: float | None = Field(default=None, exclude=True)
    place: Annotated[int, Field(ge=1)] | None = Field(default=None, exclude=True)
    why: Markdown

    def compiled(self, exercise: Exercise) -> dict[str, Any]:
        """Return what is shown of it, with its `rank` (the smaller, the nearer to the top) and where it may stand."""
        assert isinstance(exercise, Order)  # noqa: S101  # an item stands in no other kind
        first, last = range_of(exercise.pairs, self.id)
        stands = str(first) if first == last else f"{first} {'or' if last == first + 1 else 'to'} {last}"
        places = {"rank": exercise.rank(self), "from": first, "to": last, "stands": stands}
        return {**super().compiled(exercise), **places, "shown": exercise.shown(self)}


class Order(Exercise):
    """Items to put in order, compared with a known order or with one person's ranking."""

    kind_label: ClassVar[str] = "Ranking"

    kind: Literal["order"]
    against: Literal["known", "expert"] = Field(exclude=True)
    ends: Ends = Ends()
    known: Known | None = None
    expert: Expert | None = None
    items: Annotated[list[Item], Field(min_length=4, max_length=9)]

    def compiled(self, exercise: Exercise | None = None) -> dict[str, Any]:
        """Return the exercise with what is said of the comparison, and how many pairs can be told apart."""
        if self.known:
            task = f"What they are ordered by: {self.known.by}."
            theirs = "the figures" if self._by_values else "the known order"
        else:
            task, theirs = f"You will compare your order with that of {self.expert and self.expert.who}.", "their order"
        how = PAIRS + (CLOSE if self.known and self.known.margin else "")
        own = {"task": task, "theirs": theirs, "how": how, "pairs": self._counted}
        return {**super().compiled(exercise), **own}

    @property
    def _counted(self) -> int:
        return agreement(self.pairs, [item.id for item in self.items])[1]

    @property
    def pairs(self) -> Pairs:
        """What a comparison needs: every item's rank by its id, and how close two may be."""
        margin = self.known.margin if self.known else 0
        return Pairs({item.id: self.rank(item) for item in self.items}, margin)

    def rank(self, item: Item) -> float:
        """Return a number that is smaller, the nearer to the top an item belongs."""
        if item.value is None:
            return item.place or 0
        return item.value if self.known and self.known.first == "lowest" else 0 - item.value

    def shown(self, item: Item) -> str | None:
        """Return an item's value as it is read, with its unit."""
        if item.value is None:
            return None
        number = f"{item.value:,.10g}".replace("-", "−")
        unit = self.known.unit if self.known and self.known.unit else ""
        return number + (unit if unit.startswith("%") or not unit else f" {unit}")

    def findings(self) -> Iterator[Finding]:
        """Yield ids used twice, an order that cannot be told from the file, and one that the page would give away."""
        yield from super().findings()
        yield from repeated([item.id for item in self.items], ("items",))
        yield from self._texts()
        yield from self._blocks()
        wrong = list(self._values() if self._by_values else self._places())
        yield from wrong
        if not wrong and len({item.id for item in self.items}) == len(self.items):
            yield from self._giveaways()

    @property
    def _by_values(self) -> bool:
        return self.against == "known" and any(item.value is not None for item in self.items)

    def _texts(self) -> Iterator[Finding]:
        texts = [item.text for item in self.items]
        for index, text in enumerate(texts):
            if len(text) > MAX_TEXT:
                what = f"{len(text)} characters, read out at each move of the item"
                yield Finding(("items", index, "text"), what, f"keep to {MAX_TEXT}; the rest can go into `why`")
            if text in texts[:index]:
                yield Finding(("items", index, "text"), "two items read the same", "say what tells them apart")

    def _blocks(self) -> Iterator[Finding]:
        other = "expert" if self.against == "known" else "known"
        if getattr(self, self.against) is None:
            mend = {
                "known": "add `known: {by: …}` and say what the order goes by",
                "expert": "add `expert:` with `who`, `grounds` and `differ`",
            }[self.against]
            yield Finding(("against",), f"the order is {self.against}, and there is no `{self.against}`", mend)
        if getattr(self, other) is not None:
            yield Finding((other,), f"not read, since `against` is {self.against}", "remove it, or change `against`")

    def _values(self) -> Iterator[Finding]:
        for index, item in enumerate(self.items):
            if item.value is None:
                yield Finding(("items", index), f"`{item.id}` has no `value`, and others have", "give it its value")
            if item.place is not None:
                yield Finding(
                    ("items", index, "place"), "a place beside a value", "remove it: the values are the order"
                )

    def _places(self) -> Iterator[Finding]:
        known = self.known if self.against == "known" else None
        for name in ("unit", "margin"):
            if known and getattr(known, name):
                yield Finding(("known", name), f"`{name}` without values", "give every item its `value`, or remove it")
        taken: dict[int, str] = {}
        for index, item in enumerate(self.items):
            if item.value is not None:
                yield Finding(
                    ("items", index, "value"), "a value in a ranking", "give its `place`; say the value in `why`"
                )
            if item.place is None:
                needs = "no `value` and no `place`" if self.against == "known" else "no `place` in the ranking"
                yield Finding(("items", index), f"`{item.id}` has {needs}", f"give it one of 1 to {len(self.items)}")
            elif item.place > len(self.items):
                what = f"{item.place} is past the end of {len(self.items)} items"
                yield Finding(("items", index, "place"), what, f"give each item one of 1 to {len(self.items)}")
            elif item.place in taken:
                what = f"{item.place} is the place of `{taken[item.place]}` as well"
                yield Finding(("items", index, "place"), what, "give each its own; only values can be equal")
            else:
                taken[item.place] = item.id

    def _giveaways(self) -> Iterator[Finding]:
        here = [item.id for item in self.items]
        pairs = self.pairs
        agreed, counted = agreement(pairs, here)
        if not counted:
            what = "no two values are further apart than `margin`, so any order is right"
            yield Finding(("known", "margin"), what, "lower it, or choose items that differ")
        elif agreed in {0, counted}:
            way = "the order that they are compared with" if agreed else "that order upside down"
            yield Finding(("items",), f"they stand in {way}, and a page without scripts shows them so", "mix them")

    def result(self, record: dict[str, Any] | None) -> dict[str, Any]:
        """Return the order as it stands, and of the last check the pairs that agreed, of how many that count."""
        record = record or {}
        known = {item.id for item in self.items}
        checks = [check["order"] for check in record.get("checks", []) if set(check["order"]) == known]
        return {
            "order": list(record.get("order", [])),
            "agreed": agreement(self.pairs, checks[-1])[0] if checks else None,
            "pairs": self._counted,
            "checks": len(checks),
        }

    def frame_rows(self, record: dict[str, Any] | None) -> list[dict[str, Any]]:
        """Return one row an item: where it was put, and the places where it may stand."""
        order = self.result(record)["order"]
        pairs = self.pairs
        return [
            {
                "item": item.id,
                "text": str(item.text),
                "place": order.index(item.id) + 1 if item.id in order else None,
                "belongs_from": range_of(pairs, item.id)[0],
                "belongs_to": range_of(pairs, item.id)[1],
                "value": item.value,
            }
            for item in self.items
        ]
