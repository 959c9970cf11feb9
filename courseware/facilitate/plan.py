"""The face that an author writes: what the sessions of each chapter play and say, as `data/sessions.yml` holds it.

Nothing here is a time of day, and few things are minutes: how long a step takes comes from the exercise that it plays.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from courseware.base import Id, NodeId, Part
from courseware.markup import Markdown, Text

# What a step is. Those of PLAYED take their minutes from what they play, the others from the pattern.
StepKind = Literal[
    "welcome", "opener", "vote", "play", "four", "after", "break", "again", "compare", "own", "plan", "card"
]
PLAYED = {"opener", "play", "again"}
LENGTHS = (15, 60, 90, 180)
Minutes = Annotated[int, Field(gt=0, le=240)]
Role = Literal["facilitator", "second", "observer", "groups"]


class Supply(Part):
    """Something to have in the room, and how many for each person, group or room; for some kinds of exercise only.

    `spare` are more of it, for whoever runs the session.
    """

    name: Text
    per: Literal["person", "group", "room"]
    count: Annotated[int, Field(gt=0, le=100)] = 1
    spare: Annotated[int, Field(ge=0, le=10)] = 0
    kinds: list[Id] = []


class Talk(Part):
    """What is said in a step, in this chapter: questions, what to listen for, who speaks first, what silence is for.

    `do` comes after what is done in such a step everywhere, and `instead` takes its place.
    """

    do: Markdown | None = None
    instead: Markdown | None = None
    ask: list[Text] = []
    listen_for: list[Text] = []
    first: Text | None = None
    silence: Text | None = None


class Said(Part):
    """What is true of a sort of step in every session, whichever the chapter."""

    title: Text
    who: Text
    do: Markdown
    roles: dict[Role, Text] = {}
    materials: list[Supply] = []
    first: Text | None = None
    silence: Text | None = None
    shorter: Text | None = None
    online: Markdown | None = None
    boss: Markdown | None = None


class Timed(Part):
    """A step of a pattern: its minutes, or the fewest and the most. One that plays has those of what it plays.

    `cut` is the order in which steps give up time when it runs short; a step without one is kept whole. `save` is what
    it can give up, where the pattern and not what is played knows it. `at_most` is the room that a pattern has for a
    play: what is longer has decisions taken by count.
    """

    step: StepKind
    minutes: Minutes | None = None
    between: Annotated[list[Minutes], Field(min_length=2, max_length=2)] | None = None
    at_most: Minutes | None = None
    cut: Annotated[int, Field(gt=0, le=9)] | None = None
    save: Minutes | None = None

    @model_validator(mode="after")
    def _timed_once(self) -> Self:
        given = [self.minutes, self.between]
        if self.step in PLAYED and any(given):
            raise ValueError(f"`{self.step}` has the minutes of what it plays; remove `minutes` and `between` here")
        if self.step not in PLAYED and given.count(None) != 1:
            raise ValueError("this step has either `minutes` or `between: [fewest, most]`; write one of them")
        if self.between and self.between[0] > self.between[1]:
            raise ValueError("`between` is `[fewest, most]`; put the smaller number first")
        return self

    @property
    def fewest(self) -> int:
        """The minutes that it must have; none of its own where it plays something."""
        return self.between[0] if self.between else self.minutes or 0

    @property
    def most(self) -> int:
        """The minutes that it may grow to."""
        return self.between[1] if self.between else self.fewest


class Pattern(Part):
    """The steps of a session of one length. `spare` is what it aims to leave over."""

    minutes: Literal[60, 90, 180]
    spare: Minutes
    steps: Annotated[list[Timed], Field(min_length=3)]

    @model_validator(mode="before")
    @classmethod
    def _each_once(cls, data: Any) -> Any:
        steps = data.get("steps") if isinstance(data, dict) else None
        kinds = [each.get("step") for each in steps if isinstance(each, dict)] if isinstance(steps, list) else []
        twice = next((kind for at, kind in enumerate(kinds) if kind in kinds[:at]), None)
        if twice:
            raise ValueError(f"`{twice}` stands twice among the steps; keep one of the two")
        return data


class Played(Talk):
    """An exercise that a session plays, or one act of it. `minutes` may be fewer than its own, if only part is done."""

    exercise: Id
    act: Id | None = None
    minutes: Minutes | None = None
    why: Text


class Parting(Talk):
    """Where the debrief is spent: the decision at which groups are likeliest to part."""

    decision: NodeId


class TeamTalk(Part):
    """What goes with one step of the chapter's own fifteen minutes, by its number there: a title, and what is said."""

    step: Annotated[int, Field(gt=0, le=20)]
    title: Text
    ask: list[Text] = []
    listen_for: list[Text] = []
    first: Text | None = None
    silence: Text | None = None
    cut: Annotated[int, Field(gt=0, le=9)] | None = None
    shorter: Text | None = None


class ChapterPlan(Part):
    """What one chapter's sessions play, and what is asked and listened for in them."""

    invitation: Text
    patterns: dict[Literal["60", "90", "180"], Id] = {}
    why: dict[Literal["60", "90", "180"], Text] = {}
    welcome: Talk
    opener: Played
    play: Played
    vote: Talk
    four: Talk
    after: Parting
    again: Played
    compare: Talk
    own: Talk | None = None
    plan: Talk
    card: Talk
    team: list[TeamTalk]
    online: list[Markdown] = []
    boss: list[Markdown] = []
    care: list[Markdown] = []


class Slot(Part):
    """A piece of a day: a chapter's session, or something else that takes time."""

    session: Id | None = None
    minutes: Minutes
    kind: Literal["session", "whole", "break", "lunch"]
    title: Text | None = None
    do: Markdown | None = None
    exercise: Id | None = None

    @model_validator(mode="after")
    def _is_something(self) -> Self:
        if (self.kind == "session") != (self.session is not None):
            raise ValueError("`kind: session` and `session:` with a chapter's id go together; write both or neither")
        if self.kind != "session" and self.title is None:
            raise ValueError("what is no chapter's session needs a `title`; add one")
        return self


class Day(Part):
    """One day of the programme: when it starts, how long it lasts, and what may be done in the evening."""

    title: Text
    starts: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    minutes: Annotated[int, Field(gt=0, le=720)]
    slots: Annotated[list[Slot], Field(min_length=1)]
    evening: Markdown | None = None


class ProgrammePlan(Part):
    """The whole course in days together."""

    title: Text
    opening: Markdown
    days: Annotated[list[Day], Field(min_length=1)]


class Headings(Part):
    """The sections of a chapter that sessions are made from, by their headings there."""

    team: Text
    compare: Text


class Care(Part):
    """How people are looked after wherever what is played asks for care."""

    before: Markdown
    second: Markdown
    quiet: Markdown
    instead: Markdown
    stop: Markdown
    after: Markdown


class Plans(Part):
    """The whole file."""

    size: Annotated[int, Field(ge=3, le=120)]
    headings: Headings
    online: Markdown
    boss: Markdown
    care: Care
    roles: dict[Role, Text]
    team: Said
    steps: dict[StepKind, Said]
    patterns: dict[Id, Pattern]
    chapters: dict[Id, ChapterPlan]
    programme: ProgrammePlan
