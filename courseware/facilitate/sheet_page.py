"""A run-sheet as HTML for a page. It reads whole without scripts; beside it stands what the page's script needs."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from courseware import markup
from courseware.course import course
from courseware.facilitate.sheet import Programme, Session, Step

NAMES = {"facilitator": "Facilitator", "second": "Second person", "observer": "Observer", "groups": "Groups"}


def session_html(session: Session, links: dict[str, str]) -> str:
    """Return a session's sheet. `links` has HTML: `chapter`, to its page, `support`, and more where there is more."""
    variants = [("online", "Online: what changes", session.online), ("boss", "With the boss in the room", session.boss)]
    part = {"title": "", "start": None, "minutes": session.minutes, "steps": [_told(step) for step in session.steps]}
    page = _rendered(
        "run-sheet.html",
        session={name: getattr(session, name) for name in [*type(session).model_fields, "cuts", "materials"]},
        links={name: Markup(text) for name, text in links.items()},  # noqa: S704  # made by the book, escaped there
        variants=[each for each in variants if each[2]],
        names=NAMES,
        stored=_stored(session.id, session.title, session.question, [part], session.size, str(session.invitation)),
    )
    return _live(page, session)


def _live(page: str, session: Session) -> str:
    """Mark the groups and the rooms online that the words count, so that the script counts them for another room."""
    for words, per, count in (
        ("{} groups of three to five", "groups", session.groups),
        ("reakouts of three, {} of them", "breakouts", session.rooms_online),
    ):
        marked = f'<span data-per="{per}">{count}</span>'
        page = page.replace(words.format(count), words.format(marked))
    return page


def programme_html(programme: Programme, links: dict[str, str]) -> str:
    """Return the days together. `links` has HTML for each slot that leads to a page, by its id."""
    parts, days = [], []
    for day in programme.days:
        rest = sum(slot.minutes for slot in day.slots if slot.kind in {"break", "lunch"})
        inside = sum(slot.session.spare for slot in day.slots if slot.session)
        fields = {name: getattr(day, name) for name in type(day).model_fields}
        days.append(fields | {"rest": rest, "inside": inside})
        steps = [{"start": slot.start, "minutes": slot.minutes, "title": slot.title} for slot in day.slots]
        parts.append({"title": day.title, "start": day.starts, "minutes": day.minutes, "steps": steps})
    title = f"{course()['title']}: {programme.title.lower()}"
    return _rendered(
        "programme.html",
        programme={"opening": programme.opening, "days": days},
        links={name: Markup(text) for name, text in links.items()},  # noqa: S704  # as above
        stored=_stored("two-days", title, "", parts, programme.size, ""),
    )


def _told(step: Step) -> dict[str, Any]:
    return {"start": step.start, "minutes": step.minutes, "title": markup.plain(step.title)}


def _stored(name: str, title: str, question: str, parts: list[Any], size: int, invitation: str) -> Markup:  # noqa: PLR0913, PLR0917
    """Return what the script needs, as JSON that may stand in a page."""
    given = {
        "course": course()["id"],
        "id": name,
        "title": title,
        "question": question,
        "invitation": invitation,
        "size": size,
        "parts": parts,
    }
    text = json.dumps(given, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704  # JSON with `<` escaped


def clock(minute: int) -> str:
    """Return a minute as hours and minutes from the beginning: `1:05`."""
    return f"{minute // 60}:{minute % 60:02}"


def after(start: str, minute: int) -> str:
    """Return the time of day some minutes after another: `09:15` and 50 is `10:05`."""
    hours, minutes = map(int, start.split(":"))
    late = (hours * 60 + minutes + minute) % (24 * 60)
    return f"{late // 60:02}:{late % 60:02}"


def in_minutes(count: int) -> str:
    """Return a number of minutes in words and figures."""
    return "1 minute" if count == 1 else f"{count} minutes"


def in_hours(count: int) -> str:
    """Return a length of time as one says it: `7 hours 30 minutes`."""
    hours, minutes = divmod(count, 60)
    said = [f"{hours} hour{'' if hours == 1 else 's'}" if hours else "", in_minutes(minutes) if minutes else ""]
    return " ".join(filter(None, said)) or "no time"


def inline(text: str) -> Markup:
    """Return Markdown of one paragraph without its paragraph; of several, as it is."""
    made = markup.html(text)
    if made.startswith("<p>") and made.count("<p>") == 1 and made.endswith("</p>"):
        made = made[3:-4]
    return Markup(made)  # noqa: S704  # raw HTML is off in the Markdown reader


def stopped(text: str) -> Any:
    """Return a text with a full stop at its end, where it has no mark of its own there."""
    ends = str(text).rstrip("”’*_</em>strong ").endswith((".", "?", "!", "…"))
    return text if ends else text + "."


def _rendered(template: str, **given: Any) -> str:
    page = _environment().get_template(template).render(**given)
    # An empty line would end the HTML where Markdown reads it.
    return "\n".join(line for line in page.splitlines() if line.strip())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "after": after,
        "clock": clock,
        "hours": in_hours,
        "inline": inline,
        "md": lambda text: Markup(markup.html(text)),  # noqa: S704  # as above
        "minutes": in_minutes,
        "stop": stopped,
        "stopped": stopped,
    }
    return environment
