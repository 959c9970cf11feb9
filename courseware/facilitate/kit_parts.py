"""Which files a session's kit is made of, in the order in which they are needed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from courseware import library, markup
from courseware.base import Exercise
from courseware.facilitate import kit_book, kit_cases, kit_pages, kit_words, run_sheet, sessions, slides
from courseware.facilitate.kit_file import (
    BOTH_SIDES,
    CUT,
    CUT_BOTH,
    ONE_SIDE,
    SCREEN,
    Look,
    Making,
    Wanted,
    sheet,
    text,
)
from courseware.facilitate.sheet import Material, Session
from courseware.kinds.scenario.spec import Scenario

LARGE = "large-print"
# The steps in which a case is played from cards.
PLAYS = ("play", "again")
HARM = "for you, and one for the second person; fill in whom to tell beforehand"
TURN = "one for everybody, so that nobody is seen to take one"


def wanted(session: Session, look: Look) -> list[Wanted]:
    """Return every file of a session's kit but its first page, in the order in which they are needed.

    What each person gets, and the cards, are there again in large print, in a folder of their own.
    """
    found = [replace(each, name=f"{at:02}-{each.name}") for at, each in enumerate(_all(session, look), 1)]
    if look.large:
        return found
    again = zip(found, _all(session, Look(large=True, contrast=True)), strict=True)
    return found + [
        replace(each, name=usual.name, folder=f"{LARGE}/")
        for usual, each in again
        if usual.reader or each.name.startswith("cards-")
    ]


def _all(session: Session, look: Look) -> Iterator[Wanted]:
    cases = {step.id: library.load(step.exercise) for step in session.steps if step.exercise}
    steps = {step.id for step in session.steps}
    yield Wanted(
        "run-sheet.pdf",
        "for you, and one for the second person",
        "runner",
        BOTH_SIDES,
        _run_sheet(session, look),
        must=True,
    )
    harm = sheet(kit_book.disclosure(), look)
    yield Wanted("disclosure.pdf", HARM, "runner", ONE_SIDE, harm, must=True)
    yield Wanted("slides.pptx", SCREEN, "room", SCREEN, _slides(session, look))
    if "opener" in cases:
        yield from kit_cases.opener(cases["opener"], look)
    for step in session.steps:
        if step.id in PLAYS and step.id in cases:
            first = step.id == PLAYS[0]
            yield from kit_cases.cards(cases[step.id], step.act, look, debriefed=first, alone="four" in steps)
    if not cases:
        yield from kit_cases.team(session, look)
    yield from _in_the_room(session, cases, steps, look)
    yield from _afterwards(session, cases, look)
    if cases:
        signs = sheet(kit_pages.signs(session), look)
        yield Wanted("signs.pdf", "the door, the quiet room, a table each", "room", ONE_SIDE, signs)
        letters = sheet(kit_pages.deck(), look)
        boss = "where the boss is in the room"
        yield Wanted("letter-cards.pdf", "one set for everybody", "person", CUT, letters, only=boss)
        yield from _counted(look)


def _in_the_room(session: Session, cases: dict[str, Exercise], steps: set[str], look: Look) -> Iterator[Wanted]:
    """Yield what lies on the tables and what people write on."""
    scenario = _main(cases)
    if scenario:
        play = next(step for step in session.steps if step.id == "play")
        told = kit_words.told(scenario.id, play.act)
        watching = sheet(kit_pages.observer(kit_cases.called(scenario, play.act), told, session), look)
        yield Wanted("observer.pdf", "one for each observer", "observer", ONE_SIDE, watching, pile=True)
    if "vote" in steps:
        votes = sheet(kit_pages.votes(), look)
        slips = "half" if look.large else "quarter"
        yield Wanted("voting-slips.pdf", "one slip for everybody", slips, CUT, votes, must=True, pile=True)
    rules = sheet(kit_pages.rules(session, _played(cases)), look)
    # Fifteen minutes are held round one table.
    door, per = ("one for each table, and one by the door", "set") if cases else ("one, by the door", "room")
    yield Wanted("ground-rules.pdf", door, per, BOTH_SIDES, rules, must=True, pile=True)
    support = sheet(kit_pages.support(), look)
    yield Wanted("where-to-turn.pdf", TURN, "person", BOTH_SIDES, support, must=True, pile=True)
    if "compare" in steps:
        two = [cases[step] for step in PLAYS if step in cases]
        compared = sheet(kit_pages.columns(session, sessions.plan().headings.compare, two), look)
        yield Wanted("two-columns.pdf", "two for each group", "pair", ONE_SIDE, compared)
    # A debrief sheet has the plan card at its end.
    if "plan" in steps and "four" not in steps:
        plans = sheet(kit_pages.plans(scenario), look)
        yield Wanted("plan-cards.pdf", "one card for everybody", "half", CUT, plans, must=True)
    if "card" in steps:
        end = sheet(kit_pages.minute(kit_book.form("end")), look)
        # In large print it has a page to itself.
        per = "person" if look.large else "half"
        yield Wanted("minute-card-and-form-1.pdf", "one card for everybody, at the end", per, CUT_BOTH, end)


def _afterwards(session: Session, cases: dict[str, Exercise], look: Look) -> Iterator[Wanted]:
    """Yield what people take home: the chapter on a page, and on its back what they are asked in a month."""
    who = "one for everybody, with the plan"
    if cases:
        handout = sheet(kit_pages.handout(session, _played(cases), kit_book.form("month")), look)
        yield Wanted("handout-and-form-3.pdf", who, "person", BOTH_SIDES, handout)
    else:
        handout = sheet(kit_pages.handout(session, []), look)
        yield Wanted("handout.pdf", "one for everybody", "person", ONE_SIDE, handout, only="for a team that reads on")


def _counted(look: Look) -> Iterator[Wanted]:
    """Yield the forms for whoever means to count what came of it."""
    new = sheet(kit_pages.form(kit_book.form("new"), "half the room before, half afterwards"), look)
    yield Wanted("form-2.pdf", "one for everybody", "person", ONE_SIDE, new, only="to count what was learned")
    result = sheet(kit_pages.form(kit_book.form("result"), "one for the team, four weeks before"), look)
    yield Wanted(
        "form-4.pdf", "one for the team", "room", ONE_SIDE, result, only="four weeks before, to follow one result"
    )


def _main(cases: dict[str, Exercise]) -> Scenario | None:
    case = cases.get(PLAYS[0])
    return case if isinstance(case, Scenario) else None


def _played(cases: dict[str, Exercise]) -> list[Exercise]:
    """Return the cases that are played, each once."""
    return [*{case.id: case for case in cases.values() if isinstance(case, Scenario)}.values()]


def _run_sheet(session: Session, look: Look) -> Making:
    told = text("run-sheet", session.model_dump(mode="json"), look)
    return Making(told, lambda: run_sheet.run_sheet_pdf(session, large=look.large, contrast=look.contrast))


def _slides(session: Session, look: Look) -> Making:
    cases = [kit_words.told(step.exercise, step.act) for step in session.steps if step.exercise]
    told = text("slides", session.model_dump(mode="json"), cases, kit_words.words(), look)

    def make() -> bytes:
        said = slides.outline(session, large=look.large)
        return slides.drawn(session.title, said, large=look.large, contrast=look.contrast)

    return Making(told, make)


def start_page(session: Session, files: list[Wanted], counted: dict[str, Any], look: Look) -> Making:
    """Return the first page, once the pages of all the others are known."""
    it = counted | {
        "title": session.title,
        "harm": kit_book.disclosure()["title"],
        "cut": [each.stem for each in files if each.how == CUT],
        "cards": [each.stem for each in files if "-cards-" in each.name],
        "pile": [each.stem for each in files if each.pile],
        "hidden": [each.stem for each in files if each.hidden],
        "bring": [{"count": each.count, "name": kit_pages.md(each.name)} for each in brought(session)],
    }
    return sheet(kit_pages.page("start", f"Start here: {session.title}", "one, for you", it), look)


def brought(session: Session) -> list[Material]:
    """Return the materials of a session that are not in its kit."""
    told = kit_words.words()
    voted = any(step.id == "vote" for step in session.steps)
    made = {*told["made"], *(told["voted"] if voted else [])}
    titles = tuple(str(library.load(step.exercise).title) for step in session.steps if step.exercise)
    return [
        each
        for each in session.materials
        if each.name not in made and not (titles and markup.plain(each.name).startswith(titles))
    ]
