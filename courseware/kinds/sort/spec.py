"""The face that an author writes: items, the categories they go into, and why."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from courseware.base import Exercise, Id, Part, Reasoned, nearest, repeated
from courseware.markup import Markdown, Text
from courseware.problems import Finding


class Category(Part):
    """Somewhere an item can go, and what belongs there."""

    id: Id
    label: Text
    means: Text


class Item(Reasoned):
    """Something to sort, where it belongs, why, and what to say where it was put elsewhere."""

    id: Id
    text: Text
    category: Id
    why: Markdown
    if_placed: dict[Id, Markdown] = {}


class Sort(Exercise):
    """Items put into categories, each with its reason."""

    kind_label: ClassVar[str] = "Sort"

    kind: Literal["sort"]
    categories: Annotated[list[Category], Field(min_length=2, max_length=6)]
    items: Annotated[list[Item], Field(min_length=4, max_length=16)]

    def findings(self) -> Iterator[Finding]:
        """Yield ids used twice, categories that do not exist, and those that nothing goes into."""
        yield from super().findings()
        yield from repeated([category.id for category in self.categories], ("categories",))
        yield from repeated([item.id for item in self.items], ("items",))
        known = {category.id for category in self.categories}
        for index, item in enumerate(self.items):
            if item.category not in known:
                yield Finding(
                    ("items", index, "category"),
                    f"no category `{item.category}`",
                    nearest(item.category, known),
                )
            for name in item.if_placed:
                place = ("items", index, "if_placed", name)
                if name not in known:
                    yield Finding(place, f"no category `{name}`", nearest(name, known))
                elif name == item.category:
                    yield Finding(place, f"`{name}` is where it belongs", "say it in `why`")
        for index, category in enumerate(self.categories):
            if category.id not in {item.category for item in self.items}:
                yield Finding(("categories", index), f"nothing goes into `{category.id}`", "add an item, or remove it")

    def result(self, record: dict[str, Any] | None) -> dict[str, str]:
        """Return where each item was put."""
        placed: dict[str, str] = (record or {}).get("placed", {})
        return dict(placed)

    def frame_rows(self, record: dict[str, Any] | None) -> list[dict[str, Any]]:
        """Return one row an item: where it was put and where it belongs."""
        placed = self.result(record)
        return [
            {"item": item.id, "text": str(item.text), "placed": placed.get(item.id), "belongs": item.category}
            for item in self.items
        ]
