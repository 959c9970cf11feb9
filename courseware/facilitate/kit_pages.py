"""What the sheets of a kit say that are no exercise's own: plain values for `kit.typ`, one function a sheet."""

from datetime import date
from typing import Any

from markupsafe import Markup

from courseware import library, markup, paper
from courseware.base import Exercise
from courseware.course import course, read_data
from courseware.facilitate import chapters, kit_words
from courseware.facilitate.sheet import Session
from courseware.kinds.scenario.spec import Scenario

# The nation of a line that answers in all four.
EVERYWHERE = "UK"


def page(name: str, title: str, readers: str, it: dict[str, Any]) -> dict[str, Any]:
    """Return what `kit.typ` needs for one sheet. `readers` stands at the top of each page: who gets it."""
    # The pages of exercises lend their look, and with it what they read of every exercise.
    exercise = {"title": title, "kind_label": "", "minutes": {"solo": 1, "group": None}, "core": True}
    return {
        "page": name,
        "title": title,
        "for": readers,
        "it": it,
        "course": course()["title"],
        "exercise": exercise,
        "theme": "",
        "support": None,
        "sources": [],
        "large": False,
        "contrast": False,
    }


def md(text: str) -> dict[str, Any]:
    """Return Markdown as the tree that typst sets."""
    return {"markdown": paper.tree(Markup(markup.html(text)))}  # noqa: S704  # raw HTML is off in the Markdown reader


def chapter_of(session: Session) -> dict[str, Any]:
    """Return the description of a session's chapter."""
    found: dict[str, Any] = next(each for each in course()["chapters"] if each["id"] == session.chapter)
    return found


def observer(case: str, told: dict[str, Any], session: Session) -> dict[str, Any]:
    """Return the observer's sheet for a case, with a row for each decision on its cards."""
    played = next(step.decisions for step in session.steps if step.id == "play")
    numbers = told["paper"]["numbers"]
    cards = [{"number": numbers[each.id], "title": each.title} for each in played]
    return page("observer", f"Observer's sheet: {case}", "one for each observer", {"cards": cards})


def rules(session: Session, cases: list[Exercise]) -> dict[str, Any]:
    """Return what everybody agrees to by staying, and what counts in place of a case, where one would rather not."""
    instead = [
        {"case": str(case.title), "other": str(library.load(case.safety.alternative).title)}
        for case in cases
        if case.safety and case.safety.alternative
    ]
    # The fifteen minutes with a team play nothing, and the invitation speaks of a play.
    about = session.invitation if cases else session.question
    it = {"invitation": about, "plays": bool(cases), "instead": instead}
    return page("rules", "What you agree to by staying", "one for each table, and one by the door", it)


def support() -> dict[str, Any]:
    """Return where to turn, from `data/support.yml`: lines for all four nations first, then those of one."""
    checked = date.fromisoformat(str(read_data("support")["checked"]))
    it = {"lines": support_lines(), "checked": f"{checked.day} {checked:%B %Y}"}
    return page("support", "Where to turn", "one for everybody", it)


def support_lines() -> list[dict[str, Any]]:
    """Return the support lines: those for all four nations first. Who one is for says the nation, where it has one."""
    fields = ("name", "number", "how", "who", "when", "caveat")
    lines = sorted(read_data("support")["lines"], key=lambda line: line["nation"] != EVERYWHERE)
    return [{field: line.get(field) for field in fields} for line in lines]


def handout(session: Session, cases: list[Exercise], month: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the chapter on one page: its points, and where to read on. On its back is the form for a month later."""
    told = kit_words.words()
    chapter = chapter_of(session)
    points = kit_words.bullets(session.chapter, told["headings"]["summary"])
    reading = kit_words.bullets(session.chapter, told["headings"]["reading"])[: told["read_on"]]
    it = {
        "theme": session.theme,
        "number": session.number,
        "question": session.question,
        "heading": told["headings"]["summary"] if points else "What you can do now",
        "points": [md(each) for each in points or [outcome["text"] for outcome in chapter["outcomes"]]],
        "reading": [md(each) for each in reading],
        "core": chapter["minutes"]["core"],
        "cases": [str(case.title) for case in cases],
        "month": month,
    }
    return page("handout", f"Handout: {session.theme}", "one for everybody, to take home", it)


def plans(scenario: Scenario | None) -> dict[str, Any]:
    """Return the cards for one if–then plan, in the case's own words where it has some."""
    return page("plans", "Plan cards", "one card for everybody", {"sentence": _sentence(scenario)})


def _sentence(scenario: Scenario | None) -> str:
    return str(scenario.debrief.if_then) if scenario else "If ___ happens, I will ___"


def minute(end: dict[str, Any]) -> dict[str, Any]:
    """Return the minute cards, with the form for the end on their backs."""
    return page("minute", "Minute card, and Form 1 on its back", "one card for everybody, at the end", {"form": end})


def form(asked: dict[str, Any], readers: str) -> dict[str, Any]:
    """Return a form of evaluation on a page of its own."""
    return page("form", asked["heading"], readers, {"form": asked})


def votes() -> dict[str, Any]:
    """Return the slips for a secret vote."""
    return page("votes", "Sealed voting slips", "one slip for everybody", {})


def deck() -> dict[str, Any]:
    """Return a letter on each card, for votes that are turned over together."""
    return page("deck", "Letter cards, A to F", "one set for everybody", {})


def signs(session: Session) -> dict[str, Any]:
    """Return signs for the door, the quiet room and each table."""
    it = {"question": session.question, "theme": session.theme, "groups": session.groups}
    return page("signs", "Signs for the door, the quiet room and the tables", "one of each", it)


def columns(session: Session, heading: str, cases: list[Exercise]) -> dict[str, Any]:
    """Return the sheet on which two cases are compared."""
    questions = [md(kit_words.bare(each)) for each in chapters.compared(session.chapter, heading)]
    it = {"questions": questions, "cases": [str(case.title) for case in cases]}
    return page("columns", "Two cases, one principle", "two for each group", it)


def opening(heading: str, paragraphs: list[str]) -> dict[str, Any]:
    """Return the case at the top of a chapter on one sheet, to be read aloud."""
    it = {"heading": heading, "paragraphs": [md(each) for each in paragraphs]}
    return page("opening", f"To read aloud: {heading}", "one, to be read aloud", it)
