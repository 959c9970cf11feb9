"""The face that an author writes: prompts, a commentary for afterwards, and an if–then plan."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from courseware.base import Exercise, Id, Part, Writing, repeated
from courseware.markup import Markdown, Text
from courseware.problems import Finding


class Prompt(Part):
    """Something to write about."""

    id: Id
    label: Text
    help: Text | None = None
    rows: Annotated[int, Field(ge=2, le=12)] = 4


class Plan(Part):
    """An if–then plan: a situation, and what the learner will do in it."""

    if_label: Text = Text("If")
    if_hint: Text
    then_label: Text = Text("I will")
    then_hint: Text
    example: Text


class Reflect(Exercise):
    """Prompts to write on, with a commentary revealed after writing."""

    kind_label: ClassVar[str] = "Reflection"

    kind: Literal["reflect"]
    prompts: Annotated[list[Prompt], Field(min_length=1, max_length=6)]
    commentary: Markdown
    if_then: Plan | None = None

    def findings(self) -> Iterator[Finding]:
        """Yield ids used twice."""
        yield from super().findings()
        yield from repeated([prompt.id for prompt in self.prompts], ("prompts",))

    def writings(self) -> list[Writing]:
        """Return every prompt's text, and both halves of the plan."""
        prompts = [Writing(("written", each.id), str(each.label), rows=each.rows) for each in self.prompts]
        if self.if_then is None:
            return prompts
        return [
            *prompts,
            Writing(("if_then", "if"), str(self.if_then.if_label), plan=True, rows=2),
            Writing(("if_then", "then"), str(self.if_then.then_label), plan=True, rows=2),
        ]

    def result(self, record: dict[str, Any] | None) -> dict[str, Any]:
        """Return what was written by prompt, and the plan."""
        record = record or {}
        return {"written": dict(record.get("written", {})), "if_then": dict(record.get("if_then", {}))}

    def frame_rows(self, record: dict[str, Any] | None) -> list[dict[str, Any]]:
        """Return one row a prompt."""
        written = self.result(record)["written"]
        return [
            {"prompt": each.id, "question": str(each.label), "written": written.get(each.id, "")}
            for each in self.prompts
        ]
