"""A run-sheet on paper: a session, or the days together, as a tagged PDF set by typst.

What an author wrote reaches typst as data and is set as text. Only the fonts inside typst are used, so that the same
sheet gives the same bytes on every machine.
"""

import re
from pathlib import Path
from typing import Any

from markupsafe import Markup

from courseware import markup, paper
from courseware.course import course
from courseware.facilitate.sheet import Programme, Session, Step
from courseware.facilitate.sheet_page import NAMES, after, clock

TEMPLATE = Path(__file__).with_name("run-sheet.typ")
_START = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def run_sheet_pdf(
    sheet: Session | Programme, *, large: bool = False, contrast: bool = False, start: str | None = None
) -> bytes:
    """Return a run-sheet as PDF/UA-1 on A4: the same bytes for the same sheet.

    `large` is print of 18 points, `contrast` has no grey and heavier lines. With a `start` (`"09:30"`) the times are
    times of day; without one they are counted from 0:00. The days of a programme have starts of their own, which a
    `start` replaces.
    Raises ValueError for a start that is no time of day, and typst.TypstError when the sheet cannot be set.
    """
    if start is not None and not _START.fullmatch(start):
        raise ValueError(f"`{start}` is no time of day; write it as 09:30")
    told = _programme(sheet, start) if isinstance(sheet, Programme) else _session(sheet, start)
    given = {"course": course()["title"], "sheet": told, "large": large, "contrast": contrast}
    # paper.typ, whose ways of setting text are used here, makes the first line of an exercise as soon as it is read.
    exercise = {"title": told["title"], "kind_label": "", "minutes": {"solo": 1, "group": None}, "core": True}
    given |= {"exercise": exercise, "theme": "", "support": None, "sources": []}
    return paper.set_pages(TEMPLATE, given)


def _md(text: str | None) -> Any:
    """Return Markdown as the tree that typst sets."""
    return None if text is None else {"markdown": paper.tree(Markup(markup.html(text)))}  # noqa: S704  # raw HTML is off


def _session(session: Session, start: str | None) -> dict[str, Any]:
    def at(minute: int) -> str:
        return after(start, minute) if start else clock(minute)

    return {
        "kind": "session",
        "title": session.title,
        "question": session.question,
        "minutes": session.minutes,
        "spare": session.spare,
        "size": session.size,
        "groups": session.groups,
        "starts": at(0) if start else None,
        "ends": at(session.minutes),
        "why": [_md(each) for each in session.why],
        "steps": [_step(step, at(step.start)) for step in session.steps],
        "rest": {"clock": at(session.minutes - session.spare), "minutes": session.spare},
        "cuts": [
            {"title": _md(step.title), "saves": step.saves, "shorter": _md(step.shorter)} for step in session.cuts
        ],
        "materials": [
            {"name": _md(each.name), "count": each.count, "shared": each.shared} for each in session.materials
        ],
        "care": [_md(each) for each in session.care],
        "online": [{"title": _md(each.title), "do": _md(each.do)} for each in session.online],
        "boss": [{"title": _md(each.title), "do": _md(each.do)} for each in session.boss],
        "closing": _md(session.closing),
        "extra": any(len(step.decisions) > 1 for step in session.steps),
    }


def _step(step: Step, shown: str) -> dict[str, Any]:
    return {
        "clock": shown,
        "minutes": step.minutes,
        "title": _md(step.title),
        "who": step.who,
        "do": _md(step.do),
        "roles": [{"name": NAMES[role], "does": _md(text)} for role, text in step.roles.items()],
        "ask": [_md(each) for each in step.ask],
        "listen_for": [_md(each) for each in step.listen_for],
        "first": _md(step.first),
        "silence": _md(step.silence),
        "decisions": [each.model_dump() for each in step.decisions],
    }


def _programme(programme: Programme, start: str | None) -> dict[str, Any]:
    days = []
    for day in programme.days:
        begins = start or day.starts
        slots = [
            {
                "clock": after(begins, slot.start),
                "minutes": slot.minutes,
                "title": slot.title,
                "session": slot.session.title if slot.session else None,
                "do": _md(slot.do),
            }
            for slot in day.slots
        ]
        days.append(
            {
                "title": day.title,
                "starts": begins,
                "ends": after(begins, day.minutes),
                "spare": day.spare,
                "inside": sum(slot.session.spare for slot in day.slots if slot.session),
                "slots": slots,
                "evening": _md(day.evening),
            }
        )
    return {"kind": "programme", "title": programme.title, "opening": _md(programme.opening), "days": days}
