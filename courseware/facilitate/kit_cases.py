"""The files of a kit that an exercise is played with: an opener's handout, a case's cards, what a team reads aloud."""

from collections.abc import Iterator

from courseware import library
from courseware.base import Exercise
from courseware.facilitate import kit_pages, kit_words, sessions
from courseware.facilitate.kit_file import BOTH_SIDES, CUT, ONE_SIDE, Look, Wanted, printed, sheet
from courseware.facilitate.sheet import Session

# An opening of fewer words than this only leads to an exercise, which is then what is read aloud.
SHORT = 80


def called(case: Exercise, act: str | None) -> str:
    """Return what a case is called on a sheet: its title, and its act's."""
    acts = {each.id: each.title for each in getattr(case, "acts", [])}
    return f"{case.title}, {acts[act]}" if act else str(case.title)


def opener(case: Exercise, look: Look) -> Iterator[Wanted]:
    """Yield an exercise that a session opens with, and its reasons for when people have done.

    What comes as cards to cut is for a pair; any other sheet is for each person.
    """
    name, title, told = f"{case.id}.pdf", str(case.title), kit_words.told(case.id)
    task = printed(case, kit_words.told(case.id, answers=False), look)
    if case.kind in kit_words.words()["cut"]:
        yield Wanted(f"opener-{name}", f"{title}: two for each group, one a pair", "pair", CUT, task, must=True)
    else:
        yield Wanted(f"opener-{name}", f"{title}: one for everybody", "person", BOTH_SIDES, task, must=True)
    reasons = printed(case, told, look, parts=["why"], title=f"{title}: the reasons")
    late = "one for each group, when they have done"
    yield Wanted(f"opener-reasons-{name}", late, "group", BOTH_SIDES, reasons, hidden=True)


def cards(case: Exercise, act: str | None, look: Look, *, debriefed: bool, alone: bool) -> Iterator[Wanted]:
    """Yield what a case is played with. One that is `debriefed` has its reasons, and a sheet to write on `alone`."""
    told, title = kit_words.told(case.id, act), called(case, act)
    name = f"{'-'.join(filter(None, [case.id, act]))}.pdf"
    part = {
        part: printed(case, told, look, parts=[part], title=f"{title}: {words}")
        for part, words in (
            ("case", "the case"),
            ("cards", "cards"),
            ("follows", "what follows"),
            ("debrief", "debrief sheet"),
            ("why", "why, choice by choice"),
        )
    }
    each = f"{title}: one for everybody"
    yield Wanted(f"case-{name}", each, "person", BOTH_SIDES, part["case"], must=True, pile=debriefed)
    yield Wanted(
        f"cards-{name}", "one set for each group, and one for you", "set", CUT, part["cards"], must=True, pile=debriefed
    )
    reader = "one for each group’s reader, and one for you"
    yield Wanted(f"what-follows-{name}", reader, "set", BOTH_SIDES, part["follows"], must=True, hidden=True)
    if debriefed and alone:
        yield Wanted(f"debrief-{name}", "one for everybody, at the debrief", "person", BOTH_SIDES, part["debrief"])
    if debriefed:
        late = "one for each group, late in the debrief"
        yield Wanted(f"why-{name}", late, "group", BOTH_SIDES, part["why"], hidden=True)


def team(session: Session, look: Look) -> Iterator[Wanted]:
    """Yield what fifteen minutes with a team read aloud: the chapter's opening, or the exercise that stands there."""
    heading, paragraphs = kit_words.opening(session.chapter)
    reads = "one, for whoever reads"
    if sum(len(each.split()) for each in paragraphs) >= SHORT:
        made = sheet(kit_pages.opening(heading, paragraphs), look)
        yield Wanted("to-read-aloud.pdf", reads, "room", BOTH_SIDES, made, must=True)
        return
    hour = sessions.session(session.chapter, 60, size=session.size)
    play = next(step for step in hour.steps if step.id == "play")
    case = library.load(play.exercise or "")
    for part, words in (("cards", "cards"), ("follows", "what follows")):
        title = f"{called(case, play.act)}: {words}"
        made = printed(case, kit_words.told(case.id, play.act), look, parts=[part], title=title)
        yield Wanted(f"{words.replace(' ', '-')}-{case.id}.pdf", reads, "room", ONE_SIDE, made, must=True)
