"""The words of a run-sheet: names in braces filled in, things counted for the room, what variants and care add."""

import re
from dataclasses import dataclass
from typing import Literal

from courseware import library
from courseware.base import Exercise
from courseware.facilitate import minutes
from courseware.facilitate.plan import ChapterPlan, Plans, Said, Supply
from courseware.facilitate.sheet import Change, Choosing, Material, Step
from courseware.kinds.scenario.spec import Scenario

PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Room:
    """Who is there: people, and into how many groups they make."""

    size: int
    groups: int
    rooms: int

    @property
    def observers(self) -> int:
        """How many watch: one in each group of four or more."""
        each, more = divmod(self.size, self.groups)
        return self.groups if each >= 4 else more if each == 3 else 0


def room(size: int) -> Room:
    """Return the groups for a room: of four where it can be, of three to five always; online of three."""
    groups = min(max(1, round(size / 4)), size // 3)
    return Room(size, max(groups, -(-size // 5)), max(1, size // 3))


def changes(plans: Plans, given: ChapterPlan, name: Literal["online", "boss"], steps: list[Step]) -> list[Change]:
    """Return what a variant changes: in all of it first, then step by step, then in this chapter.

    The fifteen minutes are one step to it, since their steps are the chapter's.
    """
    said: dict[str, Said] = {str(kind): each for kind, each in plans.steps.items()}
    found = []
    for step in steps:
        each, title = said.get(step.id), step.title
        if each is None and step is steps[0]:
            each, title = plans.team, str(plans.team.title)
        if each and getattr(each, name):
            found.append(Change(step=step.id, title=title, do=str(getattr(each, name))))
    own = [Change(step=None, title="In this chapter", do=str(each)) for each in getattr(given, name)]
    return [*found, *own]


def whole(text: str, people: Room) -> Change:
    """Return what a variant changes in all of a session."""
    return Change(step=None, title="All of it", do=filled(text, people, {}))


def care(plans: Plans, given: ChapterPlan, steps: list[Step]) -> list[str]:
    """Return how people are looked after, where anything that is played asks for it, and what this chapter adds."""
    played = [library.load(name) for name in dict.fromkeys(step.exercise for step in steps) if name]
    asking = [each for each in played if each.safety]
    if not asking and not given.care:
        return []
    said = plans.care
    instead = [
        filled(str(said.instead), room(plans.size), {"case": f"*{each.title}*", "instead": f"*{other.title}*"})
        for each in asking
        if each.safety and each.safety.alternative and (other := library.load(each.safety.alternative))
    ]
    own = [str(each) for each in given.care]
    return [*map(str, (said.before, said.second, said.quiet)), *own, *instead, *map(str, (said.stop, said.after))]


def words_of(exercise: Exercise, act: str | None, length: int, decisions: list[Choosing]) -> dict[str, str]:
    """Return what the names in braces stand for in a step that plays, or turns on, this exercise or act."""
    chosen = minutes.act_of(exercise, act) if isinstance(exercise, Scenario) else None
    sentence = str(exercise.debrief.if_then) if isinstance(exercise, Scenario) else ""
    return {
        "case": str(exercise.title),
        "act": f", *{chosen.title}*" if chosen else "",
        "first": decisions[0].title if decisions else "",
        "half": str(length // 2),
        "length": str(length),
        "many": str(minutes.most_decisions(exercise, act)) if isinstance(exercise, Scenario) else "",
        "sentence": sentence.replace("___", "…"),
    }


def filled(text: str, people: Room, words: dict[str, str]) -> str:
    """Return a text of ours with the names in braces filled in; one that nobody knows stays, and the check names it."""
    known = {"size": str(people.size), "groups": str(people.groups), "rooms": str(people.rooms)} | words
    return PLACE.sub(lambda found: known.get(found[1], found[0]), text)


def supplied(supply: Supply, people: Room, words: dict[str, str]) -> Material:
    """Return a supply with its count for the people in the room."""
    times = {"person": people.size, "group": people.groups, "room": 1}[supply.per]
    count = supply.count * times + supply.spare
    name = filled(str(supply.name), people, words)
    return Material(name=name, count=count, per=supply.per, each=supply.count, spare=supply.spare)


def listed(texts: list[str]) -> str:
    """Return titles in quotation marks, as a sentence lists them."""
    quoted = [f"“{each}”" for each in texts]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))
