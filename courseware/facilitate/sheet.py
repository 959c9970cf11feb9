"""What a run-sheet is once it is computed: who does what, from which minute to which, with what, what goes first."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Made(BaseModel):
    """A piece of a run-sheet: plain values, and nothing changes once it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Material(Made):
    """Something to have in the room. `count` is for the size of this session: `each` for everybody, and the `spare`."""

    name: str
    count: int
    per: str
    each: int = 1
    spare: int = 0

    @property
    def shared(self) -> str:
        """How it is shared out where it goes to groups: `, one for each group and one for you`."""
        if self.per != "group":
            return ""
        return f", {_said(self.each)} for each group" + (f" and {_said(self.spare)} for you" if self.spare else "")


def _said(count: int) -> str:
    return {1: "one", 2: "two", 3: "three"}.get(count, str(count))


class Choosing(Made):
    """A decision that a step plays or turns on. `minutes` is None where its author left that to the whole."""

    id: str
    title: str
    minutes: int | None = None
    counted: bool = False
    ask: list[str] = []
    listen_for: list[str] = []


class Step(Made):
    """One step. `start` is its minute, from 0. `cut` is its place among what is shortened first; None is kept whole."""

    id: str
    title: str
    start: int
    minutes: int
    who: str
    do: str
    roles: dict[str, str] = {}
    ask: list[str] = []
    listen_for: list[str] = []
    first: str | None = None
    silence: str | None = None
    materials: list[Material] = []
    exercise: str | None = None
    act: str | None = None
    decisions: list[Choosing] = []
    cut: int | None = None
    saves: int = 0
    shorter: str | None = None

    @property
    def end(self) -> int:
        """The minute at which it is over."""
        return self.start + self.minutes


class Change(Made):
    """What changes in a step, or in all of it where `step` is None."""

    step: str | None
    title: str
    do: str


class Session(Made):
    """A run-sheet: the steps of one session of a chapter, for a room of `size` people in `groups` groups."""

    id: str
    chapter: str
    number: int
    question: str
    theme: str
    title: str
    minutes: Annotated[int, Field(gt=0)]
    size: int
    groups: int
    rooms_online: int
    invitation: str
    why: list[str]
    steps: list[Step]
    spare: int
    roles: dict[str, str]
    online: list[Change]
    boss: list[Change]
    care: list[str]
    closing: str | None = None

    @property
    def materials(self) -> list[Material]:
        """Everything to have in the room, each thing once, in the order in which it is first needed."""
        found: dict[str, Material] = {}
        for each in (one for step in self.steps for one in step.materials):
            other = found.get(each.name)
            found[each.name] = each if other is None or each.count > other.count else other
        return list(found.values())

    @property
    def cuts(self) -> list[Step]:
        """The steps that give up time, the first to go first."""
        return sorted((step for step in self.steps if step.cut is not None), key=lambda step: step.cut or 0)


class ProgrammeSlot(Made):
    """A piece of a day. `session` is the run-sheet of what stands there, where it is a chapter's."""

    id: str
    kind: str
    title: str
    start: int
    minutes: int
    do: str | None = None
    session: Session | None = None
    exercise: str | None = None


class ProgrammeDay(Made):
    """One day: when it starts, its pieces, and what it leaves over beside what the sessions leave themselves."""

    id: str
    title: str
    starts: str
    minutes: int
    slots: list[ProgrammeSlot]
    spare: int
    evening: str | None = None


class Programme(Made):
    """The whole course in days together."""

    title: str
    opening: str
    size: int
    days: list[ProgrammeDay]


def enough_slack(minutes: int, spare: int) -> bool:
    """Say whether at least five per cent of the time is to spare."""
    return spare * 20 >= minutes
