"""What a kit takes from the course's own words: `data/kit.yml`, and sections of a chapter's page on paper."""

import re
from functools import cache
from typing import Any

from courseware import library, markup, paper
from courseware.cite import references
from courseware.course import read_data
from courseware.facilitate import chapters

_TERM = re.compile(r"\{term\}`([^`<]+?)(?:\s*<[^`>]*>)?`")
_CITED = re.compile(r"\s*\{cite(?::\w+)?\}`([^`]+)`")
_INWARD = re.compile(r"\[([^\]]*)\]\((?!https?://)[^)]*\)")
_DIRECTIVE = re.compile(r"^```\{.*?^```\s*$", re.MULTILINE | re.DOTALL)
_TIMED = re.compile(r"^\*[^*\n]+\*$")


def words() -> dict[str, Any]:
    """Return what `data/kit.yml` holds."""
    found: dict[str, Any] = read_data("kit")
    return found


def told(name: str, act: str | None = None, *, answers: bool = True) -> dict[str, Any]:
    """Return what paper needs of an exercise, read once: a kit prints it in parts, and a whole book's kits share it."""
    path = library.place(name)
    return _told(name, act, answers, path.stat().st_mtime_ns)


@cache
def _told(name: str, act: str | None, answers: bool, _changed: int) -> dict[str, Any]:  # noqa: FBT001
    return paper.data(library.load(name), answers=answers, act=act)


def bare(text: str) -> str:
    """Return a page's own Markdown as it can stand on paper: no roles, and no links to other places of the book."""
    text = _DIRECTIVE.sub("", text)
    text = _TERM.sub(r"\1", text)
    text = _CITED.sub(lambda found: _works(found[1]), text)
    return _INWARD.sub(r"\1", text)


def _works(keys: str) -> str:
    """Return works in brackets: title and year, by which somebody can ask a library for them."""
    said = []
    for key in keys.split(","):
        work = references()[key.strip()]
        year = re.search(r"\((\d{4})\)", work.full)
        said.append(f"*{work.title}*{f', {year[1]}' if year else ''}")
    return f" ({'; '.join(said)})"


def bullets(chapter_id: str, heading: str) -> list[str]:
    """Return the points of a section's lists, as Markdown that stands alone; none where there is no such section."""
    points: list[str] = []
    for line in (chapters.section(chapter_id, heading) or "").splitlines():
        if line.startswith("- "):
            points.append(bare(line[2:].strip()))
        elif points and line.startswith("  ") and line.strip():
            points[-1] += " " + bare(line.strip())
    return points


def opening(chapter_id: str) -> tuple[str, list[str]]:
    """Return the section that raises the chapter's question, the first after its title: heading and paragraphs."""
    heading, text = [*chapters.sections(chapter_id).items(), ("", ""), ("", "")][1]
    paragraphs = [each.strip() for each in re.split(r"\n\s*\n", bare(text)) if each.strip()]
    return heading, [each for each in paragraphs if not _TIMED.match(each)]


def plain(text: str) -> str:
    """Return Markdown as plain text with its paragraphs, for notes and for a text file."""
    blocks = re.split(r"\n\s*\n", str(text).strip())
    return "\n".join(markup.plain(each) for each in blocks)
