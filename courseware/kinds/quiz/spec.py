"""The face that an author writes: questions in pools, with a reason for every answer."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import Field, model_validator

from courseware.base import Exercise, Id, Option, Part, Reasoned, repeated
from courseware.markup import Markdown, Text, plain
from courseware.problems import Finding

Q = TypeVar("Q")
GAP = re.compile(r"\[([a-z0-9-]+)\]")


class Item(Part):
    """A question. `recalls` names the earlier chapter that it brings back."""

    id: Id
    prompt: Markdown
    recalls: Id | None = None


class Single(Item):
    """One right answer among several."""

    type: Literal["single"]
    options: Annotated[list[Option], Field(min_length=2, max_length=7)]

    @model_validator(mode="after")
    def _one_right(self) -> Self:
        return _right(self, self.options, exactly=1)


class Multiple(Item):
    """One or more right answers among several."""

    type: Literal["multiple"]
    options: Annotated[list[Option], Field(min_length=3, max_length=8)]

    @model_validator(mode="after")
    def _some_right(self) -> Self:
        return _right(self, self.options, exactly=None)


class TrueFalse(Item):
    """A statement that is true or false."""

    type: Literal["true-false"]
    options: Annotated[list[Option], Field(min_length=2, max_length=2)]

    @model_validator(mode="after")
    def _both(self) -> Self:
        if {option.id for option in self.options} != {"true", "false"}:
            raise ValueError('an option is neither "true" nor "false"; give one each of these ids, in quotation marks')
        return _right(self, self.options, exactly=1)


class Answer(Reasoned):
    """A number that was foreseen, right or wrong, and what is said to it."""

    value: float
    tolerance: Annotated[float, Field(ge=0)] = 0
    correct: bool = False
    feedback: Markdown


class Otherwise(Reasoned):
    """What is said to a number that nobody foresaw."""

    feedback: Markdown


class Numeric(Item):
    """A number to work out or remember."""

    type: Literal["numeric"]
    unit: Text | None = None
    answers: Annotated[list[Answer], Field(min_length=1)]
    otherwise: Otherwise

    @model_validator(mode="after")
    def _one_right(self) -> Self:
        return _right(self, self.answers, exactly=1)


class Gap(Part):
    """A place in a sentence, with the words that could fill it."""

    options: Annotated[list[Option], Field(min_length=2, max_length=7)]

    @model_validator(mode="after")
    def _one_right(self) -> Self:
        return _right(self, self.options, exactly=1)


class Cloze(Item):
    """A sentence with gaps: `Only a report under section [sec] stops …`, and a list of words for each."""

    type: Literal["cloze"]
    text: Text
    gaps: Annotated[dict[Id, Gap], Field(min_length=1)]

    @model_validator(mode="after")
    def _gaps_match(self) -> Self:
        named = GAP.findall(self.text)
        if sorted(named) != sorted(self.gaps):
            raise ValueError(
                f"`text` has the gaps {named} and `gaps` the words for {sorted(self.gaps)}; name each once in both"
            )
        return self


def _right(question: Q, answers: list[Any], exactly: int | None) -> Q:
    right = sum(answer.correct for answer in answers)
    if right == 0 or (exactly is not None and right != exactly):
        wanted = "exactly one answer" if exactly == 1 else "at least one answer"
        raise ValueError(f"{right} answers are marked `correct: true`; mark {wanted}")
    return question


class Pool(Part):
    """Questions on one thing. A sitting draws some of them; the rest are for the next."""

    id: Id
    title: Text
    draw: Annotated[int, Field(gt=0)]
    items: Annotated[
        list[Annotated[Single | Multiple | TrueFalse | Numeric | Cloze, Field(discriminator="type")]],
        Field(min_length=1),
    ]

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if self.draw > len(self.items):
            raise ValueError(f"`draw` asks for {self.draw} of {len(self.items)} items; lower it or add items")
        return self


class Quiz(Exercise):
    """Questions in pools, with confidence asked before the answer is shown."""

    kind_label: ClassVar[str] = "Quiz"

    kind: Literal["quiz"]
    confidence: bool = True
    pools: Annotated[list[Pool], Field(min_length=1)]

    @property
    def items(self) -> list[Any]:
        """Every question, pool by pool."""
        return [item for pool in self.pools for item in pool.items]

    def findings(self) -> Iterator[Finding]:
        """Yield ids used twice, a first answer that is always right, and a right answer that its length gives away."""
        yield from super().findings()
        seen: set[str] = set()
        for p, pool in enumerate(self.pools):
            for i, item in enumerate(pool.items):
                if item.id in seen:
                    yield Finding(
                        ("pools", p, "items", i, "id"),
                        f"the id `{item.id}` is used twice",
                        "give each its own id",
                    )
                seen.add(item.id)
                if hasattr(item, "options"):
                    yield from repeated([option.id for option in item.options], ("pools", p, "items", i, "options"))
        yield from self._giveaways()

    def _giveaways(self) -> Iterator[Finding]:
        singles = [item for item in self.items if isinstance(item, Single)]
        if len(singles) < 4:
            return
        first = sum(item.options[0].correct for item in singles)
        longest = sum(max(item.options, key=lambda option: len(option.text)).correct for item in singles)
        for count, what in ((first, "stands first"), (longest, "is the longest")):
            if count > len(singles) * 0.6:
                yield Finding(
                    ("pools",),
                    f"the right answer {what} in {count} of {len(singles)} questions",
                    "vary it: learners notice",
                    "warning",
                )

    def result(self, record: dict[str, Any] | None) -> dict[str, dict[str, Any]]:
        """Return each question answered: the latest answer, how sure, whether right, and how many tries."""
        return {
            name: {**tries[-1], "tries": len(tries)}
            for name, tries in (record or {}).get("answers", {}).items()
            if tries
        }

    def frame_rows(self, record: dict[str, Any] | None) -> list[dict[str, Any]]:
        """Return one row an answer given, in order of the questions."""
        answers = (record or {}).get("answers", {})
        pools = {item.id: pool.id for pool in self.pools for item in pool.items}
        return [
            {"pool": pools[item.id], "item": item.id, "question": plain(item.prompt), "try": number, **given}
            for item in self.items
            for number, given in enumerate(answers.get(item.id, []), 1)
        ]
