"""Says what is wrong with `data/sessions.yml`, line by line: names that lead nowhere, times that overrun, no care."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from courseware import library, outside
from courseware.base import nearest
from courseware.course import concepts, course, root, written
from courseware.facilitate import chapters, days, layout, minutes, wording
from courseware.facilitate import sessions as made
from courseware.facilitate.days import SLACK, exercise_of
from courseware.facilitate.plan import LENGTHS, ChapterPlan, Pattern, Plans, Played
from courseware.facilitate.sheet import Session, enough_slack
from courseware.kinds.scenario.spec import Scenario
from courseware.problems import Finding, Place, Problem

KNOWN = {"size", "groups", "rooms", "case", "act", "first", "half", "length", "many", "decisions", "sentence"}


def problems(only: str | None = None) -> list[Problem]:
    """Return everything that is wrong with the sessions; where a chapter is named, only what its own stumble over.

    The others are not looked at then: to explore every scenario of the course takes seconds, and a kit is of one.
    """
    path = root() / made.FILE
    if not path.is_file():
        return []
    plans, findings, lines = made.read()
    if plans is not None:
        own = [path, *library.files(), *sorted((root() / "chapters").glob("*.*"))]
        findings = _known(path, outside.state(*own), only)
    return sorted({made.problem(each, lines) for each in findings})


@cache
def _known(_path: Path, _state: tuple[int, ...], only: str | None) -> list[Finding]:
    plans, _, _ = made.read()
    return list(_findings(plans, only)) if plans else []


def _findings(plans: Plans, only: str | None) -> Iterator[Finding]:
    yield from _words(plans)
    usable = {name: pattern for name, pattern in plans.patterns.items() if not list(_pattern(plans, name, pattern))}
    for name, pattern in plans.patterns.items():
        yield from _pattern(plans, name, pattern)
    known = {chapter["id"]: chapter for chapter in written()}
    asked = {only} if only else known.keys() | plans.chapters.keys()
    for chapter_id in asked - plans.chapters.keys():
        yield Finding(
            ("chapters", chapter_id), f"chapter `{chapter_id}` has a page and no sessions", f"add `{chapter_id}:` here"
        )
    sound = []
    for chapter_id, given in plans.chapters.items():
        if chapter_id not in asked:
            continue
        if chapter_id not in known:
            yield Finding(
                ("chapters", chapter_id), f"no chapter `{chapter_id}` with a page", nearest(chapter_id, known)
            )
            continue
        found = list(_chapter(plans, chapter_id, given))
        yield from found
        if not found:
            sound.append(chapter_id)
            yield from _laid_out(plans, chapter_id, usable)
    if only is None:
        yield from days.findings(plans, sound, set(usable))


# ---------------------------------------------------------------- what is common to all sessions


def _words(plans: Plans) -> Iterator[Finding]:
    """Yield names in braces that stand for nothing; they would be printed as they are."""
    for kind, said in plans.steps.items():
        for name in type(said).model_fields:
            yield from _unknown_names(getattr(said, name), ("steps", kind, name))
    for place in ("online", "boss"):
        yield from _unknown_names(getattr(plans, place), (place,))


def _unknown_names(value: Any, place: Place) -> Iterator[Finding]:
    if isinstance(value, str):
        for found in wording.PLACE.finditer(value):
            if found[1] not in KNOWN:
                yield Finding(place, f"`{found[0]}` stands for nothing", nearest(found[1], KNOWN))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _unknown_names(each, (*place, key))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _unknown_names(each.name, (*place, at, "name"))


def _pattern(plans: Plans, name: str, pattern: Pattern) -> Iterator[Finding]:
    for at, timed in enumerate(pattern.steps):
        if timed.step not in plans.steps:
            yield Finding(
                ("patterns", name, "steps", at, "step"),
                f"nothing is said of `{timed.step}`",
                f"add `{timed.step}:` to `steps`",
            )
    if not enough_slack(pattern.minutes, pattern.spare):
        yield Finding(
            ("patterns", name, "spare"), f"{pattern.spare} of {pattern.minutes} minutes is too little to spare", SLACK
        )


# ---------------------------------------------------------------- a chapter


def _chapter(plans: Plans, chapter_id: str, given: ChapterPlan) -> Iterator[Finding]:
    place: Place = ("chapters", chapter_id)
    for step in ("opener", "play", "again"):
        yield from _played(chapter_id, step, cast("Played", getattr(given, step)))
    if given.play.exercise == given.again.exercise and given.play.act == given.again.act:
        yield Finding(
            (*place, "again", "exercise"), "the second case is the first", "play another scenario, or another act"
        )
    play = exercise_of(given.play.exercise)
    if isinstance(play, Scenario) and not list(_played(chapter_id, "play", given.play)):
        within = [stop.id for stop in minutes.stops(play, given.play.act)]
        if given.after.decision not in within:
            what = f"`{given.after.decision}` is no decision of what is played"
            yield Finding((*place, "after", "decision"), what, nearest(given.after.decision, within))
    for key, name in given.patterns.items():
        if name not in plans.patterns:
            yield Finding((*place, "patterns", key), f"no pattern `{name}`", nearest(name, plans.patterns))
        elif plans.patterns[name].minutes != int(key):
            what = f"`{name}` is a pattern of {plans.patterns[name].minutes} minutes"
            yield Finding((*place, "patterns", key), what, f"name one of {key} minutes")
    yield from _team(plans, chapter_id, given)
    if not chapters.compared(chapter_id, plans.headings.compare):
        what = f"no table of questions under “{plans.headings.compare}” in the chapter"
        yield Finding((*place, "compare"), what, "add the section to the chapter, or mend `headings:`")
    if _text_only(chapter_id) and not given.care:
        what = "the chapter teaches something in text only, and nothing is said here of how people are looked after"
        yield Finding(place, what, "add `care:`, and say in it that the session leaves that subject alone")


def _played(chapter_id: str, step: str, played: Played) -> Iterator[Finding]:
    """Yield what is wrong with an exercise that is played: that it is not there, or that it does not fit the step."""
    place: Place = ("chapters", chapter_id, step)
    exercise = exercise_of(played.exercise)
    if exercise is None:
        known = {each.stem for each in library.files()}
        mend = nearest(played.exercise, known - {played.exercise})
        if played.exercise in known:
            mend = "run `courseware check` on its own file first"
        yield Finding((*place, "exercise"), f"no exercise `{played.exercise}` that can be used", mend)
        return
    if exercise.chapter != chapter_id:
        yield Finding(
            (*place, "exercise"), f"`{exercise.id}` is of chapter `{exercise.chapter}`", "play one of this chapter"
        )
    if set(exercise.teaches) & set(_text_only(exercise.chapter)):
        yield Finding((*place, "exercise"), f"`{exercise.id}` teaches what is taught in text only", "play another")
    if isinstance(exercise, Scenario):
        yield from _scenario(place, step, exercise, played)
    elif step != "opener":
        yield Finding(
            (*place, "exercise"), f"`{exercise.id}` is no scenario", "play a scenario here; others can be openers"
        )
    elif played.act is not None:
        yield Finding((*place, "act"), f"`{exercise.id}` has no acts", "remove `act`")
    elif played.minutes and played.minutes > minutes.own(exercise):
        what = f"{played.minutes} minutes, and `{exercise.id}` has {minutes.own(exercise)} in its own file"
        yield Finding((*place, "minutes"), what, "play it no longer than that, or remove `minutes`")


def _scenario(place: Place, step: str, exercise: Scenario, played: Played) -> Iterator[Finding]:
    acts = [act.id for act in exercise.acts]
    if step == "opener":
        yield Finding((*place, "exercise"), f"`{exercise.id}` is a scenario", "open with something shorter")
    elif played.act is not None and played.act not in acts:
        mend = nearest(played.act, acts) if acts else "it has none: remove `act`"
        yield Finding((*place, "act"), f"no act `{played.act}` in `{exercise.id}`", mend)
    elif played.minutes is not None:
        what = f"a scenario takes what its own file says, {minutes.own(exercise, played.act)} minutes at most"
        yield Finding((*place, "minutes"), what, "remove `minutes`; `if_short: skip` on its decisions makes it shorter")
    elif minutes.longest(exercise, played.act) > minutes.own(exercise, played.act):
        what = (
            f"`{exercise.id}` gives {'this act' if played.act else 'itself'} {minutes.own(exercise, played.act)} "
            f"minutes, and its decisions take {minutes.longest(exercise, played.act)}"
        )
        yield Finding((*place, "exercise"), what, "give it more in its own file, or its decisions fewer")


def _team(plans: Plans, chapter_id: str, given: ChapterPlan) -> Iterator[Finding]:
    place: Place = ("chapters", chapter_id, "team")
    found = chapters.team(chapter_id, plans.headings.team)
    if found is None:
        what = f"no numbered steps under “{plans.headings.team}” in the chapter"
        yield Finding(place, what, "write them there as `1. **Three minutes.** …`, or mend `headings:`")
        return
    for at, each in enumerate(given.team):
        if each.step > len(found.steps):
            what = f"the chapter's fifteen minutes have {len(found.steps)} steps, and no step {each.step}"
            yield Finding((*place, at, "step"), what, "give the number of a step that is there")
        elif [other.step for other in given.team[:at]].count(each.step):
            yield Finding((*place, at, "step"), f"step {each.step} stands here twice", "make the two one")
    for number in range(1, len(found.steps) + 1):
        if number not in {each.step for each in given.team}:
            yield Finding(
                place, f"nothing is said of step {number} of the chapter's fifteen minutes", f"add `step: {number}`"
            )


def _laid_out(plans: Plans, chapter_id: str, usable: dict[str, Pattern]) -> Iterator[Finding]:
    """Yield which sessions of a chapter overrun, or leave too little to spare."""
    given = plans.chapters[chapter_id]
    for length in LENGTHS:
        name = layout.pattern_of(plans, given, length)
        place: Place = ("chapters", chapter_id, "team" if length == 15 else "play")
        if str(length) in given.patterns:
            place = ("chapters", chapter_id, "patterns", str(length))
        if length != 15 and name not in usable:
            if name not in plans.patterns:
                yield Finding(place, f"no pattern of {length} minutes", "add one to `patterns`")
            continue
        yield from _fits(layout.laid_out(plans, chapter_id, length, plans.size), place)


def _fits(session: Session, place: Place) -> Iterator[Finding]:
    total = session.minutes - session.spare
    if session.spare < 0:
        what = f"the session of {session.minutes} minutes takes {total}: it overruns by {-session.spare}"
        yield Finding(place, what, f"play less, or shorten its steps ({_biggest(session)})")
    elif not enough_slack(session.minutes, session.spare):
        what = f"the session of {session.minutes} minutes takes {total} and leaves {session.spare} to spare"
        yield Finding(place, what, f"{SLACK}: shorten its steps ({_biggest(session)})")


def _biggest(session: Session) -> str:
    longest = sorted(session.steps, key=lambda step: -step.minutes)[:3]
    return ", ".join(f"`{step.id}` {step.minutes}" for step in longest)


def _text_only(chapter_id: str) -> list[str]:
    """Return the concepts of a chapter that are taught in text only."""
    group = next((each.get("concepts") for each in course()["chapters"] if each["id"] == chapter_id), None)
    return [each["id"] for each in concepts().get(group or "", []) if each.get("text_only")]
