"""The face that an author writes: a branching case, as `exercises/…/<id>.yml` holds it."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from courseware.base import Exercise, Id, NodeId, Part, Reasoned, Writing
from courseware.kinds.scenario.conditions import Condition
from courseware.kinds.scenario.effects import Effect, Name, Value
from courseware.markup import Markdown, Text
from courseware.problems import Finding

STANDARD_QUESTIONS = {
    "expected": "What did you expect to happen?",
    "happened": "What did happen?",
    "why_different": "Why was it different?",
    "learned": "What will you keep, and what will you change?",
}


class Indicator(Part):
    """A number that choices move. More is better. It never leaves its range."""

    label: Text
    min: int = 0
    max: int = 10
    start: int
    show: Literal["always", "debrief"] = "debrief"
    words: Annotated[list[Text], Field(min_length=2, max_length=5)] | None = None

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        if not self.min <= self.start <= self.max or self.min == self.max:
            raise ValueError(
                f"`start` {self.start} must lie between `min` {self.min} and `max` {self.max}; move one of them"
            )
        return self


class Acting(Part):
    """Anything that changes the state and leads on."""

    effects: list[Effect] = []
    next: NodeId

    def instructions(self) -> list[list[Any]]:
        """Return the effects as plain instructions, in order."""
        return [step for effect in self.effects for step in effect.compiled(None)]  # type: ignore[arg-type]

    def compiled(self, exercise: Exercise) -> dict[str, Any]:
        """Return it with its effects as one flat list."""
        fields: dict[str, Any] = super().compiled(exercise)
        return fields | {"effects": self.instructions()}


class Feedback(Reasoned):
    """What follows a choice at once, and why at the debrief. `quality` balances the scenario and stays in Python."""

    consequence: Markdown
    why: Markdown
    misconception: Markdown | None = None
    quality: Literal["strong", "mixed", "weak"] = Field(exclude=True)


class Choice(Acting):
    """One thing that the learner can do."""

    id: Id
    text: Annotated[Text, Field(max_length=200)]
    if_: Condition | None = Field(default=None, alias="if")
    else_text: Text | None = None
    feedback: Feedback

    @model_validator(mode="after")
    def _explains_lock(self) -> Self:
        if (self.if_ is None) != (self.else_text is None):
            raise ValueError("`if` and `else_text` go together; a locked choice says why it is locked")
        return self


class Facilitator(Part):
    """For whoever runs this decision in a room."""

    minutes: Annotated[int, Field(gt=0, le=60)]
    ask: Annotated[list[Text], Field(min_length=1)]
    listen_for: list[Text] = []
    if_short: Literal["skip", "keep"] = "keep"


class Message(Part):
    """A call, text or log line that reaches the learner."""

    sender: Text = Field(alias="from")
    at: Text | None = None
    text: Text


class Told(Part):
    """What every node that a learner reads can carry."""

    label: Text | None = None
    text: Markdown
    messages: list[Message] = []


class Timer(Part):
    """A nudge, off unless the learner turns it on. It never chooses."""

    seconds: Annotated[int, Field(ge=10, le=900)]


class Decision(Told):
    """A node where the learner chooses."""

    type: Literal["decision"]
    ask_first: list[Literal["rationale", "confidence"]] = []
    timer: Timer | None = None
    choices: Annotated[list[Choice], Field(min_length=2, max_length=6)]
    facilitator: Facilitator | None = Field(default=None, exclude=True)


class Story(Told):
    """A node that is read and continued."""

    type: Literal["story"]
    next: NodeId


class Outcome(Acting):
    """One way that luck can fall."""

    id: Id
    weight: Annotated[int, Field(gt=0, le=1000)]
    text: Markdown


class Chance(Told):
    """A node where luck decides, by weights that the author declares."""

    type: Literal["chance"]
    outcomes: Annotated[list[Outcome], Field(min_length=2, max_length=6)]


class Route(Part):
    """Where a check leads when its condition holds."""

    if_: Condition | None = Field(default=None, alias="if")
    next: NodeId


class Check(Part):
    """A node that nobody sees: it routes on the state. The last route has no condition."""

    type: Literal["check"]
    routes: Annotated[list[Route], Field(min_length=2)]

    @model_validator(mode="after")
    def _has_default(self) -> Self:
        if self.routes[-1].if_ is not None or any(route.if_ is None for route in self.routes[:-1]):
            raise ValueError("the last route, and no other, has no `if`; add a last `{next: …}` for every other case")
        return self


class Ending(Told):
    """A node that the story ends at."""

    type: Literal["ending"]
    title: Text
    learned: Markdown | None = None


Node = Annotated[Decision | Story | Chance | Check | Ending, Field(discriminator="type")]


class Act(Part):
    """A part that a workshop can play alone. `with` sets the state at its start, and `so_far` tells what led to it."""

    id: Id
    title: Text
    start: NodeId
    so_far: Markdown | None = None
    with_: dict[Name, Value] = Field(default={}, alias="with")
    minutes: Annotated[int, Field(gt=0, le=240)]


class Defended(Part):
    """A path that a role with a stake of its own would argue for. None is the model answer."""

    by: Text
    path: Annotated[list[Id], Field(min_length=1)]
    argues: Markdown


class AfterAction(Part):
    """The four questions after the action, in this scenario's words."""

    expected: Text
    happened: Text
    why_different: Text
    learned: Text


class Debrief(Part):
    """What follows an ending."""

    opening: Markdown | None = None
    defended: Annotated[list[Defended], Field(min_length=2, max_length=3)]
    after_action: AfterAction
    own_case: Markdown
    if_then: Text

    @model_validator(mode="before")
    @classmethod
    def _standard_questions(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("after_action") == list(STANDARD_QUESTIONS):
            return data | {"after_action": STANDARD_QUESTIONS}
        return data


class Expectation(Part):
    """Where a tested path must end: an ending, and indicators or flags by name."""

    model_config = {"extra": "allow"}
    ending: NodeId


class Walk(Part):
    """A tested path: choices and chance outcomes by id, and what must come of them."""

    path: Annotated[list[Id], Field(min_length=1)]
    act: Id | None = None
    expect: Expectation


class Scenario(Exercise):
    """A branching case: decisions, consequences, endings, and a debrief without a model answer."""

    kind_label: ClassVar[str] = "Scenario"

    kind: Literal["scenario"]
    indicators: Annotated[dict[Name, Indicator], Field(min_length=1, max_length=5)]
    flags: dict[Name, Value] = {}
    start: NodeId
    nodes: Annotated[dict[NodeId, Node], Field(min_length=3)]
    acts: list[Act] = []
    debrief: Debrief
    tests: Annotated[list[Walk], Field(min_length=1)] = Field(exclude=True)

    def findings(self) -> Iterator[Finding]:
        """Yield dangling names first; only a sound graph has its states explored."""
        from courseware.kinds.scenario import names, paths

        yield from super().findings()
        dangling = list(names.findings(self))
        yield from dangling
        if not any(finding.level == "error" for finding in dangling):
            yield from paths.findings(self)

    def page_context(self) -> dict[str, Any]:
        """Return the passages' numbers, and conditions and effects in words."""
        from courseware.kinds.scenario import words

        return {
            "numbers": words.numbers(self),
            "condition": lambda tree: words.condition(self, tree),
            "effects": lambda instructions: words.effects(self, instructions),
        }

    @classmethod
    def findings_in_unfinished(cls, data: dict[str, Any]) -> Iterator[Finding]:
        """Yield every `next` and `start` that leads nowhere, though other fields are wrong."""
        from courseware.kinds.scenario.names import dangling_in

        yield from dangling_in(data, data.get("nodes"))

    def writings(self) -> list[Writing]:
        """Return the four questions of the debrief, and the plan."""
        asked = self.debrief.after_action
        answers = [Writing(("after_action", name), str(getattr(asked, name))) for name in type(asked).model_fields]
        return [*answers, Writing(("if_then",), str(self.debrief.if_then), plan=True)]

    def result(self, record: dict[str, Any] | None) -> Any:
        """Return the latest run as a `play.Result`: path, indicators, ending and the learner's reasons."""
        from courseware.kinds.scenario.play import result

        return result(self, record)

    def frame_rows(self, record: dict[str, Any] | None) -> list[dict[str, Any]]:
        """Return one row a move of the latest run, with the indicators after it."""
        from courseware.kinds.scenario.play import rows

        return rows(self, record)
