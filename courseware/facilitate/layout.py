"""Lays a session out: the minutes of each step, from what it plays and from its pattern, one after the other.

What is left when each step has its fewest minutes goes to the steps that may grow, in their order, until no more is
left than the pattern means to spare. A play that is longer than its pattern has room for has decisions taken by count,
the last first, as far as their authors allow.
"""

from dataclasses import dataclass
from typing import Any

from courseware import library
from courseware.course import course
from courseware.facilitate import chapters, minutes
from courseware.facilitate.plan import ChapterPlan, Plans, Played, Talk, TeamTalk, Timed
from courseware.facilitate.sheet import Choosing, Session, Step
from courseware.facilitate.wording import Room, care, changes, filled, listed, room, supplied, whole, words_of
from courseware.kinds.scenario.spec import Scenario


@dataclass(frozen=True)
class Laid:
    """A step before its start is known."""

    timed: Timed
    minutes: int
    counted: tuple[str, ...] = ()


def laid_out(plans: Plans, chapter_id: str, length: int, size: int) -> Session:
    """Return a session as the plan gives it. It may overrun: the check says so."""
    given = plans.chapters[chapter_id]
    people = room(size)
    chapter: dict[str, Any] = next(each for each in course()["chapters"] if each["id"] == chapter_id)
    if length == 15:
        steps, why, closing = _team(plans, given, chapter_id, people)
    else:
        steps, why = _long(plans, given, length, people)
        why += [str(each) for key, each in given.why.items() if int(key) == length]
        closing = None
    return Session(
        id=f"{chapter_id}-{length}",
        chapter=chapter_id,
        number=chapter["number"],
        question=chapter["question"],
        theme=chapter["theme"],
        title=f"{chapter['theme']}: {length} minutes",
        minutes=length,
        size=size,
        groups=people.groups,
        rooms_online=people.rooms,
        invitation=str(given.invitation),
        why=why,
        steps=steps,
        spare=length - sum(step.minutes for step in steps),
        roles=_roles(plans, steps),
        online=[whole(plans.online, people), *changes(plans, given, "online", steps)],
        boss=[whole(plans.boss, people), *changes(plans, given, "boss", steps)],
        care=care(plans, given, steps),
        closing=closing,
    )


def _roles(plans: Plans, steps: list[Step]) -> dict[str, str]:
    used = {role for step in steps for role in step.roles}
    return {role: str(text) for role, text in plans.roles.items() if role in used or role == "facilitator"}


# ---------------------------------------------------------------- sixty minutes and more


def _long(plans: Plans, given: ChapterPlan, length: int, people: Room) -> tuple[list[Step], list[str]]:
    pattern = plans.patterns[pattern_of(plans, given, length)]
    laid = timed(given, pattern.steps, length - pattern.spare)
    why = [str(given.play.why)]
    start, steps = 0, []
    for each in laid:
        steps.append(_step(plans, given, each, start, people))
        start += each.minutes
        by_count = [one.title for one in steps[-1].decisions if one.counted]
        if by_count:
            title = library.load(str(steps[-1].exercise)).title
            why.append(
                f"By itself *{title}* would take {by_itself(given, each)} minutes here. So that the debrief has its "
                f"time, {listed(by_count)} {'is' if len(by_count) == 1 else 'are'} taken by count."
            )
    return _ranked(steps), why


def by_itself(given: ChapterPlan, laid: Laid) -> int:
    """Return the minutes of a play with no decision taken by count."""
    played = played_in(given, laid.timed.step)
    assert played is not None  # noqa: S101  # only a play has decisions that are counted
    return minutes.playing(library.load(played.exercise), played.act) + minutes.SETTLE


def pattern_of(plans: Plans, given: ChapterPlan, length: int) -> str:
    """Return the id of the pattern that a chapter's session follows: its own, or the first of that length."""
    own = given.patterns.get(str(length))  # type: ignore[call-overload]
    return str(own) if own else next((name for name, each in plans.patterns.items() if each.minutes == length), "")


def played_in(given: ChapterPlan, step: str) -> Played | None:
    """Return what a step of this kind plays in a chapter."""
    return {"opener": given.opener, "play": given.play, "again": given.again}.get(step)


def timed(given: ChapterPlan, steps: list[Timed], until: int) -> list[Laid]:
    """Return each step with its minutes: those of what it plays, or its own, grown in order as far as there is room."""
    laid = [_played(given, each) if played_in(given, each.step) else Laid(each, each.fewest) for each in steps]
    left = until - sum(each.minutes for each in laid)
    grown = []
    for each in laid:
        more = min(max(0, left), each.timed.most - each.timed.fewest)
        left -= more
        grown.append(Laid(each.timed, each.minutes + more, each.counted))
    return grown


def _played(given: ChapterPlan, each: Timed) -> Laid:
    played = played_in(given, each.step)
    assert played is not None  # noqa: S101  # the caller asks only for what is played
    exercise = library.load(played.exercise)
    if not isinstance(exercise, Scenario):
        return Laid(each, played.minutes or minutes.playing(exercise))
    counted: list[str] = []
    for stop in reversed(minutes.stops(exercise, played.act)):
        fits = minutes.playing(exercise, played.act, counted) + minutes.SETTLE <= (each.at_most or 480)
        if fits:
            break
        if stop.skip:
            counted.append(stop.id)
    return Laid(each, minutes.playing(exercise, played.act, counted) + minutes.SETTLE, tuple(counted))


def _step(plans: Plans, given: ChapterPlan, laid: Laid, start: int, people: Room) -> Step:
    kind = laid.timed.step
    said, talk, played = plans.steps[kind], _talk(given, kind), played_in(given, kind)
    decisions = _decisions(given, kind, laid.counted)
    source = played or given.play
    exercise = library.load(source.exercise)
    shown = kind in {"opener", "vote", "play", "after", "again"}
    saves = _saved(given, laid)
    words = words_of(exercise, source.act, laid.minutes, decisions) | {
        "decisions": listed([one.title for one in decisions if one.id in _skippable(given, laid)])
    }
    questions = chapters.compared(exercise.chapter, str(plans.headings.compare)) if kind == "compare" else []
    return Step(
        id=kind,
        title=filled(str(said.title), people, words),
        start=start,
        minutes=laid.minutes,
        who=str(said.who),
        do="\n\n".join(filter(None, [filled(str(talk.instead or said.do), people, words), str(talk.do or "")])),
        roles={role: filled(str(text), people, words) for role, text in said.roles.items()},
        ask=[*map(str, questions), *map(str, talk.ask)],
        listen_for=[str(each) for each in talk.listen_for],
        first=str(talk.first or said.first or "") or None,
        silence=str(talk.silence or said.silence or "") or None,
        materials=[
            supplied(each, people, words) for each in said.materials if not each.kinds or exercise.kind in each.kinds
        ],
        exercise=exercise.id if shown else None,
        act=source.act if shown else None,
        decisions=decisions,
        cut=laid.timed.cut if saves else None,
        saves=saves,
        shorter=filled(str(said.shorter), people, words) if said.shorter and saves else None,
    )


def _talk(given: ChapterPlan, kind: str) -> Talk:
    return Talk() if kind == "break" else getattr(given, kind) or Talk()


def _decisions(given: ChapterPlan, kind: str, counted: tuple[str, ...]) -> list[Choosing]:
    """Return the decisions of a step: all of a play, the first for a vote, the parting of the ways for the debrief."""
    played = played_in(given, kind) or (given.play if kind in {"vote", "after"} else None)
    exercise = library.load(played.exercise) if played else None
    if played is None or not isinstance(exercise, Scenario):
        return []
    found = [
        Choosing(
            id=stop.id,
            title=stop.title,
            minutes=min(minutes.COUNTED, stop.minutes or 0) if stop.id in counted else stop.minutes,
            counted=stop.id in counted,
            ask=stop.ask,
            listen_for=stop.listen_for,
        )
        for stop in minutes.stops(exercise, played.act)
    ]
    return found[:1] if kind == "vote" else [one for one in found if kind != "after" or one.id == given.after.decision]


def _skippable(given: ChapterPlan, laid: Laid) -> list[str]:
    """Return the decisions of a play that may still be taken by count."""
    played = played_in(given, laid.timed.step)
    exercise = library.load(played.exercise) if played else None
    if played is None or not isinstance(exercise, Scenario):
        return []
    return [stop.id for stop in minutes.stops(exercise, played.act) if stop.skip and stop.id not in laid.counted]


def _saved(given: ChapterPlan, laid: Laid) -> int:
    """Return the minutes that a step can give up."""
    if laid.timed.cut is None:
        return 0
    played, more = played_in(given, laid.timed.step), _skippable(given, laid)
    if played and more:
        exercise = library.load(played.exercise)
        before = minutes.playing(exercise, played.act, laid.counted)
        return before - minutes.playing(exercise, played.act, [*laid.counted, *more])
    return laid.timed.save or (0 if played else laid.minutes - laid.timed.fewest)


def _ranked(steps: list[Step]) -> list[Step]:
    """Return the steps with what is cut first numbered from 1, with no number left out."""
    order = sorted((step.cut, at) for at, step in enumerate(steps) if step.cut is not None)
    places = {at: place for place, (_, at) in enumerate(order, 1)}
    return [step.model_copy(update={"cut": places.get(at)}) for at, step in enumerate(steps)]


# ---------------------------------------------------------------- fifteen minutes


def _team(plans: Plans, given: ChapterPlan, chapter_id: str, people: Room) -> tuple[list[Step], list[str], str]:
    """Return the chapter's own fifteen minutes, each step with what the plan says to it."""
    found = chapters.team(chapter_id, str(plans.headings.team))
    if found is None:
        raise ValueError(f"no section “{plans.headings.team}” in {chapter_id}")
    told = {each.step: each for each in given.team}
    start, steps = 0, []
    for number, each in enumerate(found.steps, 1):
        talk = told.get(number) or TeamTalk(step=number, title=f"Step {number}")  # type: ignore[arg-type]
        how = f"*{each.how[0].upper()}{each.how[1:]}.* " if each.how else ""
        cut = talk.cut if talk.shorter and each.minutes > 1 else None
        steps.append(
            Step(
                id=f"team-{number}",
                title=str(talk.title),
                start=start,
                minutes=each.minutes,
                who=str(plans.team.who),
                do=how + each.text,
                roles={role: str(text) for role, text in plans.team.roles.items()} if number == 1 else {},
                ask=[str(one) for one in talk.ask],
                listen_for=[str(one) for one in talk.listen_for],
                first=str(talk.first or "") or None,
                silence=str(talk.silence or "") or None,
                materials=[supplied(one, people, {}) for one in plans.team.materials] if number == 1 else [],
                cut=cut,
                saves=1 if cut else 0,
                shorter=str(talk.shorter) if cut else None,
            )
        )
        start += each.minutes
    return _ranked(steps), [str(plans.team.do), found.first], found.last
