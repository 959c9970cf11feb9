"""The whole course in days together: laid out from the sessions of its chapters, and checked."""

from collections.abc import Iterator

from courseware import library
from courseware.base import Exercise, nearest
from courseware.course import written
from courseware.facilitate import layout, minutes
from courseware.facilitate.plan import LENGTHS, Plans
from courseware.facilitate.sheet import Programme, ProgrammeDay, ProgrammeSlot, enough_slack
from courseware.problems import ExerciseError, Finding, Place

SLACK = "leave at least five minutes in a hundred to spare"
# After so long people need to leave the room.
UNBROKEN = 125


def programme(plans: Plans, size: int) -> Programme:
    """Return the days of the whole course. A day may overrun: the check says so."""
    days = []
    for number, day in enumerate(plans.programme.days, 1):
        start, slots = 0, []
        for at, slot in enumerate(day.slots, 1):
            inside = layout.laid_out(plans, slot.session, slot.minutes, size) if slot.session else None
            slots.append(
                ProgrammeSlot(
                    id=f"day-{number}-{at}",
                    kind=slot.kind,
                    title=str(slot.title or (inside.question if inside else "")),
                    start=start,
                    minutes=slot.minutes,
                    do=str(slot.do) if slot.do else None,
                    session=inside,
                    exercise=slot.exercise,
                )
            )
            start += slot.minutes
        days.append(
            ProgrammeDay(
                id=f"day-{number}",
                title=str(day.title),
                starts=day.starts,
                minutes=day.minutes,
                slots=slots,
                spare=day.minutes - start,
                evening=str(day.evening) if day.evening else None,
            )
        )
    given = plans.programme
    return Programme(title=str(given.title), opening=str(given.opening), size=size, days=days)


def exercise_of(name: str) -> Exercise | None:
    """Return an exercise, or None where there is none or its own file has a mistake."""
    try:
        return library.load(name)
    except (KeyError, ExerciseError):
        return None


def findings(plans: Plans, sound: list[str], usable: set[str]) -> Iterator[Finding]:
    """Yield what is wrong with the days; with the chapters in `sound` and the patterns in `usable` nothing is."""
    found = list(_slots(plans, sound, usable))
    yield from found
    given = [slot.session for day in plans.programme.days for slot in day.slots if slot.session]
    for chapter in written():
        if given.count(chapter["id"]) != 1:
            what = f"chapter `{chapter['id']}` stands {given.count(chapter['id'])} times in the programme"
            yield Finding(("programme", "days"), what, "give each chapter one session")
    if found or set(given) - set(sound):
        return
    for at, day in enumerate(programme(plans, plans.size).days):
        place: Place = ("programme", "days", at)
        spare = day.spare + sum(slot.session.spare for slot in day.slots if slot.session)
        if day.spare < 0:
            what = f"the day of {day.minutes} minutes takes {day.minutes - day.spare}"
            yield Finding((*place, "minutes"), what, "take something out, or end later")
        elif not enough_slack(day.minutes, spare):
            yield Finding(
                (*place, "minutes"), f"the day leaves {spare} minutes to spare, its sessions' included", SLACK
            )
        since = 0
        for number, slot in enumerate(day.slots):
            since = 0 if slot.kind in {"break", "lunch"} else since + slot.minutes
            if since > UNBROKEN:
                what = f"{since} minutes without a break"
                yield Finding((*place, "slots", number), what, f"put a break in before {UNBROKEN} minutes have gone")


def _slots(plans: Plans, sound: list[str], usable: set[str]) -> Iterator[Finding]:
    for at, day in enumerate(plans.programme.days):
        for number, slot in enumerate(day.slots):
            place: Place = ("programme", "days", at, "slots", number)
            exercise = exercise_of(slot.exercise) if slot.exercise else None
            if slot.exercise and exercise is None:
                known = {each.stem for each in library.files()}
                yield Finding((*place, "exercise"), f"no exercise `{slot.exercise}`", nearest(slot.exercise, known))
            elif exercise and slot.minutes > minutes.own(exercise):
                what = f"{slot.minutes} minutes, and `{exercise.id}` has {minutes.own(exercise)} in its own file"
                yield Finding((*place, "minutes"), what, "play it no longer than that")
            if slot.session is None:
                continue
            if slot.session not in plans.chapters:
                what = f"no sessions of a chapter `{slot.session}`"
                yield Finding((*place, "session"), what, nearest(slot.session, plans.chapters))
            elif slot.minutes not in LENGTHS:
                what = f"no session of {slot.minutes} minutes"
                yield Finding((*place, "minutes"), what, f"give one of {', '.join(map(str, LENGTHS))}")
            elif slot.session in sound and slot.minutes != 15:
                name = layout.pattern_of(plans, plans.chapters[slot.session], slot.minutes)
                if name not in usable:
                    yield Finding((*place, "minutes"), f"the pattern `{name}` cannot be used", "mend it first")
