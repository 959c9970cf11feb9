"""Which files a session's kit is made of: what each is called, who gets it, how it is printed, and how it is made."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from courseware import library, markup, paper
from courseware.base import Exercise
from courseware.facilitate import kit_pages, kit_words, run_sheet, sessions, slides
from courseware.facilitate.sheet import Session
from courseware.kinds.scenario.spec import Scenario

TEMPLATE = Path(__file__).with_name("kit.typ")
CUT, ONE_SIDE, BOTH_SIDES = "one side, then cut", "one side", "both sides"
SCREEN = "shown, not printed"
LARGE = "large-print"
# An opening of fewer words than this only leads to an exercise, which is what is read aloud.
SHORT = 80


@dataclass(frozen=True)
class Making:
    """How a file is made. `told` is all that goes into it, by which what is made once is found again."""

    told: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Wanted:
    """A file that a session needs. `per` says how its copies are counted; `hidden` is kept out of sight until the debrief."""

    name: str
    who: str
    per: str
    how: str
    made: Making
    must: bool = False
    hidden: bool = False
    pile: bool = False
    folder: str = ""

    @property
    def reader(self) -> bool:
        """Whether somebody reads it by themselves, so that it is there in large print too."""
        return self.per in {"person", "half"} and "letter-cards" not in self.name

    @property
    def stem(self) -> str:
        """What it is called where a list names several."""
        return self.name.removesuffix(".pdf")


def wanted(session: Session, *, large: bool = False, contrast: bool = False) -> list[Wanted]:
    """Return every file of a session's kit but its first page, in the order in which they are needed.

    What each person gets, and the cards, are there again in large print, in a folder of their own.
    """
    found = [replace(each, name=f"{at:02}-{each.name}") for at, each in enumerate(_all(session, large, contrast), 1)]
    if large:
        return found
    again = zip(found, _all(session, large=True, contrast=True), strict=True)
    return found + [
        replace(each, name=usual.name, folder=f"{LARGE}/")
        for usual, each in again
        if each.reader or each.name.startswith("cards-")
    ]


def _all(session: Session, large: bool, contrast: bool) -> list[Wanted]:  # noqa: FBT001
    look = {"large": large, "contrast": contrast}

    def sheet(told: dict[str, Any]) -> Making:
        return _set(TEMPLATE, told | look)

    cases = {step.id: library.load(step.exercise) for step in session.steps if step.exercise}
    scenarios: list[Exercise] = [*{case.id: case for case in cases.values() if isinstance(case, Scenario)}.values()]
    played = {step: case for step, case in cases.items() if step in {"play", "again"}}
    main = played.get("play")
    scenario = main if isinstance(main, Scenario) else None
    steps = {step.id for step in session.steps}
    made = [
        Wanted(
            "run-sheet.pdf",
            "for you, and one for the second person",
            "runner",
            BOTH_SIDES,
            _run_sheet(session, look),
            must=True,
        ),
        Wanted("slides.pptx", SCREEN, "room", SCREEN, _slides(session, look)),
    ]
    if "opener" in cases:
        made += _opener(cases["opener"], look)
    for step in session.steps:
        if step.id in played:
            made += _cards(played[step.id], step.act, look, whole=step.id == "play", alone="four" in steps)
    made += [] if cases else _team(session, sheet, look)
    if scenario:
        play = next(step for step in session.steps if step.id == "play")
        title = _called(scenario, play.act)
        told = kit_pages.observer(title, kit_words.told(scenario.id, play.act), session)
        made.append(Wanted("observer.pdf", "one for each observer", "observer", ONE_SIDE, sheet(told), pile=True))
    if "vote" in steps:
        made.append(
            Wanted(
                "voting-slips.pdf",
                "one slip for everybody",
                "quarter",
                CUT,
                sheet(kit_pages.votes()),
                must=True,
                pile=True,
            )
        )
    made += [
        Wanted(
            "ground-rules.pdf",
            "one for each table, and one by the door",
            "set",
            BOTH_SIDES,
            sheet(kit_pages.rules(session, scenarios)),
            must=True,
            pile=True,
        ),
        Wanted(
            "where-to-turn.pdf",
            "one for everybody, so that nobody is seen to take one",
            "person",
            BOTH_SIDES,
            sheet(kit_pages.support()),
            must=True,
            pile=True,
        ),
    ]
    if "compare" in steps:
        told = kit_pages.columns(session, sessions.plan().headings.compare, [*played.values()])
        made.append(Wanted("two-columns.pdf", "two for each group", "pair", ONE_SIDE, sheet(told)))
    made.append(
        Wanted(
            "plan-cards.pdf",
            "one card for everybody",
            "half",
            CUT,
            sheet(kit_pages.plans(scenario)),
            must="plan" in steps,
        )
    )
    if "card" in steps:
        made.append(Wanted("minute-cards.pdf", "one card for everybody", "quarter", CUT, sheet(kit_pages.minute())))
    made += [
        Wanted(
            "handout.pdf",
            "one for everybody, at the end",
            "person",
            ONE_SIDE,
            sheet(kit_pages.handout(session, scenarios)),
        ),
        Wanted("today.pdf", "one for everybody, before they go", "person", ONE_SIDE, sheet(kit_pages.day(session))),
        Wanted(
            "thirty-days.pdf", "one for everybody, to take home", "person", ONE_SIDE, sheet(kit_pages.month(scenario))
        ),
        Wanted(
            "service-result.pdf",
            "one for each team, or one for the room",
            "room",
            ONE_SIDE,
            sheet(kit_pages.result(session)),
        ),
    ]
    if cases:
        made += [
            Wanted(
                "signs.pdf", "the door, the quiet room, a table each", "room", ONE_SIDE, sheet(kit_pages.signs(session))
            ),
            Wanted(
                "letter-cards.pdf",
                "one set for everybody, where the boss is in the room",
                "person",
                CUT,
                sheet(kit_pages.deck()),
            ),
        ]
    return made


def _run_sheet(session: Session, look: dict[str, bool]) -> Making:
    told = json.dumps(["run-sheet", session.model_dump(mode="json"), look], ensure_ascii=False, sort_keys=True)
    return Making(told, lambda: run_sheet.run_sheet_pdf(session, **look))


def _slides(session: Session, look: dict[str, bool]) -> Making:
    cases = [kit_words.told(step.exercise, step.act) for step in session.steps if step.exercise]
    told = ["slides", session.model_dump(mode="json"), cases, kit_words.words(), look]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return Making(text, lambda: slides.drawn(session.title, slides.outline(session, large=look["large"]), **look))


def _opener(case: Exercise, look: dict[str, bool]) -> Iterator[Wanted]:
    name = f"{case.id}.pdf"
    handout, reasons = kit_words.told(case.id, answers=False), kit_words.told(case.id)
    yield Wanted(
        f"opener-{name}",
        f"{case.title}: one for everybody",
        "person",
        BOTH_SIDES,
        _paper(case, handout | look),
        must=True,
    )
    title = {"title": f"{case.title}: with reasons"}
    yield Wanted(
        f"opener-reasons-{name}",
        "one for each group, when they have done",
        "group",
        BOTH_SIDES,
        _paper(case, reasons | title | look),
        hidden=True,
    )


def _cards(case: Exercise, act: str | None, look: dict[str, bool], *, whole: bool, alone: bool) -> Iterator[Wanted]:
    """Yield what a case is played with; the first one is also debriefed."""
    told, title = kit_words.told(case.id, act) | look, _called(case, act)

    def part(name: str, words: str) -> Making:
        return _paper(case, told | {"parts": [name], "title": f"{title}: {words}"})

    name = f"{'-'.join(filter(None, [case.id, act]))}.pdf"
    yield Wanted(
        f"case-{name}", f"{title}: one for everybody", "person", BOTH_SIDES, part("case", "the case"), must=True
    )
    yield Wanted(
        f"cards-{name}", "a set for each group, and yours", "set", CUT, part("cards", "cards"), must=True, pile=True
    )
    yield Wanted(
        f"what-follows-{name}",
        "for each group's reader, and yours",
        "set",
        BOTH_SIDES,
        part("follows", "what follows"),
        must=True,
        pile=True,
    )
    if whole and alone:
        yield Wanted(
            f"debrief-{name}",
            "one for everybody, at the debrief",
            "person",
            BOTH_SIDES,
            part("debrief", "debrief sheet"),
        )
    if whole:
        yield Wanted(
            f"why-{name}",
            "one for each group, late in the debrief",
            "group",
            BOTH_SIDES,
            part("why", "why, choice by choice"),
            hidden=True,
        )


def _team(session: Session, sheet: Callable[[dict[str, Any]], Making], look: dict[str, bool]) -> Iterator[Wanted]:
    """Yield what fifteen minutes with a team read aloud: the case at the top of the chapter, or the exercise that stands there."""
    heading, paragraphs = kit_words.opening(session.chapter)
    if sum(len(each.split()) for each in paragraphs) >= SHORT:
        yield Wanted(
            "to-read-aloud.pdf",
            "one, for whoever reads",
            "room",
            BOTH_SIDES,
            sheet(kit_pages.opening(heading, paragraphs)),
            must=True,
        )
        return
    play = next(step for step in sessions.session(session.chapter, 60, size=session.size).steps if step.id == "play")
    case = library.load(play.exercise or "")
    told, title = kit_words.told(case.id, play.act) | look, _called(case, play.act)
    for part, words in (("cards", "cards"), ("follows", "what follows")):
        made = _paper(case, told | {"parts": [part], "title": f"{title}: {words}"})
        yield Wanted(
            f"{words.replace(' ', '-')}-{case.id}.pdf", "one, for whoever reads", "room", ONE_SIDE, made, must=True
        )


def _called(case: Exercise, act: str | None) -> str:
    acts = {each.id: each.title for each in getattr(case, "acts", [])}
    return f"{case.title}, {acts[act]}" if act else str(case.title)


def _paper(case: Exercise, told: dict[str, Any]) -> Making:
    return _set(paper.template(case), told)


def _set(template: Path, told: dict[str, Any]) -> Making:
    text = json.dumps([template.parent.name, template.name, told], ensure_ascii=False, sort_keys=True)
    return Making(text, lambda: paper.set_pages(template, told))


def start_page(session: Session, files: list[Wanted], counted: dict[str, Any], look: dict[str, bool]) -> Making:
    """Return the first page, once the pages of all the others are known."""
    cut = [each.stem for each in files if each.how == CUT]
    it = counted | {
        "title": session.title,
        "cut": cut,
        "cards": [each.stem for each in files if "-cards-" in each.name],
        "pile": [each.stem for each in files if each.pile],
        "hidden": [each.stem for each in files if each.hidden],
        "bring": [{"count": each.count, "name": kit_pages.md(each.name)} for each in brought(session)],
    }
    return _set(TEMPLATE, kit_pages.page("start", f"Start here: {session.title}", "one, for you", it) | look)


def brought(session: Session) -> list[Any]:
    """Return the materials of a session that are not in its kit."""
    told = kit_words.words()
    voted = any(step.id == "vote" for step in session.steps)
    made = set(told["made"]) | (set(told["voted"]) if voted else set())
    titles = tuple(str(library.load(step.exercise).title) for step in session.steps if step.exercise)
    return [
        each
        for each in session.materials
        if each.name not in made and not (titles and markup.plain(each.name).startswith(titles))
    ]
